"""Addresses of stage culture."""

from selaras.web.culture.urls_survey import urlpatterns as surveys

app_name = "culture"
urlpatterns = [*surveys]
