"""Loads the rules that propose deadlines: data of `data/deadlines/deadlines.toml`, read strictly."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.deadlines import Anchor, DeadlineRule, Matter
from selaras.core.org import AgencyKind
from selaras.core.period import Span
from selaras.rulebook.entry import Entry

FILE = "deadlines.toml"


@lru_cache(maxsize=32)
def load_deadlines(day: date) -> tuple[DeadlineRule, ...]:
    """The rules in force on `day`. Raises Refusal if the file is broken."""
    return read_deadlines(files("selaras.rulebook") / "data" / "deadlines", day)


def read_deadlines(folder: Traversable, day: date) -> tuple[DeadlineRule, ...]:
    """The rules in `folder` as they stood on `day`; `load_deadlines` reads the ones that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    made = [_rule(entry) for entry in whole.entries("deadline", "code")]
    whole.done()
    chosen = [rule for rule in made if rule.source.holds_on(day)]
    if len({rule.code for rule in chosen}) != len(chosen):
        raise whole.refusal("kode tenggat berlaku ganda pada waktu yang sama", [rule.code for rule in chosen])
    return tuple(chosen)


def _rule(entry: Entry) -> DeadlineRule:
    kinds = entry.labels("kinds") if "kinds" in entry.fields else ()
    known = {kind.value for kind in AgencyKind}
    if unknown := [kind for kind in kinds if kind not in known]:
        raise entry.refusal("jenis instansi tidak dikenal", ", ".join(unknown), " | ".join(sorted(known)))
    made = DeadlineRule(
        entry.text("code"),
        entry.choice("what", Matter),
        entry.choice("span", Span) if "span" in entry.fields else None,
        tuple(map(AgencyKind, kinds)),
        entry.choice("anchor", Anchor),
        _count(entry, "months"),
        _count(entry, "days"),
        entry.source(),
    )
    entry.done()
    return made


def _count(entry: Entry, key: str) -> int:
    value = entry.whole(key) if key in entry.fields else 0
    if value < 0:
        raise entry.refusal(f"{key} kurang dari nol", value, "bilangan nol ke atas")
    return value
