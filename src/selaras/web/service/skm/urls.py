"""Addresses of the satisfaction survey, service standards and service reports."""

from django.urls import path

from selaras.web.service.skm import views_norms, views_report, views_rounds, views_sheet

app_name = "skm"
urlpatterns = [
    path("", views_rounds.overview, name="overview"),
    path("survei/baru/", views_rounds.new, name="new"),
    path("survei/<code:code>/", views_sheet.sheet, name="sheet"),
    path("survei/<code:code>/ubah/", views_rounds.edit, name="edit"),
    path("survei/<code:code>/tautan/", views_rounds.link, name="link"),
    path("survei/<code:code>/catat/", views_rounds.record, name="record"),
    path("survei/<code:code>/terbit/", views_sheet.publish, name="publish"),
    path("survei/<code:code>/rencana/", views_sheet.plan, name="plan"),
    path("survei/<code:code>/rencana/<int:action>/", views_sheet.finish, name="finish"),
    path("survei/<code:code>/jawaban.csv", views_sheet.answers, name="answers"),
    path("survei/<code:code>/lembar/<slug:form>/", views_sheet.download, name="download"),
    path("standar/", views_norms.board, name="norms"),
    path("standar/baru/", views_norms.new, name="norm-new"),
    path("standar/<code:service>/", views_norms.edit, name="norm"),
    path("standar/<code:service>/hapus/", views_norms.remove, name="norm-remove"),
    path("laporan/", views_report.page, name="reports"),
    path("laporan/<code:register>/<slug:form>/", views_report.download, name="report"),
]
