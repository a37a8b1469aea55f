"""The rules of stage people as they stood on a day: data with sources, put together by `rulebook.people`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from selaras.core.law import Certainty, Source
from selaras.core.org import Capacity
from selaras.core.people.credit import CreditRule
from selaras.core.people.distribution import Pattern
from selaras.core.people.objection import ObjectionRule
from selaras.core.people.organisation import ProposalRule
from selaras.core.people.ratings import HeadMapping, OrganisationPredicate, PredicateMatrix
from selaras.core.people.skp import Section
from selaras.core.people.waiting import DueKind, DueRule
from selaras.core.planning import IndicatorKind
from selaras.core.value import Value


@dataclass(frozen=True, slots=True)
class CoreValue:
    """One core value of civil servants with its three guides of behaviour, in the order of the acronym."""

    code: str
    name: str
    guides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A row that many heads carry beside their agreement, offered and never put in by itself."""

    code: str
    section: Section
    result: str
    measure: str
    target: Value
    unit: str
    perspective: str
    source: Source


@dataclass(frozen=True)
class SkpRules:
    """Headings and choices of the SKP form, each kind with its source (`sources` by name of the kind)."""

    perspectives: tuple[str, ...]
    aspects: tuple[str, ...]
    perspective_of: Mapping[IndicatorKind, str]
    acting: Mapping[Capacity, Section]
    """The section in which results held as acting official stand; a capacity that is not named brings no rows."""
    month_day: int
    values: tuple[CoreValue, ...]
    standard_rows: tuple[StandardRow, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True)
class PeopleRules:
    """Everything that stage people takes from regulations and practice, as it stood on `day`."""

    day: date
    skp: SkpRules
    matrix: PredicateMatrix
    heads: HeadMapping
    patterns: Mapping[OrganisationPredicate, Pattern]
    """By predicate of the organisation; empty on a day before there were any."""
    proposals: tuple[ProposalRule, ...]
    objection: ObjectionRule
    credit: CreditRule | None
    due: Mapping[DueKind, DueRule] = field(default_factory=dict)

    def sources(self) -> tuple[tuple[str, Source], ...]:
        """Every rule by name, with its source and status."""
        named = [
            *(("SKP: " + name, source) for name, source in self.skp.sources.items()),
            *(("baris baku " + row.code, row.source) for row in self.skp.standard_rows),
            ("matriks predikat", self.matrix.source),
            ("rating pimpinan unit", self.heads.source),
            *((f"pola {key}", pattern.source) for key, pattern in self.patterns.items()),
            *((f"usul {rule.predicate} ({rule.span})", rule.source) for rule in self.proposals),
            ("keberatan", self.objection.source),
            *((f"tenggat {kind} SKP", rule.source) for kind, rule in self.due.items()),
        ]
        if self.credit is not None:
            named.append(("konversi predikat", self.credit.source))
            named += [(f"koefisien {level}", source) for level, source in self.credit.level_sources.items()]
        return tuple(named)

    def doubts(self) -> tuple[tuple[str, Source], ...]:
        """What is not confirmed, by name, to be shown wherever it is used."""
        return tuple((name, source) for name, source in self.sources() if source.certainty is not Certainty.CONFIRMED)
