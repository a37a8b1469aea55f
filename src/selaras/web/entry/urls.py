"""Addresses at the front door."""

from django.urls import path

from selaras.web.entry import views, views_notices, views_setup

urlpatterns = [
    path("", views.home, name="home"),
    path("bahasa/", views.set_language, name="set_language"),
    path("undangan/<str:secret>/", views.invitation, name="invitation"),
    path("mulai/", views_setup.first_account, name="setup"),
    path("mulai/instansi/", views_setup.first_agency, name="new_agency"),
    path("mulai/contoh/", views_setup.samples, name="samples"),
    path("pemberitahuan/", views_notices.listed, name="notices"),
    path("pemberitahuan/baca/", views_notices.read_all, name="notices_read"),
    path("pemberitahuan/<int:pk>/", views_notices.opened, name="notice"),
]
