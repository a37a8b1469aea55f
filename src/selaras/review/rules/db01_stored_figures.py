"""Angka dalam laporan harus sama dengan yang tercatat di basis data instalasi untuk instansi dan tahun itu.

Mengapa: basis data menyimpan angka beserta buktinya; angka yang berbeda di laporan tidak dapat ditelusuri ke bukti mana pun.
Aturan ini hanya berjalan dengan `selaras review --against-data`.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: basis data mencatat realisasi 87,09%, laporan mencetak 80,79%.
Benar: laporan mencetak 87,09%, atau catatannya diperbaiki lebih dahulu beserta buktinya.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.numerals import format_rupiah
from selaras.core.place import NOWHERE, Place
from selaras.core.reporting.stored import Stored, StoredFigure, What
from selaras.core.value import Value, ValueKind
from selaras.review.chains import differ
from selaras.review.likeness import bare, fold, likeness
from selaras.review.report import BudgetClaim, Figure, IndicatorClaim, Report, Role, TableKind
from selaras.review.wording import amount, places, short

CODE = "DB01"
KINDS = ("cross-table", "indicator-mismatch")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
SUGGESTION = "Samakan laporan dengan catatan itu, atau perbaiki catatannya beserta buktinya lebih dahulu."
SURE = 0.9
PART_OF_YEAR = re.compile(r"\b(?:triwulan|semester|bulanan|tengah tahun)\b", re.IGNORECASE)
WHATS = {
    Role.TARGET: What.TARGET, Role.REALISATION: What.REALISATION, Role.ACHIEVEMENT: What.ACHIEVEMENT,
    Role.FINAL_TARGET: What.FINAL_TARGET, Role.PROGRESS: What.PROGRESS,
}  # fmt: skip
DOCUMENTS = {
    TableKind.RENSTRA: "Renstra", TableKind.RKT: "RKT", TableKind.AGREEMENT: "PK", TableKind.ACHIEVEMENT: "PK",
    TableKind.SUMMARY: "PK",
}  # fmt: skip
"""Whose target a table gives; in the others that of any plan may stand."""
ORDER = ("PK", "RKT", "Renstra")
AMOUNTS = (What.BUDGET, What.SPENT, What.ABSORPTION)
AIMED = (What.TARGET, What.ACHIEVEMENT)
"""What differs by the plan whose target counts."""
FOLLOWING = (What.ACHIEVEMENT, What.PROGRESS, What.ABSORPTION)
"""Figures that are worked out of others: wrong by themselves only in tables where those are right."""
SCALES = (Decimal(1), Decimal(1000), Decimal(1_000_000))
"""Amounts may be printed in thousands or millions of rupiah."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Without a database there is nothing to hold the report against."""
    yield from ()


def against(report: Report, stored: Stored) -> Iterator[Finding]:
    """Every figure of the report that the database knows, and the indicators of the database that the report lacks."""
    if report.identity.year not in (None, stored.year):
        return
    names = _Names(stored)
    wrong: set[tuple[str, int, str]] = set()
    for figure in stored.figures:
        odd = list(_odd(report, names, figure))
        if figure.what in FOLLOWING:
            odd = [(text, place) for text, place in odd if (figure.record, figure.year, place.table) not in wrong]
        if odd:
            wrong |= {(figure.record, figure.year, place.table) for _, place in odd}
            yield _finding(figure, odd)
    yield from _missing(report, names)


class _Names:
    """Which records a name in a report means: those of exactly that name, else the most alike."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.known = {(name, item.record): item.what in AMOUNTS for item in stored.figures for name in item.names}
        self.found: dict[tuple[str, bool], frozenset[str]] = {}

    def means(self, name: str, figure: StoredFigure) -> bool:
        """Whether a name in the report is that of the record of a figure."""
        money = figure.what in AMOUNTS
        if (name, money) not in self.found:
            self.found[name, money] = self._records(name, money=money)
        return figure.record in self.found[name, money]

    def _records(self, name: str, *, money: bool) -> frozenset[str]:
        pool = [pair for pair, of_money in self.known.items() if of_money is money]
        for folded in (fold, bare):
            same = frozenset(record for known, record in pool if folded(known) == folded(name))
            if same:
                return same
        scored = [(likeness(name, known), record) for known, record in pool]
        top = max((score for score, _ in scored), default=0.0)
        return frozenset(record for score, record in scored if score == top) if top >= SURE else frozenset()

    def twins(self, figure: StoredFigure) -> list[StoredFigure]:
        """The figures of the same sort and year whose record has the same name: one name may stand at several levels."""
        return [
            item
            for item in self.stored.figures
            if (item.what, item.year, item.document) == (figure.what, figure.year, figure.document)
            and fold(item.name) == fold(figure.name)
        ]

    def documents(self, figure: StoredFigure) -> list[StoredFigure]:
        """The same figure by each plan whose target may count, the agreement's first."""
        found = [
            item
            for item in self.stored.figures
            if (item.what, item.record, item.year) == (figure.what, figure.record, figure.year)
        ]
        return sorted(found, key=lambda item: ORDER.index(item.document) if item.document in ORDER else len(ORDER))


