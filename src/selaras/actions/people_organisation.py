"""The predicate of an organisation or unit: decided by a named person above it, beside what the rules propose."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from selaras.actions._people import named, words
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.people.organisation import OrganisationDecision, decide
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.period import Period
from selaras.store import models as tables
from selaras.store.people_organisation import organisation_of
from selaras.store.snapshot import find_agency

KIND = "Predikat organisasi"


def decide_organisation(
    by: Actor, *, agency: str, period: Period, predicate: OrganisationPredicate, decider: str, unit: str = "",
    expectation: Rating | None = None, reason: str = "", advice: str = "", on: date | None = None,
) -> OrganisationDecision:  # fmt: skip
    """Decide the predicate of a unit (empty: of the agency) in a period, as holder of the position `decider`.

    The decider holds a position above the head of the unit and is named in the decision; where it departs from the
    proposal there is a reason. It may be decided anew. Raises Refusal, NotAllowed, NotFound.
    """
    with traced(
        by, action="menetapkan predikat organisasi", agency=agency, act=Act.DECIDE_ORGANISATION, unit=unit
    ) as trace:
        pk, _ = find_agency(agency)
        place = named(tables.Unit, pk, unit, "Unit")
        position = named(tables.Position, pk, decider, "Jabatan")
        if position is None or (agency, decider) not in by.positions:
            raise NotAllowed(f"{by.name} tidak memegang jabatan yang menetapkan predikat ini.")
        view = organisation_of(agency, period, unit, expectation)
        _refuse_beside(pk, view.head, decider)
        made = decide(
            view.facts, view.proposal, predicate=predicate, decider=decider, decider_name=by.name,
            on=_past(on), reason=words(reason, "Alasan", empty=True), advice=words(advice, "Pertimbangan", empty=True),
            head=view.head,
        )  # fmt: skip
        where = {"agency_id": pk, "unit": place, "year": period.year, "span": period.span.value, "index": period.index}
        before = tables.OrganisationDecision.objects.filter(**where).values_list("predicate", flat=True).first() or ""
        tables.OrganisationDecision.objects.update_or_create(
            **where,
            defaults={
                "predicate": predicate.value, "decider": position, "decider_name": by.name, "on": made.on,
                "proposed": made.proposed.value if made.proposed else "", "reason": made.reason, "advice": made.advice,
            },
        )  # fmt: skip
        trace |= {"unit": unit, "period": period.name}
        trace.changed(KIND, f"{unit or agency} {period.name}", "Predikat", before, predicate, made.reason)
    return made


def _refuse_beside(agency: int, head: str, decider: str) -> None:
    """Refuse a decider who is not above the head of the unit; without a head nobody is known to be above."""
    if not head:
        raise Refusal(
            "Predikat tidak ditetapkan.",
            Fault("pimpinan unit belum dicatat", expected="jabatan yang memimpin unit",
                  remedy="Catat jabatan pimpinan unit pada halaman Organisasi."),
        )  # fmt: skip
    above = dict(tables.Position.objects.filter(agency=agency).values_list("code", "superior__code"))
    at, chain = above.get(head), []
    while at and at not in chain:
        chain.append(at)
        at = above.get(at)
    if decider != head and decider not in chain:
        fault = Fault(
            "bukan pimpinan di atas unit", read=decider, expected=" | ".join(chain) or "jabatan atasan pimpinan unit"
        )
        raise Refusal("Predikat tidak ditetapkan.", fault)


def _past(on: date | None) -> date:
    today = timezone.localdate()
    if on is not None and on > today:
        raise Refusal("Predikat tidak ditetapkan.", Fault("tanggal belum tiba", read=f"{on:%d-%m-%Y}"))
    return on or today
