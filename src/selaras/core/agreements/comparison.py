"""One agreement set beside everything that it is compared with: what each line means, what it should promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from selaras.core.agreements.records import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.agreements.wording import Likeness, compare
from selaras.core.org import Agency
from selaras.core.period import Span
from selaras.core.planning import Indicator, IndicatorLevel, Node, NodeLevel, PlanDocument, Target

TOP_LEVELS = frozenset({IndicatorLevel.TUJUAN, IndicatorLevel.SASARAN})


@dataclass(frozen=True)
class Comparison:
    """One agreement with everything that it is compared with."""

    agreement: Agreement
    lines: tuple[AgreementLine, ...]
    programmes: tuple[AgreementProgramme, ...]
    indicators: tuple[Indicator, ...]
    nodes: tuple[Node, ...]
    targets: tuple[Target, ...]
    budget: Mapping[str, Decimal]
    agency: Agency
    head_goals: tuple[HeadGoal, ...]
    head: bool | None = None
    """Whether the promiser answers for the whole agency; None where nobody knows and the levels must tell."""

    @cached_property
    def meant(self) -> tuple[tuple[AgreementLine, Indicator | None], ...]:
        """Each line with the indicator it means: the one it names, else the only one of the same wording."""
        return tuple((line, self.indicator_of(line.indicator, line.wording)) for line in self.lines)

    @cached_property
    def promised(self) -> frozenset[str]:
        """Codes of the indicators that the PK promises."""
        return frozenset(indicator.code for _, indicator in self.meant if indicator is not None)

    @cached_property
    def planned(self) -> dict[PlanDocument, dict[str, Target]]:
        """The targets of the year by document and indicator."""
        year = self.agreement.year
        result: dict[PlanDocument, dict[str, Target]] = {PlanDocument.RKT: {}, PlanDocument.RENSTRA: {}}
        for target in self.targets:
            if target.period.span is Span.YEAR and target.period.year == year and target.document in result:
                result[target.document][target.indicator] = target
        return result

    @cached_property
    def has_iku(self) -> bool:
        """Whether there is an IKU list at all."""
        return any(indicator.iku for indicator in self.indicators)

    @cached_property
    def of_the_head(self) -> bool:
        """Whether this is the PK of the agency's head, who must promise everything on the agency's top level."""
        if self.head is not None:
            return self.head
        levels = {indicator.level for indicator in self.indicators if indicator.code in self.promised}
        rkt = self.planned[PlanDocument.RKT]
        known = [indicator.level for indicator in self.indicators if indicator.code in rkt]
        top = min(known, key=list(IndicatorLevel).index, default=None)
        return not levels or bool(levels & TOP_LEVELS) or top in levels

    @cached_property
    def expected(self) -> tuple[Indicator, ...]:
        """The indicators that the PK should promise: those of its levels that are planned for the year or IKU.

        Of a subordinate only those for which the position is responsible.
        """
        levels = {indicator.level for indicator in self.indicators if indicator.code in self.promised}
        return tuple(
            indicator
            for indicator in self.indicators
            if (not levels or indicator.level in levels)
            and (self.of_the_head or indicator.responsible == self.agreement.promiser)
            and (indicator.iku or any(indicator.code in targets for targets in self.planned.values()))
        )

    def indicator_of(self, code: str, wording: str) -> Indicator | None:
        """The indicator by code, or without a code by its wording if that is unambiguous."""
        if code:
            return next((indicator for indicator in self.indicators if indicator.code == code), None)
        alike = [item for item in self.indicators if self.likeness(wording, item.name) is Likeness.SAME]
        return alike[0] if len(alike) == 1 else None

    def planned_for(self, indicator: Indicator) -> list[Target]:
        """The targets that the plan sets for the indicator this year, RKT first."""
        return [found[indicator.code] for found in self.planned.values() if indicator.code in found]

    def documents_with(self, indicator: Indicator) -> list[str]:
        """Names of the documents of this year in which the indicator stands."""
        names = [
            f"{document} {self.agreement.year}" for document, found in self.planned.items() if indicator.code in found
        ]
        return [*names, "daftar IKU"] if indicator.iku else names

    def node_of(self, programme: AgreementProgramme) -> Node | None:
        """The node that a programme line means: the one it names, else the first of the same wording."""
        if programme.node:
            return next((node for node in self.nodes if node.code == programme.node), None)
        levels = {NodeLevel.PROGRAM, NodeLevel.KEGIATAN}
        named = (node for node in self.nodes if node.level in levels)
        return next((node for node in named if self.likeness(programme.wording, node.title) is Likeness.SAME), None)

    def likeness(self, first: str, second: str) -> Likeness:
        """How much two wordings agree, the agency's own name left out."""
        return compare(first, second, self.agency)
