"""One sub-component as a card: its criteria with what every column says, the proposal, the answers, why, what would raise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.calendar import format_date
from selaras.core.evaluation.contradicting import Grounds, contradictions_in
from selaras.core.evaluation.facts import Observed
from selaras.core.evaluation.proposing import propose, raising, why
from selaras.core.evaluation.scoring import Met
from selaras.core.evaluation.stages import Column, State
from selaras.core.evaluation.template import Aspect, Criterion, Effort, Mode, Subcomponent
from selaras.core.finding import Finding, Severity
from selaras.core.measurement.records import EvidenceKind
from selaras.core.numerals import format_number, format_percent
from selaras.store.evaluation_facts import Drawn, drawn_of
from selaras.store.evaluations import unit_of
from selaras.store.models import EvaluationProof
from selaras.web.evaluation.opened import Opened
from selaras.web.evaluation.words import COLUMNS, PAGES, SHORT, points
from selaras.web.gate import InsideRequest
from selaras.web.home.ways import address

MET_LOOKS: dict[str, tuple[str, str]] = {
    Met.YES.value: ("good", "check"), Met.PARTLY.value: ("warn", "minus"), Met.NO.value: ("bad", "close"),
}  # fmt: skip
DOUBTS: dict[Severity, tuple[str, str]] = {
    Severity.ERROR: ("bad", "x-circle"), Severity.WARNING: ("warn", "alert"), Severity.INFO: ("info", "info"),
}  # fmt: skip
MET_WORDS = {Met.YES.value: "1", Met.PARTLY.value: "2", Met.NO.value: "3"}
"""The key that gives each answer to a criterion."""


def facts_for(opened: Opened) -> Drawn:
    """What the system says of the unit and year by itself."""
    row = opened.row
    return drawn_of(row.agency.code, unit_of(row), row.year, opened.template)


def card_of(
    request: InsideRequest, opened: Opened, sub: Subcomponent, drawn: Drawn, given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything that the card of a sub-component shows; `given` is what a refused form held."""
    template, shown = opened.template, opened.shown
    answers = opened.sheet.given(shown)
    beyond = opened.sheet.beyond(shown)
    found = propose(template, sub, answers.criteria)
    row = opened.sheet.answers.get((shown, sub.code))
    steps = [step for step in raising(template, answers, beyond) if step.part is sub or step.part in sub.criteria]
    met = sum(answers.criteria.get(item.code) == Met.YES for item in sub.criteria)
    result = opened.sheet.beside.results.get(shown)
    part = result.part(sub.code) if result else None
    return {
        "sub": sub, "code": sub.code, "id": f"sub-{sub.code.replace('.', '-')}",
        "weight": format_number(sub.weight), "points": points(template, part.points) if part else "",
        "value": format_number(part.value, places=0) if part and part.answered else "",
        "is_answered": bool(part and part.answered),
        "proposal": found.letter if len(found.unanswered) < len(sub.criteria) else "",
        "share": format_percent(found.share, places=0), "share_value": str(found.share),
        "met": met, "all": len(sub.criteria), "unanswered": len(found.unanswered),
        "columns": [_column(opened, sub, column) for column in opened.begun],
        "criteria": [_criterion(request, opened, item, drawn) for item in sub.criteria],
        "doubts": doubts_over(opened, drawn, sub),
        "why": why(template, sub, answers, beyond.get(sub.code) or beyond[sub.code]),
        "steps": [_step(opened, step) for step in steps],
        "proofs": [proof_line(opened, proof) for proof in opened.sheet.proofs.get(sub.code, ())],
        "letters": _letters(opened, sub, row.answer if row else "") if template.mode is Mode.ANSWER else [],
        "answer": row.answer if row else "", "entered": format_number(row.points) if row and row.points is not None else "",
        "is_points": template.mode is Mode.POINTS,
        "reason": (given or {}).get("alasan", row.reason if row else ""),
        "years": (given or {}).get("tahun", row.years or "" if row else ""),
        "effort": (given or {}).get("upaya", row.effort if row else ""),
        "is_existence": sub.aspect is Aspect.EXISTENCE,
        "efforts": [effort.value for effort in Effort if effort is not Effort.NONE],
        "asks_beyond": template.mode is Mode.ANSWER and any(item.beyond for item in template.scale_of(sub).answers),
        "who": row.by if row else "", "when": _day(row.at) if row else "",
        "items": [(sub.code, _("Sub-komponen %(code)s") % {"code": sub.code})]
        + [(item.code, _("Kriteria %(code)s") % {"code": item.code}) for item in sub.criteria],
    }  # fmt: skip


def doubts_over(opened: Opened, drawn: Drawn, only: Subcomponent | None = None) -> list[dict[str, Any]]:
    """What speaks against the answers of the shown column, refused or only to be looked at again.

    Of one sub-component or of all; nothing once the evaluation is final.
    """
    if opened.state is State.FINAL:
        return []
    sheet, column = opened.sheet, opened.shown
    grounds = Grounds(drawn.observed, sheet.beyond(column), sheet.reasons(column))
    subs = (only,) if only else opened.template.subcomponents
    return [
        _doubt(opened, sub, item)
        for sub in subs
        for item in contradictions_in(opened.template, sub, sheet.given(column), grounds)
    ]


