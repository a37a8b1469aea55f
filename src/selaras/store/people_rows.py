"""Everything that hangs on SKPs, out of the tables by one query however many kinds and plans: rows, feedback, ratings."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Value

from selaras.core.org import Capacity
from selaras.core.people.feedback import Dialogue, Feedback, FeedbackKind, Occasion
from selaras.core.people.objection import Objection, Outcome
from selaras.core.people.ratings import Rating
from selaras.core.people.realisation import Assessment, RowResult
from selaras.core.people.skp import (
    AnnexKind,
    Method,
    Origin,
    Section,
    SkpAnnex,
    SkpBehaviour,
    SkpForm,
    SkpPlan,
    SkpRow,
    SkpState,
)
from selaras.core.period import Period, Span
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.arrays import AsArray
from selaras.store.models.columns import VALUE_PARTS, value_of
from selaras.store.rows import tidy
from selaras.store.together import DIGITS, exact_json

PERIOD = ("year", "span", "index")
NAMED = ("agency", "position", "employee", "assessor", "agreement")
"""What a row of a plan is read with, so that its record needs no further query."""


@dataclass(slots=True)
class Parts:
    """What hangs on one plan, each kind in the order of its own."""

    rows: list[SkpRow] = field(default_factory=list)
    behaviours: list[SkpBehaviour] = field(default_factory=list)
    annexes: list[SkpAnnex] = field(default_factory=list)
    dialogues: list[Dialogue] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    results: list[RowResult] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One table that hangs on plans: its columns, how a record is made of them, and in what order records stand."""

    model: type[models.Model]
    columns: tuple[str, ...]
    make: Callable[..., Any]
    order: Callable[[Any], Any]


def plan_record(row: tables.SkpPlan) -> SkpPlan:
    """The record of a row that was read with `NAMED`."""
    return plan_of_columns(
        row.code, row.year, row.position.code, row.form, row.method, row.since, row.until,
        row.employee.code if row.employee else "", row.assessor.code if row.assessor else "", row.capacity, row.cycle,
        row.agreement.code if row.agreement else "", row.unit, row.signed_at, row.signed_on, row.state,
    )  # fmt: skip


PLAN_COLUMNS = (
    "code", "year", "position__code", "form", "method", "since", "until", "employee__code", "assessor__code", "capacity",
    "cycle", "agreement__code", "unit", "signed_at", "signed_on", "state",
)  # fmt: skip
"""The columns of which `plan_of_columns` makes a record: many plans are read much faster so than as rows."""


def plan_of_columns(
    code: str, year: int, position: str, form: str, method: str, since: date, until: date, employee: str | None,
    assessor: str | None, capacity: str, cycle: str, agreement: str | None, unit: str, signed_at: str,
    signed_on: date | None, state: str,
) -> SkpPlan:  # fmt: skip
    """The record of a plan out of its `PLAN_COLUMNS`."""
    return SkpPlan(
        code, year, position, SkpForm(form), Method(method), since, until, employee or "", assessor or "",
        Capacity(capacity), Span(cycle), agreement or "", unit, signed_at, signed_on, SkpState(state),
        Place(record=f"SKP {code}"),
    )  # fmt: skip


def objection_record(row: tables.SkpObjection, plan: str) -> Objection:
    """The record of an objection to the rating of a plan."""
    return Objection(
        plan, row.received_on, row.filed_on, row.reason, row.decider, row.decided_on,
        Outcome(row.outcome) if row.outcome else None, Rating(row.results) if row.results else None,
        Rating(row.behaviour) if row.behaviour else None, row.ground, Place(record=f"SKP {plan}"),
    )  # fmt: skip


def parts_of(plans: Collection[int], kinds: Iterable[str] = ()) -> dict[str, Parts]:
    """What hangs on some plans (by number), by code of the plan; of some kinds only, if any are named. One query."""
    wanted = {name: KINDS[name] for name in kinds} or KINDS
    found: dict[str, Parts] = {}
    if not plans:
        return found
    first, *others = [_query(name, kind, plans) for name, kind in wanted.items()]
    for plan, name, cells in first.union(*others, all=True) if others else first:
        made = wanted[name].make(plan, *exact_json(cells))
        getattr(found.setdefault(plan, Parts()), name).append(made)
    for parts in found.values():
        for name, kind in wanted.items():
            getattr(parts, name).sort(key=kind.order)
    return found


