"""Registers out of the tables, as one person may see them: definitions, lists of records, versions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from selaras.core.access import Act, Actor, check_somewhere, may
from selaras.core.errors import NotAllowed
from selaras.core.registers.clock import Clock, Workdays
from selaras.core.registers.definition import NUMBER, OPENED, STATE, UNIT, Register, kind_of
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import shown, shown_in
from selaras.core.registers.filters import Filter, subjects
from selaras.core.registers.privacy import HIDDEN
from selaras.store import models as tables
from selaras.store.models.registers import Standing
from selaras.store.register_access import (
    Held,
    find_register,
    held_of,
    readable,
    roles_somewhere,
    sees_personal,
    sees_records,
    visible_rows,
)
from selaras.store.register_filters import Translator
from selaras.store.register_rows import public_rows, record_of, whole_rows, workdays_on

PAGE = 50
MOST_WORDS = 8
SOON = 7
"""A deadline is near when it falls within so many days."""
FACT_NAMES = {STATE: "Keadaan", OPENED: "Tanggal masuk", UNIT: "Unit", NUMBER: "Nomor", "@closed": "Tanggal selesai"}
_HEADS = {"@reached.": "Tanggal", "@verdict.": "Ketepatan", "@due.": "Batas", "@used.": "Hari terpakai"}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register in the list of an agency's registers."""

    code: str
    name: str
    about: str
    version: int
    preset: str
    restricted: bool
    open_to_public: bool
    active: bool
    records: int
    open: int
    overdue: int
    soon: int
    may_see: bool
    may_open: bool
    may_define: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Which records a list shows: by state, unit, part of the number, dates of opening, a filter; and in what order."""

    state: str = ""
    unit: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    only: str = ""
    """`open`, `late`, `soon`, `mine` or `closed`; empty for all."""
    text: str = ""
    """What the number or some content holds; personal contents are searched only for who may read them."""
    due_since: date | None = None
    due_until: date | None = None
    filter: Filter | None = None
    order: str = "-opened"
    """`opened`, `due`, `number`, `state`, with `-` before it for the other way round."""
    page: int = 1
    size: int = PAGE
    counted: bool = True
    """Whether all that are found are counted; else only that there are more than a page."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record in a list: what every list shows, and the cells of the register's own columns as text."""

    number: str
    state: str
    state_name: str
    closed: bool
    opened: date
    unit: str
    unit_name: str
    assignee: str
    clock: Clock | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a list of records; `columns` are the heads of the cells."""

    held: Held
    columns: tuple[str, ...]
    lines: tuple[RecordLine, ...]
    total: int
    page: int
    pages: int
    personal: bool
    """Whether personal data are shown."""
    more: bool = False
    """There are more than this page; only said where they are not counted."""


# ---- lists -----------------------------------------------------------------------------------------------------------


def registers_of(actor: Actor, agency: str, today: date) -> tuple[RegisterLine, ...]:
    """Every register of an agency with how much is open, late and near; three queries. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    late = Q(records__standing=Standing.TIMED.value, records__ended__isnull=True, records__closed__isnull=True)
    rows = (
        tables.RegisterDefinition.objects.select_related("agency")
        .filter(agency__code=agency)
        .annotate(
            amount=Count("records"),
            open_amount=Count("records", filter=Q(records__closed__isnull=True)),
            late_amount=Count("records", filter=late & Q(records__due__lt=today)),
            soon_amount=Count("records", filter=late & Q(records__due__range=(today, today + timedelta(SOON)))),
        )
        .order_by("sequence", "pk")
    )
    roles = roles_somewhere(actor, agency)
    lines = []
    for row in rows:
        held = held_of(row)
        lines.append(
            RegisterLine(
                row.code, row.name, held.register.about, row.version, row.preset, row.restricted, row.open_to_public,
                row.active, row.amount, row.open_amount, row.late_amount, row.soon_amount, sees_records(actor, held),
                row.active and bool(roles & set(held.register.opened_by)),
                may(actor, Act.DEFINE_REGISTER, agency),
            )
        )  # fmt: skip
    return tuple(lines)


