"""What is open in one agency and year, out of the database by three queries: work in progress, deadlines, the board."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.db.models import (
    Q,
)

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.board import Agreements, Board, GateCount, board, gate_counts
from selaras.core.deadlines import Due, Matter, Slot, due_days
from selaras.core.duties import Item, Work
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import COLUMN_OF, WRITERS, State, TeamRole
from selaras.core.measurement.records import Explanation, Obstacle, Realisation, Spending
from selaras.core.org import AgencyKind, Position
from selaras.core.pending import Gap, Pending
from selaras.core.period import Period, Span
from selaras.core.planning import (
    BudgetLine,
    BudgetVersion,
    Indicator,
    Node,
    NodeLevel,
    StrategicPlan,
    Target,
    WeightedPart,
)
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.rulebook import load
from selaras.rulebook.deadlines import load_deadlines
from selaras.rulebook.limits import load_limits
from selaras.store import models as tables
from selaras.store.models.work import AgreementState, EditionState
from selaras.store.open_work import Line, lines_of
from selaras.store.together import load_together

KINDS: Collection[type[Any]] = (
    ReportSettings, Position, Node, Indicator, WeightedPart, Target, Realisation, Explanation, BudgetVersion,
    BudgetLine, Spending, Agreement, AgreementLine, Obstacle,
)  # fmt: skip
FOR_GATES: Collection[type[Any]] = (
    ReportSettings, StrategicPlan, Node, Indicator, WeightedPart, Target, Realisation, BudgetVersion, BudgetLine,
    Agreement, AgreementLine, AgreementProgramme, HeadGoal,
)  # fmt: skip
TREND_YEARS = 5
"""How many years of values the board draws (`core.board`)."""
KEPT = 64
"""How many boards one process remembers."""
Key = TypeVar("Key")
Made = TypeVar("Made")

_boards: OrderedDict[tuple[str, int, str, date], Board] = OrderedDict()
_gates: OrderedDict[tuple[str, int, str], tuple[GateCount, ...]] = OrderedDict()
_lock = Lock()


def board_of(agency_code: str, year: int, today: date) -> Board:
    """The state of one agency's year on a day, by three queries; by one where nothing has happened since the last look.

    Raises NotFound.
    """
    return _kept(_boards, (agency_code, year, _stamp(agency_code), today), lambda: _made(agency_code, year, today))


def gates_of(agency_code: str, year: int) -> tuple[GateCount, ...]:
    """What disagrees in the data of one agency's year, by two queries, or by one as for `board_of`. Raises NotFound."""

    def made() -> tuple[GateCount, ...]:
        return gate_counts(_figures(load_together(agency_code, year, FOR_GATES)))

    return _kept(_gates, (agency_code, year, _stamp(agency_code)), made)


def _stamp(agency_code: str) -> str:
    """What changes with every act on an agency: the hash of its last audit record."""
    rows = tables.AuditRecord.objects.filter(agency=agency_code).order_by("-at", "-pk").values_list("hash", flat=True)
    return rows.first() or ""


