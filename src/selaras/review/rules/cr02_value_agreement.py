"""Indikator harus mempunyai satu realisasi dan satu capaian untuk satu tahun dalam semua tabel.

Mengapa: angka yang berubah dari tabel ke tabel membuat pembaca tidak tahu mana yang benar.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: realisasi 87% dalam tabel capaian, 84% dalam tabel perbandingan untuk tahun yang sama.
Benar: realisasi 87% dalam kedua tabel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.chains import CHAIN, alike, camps, cut_off, grids_of, shown, told
from selaras.review.report import IndicatorClaim, Report, Role, TableKind
from selaras.review.wording import places, short, table_name

CODE = "CR02"
KINDS = ("cross-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
ROLES = (Role.REALISATION, Role.ACHIEVEMENT, Role.ABSORPTION, Role.FINAL_TARGET)
_COUNTED = re.compile(r"\s*(?:jumlah|banyaknya)\b", re.IGNORECASE)
KINDS_OF_TABLE = (*CHAIN, TableKind.PROGRESS, TableKind.BUDGET)
SHARES = (Role.ACHIEVEMENT, Role.ABSORPTION)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Realisations, achievements, absorptions and final targets of each indicator and year over all tables."""
    for role in ROLES:
        for (key, year), claims in told(report, role, KINDS_OF_TABLE).items():
            if role is Role.FINAL_TARGET and _COUNTED.match(claims[0].name):
                continue  # a count may be told as that of the last year or of all years together
            heard = [
                claim for claim in claims if not _mislabelled(report, claim, key) and not _of_this_year(report, claim)
            ]
            groups = camps(heard)
            if len(groups) > 1 and len(grids_of(heard)) > 1 and not (role in SHARES and cut_off(heard)):
                yield _finding(role, year, groups)


def compare(report: Report, other: Report, law: Law) -> Iterator[Finding]:
    """What both documents say of a year, for instance last year's realisation."""
    for role in (Role.REALISATION, Role.ACHIEVEMENT, Role.FINAL_TARGET):
        theirs = told(other, role, KINDS_OF_TABLE)
        for key, claims in told(report, role, KINDS_OF_TABLE).items():
            against = theirs.get(key, [])
            groups = camps([*claims, *against])
            if against and len(groups) > 1 and not any(_same(own, their) for own in claims for their in against):
                yield _finding(role, key[1], groups)


def _same(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    return alike(first.value, second.value)


def _of_this_year(report: Report, claim: IndicatorClaim) -> bool:
    """A `target Renstra` that is the target of the year: the column does not speak of the end of the plan."""
    if claim.role is not Role.FINAL_TARGET:
        return False
    return any(
        other.role is Role.TARGET and other.year == report.identity.year and _same(claim, other)
        for other in report.claims_on(claim.key)
    )


def _mislabelled(report: Report, claim: IndicatorClaim, key: str) -> bool:
    """An achievement that is the realisation: another rule tells that the column is named wrongly."""
    if claim.role is not Role.ACHIEVEMENT:
        return False
    return any(
        other.role is Role.REALISATION and other.year == claim.year and _same(claim, other)
        for other in report.claims_on(key)
    )


def _finding(role: Role, year: int | None, groups: Sequence[Sequence[IndicatorClaim]]) -> Finding:
    told_ = "; ".join(
        f"{shown(group[0])} dalam {', '.join(dict.fromkeys(table_name(grid) for grid in grids_of(group)))}"
        for group in groups
    )
    clear = len(groups[0]) > len(groups[1])
    return Finding(
        CODE,
        "cross-table",
        Severity.ERROR,
        f"{role.value.capitalize()} “{short(groups[0][0].name)}” tahun {year} tidak sama: {told_}.",
        stated=shown(groups[-1][0]),
        expected=f"{shown(groups[0][0])} (kebanyakan tabel)" if clear else "satu angka yang sama di semua tabel",
        places=places([claim.place for group in reversed(groups) for claim in group]),
        regulation=REGULATION,
        suggestion="Periksa data dukungnya, lalu samakan angka itu di semua tabel dan kalimat.",
    )
