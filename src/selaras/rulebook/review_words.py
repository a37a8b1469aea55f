"""The vocabulary of reading strangers' reports: words of headers, captions, plans, offices, regions, regulations.

Data of `data/review/vocabulary/*.toml`, one loader. It is Indonesian office language with its usual variants, no regulation; the
register of regions carries its own source and certainty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.law import Source
from selaras.rulebook.entry import Entry

Named = tuple[tuple[str, tuple[str, ...]], ...]
"""Names, each with its wordings."""


@dataclass(frozen=True, slots=True)
class Language:
    """Small word lists of the language, all in lower case but the levels of education."""

    months: tuple[str, ...]
    ordinals: tuple[str, ...]
    numbers: tuple[str, ...]
    abbreviations: tuple[str, ...]
    totals: tuple[str, ...]
    means: tuple[str, ...]
    colours: tuple[str, ...]
    educations: tuple[str, ...]
    missing: tuple[str, ...]
    summaries: tuple[str, ...]
    legal_lists: tuple[str, ...]
    grades: tuple[str, ...]
    total_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """How names of offices are built: first words, those that stand alone, what ends a name, equal wordings."""

    heads: tuple[str, ...]
    alone: tuple[str, ...]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    stop: tuple[str, ...]
    same: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Province:
    """A province with its kabupaten and kota, without those words."""

    name: str
    kabupaten: tuple[str, ...]
    kota: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """All vocabulary by which a report is understood."""

    columns: Named
    tables: Named
    plans: Named
    nouns: Named
    regulations: Named
    gazettes: Mapping[str, str]
    title_ends: tuple[str, ...]
    language: Language
    offices: Offices
    provinces: tuple[Province, ...]


@lru_cache(maxsize=1)
def review_words() -> ReviewWords:
    """The vocabulary that is shipped. Raises Refusal if a table of it is broken."""
    return review_words_from(files("selaras.rulebook") / "data" / "review" / "vocabulary")


def review_words_from(folder: Traversable) -> ReviewWords:
    """The vocabulary in `folder`; `review_words` reads the one that is shipped."""
    citations, language = _file(folder, "citations.toml"), _only(_file(folder, "language.toml"), "language")
    ends = _only(citations, "titles")
    words = ReviewWords(
        columns=_named(_file(folder, "columns.toml"), "column", "role"),
        tables=_named(_file(folder, "tables.toml"), "table", "kind"),
        plans=_named(_file(folder, "plans.toml"), "plan", "code"),
        nouns=_named(_file(folder, "counted.toml"), "noun", "name"),
        regulations=_named(citations, "regulation", "code"),
        gazettes=citations.texts("gazettes"),
        title_ends=ends.labels("end"),
        language=_language(language),
        offices=_offices(_only(_file(folder, "offices.toml"), "offices")),
        provinces=tuple(map(_province, _file(folder, "regions.toml").entries("province", "name"))),
    )
    for entry in (citations, language, ends):
        entry.done()
    return words


def _file(folder: Traversable, name: str) -> Entry:
    """The whole file as one entry; an empty one where it is not there, so that the first field is refused by name."""
    empty = Entry(name, "berkas", {})
    try:
        content = tomllib.loads((folder / name).read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, FileNotFoundError) as error:
        raise empty.refusal("bukan TOML yang benar atau tidak ada", error) from error
    return Entry(name, "berkas", content)


def _only(file: Entry, key: str) -> Entry:
    fields = file.fields.pop(key, None)
    if not isinstance(fields, dict):
        raise file.refusal(f"{key} tidak ada", expected="tabel")
    return Entry(file.file, key, fields)


def _named(file: Entry, key: str, label: str) -> Named:
    return tuple(_words(entry, label) for entry in file.entries(key, label))


def _words(entry: Entry, label: str) -> tuple[str, tuple[str, ...]]:
    made = entry.text(label), entry.labels("words")
    entry.done()
    return made


def _language(entry: Entry) -> Language:
    return Language(**{name: entry.labels(name) for name in _fields(Language)})


def _offices(entry: Entry) -> Offices:
    lists = {name: entry.labels(name) for name in _fields(Offices) if name != "same"}
    same = entry.texts("same")
    entry.done()
    return Offices(**lists, same=same)


def _province(entry: Entry) -> Province:
    made = Province(
        entry.text("name"),
        tuple(entry.labels("kabupaten")) if entry.fields.get("kabupaten") else (),
        tuple(entry.labels("kota")) if entry.fields.get("kota") else (),
        entry.source(),
    )
    for empty in ("kabupaten", "kota"):
        entry.fields.pop(empty, None)
    entry.done()
    return made


def _fields(kind: type[Language | Offices]) -> Iterator[str]:
    return iter(kind.__dataclass_fields__)
