"""Addresses of the own account, before those of allauth: what is ours stands in its place."""

from django.urls import path

from selaras.web.accounts import views_own as views

urlpatterns = [
    path("saya/", views.profile, name="profile"),
    path("saya/sesi/", views.end_sessions, name="end_sessions"),
    path("email/", views.to_profile),
]