def _odd(report: Report, names: _Names, figure: StoredFigure) -> Iterator[tuple[str, Place]]:
    """What the report prints instead of a stored figure, and where."""
    if names.twins(figure)[0] is not figure:
        return
    if figure.what in AMOUNTS:
        yield from _odd_amounts(report, names, figure)
        return
    for claim in report.indicators:
        if _speaks_of(report, claim, names, figure):
            yield claim.text.strip() or (claim.value.shown() if claim.value else ""), claim.place


def _speaks_of(report: Report, claim: IndicatorClaim, names: _Names, figure: StoredFigure) -> bool:
    """Whether a claim is about the figure and gives it another value."""
    year = claim.year or names.stored.year
    if claim.value is None or WHATS.get(claim.role) is not figure.what or year != figure.year:
        return False
    if claim.value.kind is ValueKind.YES_NO or (claim.role is not Role.TARGET and _of_part(report)):
        return False
    if not names.means(claim.name, figure):
        return False
    right = names.twins(figure)
    if figure.what in AIMED:
        plans = names.documents(figure)
        own = next((item for item in plans if item.document == DOCUMENTS.get(claim.grid.kind)), None)
        if (own or plans[0]) is not figure:
            return False
        right = right if own else [*right, *plans]
    return not any(_agrees(claim, item) for item in right)


def _agrees(claim: IndicatorClaim, figure: StoredFigure) -> bool:
    assert claim.value is not None
    return any(not differ(claim.value, _comparable(claim.value, value)) for value in figure.values)


def _comparable(printed: Value, value: Value) -> Value:
    """The stored value with more decimals than the printed one, so that it is never taken for the coarser of the two."""
    if value.amount is None or printed.amount is None:
        return value
    digits = max(_decimals(value.amount), _decimals(printed.amount) + 1)
    return replace(value, amount=value.amount.quantize(Decimal(1).scaleb(-digits)))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _odd_amounts(report: Report, names: _Names, figure: StoredFigure) -> Iterator[tuple[str, Place]]:
    """Rows of that name whose amount belongs to no record of that name."""
    if figure.what is not What.BUDGET and _of_part(report):
        return
    twins = names.twins(figure)
    for claim in report.budget:
        printed = _printed(claim, figure.what)
        if printed is None or claim.total or not names.means(claim.name, figure):
            continue
        if not any(_equal(printed, value) for twin in twins for value in twin.values):
            yield amount(printed), printed.place if printed.place != NOWHERE else claim.place


def _printed(claim: BudgetClaim, what: What) -> Figure | None:
    return {What.BUDGET: claim.budget, What.SPENT: claim.spent, What.ABSORPTION: claim.percent}[what]


def _equal(printed: Figure, value: Value) -> bool:
    """Whether a printed amount is the stored one, as far as its digits go."""
    assert value.amount is not None
    half = Decimal(5).scaleb(-printed.decimals - 1)
    scales = SCALES if value.kind is ValueKind.NUMBER else SCALES[:1]
    return any(abs(printed.amount - value.amount / scale) <= half for scale in scales)


def _missing(report: Report, names: _Names) -> Iterator[Finding]:
    """Measured indicators of which a report that gives realisations says nothing."""
    if not any(claim.role is Role.REALISATION for claim in report.indicators) or _of_part(report):
        return
    for code in names.stored.measured:
        figure = next((item for item in names.stored.figures if item.record == code), None)
        if figure is not None and not any(names.means(claim.name, figure) for claim in report.indicators):
            yield Finding(
                CODE, "indicator-mismatch", Severity.WARNING,
                f"Indikator “{short(figure.name)}” tercatat di basis data, tetapi tidak ditemukan dalam laporan.",
                expected=figure.name, places=(Place(record=f"indikator {code}"),), regulation=REGULATION,
                suggestion="Muat indikator itu dalam laporan, atau samakan namanya dengan catatan.",
            )  # fmt: skip


def _finding(figure: StoredFigure, odd: Sequence[tuple[str, Place]]) -> Finding:
    printed = list(dict.fromkeys(text for text, _ in odd))
    right = _shown(figure)
    return Finding(
        CODE, "cross-table", Severity.ERROR,
        f"{figure.what.value.capitalize()} “{short(figure.name)}” tahun {figure.year}: laporan mencetak "
        f"{', '.join(printed)}, basis data mencatat {right}.",
        stated=printed[0], expected=f"{right} ({figure.record})",
        places=(*places(place for _, place in odd), Place(record=figure.label, quote=right)),
        regulation=REGULATION, suggestion=SUGGESTION,
    )  # fmt: skip


def _shown(figure: StoredFigure) -> str:
    """The value in force as a report prints it."""
    value = figure.values[0]
    if figure.what in (What.BUDGET, What.SPENT):
        assert value.amount is not None
        return format_rupiah(value.amount, places=0 if value.amount == value.amount.to_integral_value() else 2)
    whole = value.amount is None or value.amount == value.amount.to_integral_value()
    return value.shown() if whole or figure.what not in FOLLOWING else value.shown(2)


def _of_part(report: Report) -> bool:
    """Whether the report is of a part of the year only, by its title and first headings."""
    front = [report.reading.document.title, *(sentence.text for sentence in report.sentences[:6])]
    return any(PART_OF_YEAR.search(text) for text in front)
