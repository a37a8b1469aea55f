"""Addresses of the follow-up of obstacles."""

from django.urls import path

from selaras.web.followup import views, views_steps

app_name = "followup"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ubah/", views.change_many, name="change"),
    path("<code:obstacle>/", views_steps.obstacle, name="obstacle"),
    path("<code:obstacle>/langkah/", views_steps.add, name="add"),
    path("<code:obstacle>/langkah/<int:step>/<slug:what>/", views_steps.settle, name="settle"),
    path("<code:obstacle>/langkah/<int:step>/bukti", views_steps.file, name="file"),
]
