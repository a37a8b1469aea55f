"""The cascade of results as trees: from the head's rows down to the person whose row supports them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selaras.core.people.skp import SkpPlan, SkpRow


@dataclass(frozen=True, slots=True)
class Strand:
    """A row of an SKP with its plan and the rows below that support it: the cascade down to the person."""

    plan: SkpPlan
    row: SkpRow
    depth: int
    below: tuple[Strand, ...]

    def walk(self) -> Iterator[Strand]:
        """The strand and all below it, in order."""
        yield self
        for strand in self.below:
            yield from strand.walk()


def descend(plans: Iterable[SkpPlan], rows: Iterable[SkpRow]) -> tuple[Strand, ...]:
    """The cascade as trees: rows without a known parent at the top, each with the rows that support it below.

    Rows stand in the order in which the plans are given. A row that is reached by a circle stands at the top, so that none is lost.
    """
    plan_of = {plan.code: plan for plan in plans}
    at = {code: number for number, code in enumerate(plan_of)}
    every = {row.key: row for row in rows if row.plan in plan_of}
    below: dict[tuple[str, int] | None, list[SkpRow]] = {}
    for row in every.values():
        parent = row.parent if row.parent in every and _ends(row, every) else None
        below.setdefault(parent, []).append(row)

    def place(row: SkpRow) -> tuple[int, int]:
        return at[row.plan], row.order

    def strand(row: SkpRow, depth: int) -> Strand:
        children = sorted(below.get(row.key, ()), key=place)
        return Strand(plan_of[row.plan], row, depth, tuple(strand(child, depth + 1) for child in children))

    return tuple(strand(row, 0) for row in sorted(below.get(None, ()), key=place))


def _ends(row: SkpRow, every: dict[tuple[str, int], SkpRow]) -> bool:
    """Whether the line of parents comes to an end instead of running in a circle."""
    seen: set[tuple[str, int]] = set()
    at: SkpRow | None = row
    while at is not None and at.key not in seen:
        seen.add(at.key)
        at = every.get(at.parent) if at.parent is not None else None
    return at is None
