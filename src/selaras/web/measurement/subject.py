"""What a page of one value is about: the indicator and the period, found, and what the person may do with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from selaras.core.access import Act, may
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Progress
from selaras.core.period import Period
from selaras.core.planning import Indicator
from selaras.core.reporting.entry import Entry
from selaras.core.reporting.figures import Figures
from selaras.store.measuring import figures_of, limits_of, load_indicators, load_place
from selaras.store.rows import key_text
from selaras.store.units import nearest_owner
from selaras.web.gate import InsideRequest
from selaras.web.measurement.lines import may_measure, period_url
from selaras.web.measurement.periods import period_of

KIND = "Realisation"


@dataclass(frozen=True)
class Subject:
    """The indicator and period of a page, found, and what the person may do with them."""

    request: InsideRequest
    figures: Figures
    indicator: Indicator
    period: Period

    @cached_property
    def entry(self) -> Entry:
        """The value seen through the figures."""
        return Entry(self.figures, self.indicator, self.period, limits_of(self.period.year))

    @cached_property
    def unit(self) -> str:
        """The unit that answers for the indicator."""
        tree = {node.code: (node.parent, node.owner) for node in self.figures.snapshot.nodes}
        return nearest_owner(self.indicator.node, tree)

    @property
    def key(self) -> str:
        """The natural key in words, under which comments and history stand."""
        return key_text((self.indicator.code, self.period))

    @property
    def state(self) -> Progress | None:
        """How far the value is; None where nothing was entered."""
        return self.entry.realisation.status if self.entry.realisation else None

    @property
    def may_measure(self) -> bool:
        """Whether the person may enter."""
        return may_measure(self.request.actor, self.agency, self.unit, self.indicator.responsible)

    @property
    def may_verify(self) -> bool:
        """Whether the person may verify, return and lock."""
        return may(self.request.actor, Act.VERIFY, self.agency, self.unit)

    @property
    def may_explain(self) -> bool:
        """Whether the person may write the explanation."""
        return may(self.request.actor, Act.EXPLAIN, self.agency, self.unit)

    @property
    def is_own(self) -> bool:
        """Whether the person entered the value, and so may not verify it."""
        realisation = self.entry.realisation
        return realisation is not None and realisation.entered_by.casefold() == self.request.actor.name.casefold()

    @property
    def agency(self) -> str:
        """The agency's code."""
        return self.request.place.code

    @property
    def url(self) -> str:
        """The address of the page."""
        return period_url(self.agency, self.indicator.code, self.period)

    @property
    def at(self) -> dict[str, Any]:
        """The value as the verbs name it."""
        return {"agency": self.agency, "indicator": self.indicator.code, "period": self.period}


def subject_of(request: InsideRequest, indicator: str, span: str, index: int, *, values: bool = True) -> Subject:
    """What a page is about, with the values of the indicator or only its place. Raises NotFound."""
    place = request.place
    period = period_of(place.year, span, index)
    snapshot = (
        load_indicators(place.code, place.year, {indicator}, places=True)
        if values else load_place(place.code, place.year, indicator)
    )  # fmt: skip
    figures = figures_of(snapshot)
    found = figures.indicators.get(indicator)
    if found is None:
        raise NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": indicator})
    return Subject(request, figures, found, period)
