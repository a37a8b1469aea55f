"""Rumusan indikator, satuan, dan targetnya harus sesuai; cakupan kegiatan harus sesuai dengan indikatornya.

Mengapa: target persen untuk indikator predikat, atau indikator kabupaten/kota pada kegiatan provinsi, tidak dapat diukur.
Peraturan: Permenpan-RB 53/2014, Lampiran III (indikator memenuhi SMART).

Salah: “Nilai minimal B untuk penilaian mandiri” dengan target 90%.
Benar: “Nilai minimal B untuk penilaian mandiri” dengan target B.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.value import ValueKind
from selaras.review.declared import declared
from selaras.review.likeness import fold, likeness
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind
from selaras.review.units import apart
from selaras.review.wording import places, short, table_name

CODE = "CR08"
KINDS = ("unit-mismatch", "swapped-labels")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (indikator kinerja memenuhi SMART)"
_GRADED = re.compile(r"\b(?i:nilai|predikat|opini|kategori)\b.{0,40}?(?<!\w)(?P<grade>AA|A|BB|B|CC|C|WTP|WDP)(?!\w)")
_OF_UNITS = re.compile(r"^\s*(?:persentase|presentase|prosentase|jumlah|cakupan|rasio)\b", re.IGNORECASE)
_UNIT_WORD = re.compile(r"[0-9]\s*(?P<word>persentase|presentase|prosentase)\b", re.IGNORECASE)
_PERCENTAGE = re.compile(r"^\s*(?:persentase|presentase|prosentase)\b", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:orang|dokumen|laporan|unit|paket|kegiatan|buah|berkas|kali|lembar|peserta)$")
_SCOPES = {
    "provinsi": re.compile(r"\bprovinsi\b", re.IGNORECASE),
    "kabupaten/kota": re.compile(r"\bkab(?:upaten|\.)?\s*/?\s*kota\b", re.IGNORECASE),
}


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Targets of graded and percentage indicators, units written as words, scopes in the analysis of activities."""
    told: set[tuple[str, str]] = set()
    unsuited: set[str] = set()
    for claim in report.indicators:
        if claim.role is Role.TARGET:
            for finding in (_graded(claim), _counted(claim), _worded(claim)):
                mark = (claim.key, finding.kind + finding.stated) if finding else ("", "")
                if finding and mark not in told:
                    told.add(mark)
                    unsuited |= {claim.key} if finding.severity is not Severity.INFO else set()
                    yield finding
    yield from _two_units(report, unsuited)
    for grid in report.grids_of(TableKind.SUPPORT):
        yield from _scopes(grid)


def _two_units(report: Report, told: set[str]) -> Iterator[Finding]:
    """Indicators whose unit is another one in another table, or does not suit their own name; the printed units alone count."""
    units: dict[str, list[IndicatorClaim]] = {}
    for claim in report.indicators:
        if claim.role is Role.INDICATOR and claim.grid.kind is not TableKind.SUPPORT and claim.unit.strip():
            units.setdefault(claim.key, []).append(claim)
    for key, claims in units.items():
        if key in told:
            continue
        counted = Counter(fold(claim.unit) or "%" for claim in claims)
        usual = max(claims, key=lambda claim: (not _unsuited(claim), counted[fold(claim.unit) or "%"]))
        odd = [claim for claim in claims if apart(claim.unit, usual.unit) and claim.grid is not usual.grid]
        if odd and not declared(report, odd[0].name, odd[0].unit, usual.unit):
            yield _other_unit(odd, usual)
        elif _unsuited(usual):
            yield _finding(
                usual, Severity.WARNING, f"meminta persentase, tetapi satuannya {usual.unit.strip()}", "persen"
            )


def _unsuited(claim: IndicatorClaim) -> bool:
    return bool(_PERCENTAGE.match(claim.name) and _COUNTED.match(fold(claim.unit)))


