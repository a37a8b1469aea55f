"""The style guide's addresses, which the application shows only while developing."""

from django.urls import include, path

from selaras.web.urls import urlpatterns as real

urlpatterns = [path("gaya/", include("selaras.web.guide.urls")), *(one for one in real if str(one.pattern) != "gaya/")]
