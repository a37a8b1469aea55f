"""What running text says: figures, sentences, and what they mention, each with its place. Part of the `Report` contract."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from selaras.core.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a cell or sentence: the amount, how many decimals are printed, and its sort.

    `money` has a currency sign or stands in a rupiah column; `percent` has a percent sign or stands in a percent column.
    `decimals` is negative where a word of thousands follows: `1,5 juta` is exact to 10⁵, so -5. `doubtful` says that
    `1.234` could be read two ways and was read as Indonesians write.
    """

    amount: Decimal
    decimals: int
    percent: bool = False
    money: bool = False
    text: str = ""
    place: Place = NOWHERE
    doubtful: bool = False


class SentenceKind(StrEnum):
    """Where a sentence stands."""

    TEXT = "teks"
    ITEM = "butir"
    HEADING = "judul"
    CELL = "sel"
    CAPTION = "keterangan tabel"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or heading, list item, wordy cell, caption) with the headings above it and the numbers in it.

    `figures` leave out years, dates, numbers of regulations, of tables and of list items. A sentence that a page end cuts
    is whole again: `breaks` says from which character on it stands elsewhere; `place_at` knows where a word stands.
    """

    text: str
    place: Place
    path: tuple[str, ...] = ()
    kind: SentenceKind = SentenceKind.TEXT
    figures: tuple[Figure, ...] = ()
    malformed: tuple[str, ...] = ()
    breaks: tuple[tuple[int, Place], ...] = ()
    memory: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.text)  # of all fields it would cost more than what is remembered by sentence

    def place_at(self, offset: int, quote: str = "") -> Place:
        """The place of the character at `offset`, with `quote` as its quotation."""
        place = self.place
        for start, later in self.breaks:
            place = later if offset >= start else place
        return replace(place, quote=quote) if quote and quote != place.quote else place


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a sentence or cell names: the words as printed, what they were understood as, and where."""

    text: str
    place: Place
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PeriodMention(Mention):
    """A span of years, with the plan that the words around it speak of (renstra, rpjmd, rpjmn, road map …; may be empty)."""

    first: int = 0
    last: int = 0
    plan: str = ""


@dataclass(frozen=True, slots=True)
class YearMention(Mention):
    """A single year; `about` says of what: report, regulation, budget law, plan, comparison, date, or unknown (empty)."""

    year: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class OrdinalMention(Mention):
    """`tahun kedua dari periode Renstra 2020–2024`: which year of which period."""

    ordinal: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class CountMention(Mention):
    """A stated count, `4 (empat) program`: the number, the words in brackets (may be empty), and what is counted.

    `noun` is the name of the thing as the vocabulary has it (`program`, `sub kegiatan`, `pegawai` …), `qualifier` the
    words after it in the same clause (`S1`, `berstatus sebagai Pegawai Negeri Sipil`).
    """

    number: int = 0
    words: str = ""
    noun: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class SpelledNumber(Mention):
    """A number followed by its words in brackets."""

    figure: Figure | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Mention):
    """A regulation cited: kind (UU, PP, Perpres …), number, year, title, and the gazettes named."""

    kind: str = ""
    number: str = ""
    year: int = 0
    title: str = ""
    gazettes: tuple[tuple[str, int, str], ...] = ()  # (LN, 2004, 104), (TLN, 0, 4421)
    listed: bool = False  # stands in the list of legal bases


@dataclass(frozen=True, slots=True)
class AgencyMention(Mention):
    """The name of an office, for example `KPU Kota Surabaya`; `key` is folded for comparing.

    `office` and `region` are the two halves of the key (`kpu`, `kota surabaya`; a region may be missing), `own` says
    that it is a name by which the report's own agency is known, `known` that the region stands in the register.
    """

    name: str = ""
    key: str = ""
    office: str = ""
    region: str = ""
    own: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class TableMention(Mention):
    """A table, picture or annex referred to in running text, `tabel 3.8`; `series` is that word in lower case."""

    number: str = ""
    series: str = "tabel"
