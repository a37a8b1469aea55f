"""Jumlah harus berdiri di samping nama yang dimilikinya dalam tabel anggaran.

Mengapa: bila nama dan angka tertukar, setiap angka tampak benar tetapi diberikan kepada program lain.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi keuangan).

Salah: “Program A dengan anggaran Rp300.000.000”, padahal dalam tabel Rp300.000.000 milik Program B.
Benar: “Program B dengan anggaran Rp300.000.000”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.budgets import Master, heads, master, tables
from selaras.review.declared import declared
from selaras.review.likeness import bare, is_shortened, likeness
from selaras.review.mentioned import Pair, pairs
from selaras.review.report import BudgetClaim, Figure, GridCell, Report, TableKind
from selaras.review.supporters import Crossed, crossed
from selaras.review.wording import amount, places, rupiah, short, table_name

CODE = "CR04"
KINDS = ("swapped-labels", "naming", "text-vs-table")
MANY = 4
"""From so many other amounts on, and from one in so many, a table tells another budget."""
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi keuangan)"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Names with amounts in agreement tables, lists and sentences against the realisation table."""
    found = master(report)
    if found is None:
        return
    told: set[str] = set()
    for _, claims in tables(report, TableKind.PROGRAMMES):
        for claim in () if _of_another_budget(found, claims) else claims:
            if not claim.total and claim.budget is not None and claim.budget.money:
                yield from _named(found, claim.name, claim.budget, claim.place, spent=False)
        for finding in _renamed(found, claims):
            if finding.stated not in told and not declared(report, finding.stated, finding.expected):
                told.add(finding.stated)
                yield finding
    for pair in pairs(report, found):
        yield from _spoken(found, pair)
    yield from (_supporting(found, each) for each in crossed(report, found))


def _supporting(found: Master, told: Crossed) -> Finding:
    """The amounts of one programme where the text names another one."""
    row, other = told.row, told.named
    assert row.budget is not None
    return Finding(
        CODE,
        "swapped-labels",
        Severity.ERROR,
        f"Anggaran program penunjang {amount(row.budget)} disebut bersama “{short(other.name)}”, padahal dalam "
        f"{table_name(found.grid)} angka itu milik “{short(row.name)}”.",
        stated=short(row.name),
        expected=short(other.name),
        places=places([row.place, *(item.place for item in (*told.amounts, *told.names))]),
        regulation=REGULATION,
        suggestion="Cocokkan nama dan anggaran program dengan dokumen anggaran.",
    )


def _of_another_budget(found: Master, claims: Sequence[BudgetClaim]) -> bool:
    """Whether so many names have another amount in the master that the table tells another budget, as before its revision.

    Round amounts then meet by chance; that the budgets differ is for another rule to tell.
    """
    known = [(claim.budget.amount, own) for claim in claims if claim.budget and (own := found.named(claim.name))]
    other = [
        amount for amount, own in known if all(each.budget is None or each.budget.amount != amount for each in own)
    ]
    return len(other) >= MANY and MANY * len(other) >= len(known)


def _named(found: Master, name: str, figure: Figure, place: Place, *, spent: bool) -> Iterator[Finding]:
    """The name has another amount in the master, and the amount another name there."""
    own, owners = found.named(name), found.worth(figure.amount, spent=spent)
    if not own or not owners or any(claim in owners for claim in own):
        return
    if any(likeness(name, owner.name) >= max(likeness(name, claim.name) for claim in own) for owner in owners):
        return
    yield _swapped(found, name, figure, owners, own, place, spent=spent)


def _spoken(found: Master, pair: Pair) -> Iterator[Finding]:
    swapped = list(_named(found, pair.name, pair.figure, pair.place, spent=pair.spent))
    yield from swapped
    own = found.named(pair.name)
    if swapped or len(own) != 1 or pair.other is None:
        return
    told, other = (own[0].spent, own[0].budget) if pair.spent else (own[0].budget, own[0].spent)
    if (
        told is None
        or other is None
        or abs(told.amount - pair.figure.amount) < 1
        or abs(other.amount - pair.other.amount) >= 1
    ):
        return
    role = "realisasi" if pair.spent else "anggaran"
    yield Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"{role.capitalize()} “{short(pair.name)}” dalam kalimat {amount(pair.figure)}, "
        f"dalam {table_name(found.grid)} {amount(told)}; angka pasangannya sama.",
        stated=amount(pair.figure),
        expected=amount(told),
        places=places([pair.place, own[0].place, _cell(found, own[0], told)]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel anggaran.",
    )


def _cell(found: Master, claim: BudgetClaim, figure: Figure) -> GridCell | None:
    """The cell of the row in which the figure stands."""
    row = found.grid.rows[claim.row] if 0 <= claim.row < len(found.grid.rows) else None
    return next((cell for cell in row.cells if cell.figure == figure), None) if row else None


def _swapped(
    found: Master,
    name: str,
    figure: Figure,
    owners: Sequence[BudgetClaim],
    own: Sequence[BudgetClaim],
    place: Place,
    *,
    spent: bool,
) -> Finding:
    role = "Realisasi" if spent else "Anggaran"
    right = min(owners, key=lambda claim: claim.level)
    known = own[0].spent if spent else own[0].budget
    return Finding(
        CODE,
        "swapped-labels",
        Severity.ERROR,
        f"{role} {amount(figure)} diberikan kepada “{short(name)}”, padahal dalam {table_name(found.grid)} "
        f"angka itu milik “{short(right.name)}”.",
        stated=short(name),
        expected=short(right.name),
        arithmetic=f"dalam {table_name(found.grid)}, “{short(own[0].name)}” = {amount(known)}" if known else "",
        places=places([place, right.place, own[0].place]),
        regulation=REGULATION,
        suggestion="Perbaiki namanya, atau tulis angka yang benar untuk nama itu.",
    )


def _renamed(found: Master, claims: Sequence[BudgetClaim]) -> Iterator[Finding]:
    """The same amount under a name that no row of the master has, though one is nearly so."""
    for claim in heads(claims):
        owners = [owner for owner in found.worth(_worth(claim)) if owner.level == 0] if claim.budget else []
        if len(owners) != 1 or bare(owners[0].name) == bare(claim.name) or found.named(claim.name, floor=2):
            continue
        score = likeness(owners[0].name, claim.name)
        if score < 0.5:
            continue
        yield Finding(
            CODE,
            "naming",
            Severity.INFO if is_shortened(owners[0].name, claim.name) else Severity.WARNING,
            f"Nama program berbeda untuk anggaran {rupiah(_worth(claim))}: “{short(claim.name)}” dan “{short(owners[0].name)}”.",
            stated=short(claim.name),
            expected=short(owners[0].name),
            places=places([claim.place, owners[0].place]),
            regulation=REGULATION,
            suggestion="Pakai satu nama, sesuai dokumen anggaran.",
        )


def _worth(claim: BudgetClaim) -> Decimal:
    assert claim.budget is not None
    return claim.budget.amount
