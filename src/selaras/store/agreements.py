"""How far agreements are, who holds the positions that sign them, and what became of them: for pages and verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.org import Capacity
from selaras.core.period import Span
from selaras.core.planning import PlanDocument
from selaras.store import models as tables
from selaras.store.models import AgreementFlow, FieldChange, User
from selaras.store.models.work import AgreementState
from selaras.store.rows import all_tables

PARTS = (AgreementLine.__name__, AgreementProgramme.__name__)
DEADLINE = "perjanjian"
OPEN = frozenset({AgreementState.DRAFT, AgreementState.RETURNED})
"""As long as an agreement is so, its content may be changed; later it stands as it was proposed, agreed or signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for a party and when; empty as long as nobody has."""

    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Road:
    """How far one agreement is on the way to its signatures.

    `recorded` marks one that was signed outside and only entered here, without a signature of ours. `sha256` is the
    seal of what was proposed, agreed or signed last.
    """

    state: AgreementState
    note: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    promiser: Signature = Signature()
    superior: Signature = Signature()
    sha256: str = ""
    recorded: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether every party has signed."""
        return self.state is AgreementState.SIGNED

    @property
    def is_open(self) -> bool:
        """Whether its lines may still be changed."""
        return self.state in OPEN


def roads_of(agency: str, agreements: Sequence[Agreement]) -> dict[str, Road]:
    """How far each of some agreements is, by code, by one query."""
    rows = AgreementFlow.objects.filter(
        agreement__agency__code=agency, agreement__code__in=[item.code for item in agreements]
    )
    found = {row.agreement.code: row for row in rows.select_related("agreement")}
    return {item.code: road_of(item, found.get(item.code)) for item in agreements}


def road_of(agreement: Agreement, row: AgreementFlow | None) -> Road:
    """How far one agreement is; without a row of its own by whether a day of signing was entered."""
    if row is None:
        signed = agreement.signed_on is not None
        return Road(AgreementState.SIGNED if signed else AgreementState.DRAFT, recorded=signed)
    return Road(
        state=AgreementState(row.state),
        note=row.note,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        promiser=Signature(row.promiser_signed_by, row.promiser_signed_at),
        superior=Signature(row.superior_signed_by, row.superior_signed_at),
        sha256=row.sha256,
        recorded=row.state == AgreementState.SIGNED.value and row.promiser_signed_at is None,
    )


def closed_agreements(agency: int) -> dict[str, AgreementState]:
    """The agreements of an agency whose content stands, by code: proposed, agreed, or signed by a party here."""
    rows = AgreementFlow.objects.filter(agreement__agency_id=agency).exclude(state__in=[state.value for state in OPEN])
    return {code: AgreementState(state) for code, state in rows.values_list("agreement__code", "state")}


def owing(agency: int | str, year: int) -> QuerySet[tables.Position]:
    """The positions inside that owe an agreement for a year by the plan: with an indicator that has a target then.

    So does who signs the year's report, as soon as there is any indicator. `agency` is its row or its code.
    """
    of = {"agency_id": agency} if isinstance(agency, int) else {"agency__code": agency}
    targets = tables.Target.objects.filter(
        **of, indicator__responsible=OuterRef("pk"), year=year, span=Span.YEAR.value
    ).exclude(document=PlanDocument.ACTION_PLAN.value)
    signs = tables.ReportSettings.objects.filter(**of, year=year, signatory=OuterRef("pk"))
    planned = Exists(tables.Indicator.objects.filter(**of))
    return tables.Position.objects.filter(Exists(targets) | Exists(signs) & planned, **of, outside=False)


def seated(agency: str, position: str, day: date) -> list[User]:
    """The people with an account who hold a position on a day, in person or acting."""
    seats = tables.Tenure.objects.filter(_on(day), agency__code=agency, position__code=position, seat__isnull=False)
    return list(User.objects.filter(pk__in=seats.values("seat__user"), is_active=True))


def capacity_of(agency: str, position: str, login: str, day: date) -> Capacity | None:
    """In what capacity a person holds a position on a day: the definitive one first; None if in none."""
    held = tables.Tenure.objects.filter(
        _on(day), agency__code=agency, position__code=position, seat__user__username=login
    ).values_list("capacity", flat=True)
    return min(map(Capacity, held), key=list(Capacity).index, default=None)


def history_of(agency: str, code: str, *, most: int = 60) -> list[FieldChange]:
    """What happened to an agreement, its lines and its programmes, newest first."""
    own = Q(kind=Agreement.__name__, key=code)
    parts = Q(kind__in=PARTS, key__startswith=f"{code} ")
    return list(FieldChange.objects.filter(own | parts, agency=agency).order_by("-pk")[:most])


def part_row(agency: int, kind: type[AgreementLine | AgreementProgramme], code: str, order: int) -> int | None:
    """The row key of one line or programme of an agreement, for a link to its form; None if there is none."""
    rows = all_tables()[kind].rows.filter(agency_id=agency, agreement__code=code, order=order)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def _on(day: date) -> Q:
    began = Q(since__isnull=True) | Q(since__lte=day)
    return began & (Q(until__isnull=True) | Q(until__gte=day))
