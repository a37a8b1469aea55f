"""The web application as Django loads it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files; no tables."""

    name = "selaras.web"
    label = "web"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        import_module("selaras.web.accounts.signals")
