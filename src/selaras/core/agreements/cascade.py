"""Which position owes an agreement and which agreement it has: the cascade from the head down, and how much is there.

Every position inside the agency owes one each year (Perpres 29/2014 carries the agreement down the ranks);
positions of other agencies, which only countersign, owe none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selaras.core.agreements.records import Agreement
from selaras.core.org import Position


@dataclass(slots=True)
class Rung:
    """A position in the cascade with the versions of its agreement, the latest last, and the positions below it."""

    position: Position
    depth: int
    versions: tuple[Agreement, ...] = ()
    below: list[Rung] = field(default_factory=list)

    @property
    def agreement(self) -> Agreement | None:
        """The latest version."""
        return self.versions[-1] if self.versions else None

    def walk(self) -> Iterator[Rung]:
        """The rung and all below it, in order."""
        yield self
        for rung in self.below:
            yield from rung.walk()


def cascade(positions: Iterable[Position], agreements: Iterable[Agreement]) -> tuple[Rung, ...]:
    """The rungs at the top, each with what stands below it.

    A position whose superior is outside, unknown, or reached by a circle stands at the top, so that none is lost.
    """
    inside = {item.code: item for item in sorted(positions, key=lambda item: item.order) if not item.outside}
    versions: dict[str, list[Agreement]] = {}
    for agreement in sorted(agreements, key=lambda item: item.version):
        versions.setdefault(agreement.promiser, []).append(agreement)
    rungs = {code: Rung(item, 0, tuple(versions.get(code, ()))) for code, item in inside.items()}
    tops = []
    for code, item in inside.items():
        if item.superior in inside and _ends(inside, code):
            rungs[item.superior].below.append(rungs[code])
        else:
            tops.append(rungs[code])
    for top in tops:
        _sink(top, 0)
    return tuple(tops)


def is_head(position: Position, positions: Iterable[Position], signatory: str) -> bool:
    """Whether a position answers for the whole agency: who signs the report, or who has no superior inside."""
    inside = {item.code for item in positions if not item.outside}
    return position.code == signatory or position.superior not in inside


def _sink(rung: Rung, depth: int) -> None:
    rung.depth = depth
    for below in rung.below:
        _sink(below, depth + 1)


def _ends(inside: dict[str, Position], code: str) -> bool:
    """Whether the line of superiors comes to an end instead of running in a circle."""
    seen = set()
    while code in inside and code not in seen:
        seen.add(code)
        code = inside[code].superior
    return code not in seen
