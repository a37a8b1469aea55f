"""Indikator harus mempunyai satu target untuk tahun itu dalam perjanjian, rencana, tabel, dan SKP.

Mengapa: laporan menjawab perjanjian kinerja; capaian terhadap target lain menilai janji yang tidak pernah dibuat. Target
yang berubah harus disertai Perjanjian Kinerja perubahan.
Peraturan: Permenpan-RB 53/2014, Lampiran I; Lampiran III (kesamaan dengan perjanjian kinerja).

Salah: Perjanjian Kinerja menargetkan 60%, tabel capaian memakai 56%.
Benar: Perjanjian Kinerja dan semua tabel menargetkan 60%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.chains import camps, differ, grids_of, shown, told
from selaras.review.declared import declared
from selaras.review.report import IndicatorClaim, Report, Role, TableKind
from selaras.review.wording import percent, places, short, table_name

CODE = "CR01"
KINDS = ("cross-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran I dan Lampiran III (kesamaan dengan Perjanjian Kinerja)"
SUGGESTION = "Pakai target Perjanjian Kinerja yang berlaku, atau lampirkan Perjanjian Kinerja perubahannya."


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The targets of each indicator and year over all tables of the chain."""
    for (_, year), claims in told(report, Role.TARGET).items():
        groups = camps(claims)
        if len(groups) > 1 and not _declared(report, groups):
            yield _finding(report, year, groups)


def compare(report: Report, other: Report, law: Law) -> Iterator[Finding]:
    """The targets of this report against those of another document (agreement, plan, last year's report)."""
    theirs = told(other, Role.TARGET)
    for key, claims in told(report, Role.TARGET).items():
        against = [claim for claim in theirs.get(key, []) if any(_apart(claim, own) for own in claims)]
        if against and not any(not _apart(claim, own) for claim in theirs[key] for own in claims):
            yield _finding(report, key[1], [claims, against])


def _declared(report: Report, groups: Sequence[Sequence[IndicatorClaim]]) -> bool:
    """Whether the report says itself that the targets differ, and names them."""
    values = [shown(group[0]) for group in groups]
    return any(declared(report, claim.name, *values) for group in groups for claim in group)


def _apart(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    return first.value is not None and second.value is not None and differ(first.value, second.value)


def _finding(report: Report, year: int | None, groups: Sequence[Sequence[IndicatorClaim]]) -> Finding:
    promised = [claim for group in groups for claim in group if claim.grid.kind is TableKind.AGREEMENT]
    values = {shown(claim) for claim in promised}
    right = promised[-1] if promised else groups[0][0]
    odd = [claim for group in groups for claim in group if _apart(claim, right)]
    told_ = "; ".join(f"{shown(group[0])} dalam {_tables(group)}" for group in groups)
    later, spots = _end_of_plan(report, [claim for group in groups for claim in group])
    return Finding(
        CODE,
        "cross-table",
        _severity(groups, right),
        f"Target “{short(right.name)}” tahun {year} tidak sama: {told_}.{later}",
        stated=shown(odd[0]) if odd else shown(groups[-1][0]),
        expected=f"{shown(right)} ({'Perjanjian Kinerja' if promised else 'kebanyakan tabel'})"
        if len(values) < 2
        else f"satu target; Perjanjian Kinerja terakhir dalam berkas menyebut {shown(right)}",
        arithmetic=_against(report, right, year),
        places=places([*(claim.place for claim in odd), *(claim.place for group in groups for claim in group), *spots]),
        regulation=REGULATION,
        suggestion=SUGGESTION,
    )


def _severity(groups: Sequence[Sequence[IndicatorClaim]], right: IndicatorClaim) -> Severity:
    """A plan of several years may differ from what was signed later, if that is explained; nothing else may."""
    odd = [claim for group in groups for claim in group if _apart(claim, right)]
    return Severity.WARNING if all(claim.grid.kind is TableKind.RENSTRA for claim in odd) else Severity.ERROR


def _tables(group: Sequence[IndicatorClaim]) -> str:
    return ", ".join(dict.fromkeys(table_name(grid) for grid in grids_of(group)))


def _end_of_plan(report: Report, claims: Sequence[IndicatorClaim]) -> tuple[str, list[Place]]:
    """Whether one of the targets is really that of the end of the plan, taken for a year too early."""
    finals = [
        claim
        for claim in report.indicators
        if claim.role is Role.FINAL_TARGET
        and claim.key == claims[0].key
        and claim.value is not None
        and claim.year is not None
        and (report.identity.year is None or claim.year > report.identity.year)
    ]
    alike = [final for final in finals if any(not _apart(final, claim) for claim in claims)]
    if not alike or all(not _apart(final, claim) for final in alike for claim in claims):
        return "", []
    words = f" {shown(alike[0])} juga target akhir Renstra tahun {alike[0].year}; salah satunya keliru."
    return words, [final.place for final in alike]


def _against(report: Report, right: IndicatorClaim, year: int | None) -> str:
    """The achievement against the promised target."""
    realised = [
        claim
        for claim in report.indicators
        if claim.role is Role.REALISATION and claim.key == right.key and (claim.year or report.identity.year) == year
    ]
    amounts = {claim.value.amount for claim in realised if claim.value is not None and claim.value.amount is not None}
    goal = right.value.amount if right.value is not None else None
    if len(amounts) != 1 or not goal:
        return ""
    got = amounts.pop()
    assert got is not None
    result = percent(Fraction(got) / Fraction(goal) * 100)
    return f"capaian terhadap {shown(right)}: {shown(realised[0])} ÷ {shown(right)} × 100% = {result}"
