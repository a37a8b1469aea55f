"""What a report claims: everything that a rule may look at, each claim with its place.

`review.claims` makes a `Report` out of a `Reading`; `review.rules` look at it; neither knows the other. Nothing here
is judged: a claim is what the paper says, read as well as it can be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from selaras.core.document import Table
from selaras.core.place import Place
from selaras.core.source import Reading
from selaras.core.value import Value
from selaras.review.said import (
    AgencyMention,
    Citation,
    CountMention,
    Figure,
    Mention,
    OrdinalMention,
    PeriodMention,
    Sentence,
    SentenceKind,
    SpelledNumber,
    TableMention,
    YearMention,
)

__all__ = [
    "AgencyMention",
    "BudgetClaim",
    "Citation",
    "CountMention",
    "Figure",
    "Grid",
    "GridCell",
    "GridColumn",
    "GridRow",
    "Identity",
    "IndicatorClaim",
    "Mention",
    "OrdinalMention",
    "PeriodMention",
    "Report",
    "Role",
    "Sentence",
    "SentenceKind",
    "SpelledNumber",
    "TableKind",
    "TableMention",
    "YearMention",
]


class Role(StrEnum):
    """What a column of a table holds, by the meaning of its header checked against its values."""

    NUMBER = "nomor"
    GOAL = "tujuan"
    SASARAN = "sasaran"
    INDICATOR = "indikator"
    UNIT = "satuan"
    TARGET = "target"
    REALISATION = "realisasi"
    ACHIEVEMENT = "capaian"
    FINAL_TARGET = "target akhir"
    PROGRESS = "kemajuan"
    BUDGET = "anggaran"
    SPENT = "realisasi anggaran"
    ABSORPTION = "capaian anggaran"
    EFFICIENCY = "efisiensi"
    PROGRAMME = "program"
    FUND = "sumber dana"
    CLASS = "kelas"
    COLOUR = "warna"
    INTERVAL = "interval"
    ANALYSIS = "analisis"
    SOLUTION = "solusi"
    OBSTACLE = "hambatan"
    CONSTRAINT = "kendala"
    FOLLOW_UP = "tindak lanjut"
    SUPPORT = "menunjang"
    NAME = "nama"
    RANK = "golongan"
    SEX = "L/P"
    EDUCATION = "pendidikan"
    POST = "jabatan"
    COUNT = "cacah"
    TOTAL = "jumlah"
    REMARK = "keterangan"
    OTHER = "lain"


class TableKind(StrEnum):
    """What a table is for; a document can hold several of a kind."""

    SUMMARY = "ikhtisar"
    RENSTRA = "target renstra"
    RKT = "rencana kinerja tahunan"
    IKU = "indikator kinerja utama"
    AGREEMENT = "perjanjian kinerja"
    PROGRAMMES = "program dan anggaran perjanjian"
    SCALE = "skala"
    ACHIEVEMENT = "capaian"
    COMPARISON = "perbandingan tahun"
    PROGRESS = "kemajuan renstra"
    ANALYSIS = "analisis"
    EFFICIENCY = "efisiensi"
    SUPPORT = "program penunjang"
    BUDGET = "anggaran dan realisasi"
    OBSTACLES = "hambatan"
    STAFF = "pegawai"
    ROSTER = "daftar pegawai"
    REFORM = "indeks rb"
    SKP = "sasaran kinerja pegawai"
    OTHER = "lain"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid. `figures` are the numbers in it in order (usually one); `value` is its reading as an

    indicator's value, if it is one; `missing` says that it holds a dash or n/a; `spanned` that it belongs to a cell
    that begins in a row above or a column before. `malformed` are digits that make up no number (`94.500.00000`);
    `unit` is the unit that stands beside the value in the cell (`14 UPP`); `bound` is its sign (`≥`, `<`, `maksimal`).
    """

    text: str
    place: Place
    figures: tuple[Figure, ...] = ()
    value: Value | None = None
    missing: bool = False
    spanned: bool = False
    malformed: tuple[str, ...] = ()
    unit: str = ""
    bound: str = ""

    @property
    def figure(self) -> Figure | None:
        """The only number of the cell, None if there is none or several."""
        return self.figures[0] if len(self.figures) == 1 else None


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column with its whole header (all header rows joined by ` / `), role, and the year that it speaks of, if any.

    `period` is the part of the year (`TW I`, `S2`, `B03`) for a column of a quarter, half or month: its values are not
    those of the year and make no indicator claims. `percent` and `money` say what its plain numbers are.
    """

    header: str
    role: Role = Role.OTHER
    year: int | None = None
    period: str = ""
    percent: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A body row, one cell per column. `level` is the depth in a hierarchy (0 = top), `marker` its number (I, A, 1);

    `total` marks a row of totals, `mean` one of means; `section` a row that only names a group of the rows below it.
    """

    cells: tuple[GridCell, ...]
    marker: str = ""
    level: int = 0
    total: bool = False
    mean: bool = False
    section: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table understood: its kind, columns with roles, rows with spans expanded, and the headings above it.

    A printed table that begins anew with another header half-way (indicators above, programmes below) makes two grids
    of one `table`; `part` counts them from 0. `year` is the year that caption or heading names, if it is one only.
    """

    table: Table
    kind: TableKind
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    path: tuple[str, ...] = ()
    part: int = 0
    year: int | None = None
    memory: dict[object, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def label(self) -> str:
        """`Tabel 3.1` or what stands for it."""
        return self.table.label or self.table.caption

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return self.table.place

    def columns_of(self, *roles: Role) -> list[int]:
        """The indexes of the columns with one of the roles; nobody may change the list."""
        found: list[int] | None = self.memory.get(roles)
        if found is None:
            found = [index for index, column in enumerate(self.columns) if column.role in roles]
            self.memory[roles] = found
        return found


@dataclass(frozen=True, slots=True)
class IndicatorClaim:
    """A value that a table gives to an indicator: in which table, in what role, for which year.

    `key` is the folded name by which claims on one indicator meet (see `review.claims.names`). Each indicator row gives
    one claim with role INDICATOR and no value, which says that the table lists it. `year` is that of the column, else of
    the table, else of the report; for a target at the end of the plan its last year.
    """

    key: str
    name: str
    role: Role
    value: Value | None
    text: str
    grid: Grid
    row: int
    place: Place
    year: int | None = None
    sasaran: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BudgetClaim:
    """One row of a budget table: name, level, amounts as printed, and the index of its parent (-1 = none).

    `parent` and `row` are indexes into `grid.rows`. Rows of every table with a column of budgets make them. `unread` are
    amounts of the row that make up no number: a sum over it cannot be checked. Of several totals in a table the last has
    level 0, those of groups have level 1.
    """

    key: str
    name: str
    level: int
    grid: Grid
    row: int
    parent: int
    place: Place
    budget: Figure | None = None
    spent: Figure | None = None
    percent: Figure | None = None
    total: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is: names by which it calls itself, report year, and the plan periods it declares."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    year: int | None = None
    plan_first: int | None = None
    plan_last: int | None = None
    parents: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One document with all that it claims. Order is reading order everywhere."""

    reading: Reading
    identity: Identity
    grids: tuple[Grid, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    indicators: tuple[IndicatorClaim, ...] = ()
    budget: tuple[BudgetClaim, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    years: tuple[YearMention, ...] = ()
    ordinals: tuple[OrdinalMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    spelled: tuple[SpelledNumber, ...] = ()
    citations: tuple[Citation, ...] = ()
    agencies: tuple[AgencyMention, ...] = ()
    references: tuple[TableMention, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what was not understood, in Indonesian
    memory: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[Report], Any]) -> Any:
        """What `make` finds in this report, found once for all rules; nobody may change it."""
        if name not in self.memory:
            self.memory[name] = make(self)
        return self.memory[name]

    def beside(self, claim: IndicatorClaim) -> Sequence[IndicatorClaim]:
        """The claims of the row of a claim, itself among them, in reading order."""
        found: dict[tuple[int, int], list[IndicatorClaim]] = self.once("claims by row", _by_row)
        return found.get((id(claim.grid), claim.row), ())

    def claims_on(self, key: str) -> Sequence[IndicatorClaim]:
        """The claims on the indicator of a key, in reading order."""
        found: dict[str, list[IndicatorClaim]] = self.once("claims by key", _by_key)
        return found.get(key, ())

    def grids_of(self, *kinds: TableKind) -> list[Grid]:
        """The tables of some kinds, in order."""
        return [grid for grid in self.grids if grid.kind in kinds]


def _by_row(report: Report) -> dict[tuple[int, int], list[IndicatorClaim]]:
    found: dict[tuple[int, int], list[IndicatorClaim]] = defaultdict(list)
    for claim in report.indicators:
        found[id(claim.grid), claim.row].append(claim)
    return dict(found)


def _by_key(report: Report) -> dict[str, list[IndicatorClaim]]:
    found: dict[str, list[IndicatorClaim]] = defaultdict(list)
    for claim in report.indicators:
        found[claim.key].append(claim)
    return dict(found)
