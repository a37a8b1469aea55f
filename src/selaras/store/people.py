"""Files of employees (SKP) as a person may read them: the own ones, those of the people below, the matrix of a team.

Whose file one reads follows from person and position alone (`core.people.privacy`), whatever the role; a file that one
may not read is not there. Reports over all files stand in `store.people_reports` and hold no ratings of persons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Realisation
from selaras.core.nip import mask
from selaras.core.org import Capacity
from selaras.core.people.feedback import Dialogue, Feedback
from selaras.core.people.objection import Objection, after, last_day
from selaras.core.people.privacy import may_read
from selaras.core.people.ratings import Predicate
from selaras.core.people.realisation import Assessment, Drawn, RowResult, realised
from selaras.core.people.rules import PeopleRules
from selaras.core.people.skp import SkpAnnex, SkpBehaviour, SkpPlan, SkpRow
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator
from selaras.rulebook import load
from selaras.rulebook.people import load_people
from selaras.store import models as tables
from selaras.store.people_rows import NAMED, Parts, objection_record, parts_of, plan_record
from selaras.store.register_skp import counted_of
from selaras.store.together import load_together

WITH = (*NAMED, "position__unit", "employee__unit", "assessor__superior", "objection")


class Standing(StrEnum):
    """What a person is to a plan."""

    OWN = "pegawai"
    ASSESSOR = "pejabat penilai"
    SUPERIOR = "atasan pejabat penilai"


@dataclass(frozen=True, slots=True)
class Me:
    """Who somebody is in one agency: the own register of staff, and the positions held today, in person or acting."""

    agency: str
    login: str
    employee: str
    name: str
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class Face:
    """A person in a position as a form prints it; `nip` as the reader may see it."""

    position: str
    title: str
    name: str = ""
    nip: str = ""
    rank: str = ""
    unit: str = ""
    capacity: Capacity = Capacity.DEFINITIVE


@dataclass(frozen=True, slots=True)
class PlanFile:
    """Everything of one plan. `standing` is what the reader is to it; `superior` the position above the assessor's."""

    plan: SkpPlan
    standing: frozenset[Standing]
    who: Face
    assessor: Face
    superior: Face
    note: str
    rows: tuple[SkpRow, ...]
    behaviours: tuple[SkpBehaviour, ...]
    annexes: tuple[SkpAnnex, ...]
    dialogues: tuple[Dialogue, ...]
    feedback: tuple[Feedback, ...]
    results: tuple[RowResult, ...]
    assessments: tuple[Assessment, ...]
    objection: Objection | None
    counted: bool = False
    """Some result counts itself from a register."""

    @property
    def annual(self) -> Assessment | None:
        """The rating of the year as it was given; an objection's decision is not in it (`final`)."""
        return next((item for item in self.assessments if item.period.span is Span.YEAR), None)

    @property
    def final(self) -> Assessment | None:
        """The rating of the year after the decision on an objection."""
        given = self.annual
        return after(given, self.objection) if given and self.objection else given

    @property
    def rules(self) -> PeopleRules:
        """The rules as they stand for the year of the plan."""
        return rules_of(self.plan.year)

    @property
    def predicate(self) -> Predicate | None:
        """The predicate of the year by the matrix; None while nothing is rated."""
        given = self.final
        return self.rules.matrix.predicate(given.results, given.behaviour) if given else None

    def typed(self, period: Period) -> dict[int, RowResult]:
        """What was typed for a period, by order of the row."""
        return {item.order: item for item in self.results if item.period == period}


def rules_of(year: int) -> PeopleRules:
    """The rules of stage people on the last day of a year."""
    return load_people(date(year, 12, 31))


def me_in(actor: Actor, agency: str) -> Me:
    """Who the actor is in an agency. One query for an employee.

    Raises NotFound and NotAllowed where the pages of the SKP are closed.
    """
    check_somewhere(actor, Act.KEEP_SKP, agency)
    held = frozenset(position for home, position in actor.positions if home == agency)
    if not actor.employed:
        return Me(agency, actor.login, "", actor.name, held)
    seats = tables.StaffSeat.objects.filter(user__username=actor.login, employee__agency__code=agency)
    code, name = seats.values_list("employee__code", "employee__name").first() or ("", actor.name)
    return Me(agency, actor.login, code, name, held)


def standing_of(me: Me, plan: SkpPlan, superior: str = "", objection: Objection | None = None) -> frozenset[Standing]:
    """What a person is to a plan; nothing for everybody else, who does not read it."""
    found = set()
    if (me.employee and me.employee == plan.employee) or (not plan.employee and plan.position in me.held):
        found.add(Standing.OWN)
    if plan.assessor and plan.assessor in me.held:
        found.add(Standing.ASSESSOR)
    if objection is not None and superior and superior in me.held:
        found.add(Standing.SUPERIOR)
    objections = [objection] if objection else []
    readable = may_read(plan, employee=me.employee, held=me.held, superior=superior, objections=objections)
    return frozenset(found) if readable else frozenset()


def plan_of(actor: Actor, agency: str, code: str, *, printed: bool = False) -> PlanFile:
    """One plan with everything on it. Four queries. NIPs of others are masked, but not on a form that is `printed`.

    Raises NotFound where there is none or the actor may not read it, NotAllowed.
    """
    me = me_in(actor, agency)
    row, standing = readable_row(me, code)
    parts = parts_of([row.pk]).get(row.code)
    assessor, superior = row.assessor, row.assessor.superior if row.assessor else None
    faces = holders_of(row, [row.position, *filter(None, (assessor, superior))])
    whole = bool(standing & {Standing.OWN, Standing.ASSESSOR})
    who = face_of(row, faces, whole=whole)
    if not (whole and printed):
        faces = {position: replace(face, nip=mask(face.nip)) for position, face in faces.items()}
    empty: Face = Face("", "")
    objection = objection_of(row)
    parts = parts or Parts()
    return PlanFile(
        plan_record(row), standing, who, faces.get(assessor.code, empty) if assessor else empty,
        faces.get(superior.code, empty) if superior else empty, row.note, tuple(parts.rows), tuple(parts.behaviours),
        tuple(parts.annexes), tuple(parts.dialogues), tuple(parts.feedback), tuple(parts.results),
        tuple(parts.assessments), objection, bool(row.counted),  # type: ignore[attr-defined]
    )  # fmt: skip


