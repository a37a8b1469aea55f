"""The sheet of one unit: its summary, one component at a time as cards, and the table of differences."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.evaluation.stages import BEFORE, Column
from selaras.core.evaluation.template import Component
from selaras.core.numerals import format_number
from selaras.store.carried import carried_over
from selaras.store.evaluations import unit_of
from selaras.web.core_words import word
from selaras.web.evaluation.cards import card_of, doubts_over, facts_for, links_of, may_add_proof, steps_over
from selaras.web.evaluation.opened import Opened, frame, in_its_year, moved, open_sheet
from selaras.web.evaluation.recommended import carried_lines
from selaras.web.evaluation.words import COLUMNS, SHORT, change, points
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside


@inside()
@in_its_year
def sheet(request: InsideRequest, evaluation: int) -> HttpResponse:
    """The summary: scores of every column, what would raise them, signs, what last year's evaluation asked for."""
    return render(request, "evaluation/sheet.html", sheet_context(request, open_sheet(request, evaluation)))


def sheet_context(request: InsideRequest, opened: Opened) -> dict[str, Any]:
    """The summary page of an evaluation."""
    row, last, drawn = opened.row, opened.told, facts_for(opened)
    before = carried_over(request.actor, row.agency.code, unit_of(row), row.year)
    result = opened.sheet.beside.results.get(opened.shown)
    since = result.total - last.last_score if result and last.last_score is not None else None
    return {
        **frame(opened, "summary"), "table": _table(opened), "columns": _heads(opened), "raising": steps_over(opened, 3),
        "signs": drawn.signs, "doubts": doubts_over(opened, drawn), "carried": carried_lines(request, before, timezone.localdate()),
        "last": {"score": points(opened.template, last.last_score), "predicate": last.last_predicate, "year": row.year - 1}
        if last.last_score is not None else None,
        "links": links_of(opened), "may_prove": False, **taking_over(opened),
        "since": change(since), "moved": change(moved(opened)), "shown_words": COLUMNS[opened.shown],
    }  # fmt: skip


@inside()
@in_its_year
def component(request: InsideRequest, evaluation: int, component: str) -> HttpResponse:
    """One component: a card for each of its sub-components."""
    opened = open_sheet(request, evaluation)
    return render(request, "evaluation/component.html", component_context(request, opened, component))


