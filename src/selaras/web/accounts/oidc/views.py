"""The two pages of the agency's own sign-on: leave for it, and come back from it."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from selaras.web.accounts.oidc.provider import AgencyAdapter


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the sign-on."""
    return _shown(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the sign-on."""
    return _shown(OAuth2CallbackView, request, provider_id)


def _shown(page: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = page.adapter_view(AgencyAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (
        OAuth2Error,
        RequestException,
        KeyError,
    ):  # the sign-on is away or speaks nonsense: not our fault, not a bug
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer
