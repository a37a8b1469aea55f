"""Indikator harus memakai satu nama dalam rencana, perjanjian, tabel, dan SKP.

Mengapa: indikator dengan nama lain adalah indikator lain; capaiannya tidak menjawab yang diperjanjikan. Perbedaan kecil
(huruf besar, tanda baca, singkatan dalam kurung) tidak dihitung.
Peraturan: Permenpan-RB 53/2014, Lampiran III (kesamaan indikator dengan perjanjian kinerja dan Renstra).

Salah: Renstra “Persentase koleksi terawat”, Perjanjian Kinerja “Persentase koleksi sesuai standar”, target sama.
Benar: keduanya “Persentase koleksi sesuai standar”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.chains import CHAIN, PROMISES, differ, grids_of
from selaras.review.declared import declared
from selaras.review.likeness import NEAR, fold, is_shortened, likeness
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind
from selaras.review.rewording import Wording, headings, reworded, wordings
from selaras.review.wording import places, short, table_name

CODE = "CR06"
KINDS = ("indicator-mismatch", "cross-table", "naming")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (kesamaan indikator)"
_MARK = re.compile(r"aa|a|bb|b|cc|c|d|wtp|wdp|[0-9]+|i{1,3}|iv|v")
SIMILAR = 0.65
SHORTER = 0.8
"""From this likeness on a name of which words are left out is still known as the same."""
ALIKE = 0.45
"""From this likeness on, with equal targets and under one sasaran, two names left over are taken for one indicator;

from `SIMILAR` on equal targets suffice.
"""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Names of each table of the chain against those of the agreement, then programme indicators against both."""
    reference = _reference(report)
    if reference is None:
        return
    told: set[str] = set()
    for grid in _listing(report, CHAIN):
        if grid is not reference:
            for finding in _against(report, reference, grid):
                if finding.stated not in told:
                    told.add(finding.stated)
                    yield finding
    yield from _other_marks(report, reference)
    yield from _repeated(report, reference)
    yield from _changed_words(report, told)


def _other_marks(report: Report, reference: Grid) -> Iterator[Finding]:
    """Names that differ only in a grade or number (`nilai BB ke atas`, `nilai CC ke atas`): the same words, another measure."""
    told: set[str] = set()
    names = [(claim.name, claim.place) for claim in report.indicators if claim.grid is reference]
    for claim in report.indicators:
        if claim.grid is reference or claim.grid.kind is TableKind.SUPPORT or fold(claim.name) in told:
            continue
        words, marks = _marks(claim.name)
        alike = [(name, place) for name, place in names if words and _marks(name)[0] == words]
        if (
            alike
            and all(_marks(name)[1] != marks for name, _ in alike)
            and not declared(report, claim.name, alike[0][0])
        ):
            told.add(fold(claim.name))
            yield _renamed_as(claim, alike[0][0], alike[0][1], reference, Severity.ERROR)


def _changed_words(report: Report, told: set[str]) -> Iterator[Finding]:
    """Names in which one table, or a heading, changes a word; those already told under that name are left out."""
    known = wordings(report)
    for pair in reworded(known):
        odd, usual = pair.odd, pair.usual
        if short(odd.name) in told or declared(report, odd.name, usual.name):
            continue
        tables = ", ".join(dict.fromkeys(table_name(grid) for grid in odd.grids.values()))
        told.add(short(odd.name))
        yield _worded(
            f"“{short(odd.name)}” dalam {tables}, “{short(usual.name)}” dalam {len(usual.grids)} tabel lain",
            odd.name, usual, [claim.place for claim in odd.claims],
        )  # fmt: skip
    for sentence, wording in headings(report, known):
        yield _worded(
            f"judul “{short(sentence.text)}”, “{short(wording.name)}” dalam tabel",
            sentence.text,
            wording,
            [sentence.place],
        )


def _worded(what: str, name: str, usual: Wording, odd: Sequence[Place]) -> Finding:
    return Finding(
        CODE,
        "indicator-mismatch",
        Severity.WARNING,
        f"Satu kata berbeda dalam nama indikator: {what}.",
        stated=short(name),
        expected=short(usual.name),
        places=places([*odd, *(claim.place for claim in usual.claims)]),
        regulation=REGULATION,
        suggestion="Pakai satu nama indikator, sesuai Perjanjian Kinerja; bila memang berubah, jelaskan.",
    )


