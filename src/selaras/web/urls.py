"""Addresses of the web application."""

from django.urls import path

from selaras.web.health import page

urlpatterns = [path("", page), path("health", page, name="health")]