def _other_unit(odd: Sequence[IndicatorClaim], usual: IndicatorClaim) -> Finding:
    tables = ", ".join(dict.fromkeys(table_name(claim.grid) for claim in odd))
    return Finding(
        CODE,
        "unit-mismatch",
        Severity.WARNING,
        f"Satuan “{short(usual.name)}” tidak sama: {odd[0].unit.strip()} dalam {tables}, "
        f"{usual.unit.strip()} dalam {table_name(usual.grid)}.",
        stated=odd[0].unit.strip(),
        expected=usual.unit.strip(),
        places=places([*(_unit_cell(claim) for claim in odd), _unit_cell(usual)]),
        regulation=REGULATION,
        suggestion="Pakai satu satuan untuk satu indikator di semua dokumen.",
    )


def _unit_cell(claim: IndicatorClaim) -> Place:
    """Where the unit of a row stands."""
    cells = claim.grid.rows[claim.row].cells
    return next((cells[column].place for column in claim.grid.columns_of(Role.UNIT)), claim.place)


def _graded(claim: IndicatorClaim) -> Finding | None:
    """A grade asked for, a percentage promised."""
    match = _GRADED.search(claim.name)
    if not match or _OF_UNITS.match(claim.name) or claim.value is None or claim.value.kind is not ValueKind.PERCENT:
        return None
    return _finding(claim, Severity.ERROR, f"meminta predikat, tetapi targetnya {claim.text.strip()}", match["grade"])


def _counted(claim: IndicatorClaim) -> Finding | None:
    """A percentage asked for, things counted."""
    unit = fold(claim.unit)
    if not _PERCENTAGE.match(claim.name) or not _COUNTED.match(unit) or claim.value is None:
        return None
    return _finding(claim, Severity.WARNING, f"meminta persentase, tetapi satuannya {claim.unit.strip()}", "persen")


def _worded(claim: IndicatorClaim) -> Finding | None:
    match = _UNIT_WORD.search(claim.text) or (_UNIT_WORD.match(f"1 {claim.unit}") if claim.unit else None)
    if not match:
        return None
    return _finding(claim, Severity.INFO, f"memakai satuan “{match['word']}”", "persen")


def _finding(claim: IndicatorClaim, severity: Severity, what: str, expected: str) -> Finding:
    return Finding(
        CODE,
        "unit-mismatch",
        severity,
        f"{table_name(claim.grid)}: “{short(claim.name)}” {what}.",
        stated=claim.text.strip() or claim.unit,
        expected=expected,
        places=places([claim.place]),
        regulation=REGULATION,
        suggestion="Samakan satuan target dengan bunyi indikatornya.",
    )


def _scopes(grid: Grid) -> Iterator[Finding]:
    """An activity of one level of government with the indicator of another; the right one often stands a row below."""
    names, indicators = grid.columns_of(Role.PROGRAMME), grid.columns_of(Role.INDICATOR)
    if not names or not indicators or indicators[-1] < names[0]:
        return
    rows = [(row.cells[names[0]], row.cells[indicators[-1]]) for row in grid.rows if len(row.cells) > indicators[-1]]
    for name, indicator in rows:
        wanted, told = _scope(name.text), _scope(indicator.text)
        if name.spanned or indicator.spanned or len(wanted) != 1 or len(told) != 1 or wanted == told:
            continue
        owner = max(
            (other for other, _ in rows if _scope(other.text) == told),
            key=lambda other: likeness(other.text, indicator.text),
            default=None,
        )
        if owner is None or likeness(owner.text, indicator.text) < likeness(name.text, indicator.text):
            continue
        yield Finding(
            CODE,
            "swapped-labels",
            Severity.ERROR,
            f"{table_name(grid)}: “{short(name.text)}” berindikator “{short(indicator.text)}”, yang milik “{short(owner.text)}”.",
            stated=short(indicator.text),
            expected=f"indikator yang berbicara tentang {wanted.pop()}",
            places=places([indicator, name, owner]),
            regulation=REGULATION,
            suggestion="Tulis indikator kegiatan itu sendiri; yang tertulis tampaknya tersalin dari baris lain.",
        )


def _scope(text: str) -> set[str]:
    return {scope for scope, pattern in _SCOPES.items() if pattern.search(text)}