def _doubt(opened: Opened, sub: Subcomponent, finding: Finding) -> dict[str, Any]:
    tone, icon = DOUBTS[finding.severity]
    address = opened.address("component", opened.component_of(sub.code).code)
    return {
        "message": finding.message, "suggestion": finding.suggestion, "tone": tone, "icon": icon,
        "url": f"{address}#sub-{sub.code.replace('.', '-')}",
    }  # fmt: skip


def _column(opened: Opened, sub: Subcomponent, column: Column) -> dict[str, Any]:
    line = next(item for item in opened.sheet.beside.lines if item.part.code == sub.code)
    spot = line.spots.get(column)
    return {
        "title": COLUMNS[column], "answer": spot.answer if spot and spot.answered else "",
        "points": points(opened.template, spot.points) if spot and spot.answered else "",
        "reason": spot.reason if spot else "", "is_shown": column is opened.shown,
        "is_unexplained": column in line.unexplained,
    }  # fmt: skip


def _letters(opened: Opened, sub: Subcomponent, current: str) -> list[dict[str, Any]]:
    scale = opened.template.scale_of(sub)
    return [
        {
            "letter": item.letter, "value": format_number(item.value), "rule": item.rule(sub.aspect),
            "is_current": item.letter == current, "beyond": item.beyond,
        }
        for item in scale.answers
    ]  # fmt: skip


def _criterion(request: InsideRequest, opened: Opened, item: Criterion, drawn: Drawn) -> dict[str, Any]:
    graded = opened.template.mode is Mode.CRITERIA
    letters = opened.template.scale_of(item).letters if graded else ()
    mine = opened.sheet.given(opened.shown).criteria.get(item.code, "")
    return {
        "code": item.code, "text": item.text, "note": item.note, "id": f"krit-{item.code.replace('.', '-')}",
        "mine": mine, "tone": MET_LOOKS.get(mine, ("outline", ""))[0],
        "choices": [(value, value) for value in letters] if graded
        else [(value.value, MET_WORDS[value.value]) for value in Met],
        "is_graded": graded,
        "others": [
            {"title": SHORT[column], "answer": opened.sheet.given(column).criteria.get(item.code, ""),
             "look": MET_LOOKS.get(opened.sheet.given(column).criteria.get(item.code, ""), ("outline", "minus"))}
            for column in opened.begun if column is not opened.shown
        ],
        "facts": [fact_line(request, seen) for seen in drawn.observed.get(item.code, ())],
        "proofs": [proof_line(opened, proof) for proof in opened.sheet.proofs.get(item.code, ())],
    }  # fmt: skip


def fact_line(request: InsideRequest, seen: Observed) -> dict[str, Any]:
    """One fact as it speaks for a criterion, with the page that it comes from."""
    look = {True: ("good", "check"), False: ("bad", "close"), None: ("none", "question")}[seen.met]
    page = PAGES.get(seen.clue.fact, "")
    return {
        "sentence": seen.sentence, "tone": look[0], "icon": look[1], "decisive": seen.clue.decisive,
        "words": {True: _("mendukung"), False: _("tidak mendukung"), None: _("belum diketahui")}[seen.met],
        "url": address(request.place, page) if page else "",
    }  # fmt: skip


def proof_line(opened: Opened, proof: EvaluationProof) -> dict[str, Any]:
    """A file or link that somebody added, with what the last look at the link gave."""
    is_link = proof.kind == EvidenceKind.LINK.value
    health = ("", "", "")
    if is_link and proof.healthy is not None:
        health = ("good", "check", _("dapat dibuka")) if proof.healthy else ("bad", "alert", _("tidak dapat dibuka"))
    elif is_link:
        health = ("outline", "question", _("belum diperiksa"))
    return {
        "pk": proof.pk, "item": proof.item, "title": proof.title, "note": proof.note, "is_link": is_link,
        "url": proof.target if is_link else opened.address("proof-file", proof.pk),
        "by": proof.by, "when": _day(proof.at), "tone": health[0], "icon": health[1], "health": health[2],
        "told": proof.answer if is_link and proof.healthy is False else "",
    }  # fmt: skip


def links_of(opened: Opened) -> list[dict[str, Any]]:
    """All linked evidence of the evaluation."""
    return [
        proof_line(opened, proof)
        for rows in opened.sheet.proofs.values()
        for proof in rows
        if proof.kind == EvidenceKind.LINK.value
    ]


def may_add_proof(opened: Opened) -> bool:
    """Whether the person may add evidence now: the unit while it fills in, the team until the decision."""
    return opened.writable is not None or (opened.is_member and opened.row.closed_at is None)


def _step(opened: Opened, step: Any) -> dict[str, Any]:
    return {
        "code": step.part.code, "before": step.before or "–", "after": step.after,
        "gain": points(opened.template, step.gain), "needs": step.needs,
        "total": points(opened.template, step.total), "predicate": step.predicate,
    }  # fmt: skip


def steps_over(opened: Opened, most: int = 5) -> list[dict[str, Any]]:
    """What would raise the whole score most."""
    steps = raising(opened.template, opened.sheet.given(opened.shown), opened.sheet.beyond(opened.shown))
    return [_step(opened, step) for step in steps if step.gain > 0][:most]


def _day(at: Any) -> str:
    return format_date(localtime(at).date()) if at else ""
