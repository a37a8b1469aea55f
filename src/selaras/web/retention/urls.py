"""Addresses of personal data in an agency."""

from django.urls import path

from selaras.web.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("jalankan/", views.run, name="run"),
    path("hapus/", views.erase, name="erase"),
    path("permintaan/<int:pk>/", views.wish, name="wish"),
]