def component_context(
    request: InsideRequest, opened: Opened, code: str, refused: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The page of a component; `refused` holds the code of a card, its refusal and what its form held."""
    found = opened.component(code)
    drawn = facts_for(opened)
    cards = []
    for sub in found.subcomponents:
        mine = refused if refused and refused["code"] == sub.code else None
        card = card_of(request, opened, sub, drawn, mine["given"] if mine else None)
        cards.append(card | ({"refusal": mine["refusal"]} if mine else {}))
    listed = opened.template.components
    at = listed.index(found)
    return {
        **frame(opened, found.code), "component": found, "component_title": word(found.title), "cards": cards,
        **component_score(opened, found), **writing(opened), **taking_over(opened, found),
        "before": listed[at - 1] if at else None, "after": listed[at + 1] if at + 1 < len(listed) else None,
        "note": opened.row.notes.get(found.code, "") if opened.may_evaluate else "",
    }  # fmt: skip


def component_score(opened: Opened, component: Component) -> dict[str, str]:
    """The points of a component in the shown column, out of how many."""
    result = opened.sheet.beside.results.get(opened.shown)
    part = next((item for item in result.components if item.component.code == component.code), None) if result else None
    return {
        "component_points": points(opened.template, part.points) if part else "",
        "component_weight": format_number(component.weight),
    }


def writing(opened: Opened) -> dict[str, Any]:
    """What the person may write on the cards now."""
    return {
        "column": opened.writable, "column_words": COLUMNS[opened.shown], "may_write": opened.writable is not None,
        "may_prove": may_add_proof(opened), "names_others": len(opened.begun) > 1,
    }  # fmt: skip


def taking_over(opened: Opened, component: Component | None = None) -> dict[str, Any]:
    """What may still be taken over from the column before, of one component or of all."""
    count = opened.adoptable(component)
    before = COLUMNS[BEFORE[opened.writable]] if count and opened.writable else ""
    return {"adoptable": count, "adopted_from": before, "adopted_part": component.code if component else ""}


@inside()
@in_its_year
def differences(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Where the columns answer differently, and why."""
    opened = open_sheet(request, evaluation, proofs=False)
    lines = [
        {
            "code": line.part.code, "title": word(line.part.title), "weight": format_number(line.part.weight),
            "url": f"{opened.address('component', opened.component_of(line.part.code).code)}"
            f"#sub-{line.part.code.replace('.', '-')}",
            "spots": [_spot(opened, line, column) for column in opened.begun],
            "difference": change(line.difference), "differs": line.differs,
            "unexplained": [COLUMNS[column] for column in line.unexplained],
        }
        for line in opened.sheet.beside.lines
    ]  # fmt: skip
    only = request.GET.get("semua") != "1"
    shown = [line for line in lines if line["differs"]] if only else lines
    if wants_xlsx(request):
        return exported(request, _("Perbedaan jawaban"), *_beside(opened, only_different=only))
    return render(request, "evaluation/differences.html", {
        **frame(opened, "differences"), "lines": shown, "columns": _heads(opened), "only": only,
        "count": sum(line["differs"] for line in lines), "all": len(lines),
    })  # fmt: skip


def _beside(opened: Opened, *, only_different: bool) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of the spreadsheet: answer, points and reason of each column."""
    heads = [_("Kode"), _("Sub-komponen"), _("Bobot")]
    for column in opened.begun:
        heads += [f"{COLUMNS[column]} – {what}" for what in (_("jawaban"), _("nilai"), _("alasan"))]
    rows = []
    for line in opened.sheet.beside.lines:
        if line.differs or not only_different:
            cells: list[Any] = [line.part.code, word(line.part.title), line.part.weight]
            for column in opened.begun:
                spot = line.spots.get(column)
                cells += [spot.answer, spot.points if spot.answered else None, spot.reason] if spot else [None] * 3
            rows.append([*cells, line.difference])
    return [*heads, _("Selisih")], rows


def _spot(opened: Opened, line: Any, column: Column) -> dict[str, Any]:
    spot = line.spots.get(column)
    answered = bool(spot and spot.answered)
    return {
        "title": COLUMNS[column], "answer": spot.answer if answered else "", "reason": spot.reason if spot else "",
        "points": points(opened.template, spot.points) if answered else "",
        "is_unexplained": column in line.unexplained,
    }  # fmt: skip


def _heads(opened: Opened) -> list[dict[str, Any]]:
    results = opened.sheet.beside.results
    return [
        {
            "title": COLUMNS[column], "short": SHORT[column],
            "total": points(opened.template, results[column].total) if column in results else "",
            "predicate": results[column].predicate.letter if column in results else "",
        }
        for column in opened.begun
    ]  # fmt: skip


def _table(opened: Opened) -> list[dict[str, Any]]:
    """The scores by component and column."""
    results = opened.sheet.beside.results
    found = []
    for component in opened.template.components:
        cells = []
        for column in opened.begun:
            part = next((item for item in results[column].components if item.component.code == component.code), None) \
                if column in results else None  # fmt: skip
            cells.append({"title": COLUMNS[column], "points": points(opened.template, part.points) if part else ""})
        shown = results.get(opened.shown)
        mine = (
            next((item for item in shown.components if item.component.code == component.code), None) if shown else None
        )
        found.append({
            "code": component.code, "title": word(component.title), "weight": format_number(component.weight),
            "url": opened.address("component", component.code), "cells": cells,
            "share": str(mine.value) if mine else "0",
            "value": format_number(mine.value, places=0) if mine else "0",
        })  # fmt: skip
    return found
