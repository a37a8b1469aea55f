"""Moments as pages show them: the day in words and the time, in the time zone of the installation."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from selaras.core.calendar import format_date, format_time


def shown(at: datetime | None) -> str:
    """`22 November 2026 pukul 10.22`; nothing for no moment."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return f"{format_date(here.date())} pukul {format_time(here.time())}"
