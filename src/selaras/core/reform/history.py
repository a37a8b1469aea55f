"""The index over the years: differences only within one scheme, a warning where the scheme changed between two years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.org import AgencyKind
from selaras.core.place import NOWHERE
from selaras.core.reform.index import ReformIndex, index
from selaras.core.reform.scheme import ReformRules
from selaras.core.reform.score import ReformScore


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One year: the score sheet, its index, and the difference to the year before where both are of one scheme."""

    score: ReformScore
    index: ReformIndex
    difference: Decimal | None
    comparable: bool


@dataclass(frozen=True, slots=True)
class History:
    """The years in order, and what must be said about comparing them."""

    points: tuple[YearPoint, ...]
    findings: tuple[Finding, ...]


def compare(scores: Iterable[ReformScore], rules: ReformRules, kind: AgencyKind | None = None) -> History:
    """The years side by side. `comparable` is false where a year's scheme or subject differs from the year before.

    The difference is that of the two figures as shown (2 decimals), in points; the first year has none.
    """
    ordered = sorted(scores, key=lambda score: score.year)
    made = [index(score, rules.scheme_for(score.year, kind)) for score in ordered]
    points, found = [], []
    for score, figure, before in zip(ordered, made, [None, *made[:-1]], strict=True):
        same = before is not None and before.scheme.code == figure.scheme.code
        old, new = before.index.rounded() if before else None, figure.index.rounded()
        difference = new - old if same and new is not None and old is not None else None
        points.append(YearPoint(score, figure, difference, before is None or same))
    for first, second in itertools.pairwise(points):
        found += _warnings(first, second)
    return History(tuple(points), tuple(found))


def _warnings(first: YearPoint, second: YearPoint) -> list[Finding]:
    places = tuple(point.score.place for point in (first, second) if point.score.place != NOWHERE)
    found = []
    if not second.comparable:
        found.append(
            Finding(
                "RB-SCHEME-CHANGE",
                "suspicious-pattern",
                Severity.WARNING,
                f"Indeks RB {first.score.year} dan {second.score.year} dihitung dengan skema yang berbeda dan tidak "
                "dapat diperbandingkan langsung.",
                stated=f"{first.index.scheme.name}, paling tinggi {first.index.scheme.highest}",
                expected=f"{second.index.scheme.name}, paling tinggi {second.index.scheme.highest}",
                places=places,
            )
        )
    if first.score.subject.casefold() != second.score.subject.casefold():
        found.append(
            Finding(
                "RB-SUBJECT-CHANGE",
                "suspicious-pattern",
                Severity.WARNING,
                f"Indeks RB {first.score.year} dan {second.score.year} adalah milik instansi yang berbeda.",
                stated=first.score.subject or "tidak disebut",
                expected=second.score.subject or "tidak disebut",
                places=places,
            )
        )
    if second.score.year - first.score.year > 1:
        found.append(
            Finding(
                "RB-YEARS-MISSING",
                "suspicious-pattern",
                Severity.INFO,
                f"Indeks RB di antara {first.score.year} dan {second.score.year} belum dicatat.",
                places=places,
            )
        )
    return found
