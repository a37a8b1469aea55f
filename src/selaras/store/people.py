"""Files of employees (SKP) as a person may read them: the own ones, those of the people below, the matrix of a team.

Whose file one reads follows from person and position alone (`core.people.privacy`), whatever the role; a file that one
may not read is not there. Reports over all files stand in `store.people_reports` and hold no ratings of persons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Realisation
from selaras.core.nip import compact, mask
from selaras.core.org import Capacity
from selaras.core.people.feedback import Dialogue, Feedback
from selaras.core.people.matrix import Cell, Matrix, Member, TeamRole
from selaras.core.people.matrix import columns as columns_of
from selaras.core.people.objection import Objection, after, last_day
from selaras.core.people.privacy import may_read
from selaras.core.people.ratings import Predicate, Rating
from selaras.core.people.realisation import Assessment, Drawn, RowResult, realised
from selaras.core.people.rules import PeopleRules
from selaras.core.people.skp import SkpAnnex, SkpBehaviour, SkpPlan, SkpRow, SkpState
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator
from selaras.core.value import Value
from selaras.rulebook import load
from selaras.rulebook.people import load_people
from selaras.store import models as tables
from selaras.store.models.columns import VALUE_PARTS, value_of
from selaras.store.people_rows import NAMED, Parts, objection_record, parts_of, plan_record
from selaras.store.rows import tidy
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
class PlanLine:
    """One plan in a list of one's own or of one's subordinates.

    `predicate` is that of the year's rating, after the decision on an objection; None while there is none.
    """

    plan: SkpPlan
    who: Face
    assessor: str
    rows: int
    feedback: int
    last_feedback: date | None
    predicate: Predicate | None
    objected: bool
    note: str


@dataclass(frozen=True, slots=True)
class Subordinate:
    """Somebody below: with a plan, or without one yet (`line` is None; `employee` or `position` says who it is)."""

    who: Face
    employee: str
    line: PlanLine | None


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


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix of a team as one may see it: whole for the leader and above, one's own row for a member."""

    matrix: Matrix
    leader: Face
    standing: frozenset[Standing]
    positions: Mapping[str, str]
    """Titles by code of position."""


def rules_of(year: int) -> PeopleRules:
    """The rules of stage people on the last day of a year."""
    return load_people(date(year, 12, 31))


def me_in(actor: Actor, agency: str) -> Me:
    """Who the actor is in an agency. One query; Raises NotFound and NotAllowed where the pages of the SKP are closed."""
    check_somewhere(actor, Act.KEEP_SKP, agency)
    held = frozenset(position for home, position in actor.positions if home == agency)
    if not actor.login:
        return Me(agency, "", "", actor.name, held)
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


def my_plans(actor: Actor, agency: str, year: int) -> tuple[PlanLine, ...]:
    """One's own plans of a year, in the order of their time. Three queries."""
    me = me_in(actor, agency)
    own = Q(employee__isnull=True, position__code__in=me.held)
    if me.employee:
        own |= Q(employee__code=me.employee)
    return _lines(tables.SkpPlan.objects.filter(own, agency__code=agency, year=year).order_by("since", "pk"))


def subordinates(actor: Actor, agency: str, year: int, *, open_only: bool = False) -> tuple[Subordinate, ...]:
    """The people whose assessor the actor is: those with a plan, then positions and employees without one.

    Without a plan stand the positions directly below one's own, and the employees of the unit that one heads. Five
    queries. `open_only` leaves out whose plan is final.
    """
    me = me_in(actor, agency)
    if not me.held:
        return ()
    rows = tables.SkpPlan.objects.filter(agency__code=agency, year=year, assessor__code__in=me.held)
    lines = _lines(rows.order_by("position__order", "position__code", "since"))
    found = [Subordinate(line.who, line.plan.employee, line) for line in lines]
    if open_only:
        found = [item for item in found if item.line and item.line.plan.state is not SkpState.FINAL]
    return (*found, *_without(me, year))


