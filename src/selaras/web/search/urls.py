"""The address of the search."""

from django.urls import path

from selaras.web.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
