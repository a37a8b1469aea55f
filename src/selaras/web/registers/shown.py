"""Records and deadlines as people read them: how a clock stands and how it was counted, a line of a list, a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.calendar import DayKind
from selaras.core.registers.clock import Clock, Deadline, FirstDay, Verdict, Workdays, pauses_of, reminders
from selaras.core.registers.definition import CLOSED, NUMBER, OPENED, STATE, UNIT, Register
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_view import EventLine, RecordView
from selaras.store.registers import RecordLine, RecordPage, subject_name
from selaras.web.core_words import said, word
from selaras.web.days import format_date
from selaras.web.evaluation.uploads import plain_name
from selaras.web.gate import InsideRequest
from selaras.web.registers.frame import address

FEW_COLUMNS = 2
SHOWN_ANYWAY = frozenset({NUMBER, OPENED, STATE, UNIT, CLOSED})
TONES = {
    Verdict.WAITING: ("none", "clock"), Verdict.RUNNING: ("info", "clock"), Verdict.STOPPED: ("warn", "minus"),
    Verdict.OVERDUE: ("bad", "alert"), Verdict.ON_TIME: ("good", "check"), Verdict.LATE: ("bad", "x-circle"),
    Verdict.NO_LIMIT: ("none", "minus"),
}  # fmt: skip
LOOKS = {
    Happening.STATE: ("arrow-right", "info"), Happening.GRANT: ("calendar", ""), Happening.CHANGE: ("edit", ""),
    Happening.ASSIGNMENT: ("person", ""), Happening.NOTE: ("comment", ""), Happening.TO_CLIENT: ("send", "info"),
    Happening.FROM_CLIENT: ("inbox", "info"), Happening.LETTER: ("file", ""), Happening.READ: ("eye", "good"),
}  # fmt: skip
SOON = 2


def day_words(kind: DayKind, amount: int) -> str:
    """`3 hari kerja`, `5 hari kalender`."""
    return f"{amount} {word(kind.value)}"


def brief(deadline: Deadline | None, clock: Clock | None) -> dict[str, Any]:
    """A clock in one chip: what is left, how late it is, or how it ended."""
    if deadline is None or clock is None:
        return {}
    tone, icon = TONES[clock.verdict]
    words = said(clock.verdict.value).capitalize()
    if clock.verdict is Verdict.OVERDUE and clock.late_by:
        words = _("Lewat %(days)s") % {"days": day_words(deadline.days, clock.late_by)}
    elif clock.verdict is Verdict.RUNNING and clock.left is not None:
        words = _("Sisa %(days)s") % {"days": day_words(deadline.days, clock.left)}
        tone = "warn" if clock.left <= SOON else tone
    elif clock.verdict is Verdict.LATE and clock.late_by:
        words = _("Terlambat %(days)s") % {"days": day_words(deadline.days, clock.late_by)}
    return {"words": words, "tone": tone, "icon": icon, "due": format_date(clock.due) if clock.due else ""}


def clock_card(
    register: Register, record: Record, deadline: Deadline, clock: Clock, workdays: Workdays, today: date
) -> dict[str, Any]:
    """A deadline with its count and every step by which the day was found."""
    allowed, used = clock.allowed, clock.used
    share = min(100, used * 100 // allowed) if allowed and used is not None else None
    counted = ""
    if used is not None:
        counted = _("%(used)s terpakai") % {"used": day_words(deadline.days, used)}
        if allowed is not None:
            counted = _("%(used)d dari %(days)s terpakai") % {"used": used, "days": day_words(deadline.days, allowed)}
    running = clock.verdict in {Verdict.RUNNING, Verdict.STOPPED}
    term = clock.term
    return {
        **brief(deadline, clock), "code": deadline.code, "name": deadline.name, "counted": counted,
        "share": "" if share is None else str(share), "how": _how(register, record, deadline, clock, workdays, today),
        "source": term.source if term else None,
        "may_extend": bool(running and term and term.extension and clock.extended < term.extension * term.times),
        "extension": day_words(deadline.days, term.extension) if term and term.extension else "",
        "unknown": ", ".join(map(str, clock.unknown_years)),
    }  # fmt: skip


def _how(
    register: Register, record: Record, deadline: Deadline, clock: Clock, workdays: Workdays, today: date
) -> list[str]:
    """The count in sentences: from when, how many, what did not count."""
    name = subject_name(register, deadline.start)
    if clock.start is None:
        return [_("Mulai dihitung sejak: %(subject)s (belum terisi).") % {"subject": name}]
    made = [_("Mulai dihitung dari %(day)s (%(subject)s).") % {"day": format_date(clock.start), "subject": name}]
    if deadline.days is DayKind.WORKING:
        made.append(
            _("Sabtu, Minggu, libur nasional, dan cuti bersama tidak dihitung.") if deadline.leave
            else _("Sabtu, Minggu, dan libur nasional tidak dihitung; cuti bersama dihitung.")
        )  # fmt: skip
    else:
        made.append(_("Hari kalender: setiap hari dihitung."))
    made.append(
        _("Hari ke-1 adalah hari sesudahnya.")
        if deadline.first is FirstDay.NEXT
        else _("Hari ke-1 adalah hari itu juga.")
    )
    if clock.term is not None and clock.term.days is not None:
        made.append(_("Batas: %(days)s.") % {"days": day_words(deadline.days, clock.term.days)})
    elif clock.term is not None and clock.term.promised:
        made.append(_("Batas: tanggal pada %(field)s.") % {"field": subject_name(register, clock.term.promised)})
    if clock.extended:
        made.append(_("Diperpanjang %(days)s.") % {"days": day_words(deadline.days, clock.extended)})
    for pause in pauses_of(deadline.pauses, ((move.state, move.on) for move in record.moves)):
        until = format_date(pause.until) if pause.until else _("sekarang")
        made.append(
            _("Hitungan dihentikan dari %(since)s sampai %(until)s.")
            % {"since": format_date(pause.since), "until": until}
        )
    if clock.end:
        made.append(_("Berakhir pada %(day)s.") % {"day": format_date(clock.end)})
    ahead = sorted(day for day in reminders(deadline, clock, workdays).values() if day >= today)
    if ahead:
        made.append(_("Pengingat berikutnya: %(day)s.") % {"day": format_date(ahead[0])})
    return made


def columns_of(page: RecordPage) -> tuple[list[int], list[str]]:
    """Which cells of a page are shown besides number, day, state and deadline, and their heads."""
    register = page.held.register
    asked = tuple(register.columns) or tuple(item.code for item in register.fields)
    chosen = [
        at for at, subject in enumerate(asked)
        if subject not in SHOWN_ANYWAY and not subject.startswith("@") and not _hidden(register, subject, page)
    ]  # fmt: skip
    filled = [at for at in chosen if any(line.cells[at] for line in page.lines)]
    chosen = (filled or chosen)[:FEW_COLUMNS]
    return chosen, [page.columns[at] for at in chosen]


def _hidden(register: Register, subject: str, page: RecordPage) -> bool:
    field = register.field(subject)
    return field is not None and field.personal and not page.personal


def line_of(request: InsideRequest, page: RecordPage, line: RecordLine, chosen: Iterable[int]) -> dict[str, Any]:
    """A record in a list."""
    register = page.held.register
    deadline = register.deadlines[0] if register.deadlines else None
    return {
        "number": line.number, "url": address(request, "record", register.code, line.number), "state": line.state_name,
        "closed": line.closed, "opened": format_date(line.opened), "unit": line.unit_name, "assignee": line.assignee,
        "clock": brief(deadline, line.clock), "cells": [line.cells[at] for at in chosen],
    }  # fmt: skip


def names_of(logins: Iterable[str]) -> Mapping[str, str]:
    """The names of people by login; one query."""
    return dict(tables.User.objects.filter(username__in=set(logins)).values_list("username", "name"))


def steps_of(request: InsideRequest, view: RecordView, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The steps of a record, the last first."""
    register, number = view.held.register, view.record.number
    return [_step(request, register, number, event, names) for event in reversed(view.events)]


def _step(
    request: InsideRequest, register: Register, number: str, event: EventLine, names: Mapping[str, str]
) -> dict[str, Any]:
    icon, tone = LOOKS[event.kind]
    at = localtime(event.at)
    when = format_date(event.on)
    if at.date() != event.on:
        when = _("%(day)s, dicatat %(noted)s") % {"day": when, "noted": format_date(at.date())}
    return {
        "icon": icon, "tone": tone, "did": said(event.title), "who": names.get(event.by, event.by) or "–",
        "when": when, "iso": event.on.isoformat(), "why": event.note,
        "file": plain_name(event.file) if event.file else "",
        "file_url": address(request, "file", register.code, number, event.order) if event.file else "",
        "public": event.public,
    }  # fmt: skip
