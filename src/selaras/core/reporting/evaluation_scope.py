"""What belongs to one unit, or to the agency as a whole, when it is evaluated: nodes, indicators, agreements, results."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from selaras.core.agreements import Agreement
from selaras.core.evaluation.facts import Share
from selaras.core.measurement.efficiency import DIFFERENCE, efficiency
from selaras.core.measurement.origin import of_performance
from selaras.core.measurement.records import Obstacle, Realisation
from selaras.core.org import Unit
from selaras.core.planning import Indicator
from selaras.core.reporting.figures import Figures

HUNDRED = Decimal(100)


def subtree(units: Iterable[Unit], top: str) -> frozenset[str]:
    """The codes of a unit and all units below it; of every unit without `top`."""
    below: dict[str, list[str]] = {}
    codes = []
    for item in units:
        codes.append(item.code)
        below.setdefault(item.parent, []).append(item.code)
    if not top:
        return frozenset(codes)
    found, waiting = set(), [top]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += below.get(code, ())
    return frozenset(found)


class Scope:
    """What belongs to one unit, or to the agency as a whole: its units, nodes, indicators and agreements."""

    def __init__(self, figures: Figures, unit: str) -> None:
        self.figures = figures
        self.unit = unit
        self.units = subtree(figures.snapshot.units, unit)

    @cached_property
    def below(self) -> frozenset[str]:
        """The units below; of the agency as a whole those that stand directly below its top."""
        if self.unit:
            return self.units - {self.unit}
        parents = {item.code: item.parent for item in self.figures.snapshot.units}
        tops = [code for code, parent in parents.items() if parent not in parents]
        if len(tops) > 1:
            return frozenset(tops)
        return frozenset(code for code, parent in parents.items() if parent in tops) or frozenset(tops)

    @cached_property
    def nodes(self) -> frozenset[str]:
        """The nodes that the units answer for: their own, and those below without another owner."""
        owners = {code: self._owner(code) for code in self.figures.nodes}
        return frozenset(code for code, owner in owners.items() if not self.unit or owner in self.units)

    def _owner(self, code: str) -> str:
        seen: set[str] = set()
        while code in self.figures.nodes and code not in seen:
            seen.add(code)
            node = self.figures.nodes[code]
            if node.owner:
                return node.owner
            code = node.parent
        return ""

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators that count."""
        if not self.unit:
            return self.figures.measured
        return [item for code in self.figures.by_node for item in self.figures.by_node[code] if code in self.nodes]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(item.code for item in self.indicators)

    @cached_property
    def agreement(self) -> tuple[Agreement | None, int | None]:
        """The first version of the agreement of the unit's head, and how many changes it had; None where there is none."""
        figures = self.figures
        if not self.unit:
            latest = figures.agreement
            return figures.first_agreement, latest.version if latest else None
        positions = {item.code: item for item in figures.snapshot.positions if item.unit == self.unit}
        heads = [code for code, item in positions.items() if item.superior not in positions]
        mine = [item for item in figures.snapshot.agreements if item.promiser in heads]
        if not mine:
            return None, None
        head = min((item.promiser for item in mine), key=heads.index)
        versions = sorted((item for item in mine if item.promiser == head), key=lambda item: item.version)
        return versions[0], versions[-1].version

    @cached_property
    def units_with_agreement(self) -> Share:
        """Units in which somebody has signed an agreement, in percent."""
        homes = {item.code: item.unit for item in self.figures.snapshot.positions}
        signed = {homes.get(item.promiser, "") for item in self.figures.snapshot.agreements if item.signed_on}
        return share_of(code in signed for code in self.units)

    @cached_property
    def realisations(self) -> list[Realisation]:
        """The realisations of the year."""
        year = self.figures.year
        rows = self.figures.snapshot.realisations
        return [item for item in rows if item.indicator in self.codes and item.period.year == year]

    @cached_property
    def evidenced(self) -> Share:
        """Realisations that have evidence, in percent."""
        proofs = {(item.indicator, item.period) for item in self.figures.snapshot.evidence}
        return share_of((item.indicator, item.period) in proofs for item in self.realisations)

    @cached_property
    def with_quality(self) -> frozenset[str]:
        """The indicators of which the year's data quality is recorded."""
        return frozenset(item.indicator for item in self.figures.snapshot.data_quality)

    @cached_property
    def _judged(self) -> dict[str, bool | None]:
        figures = self.figures
        return {item.code: figures.reached(figures.achievement(item)) for item in self.indicators}

    @cached_property
    def reached(self) -> Share:
        """Targets reached out of those that can be judged, in percent."""
        return share_of(answer for answer in self._judged.values() if answer is not None)

    @cached_property
    def explained(self) -> Share:
        """Missed targets with a cause or a solution on record, in percent; all, where none was missed."""
        told = self.figures.explanations
        missed = [code for code, answer in self._judged.items() if answer is False]
        if not missed:
            return HUNDRED if any(self._judged.values()) else None
        return share_of(code in told and bool(told[code].cause or told[code].solution) for code in missed)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """The hindrances of the year."""
        rows = of_performance(self.figures.snapshot.obstacles)
        return [item for item in rows if not self.unit or item.node in self.nodes]

    @cached_property
    def efficiency(self) -> Share:
        """The mean of achievement less absorption over the indicators that have both, in percentage points."""
        figures = self.figures
        pairs = ((figures.achievement(item), figures.indicator_absorption(item)) for item in self.indicators)
        values = [value for one, other in pairs if (value := efficiency(DIFFERENCE, one, other).value) is not None]
        return sum(values, Decimal(0)) / len(values) if values else None


def share_of(answers: Iterable[bool]) -> Share:
    """The share of true answers in percent; None where there are none."""
    found = list(answers)
    return Decimal(sum(found)) * HUNDRED / len(found) if found else None
