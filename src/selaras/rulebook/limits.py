"""Loads the limits by which entered figures are remarkable: data of `data/entry/limits.toml`, read strictly."""

from __future__ import annotations

import itertools
import tomllib
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.law import Limits
from selaras.rulebook.entry import Entry

FILE = "limits.toml"
QUARTERS = 4


@lru_cache(maxsize=32)
def load_limits(day: date) -> Limits:
    """The limits as they stood on `day`. Raises Refusal if the file is broken or holds none for the day."""
    return read_limits(files("selaras.rulebook") / "data" / "entry", day)


def read_limits(folder: Traversable, day: date) -> Limits:
    """The limits in `folder` as they stood on `day`; `load_limits` reads the ones that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    made = [_limits(entry) for entry in whole.entries("limits")]
    whole.done()
    chosen = [limits for limits in made if limits.source.holds_on(day)]
    if len(chosen) != 1:
        raise whole.refusal("batas pada satu hari harus tepat satu", len(chosen), "satu isian [[limits]]")
    return chosen[0]


def _limits(entry: Entry) -> Limits:
    plan = [_share(entry, text) for text in entry.labels("plan")]
    if len(plan) != QUARTERS or any(later < earlier for earlier, later in itertools.pairwise(plan)):
        raise entry.refusal("plan harus empat angka yang tidak menurun", plan, "empat persentase kumulatif")
    made = Limits(
        missed_below=_number(entry, "missed_below"), far_above=_number(entry, "far_above"),
        change=_number(entry, "change"), unit_slip=_number(entry, "unit_slip"),
        low_absorption=_number(entry, "low_absorption"), efficiency_margin=_number(entry, "efficiency_margin"),
        plan=(plan[0], plan[1], plan[2], plan[3]), source=entry.source(),
    )  # fmt: skip
    entry.done()
    return made


def _number(entry: Entry, key: str) -> Decimal:
    value = entry.number(key)
    if value is None or value <= 0:
        raise entry.refusal(f"{key} harus ada dan lebih dari nol", value or "", "persentase")
    return value


def _share(entry: Entry, text: str) -> Decimal:
    try:
        share = Decimal(text)
    except ArithmeticError:
        raise entry.refusal("plan berisi yang bukan angka", text, "angka dengan titik desimal") from None
    if not 0 <= share <= 100:
        raise entry.refusal("plan di luar 0 sampai 100", text, "persentase")
    return share
