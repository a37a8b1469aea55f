"""One SKP: its results as the form has them, behaviour, annexes; the steps that it takes; its documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.people_agreeing import agree, propose, return_plan
from selaras.actions.people_contents import set_annex, set_behaviour, take_goals
from selaras.actions.people_objection import finalise
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.core.finding import Severity
from selaras.core.people.checks import check_plan
from selaras.core.people.skp import AnnexKind, Method, Section, SkpForm, SkpRow, SkpState, layout
from selaras.store.people import PlanFile, plan_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, head_of, period_of
from selaras.web.people.given import chosen, lines_of
from selaras.web.people.papers import downloads, sent
from selaras.web.people.words import ANNEXES, FORMS, METHODS, ORIGINS, SECTIONS


@inside(Act.KEEP_SKP)
def page(request: InsideRequest, plan: str) -> HttpResponse:
    """The plan as its form has it."""
    file = plan_of(request.actor, request.place.code, plan)
    head = head_of(request, file, "plan")
    skp = file.rules.skp
    found = check_plan(file.plan, file.rows, skp, behaviours=file.behaviours, annexes=file.annexes)
    is_head, actual = file.plan.form is SkpForm.HEAD, layout(file.rows)
    qualitative = (actual or file.plan.method) is Method.QUALITATIVE
    may_write = file.plan.state is SkpState.DRAFT and (head["is_own"] or head["is_assessor"])
    may_expect = head["is_assessor"] and file.plan.state in {SkpState.DRAFT, SkpState.PROPOSED}
    return render(request, "people/plan.html", {
        **head, **_moves(request, file, head), "findings": found if head["is_open"] else (),
        "errors": sum(item.severity is Severity.ERROR for item in found),
        "check_words": _("Kesalahan menghalangi pengajuan; peringatan dan catatan untuk dibahas bersama."),
        "blocks": _blocks(request, file), "blocks_empty": not file.rows, "is_head": is_head, "qualitative": qualitative,
        "span": 6 + (0 if is_head else 1) - (1 if qualitative else 0),
        "form_word": FORMS[file.plan.form], "method_word": str(METHODS[file.plan.method]).lower(),
        "layout_word": str(METHODS[actual]).lower() if actual and actual is not file.plan.method else "",
        "may_write": may_write, "may_expect": may_expect, "new_url": address(request, "row-new", plan),
        "draw_url": address(request, "draw", plan), "draw_label": _("Tarik dari PK dan matriks"),
        "empty_words": _("Tarik hasil kerja dari perjanjian kinerja atau matriks peran hasil, atau tambahkan sendiri."),
        "standard": [{"row": row, "target": _target(row)} for row in skp.standard_rows] if is_head else [],
        "standard_url": address(request, "row-standard", plan), "values_source": skp.sources.get("nilai dasar"),
        "values": _values(file), "behaviour_url": address(request, "behaviour", plan),
        "annexes": _annexes(file), "annex_url": address(request, "annex", plan),
        "downloads": downloads(request, file),
        "settings_url": address(request, "settings", plan) if head["is_own"] or head["is_assessor"] else "",
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def take(request: InsideRequest, plan: str, step: str) -> HttpResponse:
    """One step of the plan's way."""
    agency, actor = request.place.code, request.actor
    if step == "ajukan":
        propose(actor, agency=agency, code=plan)
        told = _("SKP diajukan kepada pejabat penilai.")
    elif step == "sepakati":
        agree(actor, agency=agency, code=plan)
        told = _("SKP disepakati.")
    elif step == "kembalikan":
        return_plan(actor, agency=agency, code=plan, note=request.POST.get("alasan", ""))
        told = _("SKP dikembalikan menjadi draf.")
    elif step == "final":
        finalise(actor, agency=agency, code=plan)
        told = _("Penilaian dinyatakan final.")
    elif step == "buku-kerja":
        take_goals(actor, agency=agency, code=plan)
        told = _("Hasil kerja diambil dari buku kerja.")
    else:
        raise NotFound(_("Langkah %(step)s tidak ada.") % {"step": step})
    messages.success(request, told)
    return redirect(address(request, "rating" if step == "final" else "plan", plan))


@inside(Act.KEEP_SKP, methods=("POST",))
def behaviour(request: InsideRequest, plan: str) -> HttpResponse:
    """The leader's expectation on one core value."""
    given = request.POST
    set_behaviour(
        request.actor, agency=request.place.code, code=plan, value=given.get("nilai", ""),
        expectation=given.get("ekspektasi", ""),
    )  # fmt: skip
    messages.success(request, _("Ekspektasi disimpan."))
    return redirect(f"{address(request, 'plan', plan)}#perilaku")