def plan_of(actor: Actor, agency: str, code: str, *, printed: bool = False) -> PlanFile:
    """One plan with everything on it. Four queries. NIPs of others are masked, but not on a form that is `printed`.

    Raises NotFound where there is none or the actor may not read it, NotAllowed.
    """
    me = me_in(actor, agency)
    row, standing = readable_row(me, code)
    parts = parts_of([row.pk]).get(row.code)
    assessor, superior = row.assessor, row.assessor.superior if row.assessor else None
    faces = _holders(row, [row.position, *filter(None, (assessor, superior))])
    whole = bool(standing & {Standing.OWN, Standing.ASSESSOR})
    who = _face(row, faces, whole=whole)
    if not (whole and printed):
        faces = {position: replace(face, nip=mask(face.nip)) for position, face in faces.items()}
    empty: Face = Face("", "")
    objection = _objection(row)
    parts = parts or Parts()
    return PlanFile(
        plan_record(row), standing, who, faces.get(assessor.code, empty) if assessor else empty,
        faces.get(superior.code, empty) if superior else empty, row.note, tuple(parts.rows), tuple(parts.behaviours),
        tuple(parts.annexes), tuple(parts.dialogues), tuple(parts.feedback), tuple(parts.results),
        tuple(parts.assessments), objection,
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
    """The realisation of every row through a period, by order: from measurement, else as typed. One query."""
    indicators, values = measured_of(agency, file.plan.year, file.rows)
    typed = file.typed(period)
    return {
        row.order: realised(
            row, period, indicator=indicators.get(row.indicator), realisations=values, typed=typed.get(row.order)
        )
        for row in file.rows
    }


def matrix_of(actor: Actor, agency: str, code: str, *, printed: bool = False) -> MatrixView:
    """The matrix under a leader's plan. Five queries, one more for who holds the leader's position when `printed`.

    The leader and the leader's assessor see it whole, a member the own row. Raises NotFound for everybody else.
    """
    me = me_in(actor, agency)
    row = _plan_row(me.agency, code)
    plan, objection = plan_record(row), _objection(row)
    superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
    standing = standing_of(me, plan, superior, objection)
    matrix, positions = load_matrix(row)
    if not standing:
        members = tuple(item for item in matrix.members if me.employee and item.employee == me.employee)
        if not members:
            raise _missing(code)
        cells = tuple(cell for cell in matrix.cells if cell.employee == me.employee)
        matrix = Matrix(matrix.leader, matrix.results, members, cells)
    holders = _holders(row, [row.position]) if printed else {}
    return MatrixView(matrix, _face(row, holders, whole=False), standing, positions)


def load_matrix(row: tables.SkpPlan) -> tuple[Matrix, dict[str, str]]:
    """The whole matrix under a plan, and the titles of the members' positions; three queries, no look at rights."""
    members = list(row.members.select_related("employee", "position").order_by("order", "pk"))
    cells = tables.MatrixCell.objects.filter(member__leader=row).order_by("member", "result", "order")
    columns = ("member__employee__code", "result", "order", "text", "measure", "unit", "aspect", "indicator__code")
    made = tuple(
        Cell(employee, result, order, words, measure, _value(value), unit, aspect, indicator or "")
        for employee, result, order, words, measure, unit, aspect, indicator, *value in cells.values_list(
            *columns, *(f"target_{part}" for part in VALUE_PARTS)
        )
    )
    parts = parts_of([row.pk], ["rows"]).get(row.code)
    team = tuple(
        Member(
            item.employee.code, TeamRole(item.role), item.position.code if item.position else "", item.employee.name,
            item.order,
        )
        for item in members
    )  # fmt: skip
    titles = {item.position.code: item.position.title for item in members if item.position}
    return Matrix(plan_record(row), columns_of(parts.rows if parts else ()), team, made), titles


def team_candidates(agency: str, year: int, leader: str, search: str = "", most: int = 30) -> tuple[Face, ...]:
    """Employees who are not yet in the team of a leader's plan, by name or job; one query."""
    inside = tables.MatrixMember.objects.filter(leader__agency__code=agency, leader__code=leader)
    found = tables.Employee.objects.filter(agency__code=agency).exclude(pk__in=inside.values("employee"))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(job__icontains=search) | Q(code=search))
    del year
    rows = found.order_by("name", "pk").values_list("code", "name", "job", "rank", "unit__name")[:most]
    return tuple(Face(code, job, name, "", rank, unit or "") for code, name, job, rank, unit in rows)


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


