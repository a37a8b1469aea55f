"""Loads the rulebook: every TOML file of the data folder, checked entry by entry, as it stood on a day.

A file that is not there is no error; a table that is broken is refused with its file and entry, because a report
must never be made with half a rulebook.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

from selaras.core.document import Tone
from selaras.core.law import (
    Band,
    ChecklistItem,
    Form,
    Formula,
    GradeScale,
    Law,
    Limits,
    Outline,
    Regulation,
    Scale,
    Section,
    Source,
)
from selaras.core.org import RegulationStatus
from selaras.rulebook.entry import Entry
from selaras.rulebook.limits import FILE, load_limits, read_limits
from selaras.rulebook.rb import load_rb

KINDS = (
    "scale", "grade_scale", "formula", "outline", "form", "checklist", "abbreviations", "regulation", "year",
)  # fmt: skip


class Coded(Protocol):
    """A fact of the rulebook with a code and a source."""

    @property
    def code(self) -> str:
        """The code by which the fact is chosen."""

    @property
    def source(self) -> Source:
        """Where it comes from and when it holds."""


Fact = TypeVar("Fact", bound=Coded)
Tables = dict[str, list[Entry]]


@lru_cache(maxsize=32)
def load(day: date) -> Law:
    """The rulebook as it stood on `day`. Raises Refusal if any table is broken, whatever the day."""
    return load_from(files("selaras.rulebook") / "data", day)


def load_from(folder: Traversable, day: date) -> Law:
    """The rulebook in `folder` as it stood on `day`; `load` reads the one that is shipped."""
    tables = _read(folder)
    holidays, leave = _days(tables)
    return Law(
        day=day,
        scales=_by_code(tables, "scale", scale, day),
        grade_scales=_by_code(tables, "grade_scale", grade_scale, day),
        formulas=_by_code(tables, "formula", formula, day),
        outlines=_by_code(tables, "outline", outline, day),
        forms=_by_code(tables, "form", form, day),
        checklist=tuple(item for entry in tables["checklist"] for item in checklist(entry, day)),
        abbreviations=dict(item for entry in tables["abbreviations"] for item in abbreviations(entry).items()),
        holidays=holidays,
        collective_leave=leave,
        limits=_limits(folder, day),
        regulations=_by_code(tables, "regulation", regulation, day),
        stages=(load_rb(day),),
    )


def _limits(folder: Traversable, day: date) -> Limits:
    """The limits that a folder has of its own, else the ones that are shipped."""
    own = folder / "entry"
    return read_limits(own, day) if (own / FILE).is_file() else load_limits(day)


def scale(entry: Entry) -> Scale:
    """An achievement scale. Bands stand from high to low; a printed upper end must meet the band above."""
    bands = tuple(_bands(entry))
    try:
        made = Scale(entry.text("code"), entry.text("name"), bands, entry.source(), entry.text("reading"))
    except ValueError as error:
        raise entry.refusal("golongan tumpang tindih, ganda, atau tidak terbuka di kedua ujung", error) from error
    entry.done()
    return made


def grade_scale(entry: Entry) -> GradeScale:
    """An ordered scale of grades, worst first."""
    made = GradeScale(entry.text("code"), entry.text("name"), entry.labels("grades"), entry.source())
    entry.done()
    return made


def formula(entry: Entry) -> Formula:
    """A formula in words."""
    made = Formula(entry.text("code"), entry.text("name"), entry.text("expression"), entry.source())
    entry.done()
    return made


def form(entry: Entry) -> Form:
    """The fixed clauses of a form."""
    made = Form(entry.text("code"), entry.text("name"), entry.texts("texts"), entry.source())
    entry.done()
    return made


def outline(entry: Entry) -> Outline:
    """The outline of a report; a key may stand only once in it, because it names what is put there."""
    parts = [tuple(_section(item) for item in entry.entries(name, "key")) for name in ("front", "chapters", "annexes")]
    made = Outline(entry.text("code"), entry.text("name"), parts[0], parts[1], parts[2], entry.source())
    entry.done()
    if not made.chapters:
        raise entry.refusal("chapters tidak ada", expected="sekurang-kurangnya satu bab")
    keys = [key for part in parts for key in _keys(part)]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise entry.refusal("kunci bagian ganda", ", ".join(twice))
    return made


def regulation(entry: Entry) -> Regulation:
    """One regulation of the register."""
    made = Regulation(
        entry.text("code"), entry.text("kind"), entry.text("number"), entry.whole("year"), entry.text("title"),
        gazette=entry.text("gazette", ""),
        status=entry.choice("status", RegulationStatus, RegulationStatus.UNKNOWN),
        note=entry.text("remark", ""),
        source=entry.source(),
    )  # fmt: skip
    entry.done()
    return made


def checklist(entry: Entry, day: date) -> Iterator[ChecklistItem]:
    """The items of a checklist, each with the source of the whole; none if it was not in force on `day`."""
    entry.text("name")
    source = entry.source()
    for item in entry.entries("items", "number"):
        made = ChecklistItem(item.text("number"), item.text("group"), item.text("text"), source)
        item.done()
        if source.holds_on(day):
            yield made
    entry.done()


def abbreviations(entry: Entry) -> dict[str, str]:
    """Abbreviations with their meanings."""
    entry.source()
    made = entry.texts("meanings")
    entry.done()
    return made


def _bands(entry: Entry) -> Iterator[Band]:
    above: Decimal | None = None
    for position, item in enumerate(entry.entries("bands", "label")):
        upper, lower = item.number("upper"), item.number("lower")
        if upper is not None and (position == 0 or upper != above):
            raise _unclosed(item, upper, above)
        yield Band(
            item.text("label"), lower, item.choice("tone", Tone), item.text("printed", ""), item.flag("exclusive")
        )
        item.done()
        above = lower


def _unclosed(item: Entry, upper: Decimal, above: Decimal | None) -> Exception:
    if above is None:
        return item.refusal("golongan tertinggi harus terbuka ke atas", upper, "tanpa upper")
    word = "berlubang" if upper < above else "tumpang tindih"
    remedy = f"Nilai antara {min(upper, above)} dan {max(upper, above)} harus masuk tepat satu golongan."
    return item.refusal(f"skala {word}", f"upper = {upper}", f"upper = {above}", remedy)


def _section(item: Entry) -> Section:
    made = Section(
        item.text("key"),
        item.text("title"),
        item.text("number", ""),
        tuple(_section(below) for below in item.entries("sections", "key")),
        item.flag("required"),
    )
    item.done()
    return made


def _keys(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.key
        yield from _keys(section.sections)


def _days(tables: Tables) -> tuple[dict[date, str], dict[date, str]]:
    holidays: dict[date, str] = {}
    leave: dict[date, str] = {}
    for entry in tables["year"]:
        year = entry.whole("year")
        entry.source()
        for item in entry.entries("days", "name"):
            day, name, is_leave = item.day("date"), item.text("name"), item.flag("leave")
            item.done()
            if day.year != year:
                raise item.refusal("tanggal di luar tahunnya", day, f"tanggal tahun {year}")
            (leave if is_leave else holidays)[day] = name
        entry.done()
    return holidays, leave


def _by_code(tables: Tables, kind: str, make: Callable[[Entry], Fact], day: date) -> dict[str, Fact]:
    """The facts in force on `day` by code. Versions of one code must not be in force together."""
    made = [(entry, make(entry)) for entry in tables[kind]]
    for (_, first), (entry, second) in itertools.combinations(made, 2):
        if first.code == second.code and _together(first.source, second.source):
            raise entry.refusal("kode berlaku ganda pada waktu yang sama", second.code, "satu isian untuk setiap kode")
    return {fact.code: fact for _, fact in made if fact.source.holds_on(day)}


def _together(first: Source, second: Source) -> bool:
    since = max(first.since or date.min, second.since or date.min)
    return since <= min(first.until or date.max, second.until or date.max)


def _read(folder: Traversable) -> Tables:
    tables: Tables = {kind: [] for kind in KINDS}
    if not folder.is_dir():
        return tables
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            for kind, entry in _entries(path):
                tables[kind].append(entry)
    return tables


def _entries(path: Traversable) -> Iterator[tuple[str, Entry]]:
    file = Entry(path.name, "berkas", {})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise file.refusal("bukan TOML yang benar", error) from error
    for kind, found in content.items():
        if kind not in KINDS:
            raise file.refusal("tabel tidak dikenal", kind, ", ".join(KINDS))
        if not isinstance(found, list | dict):
            raise file.refusal("isian di luar tabel", kind)
        for position, fields in enumerate(found if isinstance(found, list) else [found], 1):
            if not isinstance(fields, dict):
                raise file.refusal("isian di luar tabel", kind)
            yield kind, Entry(path.name, str(fields.get("code") or fields.get("name") or f"{kind} {position}"), fields)
