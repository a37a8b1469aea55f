"""What the pages of measurement need of an agency: its year as one snapshot, or only some indicators with their parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Q, Value

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.measurement.limits import Limits
from selaras.core.measurement.records import Evidence, Explanation, Progress, Realisation
from selaras.core.org import Position, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node, Target, WeightedPart
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.rulebook import load
from selaras.rulebook.limits import load_limits
from selaras.store import models as tables
from selaras.store.together import load_together

VALUES: frozenset[type[Any]] = frozenset(
    {ReportSettings, Agreement, AgreementLine, Indicator, Target, Realisation, WeightedPart}
)
WHERE_THEY_STAND: frozenset[type[Any]] = frozenset({Node, Unit, Position})


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """As much of an indicator as a list needs to be sorted and searched."""

    code: str
    name: str
    node: str
    responsible: str
    iku: bool
    order: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Every indicator of an agency with the states of its values in a year, but without values; and where it stands."""

    snapshot: Snapshot
    indicators: tuple[IndicatorRow, ...]
    states: Mapping[str, Mapping[Period, Progress]]
    spans: Mapping[Span, int]
    """For how many indicators there is something in periods of each length."""

    @property
    def usual_span(self) -> Span:
        """The length in which most indicators are measured within the year; quarters where nothing says so."""
        within = {span: count for span, count in self.spans.items() if span is not Span.YEAR}
        return max(within, key=lambda span: within[span], default=Span.QUARTER)


def load_outline(agency: str, year: int) -> Outline:
    """What a list of all indicators needs, by three queries, however many there are. Raises NotFound."""
    snapshot = load_together(agency, year, WHERE_THEY_STAND | {WeightedPart})
    rows = tables.Indicator.objects.filter(agency__code=agency).in_order()
    found = rows.values_list("code", "name", "node__code", "responsible__code", "iku", "order")
    states: dict[str, dict[Period, Progress]] = {}
    used: dict[Span, set[str]] = {}
    for code, span, index, status in _states(agency, year):
        used.setdefault(Span(span), set()).add(code)
        if status:
            states.setdefault(code, {})[Period(year, Span(span), index)] = Progress(status)
    indicators = tuple(
        IndicatorRow(code, name, node, responsible or "", iku, order)
        for code, name, node, responsible, iku, order in found
    )
    return Outline(snapshot, indicators, states, {span: len(codes) for span, codes in used.items()})


def load_lines(agency: str, year: int, codes: Collection[str], parts: Collection[WeightedPart]) -> Snapshot:
    """The values of some indicators in one year, and only of that year, with the parts of weighted ones; one query."""
    wanted = _closed(codes, ((part.indicator, part.part) for part in parts))
    named, of_year = Q(indicator__code__in=wanted), Q(year=year)
    where = {
        Indicator: Q(code__in=wanted), Target: named & of_year, Realisation: named & of_year, WeightedPart: named,
        AgreementLine: named, Evidence: named & of_year, Explanation: named,
    }  # fmt: skip
    return load_together(agency, year, VALUES | {Evidence, Explanation}, where=where)


def load_indicators(agency: str, year: int, codes: Collection[str], *, places: bool = False) -> Snapshot:
    """Some indicators with their whole history, and the parts from which weighted ones are made, by two queries.

    With `places` also the tree, the units and the positions, to say where they stand.
    """
    wanted = with_parts(agency, codes)
    named = Q(indicator__code__in=wanted)
    kinds = VALUES | {Evidence, Explanation} | (WHERE_THEY_STAND if places else frozenset())
    where = {
        Indicator: Q(code__in=wanted), Target: named, Realisation: named, WeightedPart: named, AgreementLine: named,
        Evidence: Q(indicator__code__in=list(codes), year=year), Explanation: Q(indicator__code__in=list(codes)),
    }  # fmt: skip
    return load_together(agency, year, kinds, where=where)


def load_place(agency: str, year: int, code: str) -> Snapshot:
    """One indicator and the tree in which it stands, without its values, by one query."""
    return load_together(agency, year, {Indicator, Node}, where={Indicator: Q(code=code)})


def with_parts(agency: str, codes: Collection[str]) -> set[str]:
    """The codes of indicators and of every part below them, by one query."""
    parts = tables.WeightedPart.objects.filter(agency__code=agency).order_by()
    return _closed(codes, parts.values_list("indicator__code", "part__code"))


def figures_of(snapshot: Snapshot) -> Figures:
    """The figures of a snapshot under the law of the day of signing, else of the year's last day."""
    return Figures(snapshot, load(snapshot.settings.signed_on or date(snapshot.year, 12, 31)))


def limits_of(year: int) -> Limits:
    """From where on figures of a year are remarkable."""
    return load_limits(date(year, 12, 31))


def _closed(codes: Collection[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The codes and every part below them."""
    below: dict[str, list[str]] = {}
    for whole, part in pairs:
        below.setdefault(whole, []).append(part)
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += below.get(code, ())
    return found


def _states(agency: str, year: int) -> Any:
    """Indicator, period and state of every value of a year; targets within the year stand there without a state."""
    within = tables.Target.objects.filter(agency__code=agency, year=year).exclude(span=Span.YEAR.value).order_by()
    values = tables.Realisation.objects.filter(agency__code=agency, year=year).order_by()
    planned = within.values_list("indicator__code", "span", "index", Value("", output_field=CharField()))
    return values.values_list("indicator__code", "span", "index", "status").union(planned)
