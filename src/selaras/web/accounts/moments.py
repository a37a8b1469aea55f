"""Moments as pages show them: the day in words and the time, in the time zone of the installation."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.calendar import format_time
from selaras.web.days import format_date


def shown(at: datetime | None) -> str:
    """`22 November 2026 pukul 10.22`; nothing for no moment."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return _("%(day)s pukul %(time)s") % {"day": format_date(here.date()), "time": format_time(here.time())}
