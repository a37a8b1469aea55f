"""What the database holds of a unit and year, figure by figure, so that a printed report can be held against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selaras.core.agreements import AgreementLine
from selaras.core.computed import Computed
from selaras.core.planning import Indicator, Node, PlanDocument
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value, ValueKind


class What(StrEnum):
    """What a stored figure is, in the words by which a report heads its columns."""

    TARGET = "target"
    REALISATION = "realisasi"
    ACHIEVEMENT = "capaian"
    FINAL_TARGET = "target akhir"
    PROGRESS = "kemajuan"
    BUDGET = "anggaran"
    SPENT = "realisasi anggaran"
    ABSORPTION = "capaian anggaran"


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """One figure of the database: what it is, of which indicator or node, of which year, and the record that holds it.

    `names` are the wordings by which reports may call it, the usual one first. `values` are what may be printed, the one in
    force first: earlier versions of agreement and budget, and the value before a cap. `document` says which plan sets a
    target (PK, RKT, Renstra) or that of an achievement; it is empty for everything else. `record` is the record's code.
    """

    what: What
    names: tuple[str, ...]
    year: int
    values: tuple[Value, ...]
    record: str
    document: str = ""

    @property
    def name(self) -> str:
        """The usual wording."""
        return self.names[0]

    @property
    def label(self) -> str:
        """The record as a finding names it, `realisasi IKU-2 tahun 2024`."""
        return " ".join(part for part in (self.what.value, self.document, self.record, f"tahun {self.year}") if part)


@dataclass(frozen=True, slots=True)
class Stored:
    """All that the database holds of one agency and year."""

    agency: str
    code: str
    year: int
    figures: tuple[StoredFigure, ...]
    measured: tuple[str, ...] = ()


def stored(figures: Figures) -> Stored:
    """Every target, realisation, achievement and amount of a snapshot, as its own report would print it."""
    agency = figures.snapshot.agency
    found = [*_of_indicators(figures), *_of_budget(figures)]
    measured = tuple(indicator.code for indicator in figures.measured)
    return Stored(agency.name, agency.code, figures.year, tuple(item for item in found if item.values), measured)


def _of_indicators(figures: Figures) -> Iterator[StoredFigure]:
    for indicator in figures.snapshot.indicators:
        names = _names(figures, indicator)
        for year in figures.history:
            yield from _of_year(figures, indicator, names, year)
        final, plan = figures.final_aim(indicator), figures.plan
        if final.value is not None and plan is not None:
            yield StoredFigure(What.FINAL_TARGET, names, plan.last_year, (final.value,), indicator.code)
        yield StoredFigure(What.PROGRESS, names, figures.year, _printed(figures.progress(indicator)), indicator.code)
        for target in figures.snapshot.targets:
            period = target.period
            later = period.year not in figures.history and period == type(period)(period.year)
            if target.indicator == indicator.code and target.document is PlanDocument.RENSTRA and later:
                yield StoredFigure(
                    What.TARGET, names, period.year, (target.value,), indicator.code, PlanDocument.RENSTRA.value
                )


def _of_year(figures: Figures, indicator: Indicator, names: tuple[str, ...], year: int) -> Iterator[StoredFigure]:
    plans = [figures.planned(indicator, year, plan) for plan in (PlanDocument.RKT, PlanDocument.RENSTRA)]
    agreed = tuple(dict.fromkeys(line.target for line in _lines(figures, indicator))) if year == figures.year else ()
    yield StoredFigure(What.TARGET, names, year, agreed, indicator.code, "PK")
    for aim in plans:
        yield StoredFigure(What.TARGET, names, year, (aim.value,) if aim.value else (), indicator.code, aim.document)
    realised = figures.realised(indicator, year).value
    yield StoredFigure(What.REALISATION, names, year, (realised,) if realised else (), indicator.code)
    counted = figures.aim(indicator, year)
    yield StoredFigure(
        What.ACHIEVEMENT, names, year, _printed(figures.achievement(indicator, year)), indicator.code, counted.document
    )
    for aim in plans:
        if aim.value is not None and aim.document != counted.document:
            share = _printed(figures.achievement(indicator, year, aim))
            yield StoredFigure(What.ACHIEVEMENT, names, year, share, indicator.code, aim.document)


def _lines(figures: Figures, indicator: Indicator) -> list[AgreementLine]:
    """The lines of the agreement in force, then of the first one, on an indicator."""
    found = [*figures.lines_of(figures.agreement), *figures.lines_of(figures.first_agreement)]
    return [line for line in found if line.indicator == indicator.code]


def _names(figures: Figures, indicator: Indicator) -> tuple[str, ...]:
    wordings = [line.wording for line in _lines(figures, indicator)]
    return tuple(dict.fromkeys(name for name in (indicator.name, *wordings) if name))


def _printed(figure: Computed) -> tuple[Value, ...]:
    """A percentage and, where a cap cut it, what it was before."""
    known = [amount for amount in (figure.value, figure.raw) if amount is not None]
    return tuple(dict.fromkeys(Value(ValueKind.PERCENT, amount) for amount in known))


def _of_budget(figures: Figures) -> Iterator[StoredFigure]:
    versions = sorted(figures.snapshot.budget_versions, key=lambda version: version.order, reverse=True)
    budgets = [figures.budget_of(version) for version in versions]
    for node in figures.walk():
        amounts = [each[node.code] for each in budgets if node.code in each]
        if not amounts:
            continue
        agreed = [line.amount for line in figures.snapshot.agreement_programmes if line.node == node.code]
        yield from _of_node(figures, node, [*amounts, *agreed])


def _of_node(figures: Figures, node: Node, amounts: list[Decimal]) -> Iterator[StoredFigure]:
    names = (node.title,)
    yield StoredFigure(What.BUDGET, names, figures.year, _money(amounts), node.code)
    spent = figures.spent.get(node.code)
    yield StoredFigure(What.SPENT, names, figures.year, _money([] if spent is None else [spent]), node.code)
    yield StoredFigure(What.ABSORPTION, names, figures.year, _printed(figures.absorption(node)), node.code)


def _money(amounts: list[Decimal]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(Value(ValueKind.NUMBER, amount) for amount in amounts))
