"""Addresses of the register of issued documents, the anchors of the trail, and trusted roots."""

from django.urls import path

from selaras.web.verification import views

app_name = "verification"
urlpatterns = [
    path("", views.register, name="register"),
    path("register.<slug:form>", views.register_file, name="register_file"),
    path("jangkar/", views.anchors, name="anchors"),
    path("jangkar/berkas.json", views.anchors_file, name="anchors_file"),
    path("akar/", views.roots, name="roots"),
    path("akar/<int:root>/cabut/", views.remove, name="remove"),
]
