"""The chain of documents and tables that must say the same: who tells which value of an indicator, for which year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from selaras.core.value import Value
from selaras.review.likeness import fold
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind

PROMISES = (TableKind.AGREEMENT, TableKind.SKP, TableKind.RKT, TableKind.IKU, TableKind.RENSTRA)
"""Tables that promise; the others measure."""
MEASURES = (TableKind.SUMMARY, TableKind.ACHIEVEMENT, TableKind.COMPARISON, TableKind.ANALYSIS, TableKind.EFFICIENCY)
CHAIN = PROMISES + MEASURES

SIGNED = (TableKind.AGREEMENT, TableKind.SKP, TableKind.RKT, TableKind.IKU)
"""Tables whose one column of targets can mean nothing else."""
FEW = 3
Told = dict[tuple[str, int | None], list[IndicatorClaim]]


def told(report: Report, role: Role, kinds: Sequence[TableKind] = CHAIN) -> Told:
    """What the tables of some kinds give to each indicator and year in one role; values that cannot be compared stay out.

    A table that gives several values to one indicator and year (quarters, repeated names at several levels) is not heard.
    """
    found: Told = defaultdict(list)
    for claim in report.indicators:
        if (
            claim.role is role
            and claim.value is not None
            and claim.grid.kind in kinds
            and claim.key
            and not _is_of_another_role(claim)
        ):
            found[claim.key, claim.year or report.identity.year].append(claim)
    heard = {key: kept for key, claims in found.items() if (kept := _single_voiced(claims))}
    return _without_strangers(heard)


def _without_strangers(heard: Told) -> Told:
    """Without the tables that contradict the others in most of what they share: their columns mean something else.

    Three values in common are the least that can show it.
    """
    shared: dict[int, list[bool]] = defaultdict(list)
    for claims in heard.values():
        for claim in claims:
            others = [other for other in claims if other.grid is not claim.grid]
            if others and claim.grid.kind not in SIGNED:
                shared[id(claim.grid)].append(2 * sum(_far(claim, other) for other in others) > len(others))
    strangers = {grid for grid, apart in shared.items() if len(apart) >= FEW and 2 * sum(apart) > len(apart)}
    kept = {key: [claim for claim in claims if id(claim.grid) not in strangers] for key, claims in heard.items()}
    return {key: claims for key, claims in kept.items() if claims}


def differ(first: Value, second: Value) -> bool:
    """Whether two values certainly are not one: other grades, or numbers that no rounding joins.

    A grade and a number are not compared, nor is a range with what lies in it.
    """
    if first.grade or second.grade:
        return bool(first.grade and second.grade) and first.grade.casefold() != second.grade.casefold()
    if first.amount is None or second.amount is None:
        return False
    if first.upper is not None or second.upper is not None:
        low, high = max(first.amount, second.amount), min(first.upper or first.amount, second.upper or second.amount)
        return low > high
    return not _one_number(first.amount, second.amount)


def alike(first: Value | None, second: Value | None) -> bool:
    """Whether two values are of one sort (two amounts or two grades) and can be one."""
    if first is None or second is None or bool(first.grade) is not bool(second.grade):
        return False
    return (bool(first.grade) or (first.amount is not None and second.amount is not None)) and not differ(first, second)


def camps(claims: Sequence[IndicatorClaim]) -> list[list[IndicatorClaim]]:
    """The claims gathered by value, the largest camp first; one camp means agreement."""
    found: list[list[IndicatorClaim]] = []
    for claim in claims:
        camp = next((camp for camp in found if not _apart(camp[0], claim)), None)
        if camp is None:
            found.append([claim])
        else:
            camp.append(claim)
    return sorted(found, key=len, reverse=True)


def shown(claim: IndicatorClaim) -> str:
    """The value as a report prints it."""
    return claim.value.shown() if claim.value else claim.text


def grids_of(claims: Iterable[IndicatorClaim]) -> list[Grid]:
    """The tables of claims, each once."""
    found: list[Grid] = []
    for claim in claims:
        if not any(grid is claim.grid for grid in found):
            found.append(claim.grid)
    return found


def names_of(report: Report, kinds: Sequence[TableKind]) -> dict[str, list[IndicatorClaim]]:
    """The indicators that tables of some kinds list, by exact folded name."""
    found: dict[str, list[IndicatorClaim]] = defaultdict(list)
    for claim in report.indicators:
        if claim.grid.kind in kinds and claim.name.strip():
            found[fold(claim.name)].append(claim)
    return found


def _is_of_another_role(claim: IndicatorClaim) -> bool:
    """Whether the row itself says what it holds, as in tables with a row each for target, realisation and achievement."""
    words = {
        fold(cell.text).split(" ")[0]
        for cell in claim.grid.rows[claim.row].cells
        if not cell.figures and len(cell.text) < 24
    }
    roles = words & {Role.TARGET.value, Role.REALISATION.value, Role.ACHIEVEMENT.value}
    return bool(roles) and claim.role.value not in roles


def _apart(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    assert first.value is not None
    assert second.value is not None
    return differ(first.value, second.value)


def _far(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    """Whether two claims differ by more than a last digit that one cut off and the other rounded."""
    return _apart(first, second) and not cut_off([first, second])


def cut_off(claims: Sequence[IndicatorClaim]) -> bool:
    """Whether all claims have decimals and lie within one unit of the last printed digit: cut off here, rounded there."""
    amounts = [claim.value.amount for claim in claims if claim.value is not None and claim.value.amount is not None]
    places = min(map(_decimals, amounts), default=0)
    return len(amounts) == len(claims) and places > 0 and max(amounts) - min(amounts) <= Decimal(1).scaleb(-places)


def _single_voiced(claims: Sequence[IndicatorClaim]) -> list[IndicatorClaim]:
    kept = []
    for claim in claims:
        mates = [other for other in claims if other.grid is claim.grid]
        if not any(_apart(claim, mate) for mate in mates):
            kept.append(claim)
    return kept


def _one_number(first: Decimal, second: Decimal) -> bool:
    """Equal, equal as fraction and percentage (0,87 and 87), or the coarser print a rounding of the finer one."""
    if first == second or first * 100 == second or first == second * 100:
        return True
    places = sorted((_decimals(first), _decimals(second)))
    if places[0] == places[1]:
        return False
    coarse, fine = sorted((first, second), key=_decimals)
    return abs(coarse - fine) <= Decimal(5).scaleb(-_decimals(coarse) - 1)


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
