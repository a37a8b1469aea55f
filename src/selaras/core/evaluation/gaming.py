"""Signs that figures serve the score instead of the work: findings with their reasons, for a person to judge.

Never a verdict: a target may equal last year's result because the service is at its limit. What a report prints is
looked at by the review's own rule; here the agency's own records are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.finding import Finding, Severity
from selaras.core.law import GradeScale
from selaras.core.period import MONTHS
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator, Polarity
from selaras.core.value import Value, ValueKind

KIND = "suspicious-pattern"
REGULATION = "Permenpan-RB 88/2021"
LAST_QUARTER = 10  # October: the first month of the last quarter
FEWEST = 4  # fewer figures that are equal to their targets say nothing


@dataclass(frozen=True, slots=True)
class Aimed:
    """One indicator in one year: the target that counts, the result, and last year's result."""

    indicator: Indicator
    target: Value | None
    result: Value | None = None
    last_result: Value | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target of a year that was changed on a day, with the reason on record (empty if none)."""

    indicator: Indicator
    year: int
    day: date
    before: Value
    after: Value
    reason: str = ""
    place: Place = NOWHERE


def signs(
    aimed: Sequence[Aimed], changes: Iterable[TargetChange], grades: Mapping[str, GradeScale] | None = None
) -> tuple[Finding, ...]:
    """All signs: targets equal to last year's result, results all equal to targets, targets lowered late in the year."""
    return (*unchanged_targets(aimed), *all_as_planned(aimed), *late_cuts(changes, grades))


def unchanged_targets(aimed: Iterable[Aimed]) -> Iterator[Finding]:
    """Targets equal to last year's result, unless nothing better is possible (100%, yes)."""
    for item in aimed:
        target = item.target
        if target is None or target != item.last_result or _at_the_end(target, item.indicator.polarity):
            continue
        yield Finding(
            "LKE-TARGET-TETAP", KIND, Severity.WARNING,
            f"{item.indicator.name}: target sama dengan realisasi tahun lalu, {target.shown()}.",
            stated=target.shown(), expected="target yang menantang, atau penjelasan",
            places=(item.place,), regulation=REGULATION,
            suggestion="Tanyakan dasar penetapan targetnya.",
        )  # fmt: skip


def all_as_planned(aimed: Sequence[Aimed], fewest: int = FEWEST) -> Iterator[Finding]:
    """All results exactly equal to their targets. Yes/no and figures that cannot be exceeded are left out."""
    pairs = [
        item for item in aimed
        if item.target is not None and item.result is not None
        and item.target.kind is not ValueKind.YES_NO and not _at_the_end(item.target, item.indicator.polarity)
    ]  # fmt: skip
    if len(pairs) < fewest or any(item.target != item.result for item in pairs):
        return
    yield Finding(
        "LKE-SEMUA-SAMA", KIND, Severity.WARNING,
        f"Semua {len(pairs)} realisasi sama persis dengan targetnya.",
        stated=", ".join(item.result.shown() for item in pairs if item.result),
        expected="realisasi hasil pengukuran dengan bukti", places=tuple(item.place for item in pairs),
        regulation=REGULATION, suggestion="Periksa sumber data setiap realisasi.",
    )  # fmt: skip


def late_cuts(
    changes: Iterable[TargetChange], grades: Mapping[str, GradeScale] | None = None, *, since_month: int = LAST_QUARTER
) -> Iterator[Finding]:
    """Targets made easier from the last quarter of their year on (also after the year has ended)."""
    for change in changes:
        late = change.day >= date(change.year, since_month, 1)
        if not late or not _easier(change, grades or {}):
            continue
        day = f"{change.day.day} {MONTHS[change.day.month - 1]} {change.day.year}"
        reason = f" Alasan yang tercatat: {change.reason}." if change.reason else " Tidak ada alasan yang tercatat."
        yield Finding(
            "LKE-TARGET-TURUN", KIND, Severity.WARNING,
            f"{change.indicator.name}: target {change.year} diperingan pada {day}, dari {change.before.shown()} "
            f"menjadi {change.after.shown()}.{reason}",
            stated=change.after.shown(), expected=change.before.shown(), places=(change.place,),
            regulation="Permenpan-RB 53/2014, Lampiran I",
            suggestion="Tanyakan apakah alasan perubahannya termasuk yang diperbolehkan.",
        )  # fmt: skip


def changes_of(
    agreements: Iterable[Agreement], lines: Iterable[AgreementLine], indicators: Iterable[Indicator]
) -> tuple[TargetChange, ...]:
    """The changes of targets from one signed version of an agreement to the next, by promiser and year."""
    known = {indicator.code: indicator for indicator in indicators}
    targets: dict[str, dict[str, AgreementLine]] = {}
    for line in lines:
        if line.indicator in known:
            targets.setdefault(line.agreement, {})[line.indicator] = line
    latest: dict[tuple[str, int], Agreement] = {}
    found: list[TargetChange] = []
    for agreement in sorted(agreements, key=lambda item: item.version):
        if agreement.signed_on is None:
            continue
        before = latest.get((agreement.promiser, agreement.year))
        latest[agreement.promiser, agreement.year] = agreement
        if before is not None:
            found += _changed(before, agreement, targets, known)
    return tuple(found)


def _changed(
    before: Agreement, after: Agreement, targets: Mapping[str, Mapping[str, AgreementLine]],
    known: Mapping[str, Indicator],
) -> Iterator[TargetChange]:  # fmt: skip
    old = targets.get(before.code, {})
    reason = "; ".join(part for part in (after.reason.value if after.reason else "", after.reason_note) if part)
    for code, line in targets.get(after.code, {}).items():
        if code in old and old[code].target != line.target and after.signed_on is not None:
            yield TargetChange(
                known[code], after.year, after.signed_on, old[code].target, line.target, reason, line.place
            )


def _at_the_end(value: Value, polarity: Polarity) -> bool:
    """Whether no better value is possible: all of a whole, none where lower is better, yes."""
    if value.kind is ValueKind.YES_NO:
        return value.flag is True
    if polarity is Polarity.LOWER:
        return value.amount == 0
    return value.kind is ValueKind.PERCENT and polarity is Polarity.HIGHER and value.amount == 100


def _easier(change: TargetChange, grades: Mapping[str, GradeScale]) -> bool:
    before, after, polarity = change.before, change.after, change.indicator.polarity
    if before.kind is not after.kind:
        return False
    if before.kind is ValueKind.YES_NO:
        return before.flag is True and after.flag is False
    if before.kind is ValueKind.GRADE:
        scale = grades.get(change.indicator.grade_scale)
        ranks = (scale.rank(before.grade), scale.rank(after.grade)) if scale else (None, None)
        return ranks[0] is not None and ranks[1] is not None and ranks[1] < ranks[0]
    assert before.amount is not None
    assert after.amount is not None
    if polarity is Polarity.RANGE:
        upper = before.upper or before.amount, after.upper or after.amount
        return after.amount < before.amount or upper[1] > upper[0]
    return after.amount < before.amount if polarity is Polarity.HIGHER else after.amount > before.amount