def records_of(actor: Actor, agency: str, code: str, ask: Ask, today: date, *, held: Held | None = None) -> RecordPage:
    """One page of the records of a register, personal fields only for who may read them; about five queries.

    `held` is the register where `readable` gave it already. Raises NotFound, NotAllowed.
    """
    held = held or readable(actor, agency, code)
    rows = asked_rows(actor, held, ask, today)
    total = rows.count() if ask.counted else ask.size
    pages = max(1, -(-total // ask.size))
    page = min(max(1, ask.page), pages)
    personal = sees_personal(actor, held)
    # Sorting keys alone is quick; whole rows are read for one page only, and not at all where nothing was found.
    first = (page - 1) * ask.size
    keys = rows.values("pk")[first : first + ask.size + (not ask.counted)]
    chosen = tables.RegisterRecord.objects.filter(pk__in=keys).order_by(*rows.query.order_by)
    found = (whole_rows if personal else public_rows)(chosen).select_related("assignee")
    listed = list(found) if total else []
    more, listed = len(listed) > ask.size, listed[: ask.size]
    asked = tuple(held.register.columns) or tuple(item.code for item in held.register.fields)
    workdays = workdays_on(today)
    lines = tuple(_line(held, row, asked, workdays, today, personal=personal) for row in listed)
    heads = tuple(subject_name(held.register, subject) for subject in asked)
    total = total if ask.counted else len(lines)
    return RecordPage(held, heads, lines, total, page, pages, personal, more)


def asked_rows(actor: Actor, held: Held, ask: Ask, today: date) -> QuerySet[tables.RegisterRecord]:
    """The rows that an `Ask` names, in its order. A filter is read by the facts as they were reckoned last."""
    rows = visible_rows(actor, held)
    wanted: dict[str, Any] = {
        "state": ask.state, "unit__code": ask.unit, "number__icontains": ask.number, "opened__gte": ask.since,
        "opened__lte": ask.until, "due__gte": ask.due_since, "due__lte": ask.due_until,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    running = Q(standing=Standing.TIMED.value, ended__isnull=True, closed__isnull=True)
    only = {
        "open": Q(closed__isnull=True), "closed": Q(closed__isnull=False), "late": running & Q(due__lt=today),
        "soon": running & Q(due__range=(today, today + timedelta(SOON))),
        "mine": Q(assignee__username=actor.login, closed__isnull=True),
    }  # fmt: skip
    if ask.only in only:
        rows = rows.filter(only[ask.only])
    if ask.due_since or ask.due_until:
        rows = rows.filter(running)
    if ask.text:
        rows = _holding(rows, ask.text, personal=sees_personal(actor, held))
    if ask.filter is not None:
        private = {item.code for item in held.register.fields if item.personal}
        if private & set(subjects(ask.filter)) and not sees_personal(actor, held):
            raise NotAllowed("Rekaman tidak dapat disaring menurut data pribadi yang tidak berhak Anda baca.")
        rows = rows.filter(Translator(held.register, today).condition(ask.filter))
    name = ask.order.removeprefix("-")
    order: Any = F(name if name in {"opened", "due", "number", "state"} else "opened")
    if ask.text:
        # Few records hold a rare word: found first and sorted then, not looked for in the order of an index.
        order = Coalesce(order, order)
    order = order.desc(nulls_last=True) if ask.order.startswith("-") else order.asc(nulls_last=True)
    return rows.order_by(order, "-pk")


def _holding(rows: QuerySet[tables.RegisterRecord], text: str, *, personal: bool) -> QuerySet[tables.RegisterRecord]:
    """The rows whose number or contents hold every word of a text."""
    rows = rows.annotate(own_text=Cast("content", TextField()))
    if personal:
        rows = rows.annotate(private_text=Cast("private__content", TextField()))
    for word in text.split()[:MOST_WORDS]:
        found = Q(number__icontains=word)
        for kept in {word, json.dumps(word)[1:-1]}:
            found |= Q(own_text__icontains=kept)
            if personal:
                found |= Q(private_text__icontains=kept)
        rows = rows.filter(found)
    return rows


def subject_name(register: Register, subject: str) -> str:
    """What a column of a register is called."""
    if (known := register.field(subject)) is not None:
        return known.name
    if subject in FACT_NAMES:
        return FACT_NAMES[subject]
    for head, name in _HEADS.items():
        if subject.startswith(head):
            code = subject.removeprefix(head)
            found = register.state(code) or register.deadline(code)
            return f"{name} {found.name.lower() if found else code}"
    return subject


def cell(held: Held, facts: RecordFacts, subject: str, *, personal: bool) -> str:
    """One subject of a record as text, with a personal field only saying that it is filled."""
    known = held.register.field(subject)
    if known is not None and known.personal and not personal:
        # Whether it is filled was not even read.
        return HIDDEN
    if subject == STATE:
        found = held.register.state(facts.state)
        return found.name if found else facts.state
    if known is not None:
        return shown_in(known, facts(subject))
    return shown(facts(subject)) if kind_of(held.register, subject) else ""


def _line(
    held: Held, row: tables.RegisterRecord, asked: Iterable[str], workdays: Workdays, today: date, *, personal: bool
) -> RecordLine:
    facts = RecordFacts(held.register, record_of(held.register, row, private=personal), workdays, today)
    state = held.register.state(row.state)
    clock = facts.clock(held.register.deadlines[0].code) if held.register.deadlines else None
    return RecordLine(
        row.number, row.state, state.name if state else row.state, bool(state and state.closed), row.opened,
        row.unit.code if row.unit else "", row.unit.name if row.unit else "",
        str(row.assignee) if row.assignee else "", clock,
        tuple(cell(held, facts, subject, personal=personal) for subject in asked),
    )  # fmt: skip


def versions_of(actor: Actor, agency: str, code: str) -> tuple[tables.RegisterVersion, ...]:
    """Every version of a definition, newest first. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    return tuple(find_register(agency, code).row.versions.order_by("-version"))
