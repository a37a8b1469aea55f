"""Addresses of the agency's own sign-on, under the names that allauth looks for."""

from django.urls import path

from selaras.web.accounts.oidc import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
