"""Addresses of the public service pages."""

from django.urls import path

from selaras.web.service import views_ask, views_data, views_public, views_survey, views_ticket

app_name = "service"
urlpatterns = [
    path("layanan/", views_public.agencies, name="agencies"),
    path("<code:agency>/layanan/", views_public.home, name="home"),
    path("<code:agency>/layanan/standar/", views_public.promises, name="promises"),
    path("<code:agency>/layanan/tahunan/<code:register>/", views_public.latest_year, name="latest_year"),
    path("<code:agency>/layanan/tahunan/<code:register>/<int:year>/", views_public.year, name="year"),
    path("<code:agency>/layanan/data/", views_data.index, name="data"),
    path("<code:agency>/layanan/data/<code:register>.csv", views_data.as_csv, name="data_csv"),
    path("<code:agency>/layanan/data/<code:register>.json", views_data.as_json, name="data_json"),
    path("<code:agency>/layanan/ajukan/<code:register>/", views_ask.ask, name="ask"),
    path("<code:agency>/layanan/tiket/", views_ticket.ticket, name="ticket"),
    path("<code:agency>/layanan/tiket/pesan/", views_ticket.message, name="message"),
    path("<code:agency>/layanan/tiket/nilai/", views_ticket.rate, name="rate"),
    path("<code:agency>/layanan/tiket/surat/", views_ticket.letter, name="letter"),
    path("<code:agency>/layanan/tiket/berkas/", views_ticket.file, name="file"),
    path("<code:agency>/layanan/kepuasan/", views_survey.results, name="results"),
    path("<code:agency>/layanan/kepuasan/<code:code>/", views_survey.sheet, name="sheet"),
    path("<code:agency>/layanan/kepuasan/<code:code>/lembar.pdf", views_survey.sheet_pdf, name="sheet_pdf"),
    path("<code:agency>/layanan/isi/<code:code>/<slug:word>/", views_survey.answer, name="answer"),
]