def rows_at(numbers: Collection[int]) -> dict[int, SkpRow]:
    """Some results by their numbers, of whatever plans. One query."""
    kind = KINDS["rows"]
    rows = tables.SkpRow.objects.filter(pk__in=numbers).order_by()
    found = rows.values_list("pk", "plan__code", AsArray(*map(F, kind.columns)))
    return {pk: kind.make(plan, *exact_json(cells)) for pk, plan, cells in found}


def joined(parts: Mapping[str, Parts], name: str) -> tuple[Any, ...]:
    """The records of one kind of every plan."""
    return tuple(record for found in parts.values() for record in getattr(found, name))


def _query(name: str, kind: _Kind, plans: Collection[int]) -> Any:
    rows = kind.model._default_manager.filter(plan__in=plans).order_by()  # noqa: SLF001 (Django's documented way)
    return rows.values_list(
        F("plan__code"),
        Value(name, output_field=models.CharField()),
        AsArray(*map(F, kind.columns)),
    )


def _value(kind: str, amount: Any, upper: Any, grade: str, flag: Any) -> Any:
    return value_of(kind, _number(amount), _number(upper), grade, None if flag is None else bool(flag))


def _number(cell: Any) -> Decimal | None:
    return None if cell is None else tidy(DIGITS.create_decimal(cell))


def _list(cell: Any) -> tuple[str, ...]:
    """A list as either database gives it: as JSON, or as the text of it."""
    return tuple(json.loads(cell) if isinstance(cell, str) else cell)


def _row(
    plan: str, order: int, section: str, result: str, measure: str, unit: str, perspective: str, aspect: str,
    supports: str, parent_plan: str | None, parent_order: int | None, line: int | None, indicator: str | None,
    origin: str, *target: Any,
) -> SkpRow:  # fmt: skip
    return SkpRow(
        plan, order, Section(section), result, measure, _value(*target), unit, perspective, aspect, supports,
        parent_plan or "", parent_order, line, indicator or "", Origin(origin),
        Place(record=f"SKP {plan}, hasil kerja {order}"),
    )  # fmt: skip


def _result(
    plan: str, order: int, text: str, evidence: Any, year: int, span: str, index: int, *realised: Any
) -> RowResult:
    place = Place(record=f"SKP {plan}, realisasi {order}")
    return RowResult(plan, order, Period(year, Span(span), index), _value(*realised), text, _list(evidence), place)


KINDS: dict[str, _Kind] = {
    "rows": _Kind(
        tables.SkpRow,
        (
            "order", "section", "result", "measure", "unit", "perspective", "aspect", "supports", "parent__plan__code",
            "parent__order", "line", "indicator__code", "origin", *(f"target_{part}" for part in VALUE_PARTS),
        ),
        _row,
        lambda row: row.order,
    ),
    "behaviours": _Kind(tables.SkpBehaviour, ("value", "expectation"), SkpBehaviour, lambda item: item.value),
    "annexes": _Kind(
        tables.SkpAnnex,
        ("kind", "order", "text"),
        lambda plan, kind, order, text: SkpAnnex(plan, AnnexKind(kind), order, text),
        lambda item: (item.kind, item.order),
    ),
    "dialogues": _Kind(
        tables.SkpDialogue,
        ("on", "occasion", "parties", "topic", "agreed"),
        lambda plan, on, occasion, parties, topic, agreed: Dialogue(
            plan, date.fromisoformat(on), Occasion(occasion), _list(parties), topic, agreed
        ),
        lambda item: item.on,
    ),
    "feedback": _Kind(
        tables.SkpFeedback,
        ("on", "giver", "kind", "text", "row", "value", "evidence"),
        lambda plan, on, giver, kind, text, row, value, evidence: Feedback(
            plan, date.fromisoformat(on), giver, FeedbackKind(kind), text, row, value, _list(evidence)
        ),
        lambda item: item.on,
    ),
    "results": _Kind(
        tables.SkpResult,
        ("order", "text", "evidence", *PERIOD, *(f"realised_{part}" for part in VALUE_PARTS)),
        _result,
        lambda item: (item.period, item.order),
    ),
    "assessments": _Kind(
        tables.SkpAssessment,
        (*PERIOD, "results", "behaviour", "assessor", "on", "reason"),
        lambda plan, year, span, index, results, behaviour, assessor, on, reason: Assessment(
            plan, Period(year, Span(span), index), Rating(results), Rating(behaviour), assessor,
            date.fromisoformat(on), reason,
        ),
        lambda item: item.period,
    ),
}  # fmt: skip
"""The kinds by their names in `Parts`."""
