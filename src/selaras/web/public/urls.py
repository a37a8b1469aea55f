"""Addresses of the public pages."""

from django.urls import path

from selaras.web.public import views, views_data, views_files

app_name = "public"
urlpatterns = [
    path("", views.agencies, name="agencies"),
    path("verifikasi/", views_files.verify, name="verify"),
    path("peta-situs.xml", views_data.sitemap, name="sitemap"),
    path("<code:agency>/", views.agency, name="agency"),
    path("<code:agency>/<int:year>/", views.report, name="report"),
    path("<code:agency>/<int:year>/data.json", views_data.report_json, name="report_json"),
    path("<code:agency>/<int:year>/data.csv", views_data.report_csv, name="report_csv"),
    path("<code:agency>/<int:year>/berkas/<int:edition>/<str:name>", views_files.file, name="file"),
    path("<code:agency>/<int:year>/indikator/<code:indicator>/", views.indicator, name="indicator"),
    path(
        "<code:agency>/<int:year>/indikator/<code:indicator>/data.json",
        views_data.indicator_json,
        name="indicator_json",
    ),
    path(
        "<code:agency>/<int:year>/indikator/<code:indicator>/data.csv", views_data.indicator_csv, name="indicator_csv"
    ),
]
