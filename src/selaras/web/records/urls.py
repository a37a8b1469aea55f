"""Addresses of the plain pages over records."""

from django.urls import path

from selaras.web.records import views

app_name = "records"
urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("<slug:kind>/", views.index, name="index"),
    path("<slug:kind>/baru/", views.new, name="new"),
    path("<slug:kind>/<int:row>/", views.edit, name="edit"),
    path("<slug:kind>/<int:row>/hapus/", views.remove, name="remove"),
    path("<slug:kind>/<int:row>/riwayat/", views.history, name="history"),
]
