"""Loads the rules of stage reform: schemes of the index by year, areas of change, themes; data of `data/rb`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.law import Source
from selaras.core.org import AgencyKind
from selaras.core.reform.scheme import (
    Adjustment,
    ChangeArea,
    GoodBound,
    Part,
    PredicateBand,
    ReformRules,
    Scheme,
    Theme,
    labels,
)
from selaras.rulebook.entry import Entry
from selaras.rulebook.tables import RuleFile, decimal, known, positive, within

FILES = ("schemes.toml", "themes.toml")
AREAS = 8


@lru_cache(maxsize=32)
def load_rb(day: date) -> ReformRules:
    """The rules as they stood on `day`; schemes are chosen by the year of the evaluation. Raises Refusal if broken."""
    return read_rb(files("selaras.rulebook") / "data" / "rb", day)


def read_rb(folder: Traversable, day: date) -> ReformRules:
    """The rules in `folder` as they stood on `day`; `load_rb` reads the ones that are shipped."""
    schemes, themes = (RuleFile(folder, name, day) for name in FILES)
    made = tuple(scheme for scheme, _ in schemes.all("scheme", _scheme))
    _check_years(schemes.whole, made)
    areas, areas_source = themes.only("areas", _areas)
    rules = ReformRules(
        made, areas, areas_source, tuple(theme for theme, _ in themes.all("theme", _theme)), themes.only("good", _good)
    )
    if rules.good.label not in labels(made):
        raise themes.whole.refusal(
            "batas baik bukan predikat skema mana pun", rules.good.label, " | ".join(labels(made))
        )
    codes = [theme.code for theme in rules.themes]
    if len(set(codes)) != len(codes):
        raise themes.whole.refusal("kode tema ganda", ", ".join(codes))
    for file in (schemes, themes):
        file.whole.done()
    return rules


def _scheme(entry: Entry, source: Source) -> Scheme:
    general, thematic = _summand(entry, "general"), _summand(entry, "thematic")
    if general is None:
        raise entry.refusal("general tidak ada", expected="satu [[scheme.general]]")
    return Scheme(
        entry.text("code"), entry.text("name"), within(entry, "first_year", 2000, 2200),
        within(entry, "last_year", 2000, 2200) if "last_year" in entry.fields else None,
        _kinds(entry), general, thematic, *_adjustment(entry),
        tuple(_band(item) for item in entry.entries("bands", "label")), source,
    )  # fmt: skip


def _adjustment(entry: Entry) -> tuple[Adjustment, Source]:
    found = []
    for item in entry.entries("adjusting", "reading"):
        found.append((item.choice("reading", Adjustment), item.source()))
        item.done()
    if len(found) != 1:
        raise entry.refusal("bacaan bobot penyesuaian harus satu", len(found), "satu [[scheme.adjusting]]")
    return found[0]


def _summand(entry: Entry, key: str) -> Part | None:
    found = [_part(item) for item in entry.entries(key, "code")]
    if len(found) > 1:
        raise entry.refusal(f"{key} ganda", len(found), f"satu [[scheme.{key}]]")
    return found[0] if found else None


def _part(item: Entry) -> Part:
    made = Part(
        item.text("code"), item.text("name"), positive(item, "weight"), item.source(),
        tuple(_part(below) for below in item.entries("parts", "code")),
    )  # fmt: skip
    item.done()
    return made


def _band(item: Entry) -> PredicateBand:
    made = PredicateBand(
        item.text("label"), decimal(item, "lower", item.text("lower")), item.flag("inclusive"),
        item.text("name", ""), item.source(),
    )  # fmt: skip
    item.done()
    return made


def _kinds(entry: Entry) -> tuple[AgencyKind, ...]:
    names = entry.labels("kinds") if "kinds" in entry.fields else ()
    return tuple(known(entry, "kinds", name, AgencyKind) for name in names)


def _areas(entry: Entry, source: Source) -> tuple[tuple[ChangeArea, ...], Source]:
    made = []
    for item in entry.entries("items", "code"):
        made.append(ChangeArea(item.text("code"), item.text("name")))
        item.done()
    if len(made) != AREAS or len({area.code for area in made}) != AREAS:
        raise entry.refusal("area perubahan harus delapan", len(made), str(AREAS))
    return tuple(made), source


def _theme(entry: Entry, source: Source) -> Theme:
    return Theme(entry.text("code"), entry.text("name"), source)


def _good(entry: Entry, source: Source) -> GoodBound:
    return GoodBound(entry.text("label"), source)


def _check_years(whole: Entry, schemes: tuple[Scheme, ...]) -> None:
    if not schemes:
        raise whole.refusal("tidak ada skema", expected="sekurang-kurangnya satu [[scheme]]")
    codes = [scheme.code for scheme in schemes]
    if len(set(codes)) != len(codes):
        raise whole.refusal("kode skema ganda", ", ".join(codes))
    for first, second in _rivals(schemes):
        raise whole.refusal(
            "dua skema berlaku untuk tahun dan jenis instansi yang sama", f"{first.code}, {second.code}"
        )
    for scheme in schemes:
        if scheme.last_year is not None and scheme.last_year < scheme.first_year:
            raise whole.refusal("tahun akhir skema mendahului tahun awalnya", scheme.code)


def _rivals(schemes: tuple[Scheme, ...]) -> Iterator[tuple[Scheme, Scheme]]:
    """Pairs of schemes that hold in a common year for a common kind of agency (or both for every kind)."""
    for first, second in itertools.combinations(schemes, 2):
        since = max(first.first_year, second.first_year)
        until = min(first.last_year or 9999, second.last_year or 9999)
        common = set(first.kinds) & set(second.kinds) or not (first.kinds or second.kinds)
        if since <= until and common:
            yield first, second
