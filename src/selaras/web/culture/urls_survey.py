"""Addresses of surveys, their results, and the papers and files of studies; part of stage culture."""

from django.urls import path

from selaras.web.culture import (
    views_papers,
    views_results,
    views_results_runs,
    views_survey,
    views_survey_wave,
)

WAVE = "survei/<code:survey>/gelombang/<code:wave>/"
urlpatterns = [
    path("survei/", views_survey.surveys, name="surveys"),
    path("survei-baru/", views_survey.new, name="survey-new"),
    path("survei/<code:survey>/", views_survey.page, name="survey"),
    path("survei/<code:survey>/ubah/", views_survey.edit, name="survey-edit"),
    path("survei/<code:survey>/hapus/", views_survey.remove, name="survey-remove"),
    path("survei/<code:survey>/tarik/", views_survey.withdraw, name="survey-withdraw"),
    path("survei/<code:survey>/gelombang/", views_survey.new_wave, name="wave-new"),
    path(WAVE, views_survey_wave.page, name="wave"),
    path(f"{WAVE}tautan/", views_survey_wave.tickets, name="wave-tickets"),
    path(f"{WAVE}tutup/", views_survey_wave.close, name="wave-close"),
    path(f"{WAVE}terbit/", views_survey_wave.publish, name="wave-publish"),
    path(f"{WAVE}data-sintetis/", views_survey_wave.fill, name="wave-fill"),
    path(f"{WAVE}data/", views_survey_wave.data, name="wave-data"),
    path(f"{WAVE}hasil/", views_results.page, name="results"),
    path(f"{WAVE}antargelombang/", views_results.compared, name="waves-compared"),
    path(f"{WAVE}capaian/", views_results.beside, name="beside"),
    path(f"{WAVE}statistik/", views_results_runs.runs, name="runs"),
    path(f"{WAVE}statistik/<int:run>/", views_results_runs.run, name="run"),
    path("indeks/", views_results.index, name="index"),
    path("berkas/<code:study>/", views_papers.page, name="papers"),
    path("berkas/<code:study>/unduh/", views_papers.download, name="papers-download"),
    path("berkas/<code:study>/buku-kode/", views_papers.take_codebook, name="papers-codebook"),
    path("impor-proyek/", views_papers.take_project, name="project-import"),
]
