"""Conclusions written against the matrix: verdict by the stated rule, both sides of the evidence, verification."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture_findings import (
    VERDICTS,
    freeze_conclusion,
    record_member_check,
    record_second_reader,
    record_tactic,
    remove_check,
    remove_conclusion,
    save_conclusion,
)
from selaras.core.access import Act
from selaras.core.culture.conclusions import Conclusion, Tactic, may_be_verified
from selaras.core.culture.sources import Method
from selaras.core.errors import NotAllowed, NotFound
from selaras.store.culture import StudyFile, study_file
from selaras.store.culture_displays import conclusion_data
from selaras.store.culture_rows import rule_of
from selaras.store.models import ConclusionCheck, StudyConclusion
from selaras.store.models.culture import CheckKind, DisplayKind
from selaras.web.culture import fields, matrices
from selaras.web.culture.fields import chosen, date_of, perhaps_date, whole_of
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again, typed_of
from selaras.web.culture.words import METHODS, STRENGTHS, TACTICS, look
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

MOST_SHOWN = 40
"""Quotations on each side of a conclusion; the pages of its codes hold them all."""


@inside(Act.READ_STUDY)
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """Every conclusion with its verdict, evidence line and how far it is verified; claims that nothing bears out."""
    file = study_file(request.actor, request.place.code, study)
    labels = {row.code: row for row in file.support}
    return render(request, "culture/conclusions.html", {
        **head_of(request, file.row, file.me, "conclusions"), "rule": rule_of(file.row).sentence(),
        "lines": [_line(request, file, item) for item in file.conclusions],
        "claims": [
            {"code": code, "name": file.material.by_code[code].name, "label": look(STRENGTHS, labels[code].label.value),
             "flag": labels[code].flag, "url": address(request, "code", study, code)}
            for code in file.claims
        ],
        "contrary": [
            {"code": row.code, "name": _name(file, row.code), "flag": row.flag, "url": address(request, "code", study, row.code)}
            for row in file.support if row.flag is not None and row.flag.value == "klaim berlawanan dengan bukti"
        ],
        "declared": ", ".join(str(METHODS[Method(item)]).lower() for item in file.row.methods),
        "banner": next(iter(file.banners.values()), ""), "banner_count": len(file.banners),
        "new_url": address(request, "conclusion-new", study),
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def new(request: InsideRequest, study: str) -> HttpResponse:
    """Write a conclusion: its codes first, so that the matrix can be read beside it."""
    if request.method == "POST":
        code = _saved(request, study, "")
        messages.success(request, _("Simpulan %(code)s ditulis; kekuatannya dihitung dari matriks.") % {"code": code})
        return redirect(address(request, "conclusion", study, code))
    file = study_file(request.actor, request.place.code, study)
    if not file.me.leads:
        raise NotAllowed(_("Hanya ketua studi yang menulis simpulan."))
    crumbs = ((_("Simpulan"), address(request, "conclusions", study)), (_("Simpulan baru"), ""))
    return render(request, "culture/conclusion_new.html", {
        **head_of(request, file.row, file.me, "conclusions", *crumbs), "fields": _form(file),
        "codes": _offered(file, _ticked(request, request.GET.getlist("kode"))),
        "cancel_url": address(request, "conclusions", study),
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, conclusion: str) -> HttpResponse:
    """One conclusion beside its matrix, with quotations on both sides, checks, and what was frozen."""
    if request.method == "POST":
        _saved(request, study, conclusion)
        messages.success(request, _("Simpulan disimpan."))
        return redirect(address(request, "conclusion", study, conclusion))
    file = study_file(request.actor, request.place.code, study)
    item = next((one for one in file.conclusions if one.code == conclusion), None)
    if item is None:
        raise NotFound(_("Simpulan %(code)s tidak ditemukan.") % {"code": conclusion})
    row = StudyConclusion.objects.get(study=file.row.pk, code=conclusion)
    checks = list(ConclusionCheck.objects.filter(conclusion=row).select_related("informant"))
    data = conclusion_data(file, item)
    by_code = {one.code: one for one in file.support}
    own = [by_code[code] for code in item.codes if code in by_code]
    crumbs = ((_("Simpulan"), address(request, "conclusions", study)), (conclusion, ""))
    return render(request, "culture/conclusion.html", {
        **head_of(request, file.row, file.me, "conclusions", *crumbs), **_line(request, file, item), "row": row,
        "by_source": matrices.table_of(request, file, DisplayKind.BY_SOURCE, "", data["by_source"]),
        "by_method": matrices.table_of(request, file, DisplayKind.BY_METHOD, "", data["by_method"]),
        "plus": matrices.quotes(request, file, [code for one in own for code in one.plus], MOST_SHOWN),
        "minus": matrices.quotes(request, file, [code for one in own for code in one.minus], MOST_SHOWN),
        "by_code": [{"code": code, "name": _name(file, code), "look": look(STRENGTHS, label.value),
                     "url": address(request, "code", study, code)} for code, label in file.strengths[conclusion].by_code],
        "faults": may_be_verified(item), "tactics": _tactics(checks), "others": _others(checks),
        "fields": _form(file, item), "codes": _offered(file, set(item.codes)), "rule": data["rule"],
        "people": [(person.code, f"{person.code} {person.role}") for person in file.material.informants
                   if person.consent is None or person.consent.withdrawn is None],
        "today": timezone.localdate().isoformat(), "is_writer": row.by == request.actor.name,
        "frozen": row.frozen, "frozen_when": format_date(row.frozen_at.date()) if row.frozen_at else "",
        "has_moved": bool(row.frozen) and row.frozen.get("line") != data["line"],
        "urls": {name: address(request, "conclusion-act", study, conclusion, word) for name, word in
                 (("freeze", "bekukan"), ("remove", "hapus"), ("check", "periksa"), ("uncheck", "batal-periksa"))},
        "action_url": f"{address(request, 'actions', study)}?simpulan={conclusion}#baru",
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("POST",))
@shown_again(page)
def act(request: InsideRequest, study: str, conclusion: str, verb: str) -> HttpResponse:
    """Freeze, check or remove a conclusion."""
    verbs: dict[str, Callable[[InsideRequest, str, str], str]] = {
        "bekukan": _freeze, "periksa": _check, "batal-periksa": _uncheck, "hapus": _remove,
    }  # fmt: skip
    if verb not in verbs:
        raise NotFound(_("Tindakan %(name)s tidak ada.") % {"name": verb})
    messages.success(request, verbs[verb](request, study, conclusion))
    if verb == "hapus":
        return redirect(address(request, "conclusions", study))
    return redirect(address(request, "conclusion", study, conclusion) + ("#periksa" if "periksa" in verb else ""))


def _freeze(request: InsideRequest, study: str, conclusion: str) -> str:
    freeze_conclusion(request.actor, agency=request.place.code, study=study, code=conclusion)
    return _("Sajian dibekukan bersama simpulan.")


def _check(request: InsideRequest, study: str, conclusion: str) -> str:
    given = request.POST
    at = {"agency": request.place.code, "study": study, "code": conclusion, "outcome": given.get("hasil", "")}
    kind = chosen(CheckKind, given, "jenis", _("Pemeriksaan"))
    agrees = given.get("setuju") == "ya"
    if kind is CheckKind.TACTIC:
        tactic = chosen(Tactic, given, "cara", _("Cara pemeriksaan"))
        record_tactic(request.actor, **at, tactic=tactic, held_on=perhaps_date(given, "tanggal"))
    elif kind is CheckKind.MEMBER:
        record_member_check(
            request.actor, **at, informant=given.get("informan", ""), agrees=agrees, held_on=date_of(given, "tanggal", _("Tanggal"))
        )  # fmt: skip
    else:
        record_second_reader(request.actor, **at, agrees=agrees, held_on=perhaps_date(given, "tanggal"))
    return _("Pemeriksaan dicatat.")


def _uncheck(request: InsideRequest, study: str, _conclusion: str) -> str:
    check = whole_of(request.POST, "pemeriksaan", _("Pemeriksaan"))
    remove_check(request.actor, agency=request.place.code, study=study, check=check)
    return _("Pemeriksaan dihapus.")


def _remove(request: InsideRequest, study: str, conclusion: str) -> str:
    remove_conclusion(
        request.actor, agency=request.place.code, study=study, code=conclusion, reason=request.POST.get("alasan", "")
    )  # fmt: skip
    return _("Simpulan dihapus.")


def _saved(request: InsideRequest, study: str, code: str) -> str:
    given = request.POST
    return save_conclusion(
        request.actor, agency=request.place.code, study=study, code=code, statement=given.get("pernyataan", ""),
        codes=given.getlist("kode"), construct=given.get("konstruk", ""), override=given.get("kekuatan", ""),
        reason=given.get("alasan", ""), rival=given.get("tandingan", ""), recommendation=given.get("rekomendasi", ""),
    )  # fmt: skip


def _line(request: InsideRequest, file: StudyFile, item: Conclusion) -> dict[str, Any]:
    found = file.strengths[item.code]
    done = {one.tactic for one in item.verifications if one.outcome.strip()}
    return {
        "conclusion": item, "strength": found, "verdict": look(STRENGTHS, found.verdict), "line": found.line,
        "banner": file.banners.get(item.code, ""), "url": address(request, "conclusion", file.row.code, item.code),
        "methods": [(METHODS[method], count) for method, count in found.methods.items()],
        "is_verified": not may_be_verified(item), "done": len(done), "all": len(Tactic),
        "without": [(code, _name(file, code)) for code in found.without], "contested": found.contested,
    }  # fmt: skip


def _name(file: StudyFile, code: str) -> str:
    held = file.material.by_code.get(code)
    return held.name if held else ""


def _tactics(checks: list[ConclusionCheck]) -> list[dict[str, Any]]:
    done = {item.tactic: item for item in checks if item.kind == CheckKind.TACTIC.value}
    for item in checks:
        if item.kind == CheckKind.MEMBER.value:
            done.setdefault(Tactic.MEMBER_CHECK.value, item)
    return [
        {"value": tactic.value, "title": word, "check": done.get(tactic.value), "is_needed": tactic is Tactic.NEGATIVE,
         "when": _day(done.get(tactic.value))}
        for tactic, word in TACTICS.items()
    ]  # fmt: skip


def _others(checks: list[ConclusionCheck]) -> list[dict[str, Any]]:
    return [{"row": item, "when": _day(item)} for item in checks if item.kind != CheckKind.TACTIC.value]


def _day(item: ConclusionCheck | None) -> str:
    return format_date(item.held) if item and item.held else ""


def _ticked(request: InsideRequest, codes: Iterable[str]) -> set[str]:
    """The codes that are ticked: those of a refused form, else those that are given."""
    typed = typed_of(request)
    return set(codes if typed is None or "pernyataan" not in typed else typed.getlist("kode"))


def _offered(file: StudyFile, chosen_codes: set[str]) -> list[dict[str, Any]]:
    """Every code with its label, by family; those of a conclusion are ticked."""
    labels = {row.code: row.label.value for row in file.support}
    found: dict[str, list[dict[str, Any]]] = {}
    for code in file.material.codes:
        if not code.merged_into:
            line = {
                "code": code.code,
                "name": code.name,
                "look": look(STRENGTHS, labels[code.code]),
                "on": code.code in chosen_codes,
            }
            found.setdefault(code.family or _("Tanpa keluarga"), []).append(line)
    return [{"name": name, "lines": own, "open": any(line["on"] for line in own)} for name, own in found.items()]


def _form(file: StudyFile, item: Conclusion | None = None) -> list[fields.Field]:
    constructs = [(node.name, node.name) for node in file.framework.constructs()]
    held = item.construct if item else ""
    if held and held not in dict(constructs):
        constructs.append((held, held))
    verdicts = [(value, STRENGTHS[value][0]) for value in VERDICTS]
    return [
        fields.area("pernyataan", _("Pernyataan"), item.statement if item else "", required=True),
        fields.choice("konstruk", _("Konstruk"), constructs, held, width="half", empty=_("Tidak pada satu konstruk")),
        fields.choice("kekuatan", _("Kekuatan menurut peneliti"), verdicts, item.override if item else "", width="half",
                      empty=_("Menurut aturan")),
        fields.area("alasan", _("Alasan mengubah kekuatan"), item.reason if item else "", rows=2,
                    help=_("Wajib bila kekuatan diubah dari aturan.")),
        fields.area("tandingan", _("Penjelasan tandingan"), item.rival if item else "", rows=2, width="half"),
        fields.area("rekomendasi", _("Rekomendasi"), item.recommendation if item else "", rows=2, width="half"),
    ]  # fmt: skip
