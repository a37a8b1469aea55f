"""Addresses of the style guide."""

from django.urls import path

from selaras.web.guide import views
from selaras.web.number_echo import read_back

app_name = "guide"
urlpatterns = [
    path("", views.components, name="components"),
    path("angka/", read_back, name="number"),
    path("publik/", views.public, name="public"),
    path("masuk/", views.plain, name="plain"),
    path("unggah/", views.upload, name="upload"),
    path("tolak/", views.refuse, name="refuse"),
    path("kerangka/", views.skeleton, name="skeleton"),
]