def measured_of(agency: str, year: int, rows: Iterable[SkpRow]) -> tuple[dict[str, Indicator], tuple[Realisation, ...]]:
    """The indicators that some rows mean and their realisations of a year, by one query; none where no row means one."""
    codes = {row.indicator for row in rows if row.indicator}
    if not codes:
        return {}, ()
    where = {Indicator: Q(code__in=codes), Realisation: Q(indicator__code__in=codes, year=year)}
    found = load_together(agency, year, {Indicator, Realisation}, where=where)
    return {item.code: item for item in found.indicators}, found.realisations


def realisations_of(agency: str, file: PlanFile, period: Period) -> dict[int, Drawn]:
    """The realisation of every row through a period, by order: counted, from measurement, else as typed.

    One query; where some row is bound to a register one more, and three for each that is.
    """
    counted = counted_of(agency, file.plan, period) if file.counted else {}
    indicators, values = measured_of(agency, file.plan.year, file.rows)
    typed = file.typed(period)
    return {
        row.order: realised(
            row,
            period,
            indicator=indicators.get(row.indicator),
            realisations=values,
            typed=typed.get(row.order),
            counted=counted.get(row.order),
        )
        for row in file.rows
    }


def objection_until(plan: SkpPlan, received: date) -> date:
    """The last day for an objection to a result that was received on a day. Raises Refusal where holidays are unknown."""
    law = load(received)
    return last_day(received, rules_of(plan.year).objection, law.holidays, law.collective_leave)


def superior_rows(agency: str, plan: SkpPlan) -> tuple[SkpRow, ...]:
    """The rows of the assessor's plans of the same year: what a row can support. Two queries."""
    if not plan.assessor:
        return ()
    rows = tables.SkpPlan.objects.filter(agency__code=agency, year=plan.year, position__code=plan.assessor)
    parts = parts_of(list(rows.values_list("pk", flat=True)), ["rows"])
    return tuple(row for found in parts.values() for row in found.rows)


def plan_row(agency: str, code: str) -> tables.SkpPlan:
    """The row of a plan with what its record needs; one query, no look at rights. Raises NotFound."""
    counted = Exists(tables.RegisterSkpBinding.objects.filter(row__plan=OuterRef("pk")))
    rows = tables.SkpPlan.objects.select_related(*WITH).annotate(counted=counted)
    row = rows.filter(agency__code=agency, code=code).first()
    if row is None:
        raise missing_plan(code)
    return row


def readable_row(me: Me, code: str) -> tuple[tables.SkpPlan, frozenset[Standing]]:
    """The row of a plan and what the person is to it; one query. Raises NotFound for who may not read it."""
    row = plan_row(me.agency, code)
    superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
    standing = standing_of(me, plan_record(row), superior, objection_of(row))
    if not standing:
        raise missing_plan(code)
    return row, standing


def missing_plan(code: str) -> NotFound:
    """The same for a plan that is not there and for one that somebody else may read."""
    return NotFound(f"SKP {code} tidak ditemukan.")


def objection_of(row: tables.SkpPlan) -> Objection | None:
    """The objection to the rating of a plan that was read with it; None where there is none."""
    found = getattr(row, "objection", None)
    return objection_record(found, row.code) if found else None


def face_of(row: tables.SkpPlan, holders: Mapping[str, Face], *, whole: bool) -> Face:
    """Whose plan it is: the employee, else the holder of the position; NIP in full only for who needs it whole."""
    capacity = Capacity(row.capacity)
    if row.employee:
        unit = row.employee.unit or row.position.unit
        nip = row.employee.nip if whole else mask(row.employee.nip)
        return Face(
            row.position.code, row.position.title, row.employee.name, nip, row.employee.rank, unit.name if unit else "",
            capacity,
        )  # fmt: skip
    holder = holders.get(row.position.code)
    unit = row.position.unit
    name, nip, rank = (holder.name, holder.nip, holder.rank) if holder else ("", "", "")
    shown = nip if whole else mask(nip)
    return Face(row.position.code, row.position.title, name, shown, rank, unit.name if unit else "", capacity)


def holders_of(row: tables.SkpPlan, positions: Collection[tables.Position]) -> dict[str, Face]:
    """Who holds some positions at the end of a plan, by code of position; one query."""
    found = {item.code: Face(item.code, item.title) for item in positions}
    tenures = held_on(row.until).filter(position__in=positions).order_by("-capacity", "-since")
    for position, title, name, nip, rank, capacity, unit in tenures.values_list(
        "position__code", "position__title", "name", "nip", "rank", "capacity", "position__unit__name"
    ):
        if not found[position].name or Capacity(capacity) is Capacity.DEFINITIVE:
            found[position] = Face(position, title, name, nip, rank, unit or "", Capacity(capacity))
    return found


def held_on(day: date) -> QuerySet[tables.Tenure]:
    """The tenures that hold on a day."""
    began = Q(since__isnull=True) | Q(since__lte=day)
    return tables.Tenure.objects.filter(began & (Q(until__isnull=True) | Q(until__gte=day)))
