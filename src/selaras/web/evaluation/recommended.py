"""Recommendations as pages show them: lines of the register, the matrix, ageing, one with its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.calendar import format_date
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.template import Template
from selaras.store.models import Recommendation, RecommendationReply, RecommendationStep
from selaras.store.recommendations import Given
from selaras.web.core_words import word
from selaras.web.evaluation.uploads import is_link, plain_name
from selaras.web.evaluation.words import listed
from selaras.web.gate import InsideRequest
from selaras.web.home.ways import address
from selaras.web.home.words import day_words

LATE, NO_DAY, WAITING = "terlambat", "tanpa-tenggat", "menunggu-verifikasi"
TIMES: dict[str, Any] = {
    LATE: gettext_lazy("Lewat tenggat"), WAITING: gettext_lazy("Menunggu verifikasi"),
    NO_DAY: gettext_lazy("Tanpa tenggat"),
}  # fmt: skip
LAST = frozenset({Stage.VERIFIED})


def address_of(request: InsideRequest, code: str) -> str:
    """The page of a recommendation."""
    return reverse("evaluation:recommendation", args=(request.place.code, request.place.year, code))


def component_name(template: Template | None, code: str) -> str:
    """A component by its title; its code where the instrument does not know it."""
    for component in template.components if template else ():
        if component.code == code:
            return word(component.title)
    return code


def chosen(found: Iterable[Given], asked: Mapping[str, str], today: date) -> list[Given]:
    """The recommendations that pass the filters: words, stage, component, unit, year, time."""
    words, time = asked["cari"].casefold().split(), asked["waktu"]
    return [
        item
        for item in found
        if all(each in _text(item) for each in words)
        and (not asked["status"] or item.record.stage.value == asked["status"])
        and (not asked["komponen"] or item.record.component == asked["komponen"])
        and (not asked["unit"] or item.record.unit == asked["unit"])
        and (not asked["tahun"] or str(item.record.year) == asked["tahun"])
        and (time != LATE or item.record.overdue(today) > 0)
        and (time != NO_DAY or (item.record.due is None and not item.record.closed))
        and (time != WAITING or item.record.stage is Stage.CLAIMED or item.unverified > 0)
    ]


def _text(item: Given) -> str:
    return f"{item.record.code} {item.record.text} {item.record.action} {item.unit_name}".casefold()


def line_of(request: InsideRequest, item: Given, template: Template | None, today: date) -> dict[str, Any]:
    """One recommendation in the register."""
    record = item.record
    late = record.overdue(today)
    return {
        "code": record.code, "text": record.text, "action": record.action, "url": address_of(request, record.code),
        "year": record.year, "unit": item.unit_name or _("seluruh instansi"), "stage": record.stage.value,
        "component": component_name(template, record.component), "who": item.responsible_title,
        "due": day_words(record.due, today) if record.due and not record.closed
        else format_date(record.due) if record.due else "",
        "is_late": late > 0, "age": record.age(today), "steps": len(item.steps), "waiting": item.unverified,
        "replies": listed(code_of(reply) for reply in item.replies),
    }  # fmt: skip


def carried_lines(request: InsideRequest, rows: Iterable[Recommendation], today: date) -> list[dict[str, Any]]:
    """Open recommendations of earlier years, on the sheet of the next."""
    return [
        {
            "code": row.code, "text": row.text, "url": address_of(request, row.code), "stage": row.stage,
            "who": row.responsible.title if row.responsible else "",
            "due": day_words(row.due, today) if row.due else "", "component": row.component,
            "late": bool(row.due and row.due < today and row.stage != Stage.CLAIMED.value),
        }
        for row in rows
    ]  # fmt: skip


def matrix_lines(
    counted: Mapping[str, Mapping[Stage, int]], template: Template | None, url: str
) -> list[dict[str, Any]]:
    """The matrix of components and stages, each number with the way to its rows."""
    return [
        {
            "title": component_name(template, code) or _("Tanpa komponen"), "total": sum(stages.values()),
            "cells": [
                {"stage": stage.value, "count": count,
                 "url": f"{url}?{urlencode({'komponen': code, 'status': stage.value})}" if count and code else ""}
                for stage, count in stages.items()
            ],
        }
        for code, stages in counted.items()
    ]  # fmt: skip


def step_line(
    request: InsideRequest, step: RecommendationStep, code: str, *, may_verify: bool, may_track: bool
) -> dict[str, Any]:
    """One step with its evidence and what may be done with it."""
    at = (request.place.code, request.place.year, code, step.pk)
    is_mine = step.by.casefold().strip() == request.actor.name.casefold().strip()
    is_open = step.verified_at is None and not step.returned
    return {
        "pk": step.pk, "by": step.by, "text": step.text, "when": moment(step.at), "iso": step.at.isoformat(),
        "verified": step.verified_at is not None and not step.returned, "verified_by": step.verified_by,
        "verified_at": moment(step.verified_at) if step.verified_at else "", "returned": step.returned,
        "is_link": is_link(step.file), "is_open": is_open,
        "file_url": step.file if is_link(step.file) else reverse("evaluation:step-file", args=at) if step.file else "",
        "file_name": step.file if is_link(step.file) else plain_name(step.file),
        "may_verify": may_verify and is_open and not is_mine, "may_withdraw": may_track and is_open and is_mine,
    }  # fmt: skip


def reply_line(request: InsideRequest, reply: RecommendationReply) -> dict[str, Any]:
    """A target or an activity of a plan that answers a recommendation."""
    named = reply.indicator or reply.node
    page = "planning:indicator" if reply.indicator else "planning:node"
    title = (reply.indicator.name if reply.indicator else reply.node.title) if named else ""
    return {
        "pk": reply.pk, "year": reply.year, "code": code_of(reply), "title": title, "note": reply.note,
        "kind": _("Indikator") if reply.indicator else _("Sasaran, program, atau kegiatan"),
        "url": address(request.place, page, code_of(reply)),
    }  # fmt: skip


def code_of(reply: RecommendationReply) -> str:
    """The code of the indicator or node that a reply names."""
    named = reply.indicator or reply.node
    return named.code if named else ""


def years_of(found: Sequence[Given]) -> list[int]:
    """The evaluated years that occur, the last first."""
    return sorted({item.record.year for item in found}, reverse=True)


def units_of(found: Sequence[Given]) -> list[tuple[str, str]]:
    """The units that occur, by name."""
    named = {item.record.unit: item.unit_name for item in found if item.record.unit}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


def moment(at: Any) -> str:
    """A moment in words."""
    local = localtime(at)
    return f"{format_date(local.date())} {local:%H.%M}"
