"""Addresses for those who answer a survey by its link, outside of the application's rooms."""

from django.urls import path

from selaras.web.culture import views_survey_answer

app_name = "survey"
urlpatterns = [
    path("", views_survey_answer.entry, name="entry"),
    path("terkirim/", views_survey_answer.sent, name="sent"),
    path("isi/<str:token>/", views_survey_answer.answer, name="answer"),
]
