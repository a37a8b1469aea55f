"""Addresses of verifying, for everybody."""

from django.urls import path

from selaras.web.verification import views_public

app_name = "verify"
urlpatterns = [
    path("", views_public.home, name="home"),
    path("periksa/<str:code>/", views_public.result, name="result"),
    path("periksa/<str:code>/keadaan/", views_public.state, name="state"),
    path("<str:code>/", views_public.document, name="document"),
    path("<str:code>/berkas/", views_public.file, name="file"),
]