def _kept(memory: OrderedDict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    with _lock:
        if key in memory:
            memory.move_to_end(key)
            return memory[key]
    made = make()
    with _lock:
        memory[key] = made
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return made


def deadlines_of(agency: int, year: int) -> dict[Slot, date]:
    """The days that an agency has set itself for a year."""
    rows = tables.Deadline.objects.filter(agency_id=agency, year=year).values_list("what", "span", "index", "due")
    return {_slot(what, span, index): due for what, span, index, due in rows}


def dues_of(agency: int, kind: AgencyKind, year: int) -> dict[Slot, Due]:
    """Every slot of a year with the day that counts and the proposal beside it, by two queries."""
    versions = tables.BudgetVersion.objects.filter(agency_id=agency, year=year).order_by("order")
    first = versions.values_list("dated", flat=True).first()
    rules = load_deadlines(date(year, 12, 31))
    return due_days(rules, kind, year, budget_on=first, own=deadlines_of(agency, year))


def _made(agency_code: str, year: int, today: date) -> Board:
    snapshot = load_together(agency_code, year, KINDS, where=_shown(agency_code, year), placed=False)
    lines = list(lines_of(agency_code, year, today))
    versions = sorted(snapshot.budget_versions, key=lambda version: version.order)
    own = {_slot(line.key, line.state, line.number): line.due for line in lines if line.part == "deadline" and line.due}
    last = date(year, 12, 31)
    due = due_days(
        load_deadlines(last), snapshot.agency.kind, year, budget_on=versions[0].dated if versions else None, own=own
    )
    pending = Pending(_figures(snapshot), load_limits(last), today, due)
    agreements = list(_agreements(pending, lines))
    gaps = [_gap(line, year) for line in lines if line.part in {"missing", "submitted"}]
    items = (
        *pending.measurement(gaps), *pending.unexplained(), *pending.spending(), *pending.obstacles(), *agreements,
        *_in_progress(pending, lines), *_evaluated(lines), *_reform(lines, year), *_registers(lines),
    )  # fmt: skip
    missing = tuple(item.title for item in agreements if not item.key)
    owed = len({item.promiser for item in snapshot.agreements}) + len(missing)
    unsigned = tuple(item.title for item in agreements if item.key)
    return board(pending, items, agreements=Agreements(owed, unsigned, missing))


def _figures(snapshot: Snapshot) -> Figures:
    return Figures(snapshot, load(snapshot.settings.signed_on or date(snapshot.year, 12, 31)))


def _shown(agency_code: str, year: int) -> dict[type[Any], Q]:
    """Of indicators and their values only those of sasaran and the parts they are made of: the others may be many.

    Only this year's targets count for what is open; values reach back as far as the lines that are drawn of them.
    """
    parts = tables.WeightedPart.objects.filter(agency__code=agency_code).values("part")

    def of(path: str) -> Q:
        return Q(**{f"{path}node__level": NodeLevel.SASARAN.value}) | Q(**{f"{path}pk__in": parts})

    values = of("indicator__")
    return {
        Indicator: of(""), Explanation: values, Target: values & Q(year=year),
        Realisation: values & Q(year__gt=year - TREND_YEARS),
    }  # fmt: skip


def _gap(line: Line, year: int) -> Gap:
    period = Period(year, Span(line.state), line.number)
    return Gap(line.key, line.title, line.place, line.position, period, line.author, line.part == "submitted")


# ---- agreements ------------------------------------------------------------------------------------------------------


def _agreements(pending: Pending, lines: list[Line]) -> Iterator[Item]:
    """What is to be done on the latest version of each agreement, and on those that the plan asks for and nobody began."""
    snapshot, due = pending.figures.snapshot, pending.due_on(Matter.AGREEMENT)
    titles = {item.code: item.title for item in snapshot.positions}
    units = {item.code: item.unit for item in snapshot.positions}
    states = {line.key: line for line in lines if line.part == "agreement"}
    latest: dict[str, Agreement] = {}
    for item in sorted(snapshot.agreements, key=lambda item: item.version):
        latest[item.promiser] = item
    for item in latest.values():
        line = states.get(item.code)
        state = line.state if line else AgreementState.SIGNED.value if item.signed_on else AgreementState.DRAFT.value
        found = _next(item, state)
        if found is not None:
            work, position = found
            unit = units.get(item.promiser, "")
            title = titles.get(item.promiser, item.promiser)
            yield Item(work, item.code, title, "", unit, position, due=due, note=line.state if line else "")
    for line in lines:
        if line.part == "owing":
            unit = units.get(line.key, "")
            yield Item(Work.DRAFT_AGREEMENT, "", line.title, "", unit, line.key, due=due, note="belum disusun")


def _next(agreement: Agreement, state: str) -> tuple[Work, str] | None:
    """What comes next for an agreement in a state, and whose position does it."""
    superior = agreement.superior
    steps: dict[str, tuple[Work, str] | None] = {
        AgreementState.DRAFT.value: (Work.DRAFT_AGREEMENT, agreement.promiser),
        AgreementState.RETURNED.value: (Work.DRAFT_AGREEMENT, agreement.promiser),
        AgreementState.PROPOSED.value: (Work.DECIDE_AGREEMENT, superior or agreement.promiser),
        AgreementState.AGREED.value: (Work.SIGN_AGREEMENT, agreement.promiser),
        AgreementState.SIGNED_BY_PROMISER.value: (Work.SIGN_AGREEMENT, superior) if superior else None,
    }
    return steps.get(state)


# ---- reports, reviews, follow-ups ------------------------------------------------------------------------------------


def _in_progress(pending: Pending, lines: list[Line]) -> Iterator[Item]:
    report_due = pending.due_on(Matter.REPORT)
    nodes = {item.code: item.node for item in pending.figures.snapshot.obstacles}
    for line in lines:
        if line.part == "chapter":
            yield Item(Work.WRITE, line.key, line.key, login=line.login, due=line.due or report_due, note=line.state)
        elif line.part == "edition" and (work := _EDITIONS.get(line.state)):
            yield Item(work, line.key, line.title, due=report_due, note=line.state)
        elif line.part == "case":
            yield Item(Work.REVIEW, line.key, line.title, login=line.login, due=line.due, note=line.state)
        elif line.part == "reading":
            yield Item(Work.CONFIRM_READING, line.key, line.title, note=str(line.number))
        elif line.part == "step":
            unit = pending.unit_of(nodes.get(line.key, ""))
            yield Item(Work.CONFIRM_FOLLOW_UP, line.key, line.title, unit=unit, author=line.author, note=line.state)
    if pending.is_over and not any(line.part == "edition" for line in lines) and pending.figures.measured:
        yield Item(Work.MAKE_REPORT, str(pending.year), f"Tahun {pending.year}", due=report_due)


def _evaluated(lines: list[Line]) -> Iterator[Item]:
    """What evaluations wait for: the self-assessment, each column's writers, documents, the follow-up of recommendations."""
    for line in lines:
        if line.part == "evaluation" and line.state == State.DRAFT.value:
            yield Item(Work.ASSESS, line.key, f"{line.title} {line.number}", unit=line.place, due=line.due)
        elif line.part == "member" and TeamRole(line.place) in WRITERS[COLUMN_OF[State(line.state)]][1]:
            yield Item(Work.EVALUATE, line.key, f"{line.title} {line.number}", login=line.login, note=line.state)
        elif line.part == "request":
            yield Item(Work.ANSWER_REQUEST, line.key, line.title, unit=line.place, due=line.due, note=line.author)
        elif line.part == "recommendation":
            work = _RECOMMENDATIONS.get(line.state, Work.FOLLOW_RECOMMENDATION)
            yield Item(
                work, line.key, line.title, unit=line.place, position=line.position, due=line.due, note=line.state,
                author=line.author if work is Work.CONFIRM_RECOMMENDATION else "",
            )  # fmt: skip


def _reform(lines: list[Line], year: int) -> Iterator[Item]:
    """Actions of the reform of whose last quarter nobody has reported."""
    for line in lines:
        if line.part == "reform":
            group = Period(year, Span.QUARTER, line.number).name
            yield Item(Work.REPORT_REFORM, line.key, line.title, group, line.place, line.position)


_RECOMMENDATIONS = {Stage.CLAIMED.value: Work.CONFIRM_RECOMMENDATION}
_EDITIONS = {
    EditionState.DRAFT.value: Work.MAKE_REPORT,
    EditionState.FROZEN.value: Work.APPROVE_REPORT,
    EditionState.IN_REVIEW.value: Work.APPROVE_REPORT,
    EditionState.RETURNED.value: Work.REVISE_REPORT,
    EditionState.APPROVED.value: Work.PUBLISH,
}


def _registers(lines: list[Line]) -> Iterator[Item]:
    """Records that are late or nearly: those given to a person are that person's, the others the desk's."""
    for line in lines:
        if line.part == "register":
            title = f"{line.title} ({line.number})"
            yield Item(Work.HANDLE_RECORDS, line.key, title, unit=line.place, login=line.login, due=line.due)


def _slot(what: str, span: str, index: int) -> Slot:
    return Slot(what, Span(span) if span else None, index)