def _plan_row(agency: str, code: str) -> tables.SkpPlan:
    row = tables.SkpPlan.objects.select_related(*WITH).filter(agency__code=agency, code=code).first()
    if row is None:
        raise _missing(code)
    return row


def readable_row(me: Me, code: str) -> tuple[tables.SkpPlan, frozenset[Standing]]:
    """The row of a plan and what the person is to it; one query. Raises NotFound for who may not read it."""
    row = _plan_row(me.agency, code)
    superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
    standing = standing_of(me, plan_record(row), superior, _objection(row))
    if not standing:
        raise _missing(code)
    return row, standing


def _missing(code: str) -> NotFound:
    """The same for a plan that is not there and for one that somebody else may read."""
    return NotFound(f"SKP {code} tidak ditemukan.")


def _objection(row: tables.SkpPlan) -> Objection | None:
    found = getattr(row, "objection", None)
    return objection_record(found, row.code) if found else None


def _lines(rows: QuerySet[tables.SkpPlan]) -> tuple[PlanLine, ...]:
    """Plans that the person may read, as lines of a list; two queries."""
    annual = tables.SkpAssessment.objects.filter(plan=OuterRef("pk"), year=OuterRef("year"), span=Span.YEAR.value)
    annual = annual.order_by()
    told = tables.SkpFeedback.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    counted = tables.SkpRow.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    found = list(
        rows.select_related(*WITH).annotate(
            row_count=Subquery(counted.annotate(n=Count("pk")).values("n")),
            feedback_count=Subquery(told.annotate(n=Count("pk")).values("n")),
            feedback_last=Subquery(told.annotate(n=Max("on")).values("n")),
            annual_results=Subquery(annual.values("results")[:1]),
            annual_behaviour=Subquery(annual.values("behaviour")[:1]),
        )
    )
    holders = _holders_of_many(found)
    return tuple(_line(row, holders) for row in found)


def _line(row: Any, holders: Mapping[int, Face]) -> PlanLine:
    plan, objection = plan_record(row), _objection(row)
    return PlanLine(
        plan, _face(row, {row.position.code: holders[row.pk]} if row.pk in holders else {}, whole=False),
        row.assessor.title if row.assessor else "", row.row_count or 0, row.feedback_count or 0, row.feedback_last,
        _predicate(row, plan, objection), objection is not None, row.note,
    )  # fmt: skip


def _predicate(row: Any, plan: SkpPlan, objection: Objection | None) -> Predicate | None:
    if not row.annual_results:
        return None
    results, behaviour = Rating(row.annual_results), Rating(row.annual_behaviour)
    given = Assessment(plan.code, Period(plan.year), results, behaviour, plan.assessor, plan.until)
    final = after(given, objection) if objection else given
    return rules_of(plan.year).matrix.predicate(final.results, final.behaviour)


def _face(row: tables.SkpPlan, holders: Mapping[str, Face], *, whole: bool) -> Face:
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


