"""Addresses of stage nation for everybody: only what was published, and no signs."""

from django.urls import path

from selaras.web.nation import views_agencies, views_agency, views_data, views_indicators, views_overview, views_shared

app_name = "nation_public"
urlpatterns = [
    path("", views_overview.overview_public, name="overview"),
    path("instansi/", views_agencies.agencies_public, name="agencies"),
    path("instansi/<code:agency>/<int:year>/", views_agency.agency_public, name="agency"),
    path("instansi/<code:agency>/<int:year>/<code:indicator>/", views_indicators.indicator_public, name="indicator"),
    path("indikator/", views_shared.families_public, name="families"),
    path("indikator/satu/", views_shared.family_public, name="family"),
    path("sasaran/", views_shared.goals_public, name="goals"),
    path("sasaran/satu/", views_shared.goal_public, name="goal"),
    path("data/", views_data.data_public, name="data"),
    path("data/<str:name>", views_data.file, name="file"),
]
