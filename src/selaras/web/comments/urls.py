"""Addresses of remarks: `?jenis=<kind>&kunci=<key>` names the record."""

from django.urls import path

from selaras.web.comments import views

app_name = "comments"
urlpatterns = [
    path("", views.thread, name="thread"),
    path("<int:comment>/<slug:step>/", views.mark, name="mark"),
]
