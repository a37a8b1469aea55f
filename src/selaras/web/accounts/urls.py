"""Addresses of people and roles in an agency."""

from django.urls import path

from selaras.web.accounts import views, views_person, views_positions, views_webhooks

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("undang/", views.invite, name="invite"),
    path("undangan/<int:pk>/tarik/", views.withdraw_invitation, name="withdraw_invitation"),
    path("jabatan/", views_positions.positions, name="positions"),
    path("jabatan/<int:tenure>/akun/", views_positions.seat, name="seat"),
    path("webhook/", views_webhooks.listed, name="webhooks"),
    path("webhook/baru/", views_webhooks.new, name="new_webhook"),
    path("webhook/<int:pk>/", views_webhooks.one, name="webhook"),
    path("webhook/<int:pk>/coba/", views_webhooks.ping, name="ping_webhook"),
    path("webhook/<int:pk>/saklar/", views_webhooks.switch, name="switch_webhook"),
    path("webhook/<int:pk>/hapus/", views_webhooks.remove, name="remove_webhook"),
    path("webhook/<int:pk>/kiriman/<int:delivery>/ulang/", views_webhooks.retry, name="retry_delivery"),
    path("peran/<int:grant>/cabut/", views_person.withdraw, name="withdraw"),
    path("orang/<str:login>/", views_person.person, name="person"),
    path("orang/<str:login>/nonaktifkan/", views_person.disable, name="disable"),
    path("orang/<str:login>/aktifkan/", views_person.enable, name="enable"),
    path("orang/<str:login>/tautan/", views_person.reset_link, name="reset_link"),
    path("orang/<str:login>/faktor-kedua/", views_person.clear_factors, name="clear_factors"),
]