@inside(Act.KEEP_SKP, methods=("POST",))
def annex(request: InsideRequest, plan: str) -> HttpResponse:
    """One list of the annex."""
    given = request.POST
    set_annex(
        request.actor, agency=request.place.code, code=plan, entries=lines_of(given.get("butir", "")),
        kind=chosen(AnnexKind, given.get("jenis", ""), _("Jenis lampiran")),
    )  # fmt: skip
    messages.success(request, _("Lampiran disimpan."))
    return redirect(f"{address(request, 'plan', plan)}#lampiran")


@inside(Act.KEEP_SKP, methods=("POST",))
def download(request: InsideRequest, plan: str) -> HttpResponse:
    """One of the plan's documents in one format; the verb notes who took it."""
    given = request.POST
    period = None
    if key := given.get("periode", ""):
        period = period_of(plan_of(request.actor, request.place.code, plan).plan, key)
    return sent(request, plan, given.get("dokumen", ""), given.get("format", ""), period)


def _moves(request: InsideRequest, file: PlanFile, head: dict[str, Any]) -> dict[str, Any]:
    """The steps that the person can take now, and in words who is next."""
    state, code = file.plan.state, file.plan.code
    own, assesses = head["is_own"], head["is_assessor"] and not head["is_own"]
    moves: list[dict[str, Any]] = []
    back = ""
    if state is SkpState.DRAFT and own:
        moves.append(_move(request, code, "ajukan", _("Ajukan kepada penilai"), "send"))
    if state is SkpState.DRAFT and (own or assesses) and not file.rows and file.plan.agreement:
        moves.append(_move(request, code, "buku-kerja", _("Ambil dari buku kerja"), "table", "btn-secondary"))
    if state is SkpState.PROPOSED and assesses:
        moves.append(_move(request, code, "sepakati", _("Sepakati SKP"), "check"))
        back = _("Kembalikan")
    if state is SkpState.AGREED and assesses:
        back = _("Buka kembali")
    return {
        "moves": moves, "return_url": address(request, "step", code, "kembalikan") if back else "",
        "return_label": back, "next_words": _next(state, own=own),
    }  # fmt: skip


def _move(
    request: InsideRequest, code: str, step: str, label: str, icon: str, look: str = "btn-primary"
) -> dict[str, Any]:
    return {"url": address(request, "step", code, step), "label": label, "icon": icon, "look": look}


def _next(state: SkpState, *, own: bool) -> str:
    return {
        SkpState.DRAFT: _("Setelah lengkap, SKP diajukan kepada pejabat penilai.") if own
        else _("Draf ini masih disusun; pegawainya yang mengajukan."),
        SkpState.PROPOSED: _("Menunggu persetujuan pejabat penilai."),
        SkpState.AGREED: _("Disepakati; berlanjut dengan umpan balik dan penilaian."),
        SkpState.EVALUATED: _("Sudah dinilai."),
        SkpState.OBJECTED: _("Keberatan menunggu putusan atasan pejabat penilai."),
        SkpState.FINAL: _("Penilaiannya final."),
    }[state]  # fmt: skip


def _blocks(request: InsideRequest, file: PlanFile) -> list[dict[str, Any]]:
    found = []
    for letter, section in zip("AB", Section, strict=True):
        rows = sorted((row for row in file.rows if row.section is section), key=lambda row: row.order)
        lines = [_line(request, number, row) for number, row in enumerate(rows, 1)]
        if lines:
            found.append({"letter": letter, "title": SECTIONS[section], "lines": lines})
    return found


def _line(request: InsideRequest, number: int, row: SkpRow) -> dict[str, Any]:
    return {
        "number": number, "row": row, "target": row.target_text(), "origin": ORIGINS[row.origin],
        "edit_url": address(request, "row", row.plan, row.order),
    }  # fmt: skip


def _values(file: PlanFile) -> list[dict[str, Any]]:
    told = {item.value: item.expectation for item in file.behaviours}
    return [
        {"code": value.code, "name": value.name, "guides": value.guides, "expectation": told.get(value.code, "")}
        for value in file.rules.skp.values
    ]


def _annexes(file: PlanFile) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind.value, "title": ANNEXES[kind],
            "items": (items := [item for item in file.annexes if item.kind is kind]),
            "text": "\n".join(item.text for item in items),
        }
        for kind in AnnexKind
    ]  # fmt: skip


def _target(row: Any) -> str:
    shown = row.target.shown()
    return shown if "%" in shown or not row.unit else f"{shown} {row.unit}"
