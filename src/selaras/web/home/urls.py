"""Addresses of the home page and the deadlines."""

from django.urls import path

from selaras.web.home import views, views_deadlines

app_name = "home"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tugas/<slug:which>/", views.duty_list, name="duties"),
    path("pemeriksaan/", views.gates, name="gates"),
    path("tenggat/", views_deadlines.page, name="deadlines"),
]
