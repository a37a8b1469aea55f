"""Addresses of stage issuing."""

from django.urls import path

from selaras.web.issuing import views, views_keys, views_minutes, views_sign

app_name = "issuing"
ONE = "<int:document>/"
urlpatterns = [
    path("", views.listing, name="listing"),
    path("terbitkan/<slug:kind>/<code:key>/", views.new, name="new"),
    path("berita-acara/", views_minutes.listing, name="minutes"),
    path("berita-acara/baru/", views_minutes.edit, name="minutes-new"),
    path("berita-acara/<int:minutes>/", views_minutes.edit, name="minutes-edit"),
    path("kunci/", views_keys.keys, name="keys"),
    path("kunci/berkas/", views_keys.add_file, name="key-file"),
    path("kunci/perangkat/", views_keys.add_device, name="key-device"),
    path("kunci/<int:key>/<slug:what>/", views_keys.change, name="key-change"),
    path(ONE, views.document, name="document"),
    path(f"{ONE}berkas/<int:number>/", views.file, name="file"),
    path(f"{ONE}data/", views.data, name="data"),
    path(f"{ONE}tarik/", views.withdraw, name="withdraw"),
    path(f"{ONE}tanda-tangani/<int:order>/", views_sign.sign, name="sign"),
    path(f"{ONE}tolak/<int:order>/", views_sign.refuse, name="refuse"),
]
