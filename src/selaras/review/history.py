"""Values of indicators over the years and against their targets, gathered from every table that gives them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selaras.review.report import IndicatorClaim, Report, Role, TableKind

PROMISES = (TableKind.AGREEMENT, TableKind.SKP)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one indicator from the year before to the year of the report."""

    before: IndicatorClaim
    after: IndicatorClaim

    @property
    def amount(self) -> Decimal:
        """The difference, after minus before."""
        return _amount(self.after) - _amount(self.before)


def changes(report: Report) -> list[Change]:
    """One change per indicator that has a realisation in both years, in reading order."""
    year = report.identity.year
    if year is None:
        return []
    before = _first(report, Role.REALISATION, year - 1)
    after = _first(report, Role.REALISATION, year)
    return [Change(before[key], claim) for key, claim in after.items() if key in before]


def shortfalls(report: Report) -> list[tuple[IndicatorClaim, IndicatorClaim]]:
    """Realisations that miss a target of the same year and unit, with the target missed; the agreement's target first.

    An indicator whose own table says that it reached its target while below it counts downwards and is left out. So are
    the outputs of programmes and activities, unless there is nothing else: what a report says of its targets is said of
    its goals.
    """
    realised = _first(report, Role.REALISATION, report.identity.year)
    own = {key: claim for key, claim in realised.items() if claim.grid.kind is not TableKind.SUPPORT}
    found = []
    for key, claim in (own or realised).items():
        targets = [
            item
            for item in report.claims_on(key)
            if item.role is Role.TARGET and _binding(item, claim, report) and _comparable(item, claim)
        ]
        targets.sort(key=lambda item: item.grid.kind not in PROMISES)
        if _downwards(report, claim):
            continue
        missed = [item for item in targets if _amount(item) > _amount(claim)]
        if missed:
            found.append((claim, missed[0]))
    return found


def behind(report: Report) -> list[tuple[IndicatorClaim, IndicatorClaim]]:
    """Realisations of the year below the target at the end of the plan, with that target."""
    realised = _first(report, Role.REALISATION, report.identity.year)
    found = []
    for final in report.indicators:
        claim = realised.get(final.key)
        if (
            final.role is Role.FINAL_TARGET
            and claim
            and _comparable(final, claim)
            and _amount(final) > _amount(claim)
            and not _downwards(report, claim)
        ):
            found.append((claim, final))
    return found


def realised(report: Report) -> dict[str, IndicatorClaim]:
    """The realisation of the year of the report by indicator, as the first table gives it."""
    return _first(report, Role.REALISATION, report.identity.year)


def _first(report: Report, role: Role, year: int | None) -> dict[str, IndicatorClaim]:
    found: dict[str, IndicatorClaim] = {}
    for claim in report.indicators:
        stated = claim.year if claim.year is not None else report.identity.year
        if (
            claim.role is role
            and stated == year
            and not _of_other_row(claim)
            and claim.value is not None
            and claim.value.amount is not None
        ):
            found.setdefault(claim.key, claim)
    return found


def _of_other_row(claim: IndicatorClaim) -> bool:
    """Whether a cell of the row says that the row holds targets or achievements, although the column was read otherwise."""
    if claim.role is not Role.REALISATION:
        return False
    rows = claim.grid.rows
    named = {cell.text.strip().casefold() for cell in rows[claim.row].cells} if 0 <= claim.row < len(rows) else set()
    return bool(named & {"target", "capaian", "capaian (%)"}) and "realisasi" not in named


def _binding(target: IndicatorClaim, claim: IndicatorClaim, report: Report) -> bool:
    """Whether the target is one of the year: of an agreement, or of the very row that gives the realisation."""
    if target.year not in (None, report.identity.year):
        return False
    return target.grid.kind in PROMISES or (target.grid is claim.grid and target.row == claim.row)


def _comparable(one: IndicatorClaim, other: IndicatorClaim) -> bool:
    return (
        one.value is not None
        and other.value is not None
        and one.value.amount is not None
        and one.value.upper is None
        and other.value.amount is not None
        and (one.value.kind is other.value.kind or "persen" in (one.unit.casefold(), other.unit.casefold()))
    )


def _downwards(report: Report, claim: IndicatorClaim) -> bool:
    """Whether a table gives this realisation 100 or more although it lies below the target in the same row."""
    same = [item for item in report.beside(claim) if item.value is not None]
    target = next(
        (item for item in same if item.role is Role.TARGET and item.year == claim.year and _comparable(item, claim)),
        None,
    )
    reached = next((item for item in same if item.role is Role.ACHIEVEMENT and item.year == claim.year), None)
    if target is None or reached is None or reached.value is None or reached.value.amount is None:
        return False
    return reached.value.amount >= 100 and _amount(claim) < _amount(target)


def _amount(claim: IndicatorClaim) -> Decimal:
    assert claim.value is not None
    assert claim.value.amount is not None
    return claim.value.amount
