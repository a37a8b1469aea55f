"""Addresses of the stage budget."""

from django.urls import path

from selaras.web.budget import views, views_sheet

app_name = "budget"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("bulanan/", views_sheet.sheet, name="sheet"),
    path("bulanan/sel/", views_sheet.save, name="save"),
    path("bulanan/<code:node>/<int:month>/", views_sheet.amount, name="amount"),
    path("versi/", views.versions, name="versions"),
    path("penjelasan/", views.low, name="low"),
]
