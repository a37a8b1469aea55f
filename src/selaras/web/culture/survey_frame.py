"""What the pages of surveys share: the tabs of a wave, states in words, and numbers as they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.culture.descriptives import Spread
from selaras.core.culture.index import InternalIndex, NationalFigure, percent
from selaras.core.culture.telling import number
from selaras.core.numerals import format_number
from selaras.store.culture_results import WHOLE
from selaras.store.culture_surveys import is_closed, is_open
from selaras.store.models import SurveyWave
from selaras.web.culture.frame import address
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest


def today() -> date:
    """The day of the person who asks."""
    return timezone.localdate()


def crumbs(request: InsideRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page of surveys."""
    return [(_("Survei budaya kerja"), address(request, "surveys")), *more]


def wave_tabs(request: InsideRequest, wave: SurveyWave, current: str) -> list[dict[str, Any]]:
    """The tabs of one wave; results only when no more answers can come."""
    at = (wave.survey.code, wave.code)
    named = [("wave", _("Pelaksanaan"))]
    if is_closed(wave, today()):
        named += [
            ("results", _("Hasil")), ("runs", _("Statistik")), ("waves-compared", _("Antargelombang")),
            ("beside", _("Budaya dan capaian")),
        ]  # fmt: skip
    return [{"title": title, "url": address(request, name, *at), "current": name == current} for name, title in named]


def wave_state(wave: SurveyWave, day: date) -> dict[str, str]:
    """Where a wave stands: its word, tone and icon, and its days."""
    if wave.published_at is not None:
        word, tone, icon = _("hasil terbit"), "good", "check-circle"
    elif is_closed(wave, day):
        word, tone, icon = _("ditutup"), "none", "lock"
    elif is_open(wave, day):
        word, tone, icon = _("sedang dibuka"), "info", "calendar"
    else:
        word, tone, icon = _("belum dibuka"), "outline", "calendar"
    days = f"{format_date(wave.opens)} – {format_date(wave.closes)}"
    return {"word": word, "tone": tone, "icon": icon, "days": days}


def share_words(share: Fraction | None) -> str:
    """A share as per cent with one decimal, a dash where there is none."""
    return "–" if share is None else f"{format_number(percent(share), places=1)}%"


def index_words(index: InternalIndex | None) -> str:
    """Our own index with one decimal."""
    return "–" if index is None else format_number(percent(index.index), places=1)


def spread_row(name: str, found: Spread) -> dict[str, Any]:
    """One score of one group for table and stacked bar; widths are per cent of the drawing."""
    negative, neutral, positive = (percent(item) for item in (found.negative, found.neutral, found.positive))
    return {
        "name": name, "n": found.n, "mean": number(found.mean, 2),
        "deviation": "–" if found.deviation is None else number(found.deviation, 2),
        "negative": share_words(found.negative), "neutral": share_words(found.neutral),
        "positive": share_words(found.positive), "bar": stacked(negative, neutral, positive),
    }  # fmt: skip


def stacked(*shares: Decimal) -> list[dict[str, str]]:
    """Parts of one bar from left to right, as per cent of its width."""
    made, at = [], Decimal(0)
    for kind, share in zip(("negative", "neutral", "positive"), shares, strict=True):
        made.append({"kind": kind, "x": f"{at}%", "width": f"{share}%"})
        at += share
    return made


def group_name(group: str, names: Mapping[str, str]) -> str:
    """A group as it is called; the empty one is everybody."""
    return _("Seluruh responden") if group == WHOLE else names.get(group, group)


def index_rows(index: InternalIndex, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The values of our own index as bars."""
    return [
        {
            "label": names.get(item.value, item.value), "value": percent(item.positive),
            "figure": share_words(item.positive), "answered": item.answered, "near_ceiling": item.near_ceiling,
        }
        for item in index.values
    ]  # fmt: skip


def national_rows(figures: tuple[NationalFigure, ...]) -> list[dict[str, Any]]:
    """Published national figures as context."""
    return [
        {
            "year": item.year, "name": item.name, "index": format_number(item.index, places=1), "source": item.source,
            "values": [(name, format_number(value, places=1)) for name, value in item.values.items()],
        }
        for item in figures
    ]  # fmt: skip
