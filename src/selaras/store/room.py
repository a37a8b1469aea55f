"""Room on the disk: a database on a full one often tells no more than that reading or writing failed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from selaras.core.outage import Kind, Outage, outage_of

NONE_LEFT = 256 << 10
"""Bytes; with less no database can be opened."""


def outage_at(error: BaseException, place: Path) -> Outage | None:
    """The failure of the machine behind an error, with a look whether the disk of `place` is full; None for others."""
    outage = outage_of(error)
    if outage is None or outage.kind not in {Kind.BROKEN, Kind.GONE} or not place:
        return outage
    try:
        is_full = shutil.disk_usage(place).free < NONE_LEFT
    except OSError:
        return outage
    return replace(outage, kind=Kind.FULL) if is_full else outage
