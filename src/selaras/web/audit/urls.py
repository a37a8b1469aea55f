"""Addresses of the audit trail."""

from django.urls import path

from selaras.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("catatan/<int:pk>/", views.record, name="record"),
    path("riwayat/", views.history, name="history"),
]
