"""Addresses that search engines ask for at the root of the site."""

from django.urls import path

from selaras.web.public.views_data import robots

urlpatterns = [path("robots.txt", robots, name="robots")]
