"""Rounds of blind coding: opened for coders, watched by counts only, closed with their agreement, decided side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_rounds import close_round, decide_round, open_round
from selaras.core.access import Act
from selaras.core.culture.coding import Coding, Kind, Material, Stance
from selaras.core.culture.rounds import differences
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.store.culture import members_of, study_at
from selaras.store.culture_coding import (
    proposed,
    readings_of,
    round_at,
    round_progress,
    rounds_of,
)
from selaras.store.culture_rows import material_of
from selaras.store.models import CodingRound
from selaras.store.models.culture import RoundPurpose, RoundUnit, StudyRole
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again, typed_of
from selaras.web.culture.words import KINDS, PURPOSES, STANCES, UNITS, options
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

SPLIT = "|"
PLACES = 3


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """The rounds so far with their agreement and its unit; a new one is opened here."""
    if request.method == "POST":
        given = request.POST
        made = open_round(
            request.actor, agency=request.place.code, study=study, code=given.get("kode", ""), coders=given.getlist("penyandi"),
            purpose=chosen(RoundPurpose, given, "tujuan", _("Tujuan")), unit=chosen(RoundUnit, given, "satuan", _("Satuan")),
        )  # fmt: skip
        messages.success(request, _("Putaran dibuka. Penyandi tidak saling melihat sampai putaran ditutup."))
        return redirect(address(request, "round", study, made.code))
    row, me = study_at(request.actor, request.place.code, study)
    rows = rounds_of(row.pk)
    team = [(item.user.username, item.user.name or item.user.username) for item in members_of(row.pk)
            if item.role != StudyRole.READER.value]  # fmt: skip
    return render(request, "culture/rounds.html", {
        **head_of(request, row, me, "rounds"), "lines": [_line(request, study, item) for item in rows],
        "going": any(item.is_open for item in rows), "team": team, "team_url": address(request, "study-team", study),
        "fields": [
            fields.text("kode", _("Kode putaran"), f"P{len(rows) + 1}", required=True, width="third", most=80),
            fields.choice("tujuan", _("Tujuan"), options(PURPOSES), width="third"),
            fields.choice("satuan", _("Satuan kesepakatan"), options(UNITS), width="third",
                          help=_("Penggalan × kode memakai penggalan yang sudah ada; aksara membiarkan penandaan bebas.")),
            fields.checks("penyandi", _("Penyandi"), team, [me.coder]),
        ],
    })  # fmt: skip


@inside(Act.READ_STUDY)
def page(request: InsideRequest, study: str, number: str) -> HttpResponse:
    """One round: progress while it is open, agreement and differences when it is closed."""
    row, me = study_at(request.actor, request.place.code, study)
    held = round_at(row.pk, number)
    crumbs = ((_("Kesepakatan"), address(request, "rounds", study)), (number, ""))
    more: dict[str, Any] = {}
    if held.is_open:
        total = len(held.segments) or row.segments.count()
        more = {"progress": [(coder, done, total) for coder, done in round_progress(held).items()], "total": total}
    else:
        more = _result(held)
        material = material_of(row.pk)
        if me.leads or me.coder in held.coders:
            more |= _side_by_side(request, study, held, material)
    return render(request, "culture/round.html", {
        **head_of(request, row, me, "rounds", *crumbs), "round": held, **_line(request, study, held), **more,
        "readings": readings_of(held), "close_url": address(request, "round-close", study, number),
        "decide_url": address(request, "round-decide", study, number), "in_it": me.coder in held.coders,
        "sources_url": address(request, "sources", study),
        "stances": [(stance.value, f"{sign} {word}") for stance, (word, sign) in STANCES.items()],
        "kinds": [(kind.value, word) for kind, word in KINDS.items()],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def close(request: InsideRequest, study: str, number: str) -> HttpResponse:
    """Close a round; its agreement is computed once."""
    result = close_round(request.actor, agency=request.place.code, study=study, code=number)
    messages.success(request, _("Putaran ditutup: %(verdict)s.") % {"verdict": result["verdict"]})
    return redirect(address(request, "round", study, number))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def decide(request: InsideRequest, study: str, number: str) -> HttpResponse:
    """What the lead decided on every difference, with everything that the readings have alike."""
    row, _me = study_at(request.actor, request.place.code, study)
    held = round_at(row.pk, number)
    alike = [
        (item.segment, item.code, item.stance, item.kind) for item in proposed(held, material_of(row.pk, texts=False))
    ]
    taken = [_taken(value) for value in request.POST.getlist("putusan") if value]
    decide_round(request.actor, agency=request.place.code, study=study, code=number, decided=[*alike, *taken])
    messages.success(request, _("Putusan masuk ke lapisan akhir; dapat dibatalkan di Jejak."))
    return redirect(address(request, "round", study, number))


def _taken(value: str) -> tuple[str, str, Stance, Kind]:
    """One decision: segment, code, stance and kind, as the form sends them."""
    parts = value.split(SPLIT)
    try:
        segment, code, stance, kind = parts
        return segment, code, Stance(stance), Kind(kind)
    except ValueError:
        raise Refusal(
            _("Putusan tidak terbaca."), Fault("putusan", read=value[:80], expected="penggalan, kode, arah, jenis")
        ) from None


def _line(request: InsideRequest, study: str, row: CodingRound) -> dict[str, Any]:
    return {
        "row": row, "url": address(request, "round", study, row.code), "purpose": PURPOSES[RoundPurpose(row.purpose)],
        "unit": UNITS[RoundUnit(row.unit)], "opened": format_date(row.opened_at.date()), "is_open": row.is_open,
        "closed": format_date(row.closed_at.date()) if row.closed_at else "", "verdict": row.result.get("verdict", ""),
        "alpha": shown(row.result.get("alpha")), "decided": format_date(row.decided_at.date()) if row.decided_at else "",
    }  # fmt: skip


def shown(value: float | None) -> str:
    """A coefficient as the tables print it; a dash where there is none."""
    return "–" if value is None else format_number(Decimal(str(value)), places=PLACES)


def _again(row: CodingRound) -> tuple[str, ...]:
    """What the two readings of one coder are called; empty where several coders are compared."""
    return (_("bacaan pertama"), _("bacaan ulang")) if row.purpose == RoundPurpose.RECODE.value else ()


def _result(row: CodingRound) -> dict[str, Any]:
    """The agreement of a closed round as rows of a table, each pair with its unit and what it is per code."""
    again, result = " – ".join(_again(row)), row.result
    pairs = [
        {
            "names": again or f"{pair['first']} – {pair['second']}", "unit": pair["unit"],
            "units": format_number(Decimal(pair["units"])),
            "observed": shown(pair["observed"]), "expected": shown(pair["expected"]), "kappa": shown(pair["kappa"]),
            "jaccard": shown(pair["jaccard"]),
            "by_code": [(code, shown(kappa), shown(observed)) for code, kappa, observed in pair["by_code"]],
        }
        for pair in result.get("pairs", [])
    ]  # fmt: skip
    return {"pairs": pairs, "alpha": shown(result.get("alpha")), "verdict": result.get("verdict", "")}


def _side_by_side(request: InsideRequest, study: str, held: CodingRound, material: Material) -> dict[str, Any]:
    found = differences(material, readings_of(held), held.segments)
    decided = {(segment, code): f"{segment}|{code}|{stance}|{kind}" for segment, code, stance, kind in held.decisions}
    again, rows, chosen_now = _again(held), [], set(typed.getlist("putusan") if (typed := typed_of(request)) else ())
    for item in found:
        notes = [memo for memo in material.memos if item.segment in memo.about.split()]
        segment = material.by_segment[item.segment]
        offered = dict.fromkeys(_value(coding) for _coder, coding in item.readings if coding is not None)
        rows.append({
            "segment": item.segment, "code": item.code, "name": material.by_code[item.code].name, "source": segment.source,
            "quote": material.quote(item.segment),
            "decided": next((value for value in offered if value in chosen_now), decided.get((item.segment, item.code), "")),
            "readings": [
                (
                    again[place] if again else coder, _words(coding),
                    [memo.text for memo in notes if memo.author == coder and not (again and place)],
                )
                for place, (coder, coding) in enumerate(item.readings)
            ],
            "offered": [(value, _value_words(value)) for value in offered],
            "url": address(request, "desk", study, segment.source) + f"?penggalan={item.segment}",
        })  # fmt: skip
    return {"differences": rows, "alike": len(proposed(held, material))}


def _value(coding: Coding) -> str:
    return SPLIT.join((coding.segment, coding.code, coding.stance.value, coding.kind.value))


def _value_words(value: str) -> str:
    _segment, _code, stance, kind = _taken(value)
    return f"{STANCES[stance][1]} {KINDS[kind]}"


def _words(coding: Coding | None) -> str:
    return _("tidak disandi") if coding is None else f"{STANCES[coding.stance][1]} {KINDS[coding.kind]}"