def _marks(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name without its grades and numbers, and these; no words where it holds none."""
    return _parted(fold(name))


@lru_cache(maxsize=8192)
def _parted(folded: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = folded.split()
    marks = tuple(word for word in words if _MARK.fullmatch(word))
    return (tuple(word for word in words if not _MARK.fullmatch(word)) if marks else ()), marks


def compare(report: Report, other: Report, law: Law) -> Iterator[Finding]:
    """The agreement or plan of another document against this report's own agreement or first table of indicators."""
    reference = _reference(report)
    if reference is not None:
        for grid in _listing(other, PROMISES):
            yield from _against(report, reference, grid, other=other)


def _reference(report: Report) -> Grid | None:
    """The table with the most trusted list: the last agreement, else the plan of the year, else the achievements."""
    for kind in (
        TableKind.AGREEMENT,
        TableKind.IKU,
        TableKind.RKT,
        TableKind.RENSTRA,
        TableKind.ACHIEVEMENT,
        TableKind.COMPARISON,
    ):
        grids = _listing(report, (kind,))
        if grids:
            return max(reversed(grids), key=lambda grid: len(_names(report, grid)))
    return None


def _listing(report: Report, kinds: Sequence[TableKind]) -> list[Grid]:
    return grids_of(claim for claim in report.indicators if claim.grid.kind in kinds)


def _names(report: Report, grid: Grid) -> dict[str, list[IndicatorClaim]]:
    found: dict[str, list[IndicatorClaim]] = {}
    for claim in report.indicators:
        if claim.grid is grid and claim.name.strip():
            found.setdefault(claim.key, []).append(claim)
    return found


def _against(report: Report, reference: Grid, grid: Grid, *, other: Report | None = None) -> Iterator[Finding]:
    """What one list has and the other lacks, paired where values and words say that one thing is meant."""
    known, listed = _names(report, reference), _names(other or report, grid)
    left = {key: claims for key, claims in known.items() if key not in listed}
    right = {key: claims for key, claims in listed.items() if key not in known}
    for claims in right.values():
        partner = _partner(other or report, report, claims, left)
        if partner is not None and not declared(report, claims[0].name, partner[0].name):
            yield _renamed(claims, partner, reference)


def _partner(
    theirs: Report, ours: Report, claims: Sequence[IndicatorClaim], left: dict[str, list[IndicatorClaim]]
) -> Sequence[IndicatorClaim] | None:
    """The name left over on the other side with equal targets, or nearly the same words."""
    scored = []
    for candidate in left.values():
        score = likeness(claims[0].name, candidate[0].name)
        evidence = _same_sasaran(claims, candidate) or score >= SIMILAR
        equal = evidence and _same_values(_values(theirs, claims[0].key), _values(ours, candidate[0].key))
        if score >= NEAR or (score >= ALIKE and equal):
            scored.append((score, candidate))
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _values(report: Report, key: str) -> list[IndicatorClaim]:
    return [claim for claim in report.claims_on(key) if claim.role is Role.TARGET and claim.value is not None]


def _same_sasaran(first: Sequence[IndicatorClaim], second: Sequence[IndicatorClaim]) -> bool:
    """Whether both stand under one sasaran."""
    goals = {fold(claim.sasaran) for claim in first if claim.sasaran.strip()}
    return any(fold(claim.sasaran) in goals for claim in second if claim.sasaran.strip())


def _same_values(first: Sequence[IndicatorClaim], second: Sequence[IndicatorClaim]) -> bool:
    """At least one year in common, and in every common year some target that both have."""
    years = {claim.year for claim in first} & {claim.year for claim in second}
    return bool(years) and all(
        any(
            not differ(one.value, other.value)
            for one in first
            for other in second
            if one.year == other.year == year and one.value is not None and other.value is not None
        )
        for year in years
    )


def _renamed(claims: Sequence[IndicatorClaim], partner: Sequence[IndicatorClaim], reference: Grid) -> Finding:
    first, second = claims[0].name, partner[0].name
    severity = _severity(first, second, likeness(first, second))
    return _renamed_as(claims[0], second, partner[0].place, reference, severity)


def _renamed_as(claim: IndicatorClaim, name: str, place: Place, reference: Grid, severity: Severity) -> Finding:
    return Finding(
        CODE,
        "indicator-mismatch",
        severity,
        f"Nama indikator berbeda: “{short(claim.name)}” dalam {table_name(claim.grid)}, "
        f"“{short(name)}” dalam {table_name(reference)}.",
        stated=short(claim.name),
        expected=short(name),
        places=places([claim.place, place]),
        regulation=REGULATION,
        suggestion="Pakai satu nama indikator, sesuai Perjanjian Kinerja; bila memang berubah, jelaskan.",
    )


def _severity(first: str, second: str, score: float) -> Severity:
    """Other words: an error. Nearly the same, or many words left out: a person decides. A few left out: a remark."""
    if is_shortened(first, second):
        return Severity.INFO if score >= SHORTER else Severity.WARNING
    return Severity.ERROR if score < NEAR else Severity.WARNING


def _repeated(report: Report, reference: Grid) -> Iterator[Finding]:
    """Programme indicators that repeat an indicator of the agreement in altered words."""
    names = [(claims[0].name, claims[0]) for claims in _names(report, reference).values()]
    others = [claim for claim in report.indicators if claim.grid.kind in PROMISES and claim.grid is not reference]
    names += [(claim.name, claim) for claim in others]
    told: set[str] = set()
    for grid in report.grids_of(TableKind.SUPPORT):
        columns = grid.columns_of(Role.INDICATOR)
        for row in grid.rows:
            for column in columns[1:]:
                cell = row.cells[column] if column < len(row.cells) else None
                if cell is None or cell.spanned or not cell.text.strip() or fold(cell.text) in told:
                    continue
                match = max(names, key=lambda pair: likeness(cell.text, pair[0]), default=None)
                if match is None or not _altered(cell.text, match[0]):
                    continue
                told.add(fold(cell.text))
                yield Finding(
                    CODE,
                    "indicator-mismatch",
                    Severity.WARNING,
                    f"Indikator program “{short(cell.text)}” mengulang indikator sasaran “{short(match[0])}” dengan nama lain.",
                    stated=short(cell.text),
                    expected=short(match[0]),
                    places=places([cell, match[1].place]),
                    regulation=REGULATION,
                    suggestion="Pakai satu nama bila indikatornya sama, atau indikator program yang jelas berbeda jenjangnya.",
                )


def _altered(first: str, second: str) -> bool:
    """Nearly the same words, yet other ones."""
    return fold(first) != fold(second) and likeness(first, second) >= 0.9
