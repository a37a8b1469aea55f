"""Addresses of the own account, before those of allauth: what is ours stands in its place."""

from django.urls import path

from selaras.web.accounts import views_own as views
from selaras.web.accounts import views_tokens
from selaras.web.retention import views_own

urlpatterns = [
    path("saya/", views.profile, name="profile"),
    path("saya/sesi/", views.end_sessions, name="end_sessions"),
    path("token/", views_tokens.tokens_page, name="tokens"),
    path("token/baru/", views_tokens.new_token, name="new_token"),
    path("token/<int:pk>/cabut/", views_tokens.revoke_token, name="revoke_token"),
    path("data-saya/", views_own.own_data, name="own_data"),
    path("data-saya/salinan/", views_own.copy, name="own_data_copy"),
    path("email/", views.to_profile),
]
