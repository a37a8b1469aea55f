"""Addresses of stage nation inside."""

from django.urls import path

from selaras.web.nation import (
    views_agencies,
    views_agency,
    views_books,
    views_data,
    views_indicators,
    views_overview,
    views_shared,
    views_signs,
)

app_name = "nation"
urlpatterns = [
    path("", views_overview.overview, name="overview"),
    path("instansi/", views_agencies.agencies, name="agencies"),
    path("instansi/<code:agency>/<int:year>/", views_agency.agency, name="agency"),
    path("instansi/<code:agency>/<int:year>/<code:indicator>/", views_indicators.indicator, name="indicator"),
    path("indikator/", views_shared.families, name="families"),
    path("indikator/satu/", views_shared.family, name="family"),
    path("sasaran/", views_shared.goals, name="goals"),
    path("sasaran/satu/", views_shared.goal, name="goal"),
    path("tanda/", views_signs.signs, name="signs"),
    path("tanda/<slug:code>/", views_signs.sign, name="sign"),
    path("data/", views_data.data, name="data"),
    path("buku/", views_books.books, name="books"),
    path("buku/baru/", views_books.book, name="book_new"),
    path("buku/satu/<code:code>/", views_books.book, name="book"),
    path("buku/satu/<code:code>/berkas/<str:name>", views_books.file, name="book_file"),
]