def _holders(row: tables.SkpPlan, positions: Collection[tables.Position]) -> dict[str, Face]:
    """Who holds some positions at the end of a plan, by code of position; one query."""
    found = {item.code: Face(item.code, item.title) for item in positions}
    tenures = _on(row.until).filter(position__in=positions).order_by("-capacity", "-since")
    for position, title, name, nip, rank, capacity, unit in tenures.values_list(
        "position__code", "position__title", "name", "nip", "rank", "capacity", "position__unit__name"
    ):
        if not found[position].name or Capacity(capacity) is Capacity.DEFINITIVE:
            found[position] = Face(position, title, name, nip, rank, unit or "", Capacity(capacity))
    return found


def _holders_of_many(rows: Collection[tables.SkpPlan]) -> dict[int, Face]:
    """Who holds the positions of the plans that name no employee, each at the end of its plan; one query."""
    wanted = {row.pk: row for row in rows if row.employee is None}
    if not wanted:
        return {}
    tenures = tables.Tenure.objects.filter(position__in={row.position_id for row in wanted.values()})
    found: dict[int, Face] = {}
    for tenure in tenures.select_related("position"):
        for pk, row in wanted.items():
            if tenure.position_id == row.position_id and _holds(tenure, row.until):
                better = Capacity(tenure.capacity) is Capacity(row.capacity)
                if pk not in found or better:
                    found[pk] = Face(row.position.code, row.position.title, tenure.name, tenure.nip, tenure.rank)
    return found


def _without(me: Me, year: int) -> tuple[Subordinate, ...]:
    """Who is below the person and has no plan in the year: positions first, then employees of the units headed."""
    of_year = tables.SkpPlan.objects.filter(agency__code=me.agency, year=year)
    bare = Q(superior__code__in=me.held, outside=False) & ~Q(pk__in=of_year.values("position"))
    today = timezone.localdate()
    day = today if today.year == year else date(year, 12, 31)
    holder = _on(day).filter(position=OuterRef("pk"))
    holder = holder.order_by(Case(When(capacity=Capacity.DEFINITIVE.value, then=0), default=1), "-since")
    chairs = tables.Position.objects.filter(bare | Q(code__in=me.held), agency__code=me.agency)
    found, taken = [], set()
    for code, title, unit, *person in (
        chairs.annotate(
            holder_name=Subquery(holder.values("name")[:1]),
            holder_nip=Subquery(holder.values("nip")[:1]),
            holder_rank=Subquery(holder.values("rank")[:1]),
        )
        .order_by("order", "sequence", "pk")
        .values_list("code", "title", "unit__name", "holder_name", "holder_nip", "holder_rank")
    ):
        name, nip, rank = (part or "" for part in person)
        taken |= {compact(nip)} if nip else set()
        if code not in me.held:
            found.append(Subordinate(Face(code, title, name, mask(nip), rank, unit or ""), "", None))
    heads = tables.Position.objects.filter(agency__code=me.agency, code__in=me.held, unit__isnull=False)
    staff = tables.Employee.objects.filter(agency__code=me.agency, unit__in=heads.values("unit"))
    staff = staff.exclude(pk__in=of_year.filter(employee__isnull=False).values("employee")).exclude(code=me.employee)
    for code, name, job, nip, rank, unit in staff.order_by("order", "name", "pk").values_list(
        "code", "name", "job", "nip", "rank", "unit__name"
    ):
        if not nip or compact(nip) not in taken:
            found.append(Subordinate(Face("", job, name, mask(nip), rank, unit or ""), code, None))
    return tuple(found)


def _on(day: date) -> QuerySet[tables.Tenure]:
    began = Q(since__isnull=True) | Q(since__lte=day)
    return tables.Tenure.objects.filter(began & (Q(until__isnull=True) | Q(until__gte=day)))


def _holds(tenure: tables.Tenure, day: date) -> bool:
    return (tenure.since is None or tenure.since <= day) and (tenure.until is None or day <= tenure.until)


def _value(parts: Any) -> Value | None:
    kind, amount, upper, grade, flag = parts
    return value_of(kind, tidy(amount), tidy(upper), grade, flag)
