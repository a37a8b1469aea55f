"""Addresses of stage reform."""

from django.urls import path

from selaras.web.reform import views_actions, views_sheet, views_units

app_name = "reform"
urlpatterns = [
    path("", views_sheet.page, name="sheet"),
    path("penyesuaian/", views_sheet.settle, name="settle"),
    path("rencana-aksi/", views_actions.board, name="actions"),
    path("rencana-aksi/baru/", views_actions.new, name="action-new"),
    path("rencana-aksi/<code:code>/", views_actions.edit, name="action"),
    path("rencana-aksi/<code:code>/kemajuan/", views_actions.report, name="report"),
    path("rencana-aksi/<code:code>/hapus/", views_actions.remove, name="action-remove"),
    path("unit/", views_units.board, name="units"),
    path("unit/ikat/", views_units.bind, name="bind"),
]
