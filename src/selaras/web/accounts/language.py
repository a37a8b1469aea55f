"""The language of a page: the one that the person chose, else Indonesian, whatever the browser was bought with."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from selaras.actions.accounts import LANGUAGES


class LanguageMiddleware(LocaleMiddleware):
    """Reads the choice from a cookie, which is set at sign-in from the account; no query per page."""

    def process_request(self, request: HttpRequest) -> None:
        """Switch the language on for this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


def remember(response: HttpResponse, language: str) -> None:
    """Keep a choice in the browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
