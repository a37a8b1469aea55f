"""What a new record begins with where the page knows it already: its year, and the level of what it hangs on."""

from __future__ import annotations

from typing import Any

from selaras.core.planning import Indicator, IndicatorLevel, NodeLevel
from selaras.store import models as tables

LEVELS = {level: IndicatorLevel(f"indikator {level.value}") for level in NodeLevel}


def preset(record: type[Any], *, agency: int, year: int, node: str = "") -> dict[str, str]:
    """The first texts of the form for a new record of one kind, by field; `node` is the one that it hangs on."""
    start = {name: str(year) for name in ("year", "period.year")}
    if record is Indicator and node:
        level = tables.Node.objects.filter(agency_id=agency, code=node).values_list("level", flat=True).first()
        start |= {"level": LEVELS[NodeLevel(level)].value} if level else {}
    return start
