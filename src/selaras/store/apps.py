"""The one Django app of Selaras."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables of every stage, under one label and with one history of migrations."""

    name = "selaras.store"
    label = "store"
    verbose_name = "Selaras"
    default_auto_field = "django.db.models.BigAutoField"
