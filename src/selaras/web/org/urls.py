"""Addresses of stage org."""

from django.urls import path

from selaras.web.org import views, views_positions, views_staff, views_years

app_name = "org"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("unit/<code:unit>/", views.unit, name="unit"),
    path("jabatan/", views_positions.index, name="positions"),
    path("jabatan/<code:position>/", views_positions.page, name="position"),
    path("pegawai/", views_staff.index, name="staff"),
    path("pemeriksaan/", views_staff.checks, name="checks"),
    path("tahun/", views_years.page, name="years"),
    path("ubah/<slug:kind>/<code:key>/", views.edit, name="edit"),
]
