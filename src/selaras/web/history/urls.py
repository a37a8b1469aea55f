"""Addresses of the figures from old reports."""

from django.urls import path

from selaras.web.history import views, views_acts

app_name = "history"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("baru/", views.new, name="new"),
    path("<int:case>/", views.figures, name="case"),
    path("<int:case>/keadaan", views.state, name="state"),
    path("<int:case>/mulai", views_acts.begin, name="begin"),
    path("<int:case>/hapus", views_acts.discard, name="discard"),
    path("<int:case>/kumpulkan", views_acts.gather, name="gather"),
    path("<int:case>/akui", views_acts.accept, name="accept"),
    path("<int:case>/bersama", views_acts.take_many, name="take-many"),
    path("<int:case>/angka/<int:reading>", views_acts.settle, name="settle"),
    path("<int:case>/halaman/<int:page>.jpg", views.picture, name="picture"),
    path("<int:case>/berkas", views.original, name="file"),
]
