"""Addresses of the stage measurement."""

from django.urls import path

from selaras.web.measurement import views, views_cell, views_evidence, views_period, views_verify

VALUE = "<code:indicator>/<slug:span>/<int:index>/"

app_name = "measurement"
urlpatterns = [
    path("", views.grid, name="grid"),
    path("sel/", views_cell.save, name="save"),
    path("langkah/", views.bulk, name="bulk"),
    path("verifikasi/", views_verify.waiting, name="verify"),
    path("<code:indicator>/", views_period.indicator, name="indicator"),
    path(VALUE, views_period.period, name="period"),
    path(f"{VALUE}langkah/", views_period.step, name="step"),
    path(f"{VALUE}penjelasan/", views_period.explain, name="explain"),
    path(f"{VALUE}percakapan/", views_period.talk, name="talk"),
    path(f"{VALUE}bukti/", views_evidence.evidence, name="evidence"),
    path(f"{VALUE}tautan/", views_evidence.add_named, name="add_named"),
    path(f"{VALUE}bukti/<int:row>/", views_evidence.download, name="download"),
    path(f"{VALUE}bukti/<int:row>/hapus/", views_evidence.remove, name="remove_evidence"),
    path(f"{VALUE}bukti/<int:row>/periksa/", views_evidence.look, name="check_link"),
]
