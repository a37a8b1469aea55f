"""One agreement: what it promises, where it disagrees with the plan, how far it is, its versions, its document."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.agreements import print_agreement
from selaras.actions.comments import write_comment
from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.agreements.differences import of_lines, of_programmes
from selaras.core.errors import NotFound
from selaras.core.finding import Finding, Severity
from selaras.core.numerals import format_rupiah
from selaras.core.reporting.agreement_gate import disagreements
from selaras.store.agreements import history_of, part_row, seated
from selaras.store.models import Comment, FieldChange
from selaras.store.models.work import AgreementState as State
from selaras.web.agreements.frame import CasePage, address
from selaras.web.agreements.mending import linked
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.records.views import SLUGS

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PARTS: dict[str, type[AgreementLine | AgreementProgramme]] = {"indikator": AgreementLine, "program": AgreementProgramme}
MOST_PARTS = 3
STATUS = "Status"
ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@inside()
def page(request: InsideRequest, agreement: str) -> HttpResponse:
    """The agreement with its lines, programmes and disagreements, its steps, remarks and history."""
    case = CasePage(request, agreement)
    found = disagreements(case.figures, case.agreement)
    found = tuple(sorted(found, key=lambda item: ORDER.index(item.severity)))
    errors = sum(item.severity is Severity.ERROR for item in found)
    shown, changes = linked(case, found), history_of(request.place.code, agreement)
    return render(request, "agreements/case.html", {
        "case": case, "item": case.agreement,
        "promiser": case.party(case.agreement.promiser),
        "superior": case.party(case.agreement.superior) if case.agreement.superior else None,
        "signed_on": format_date(case.agreement.signed_on) if case.agreement.signed_on else "",
        "lines": [_line(line) for line in case.lines],
        "programmes": [_programme(item) for item in case.programmes],
        "total": format_rupiah(case.total) if case.programmes else "",
        "line_slug": SLUGS[AgreementLine], "programme_slug": SLUGS[AgreementProgramme],
        "next_line": max((line.order for line in case.lines), default=0) + 1,
        "next_programme": max((item.order for item in case.programmes), default=0) + 1,
        "findings": shown, "errors": errors, "lesser": shown[errors:], "summary": _summary(found),
        "steps": _steps(case, changes), "versions": _versions(request, case), "events": _events(changes),
        "waiting": _waiting(case),
        **_comments(request, agreement),
    })  # fmt: skip


@inside()
def part(request: InsideRequest, agreement: str, kind: str, order: int) -> HttpResponse:
    """The form of one line or programme, with the way back to the agreement."""
    record = PARTS[kind]
    row = part_row(request.place.pk, record, agreement, order)
    if row is None:
        raise NotFound(_("Baris %(order)s tidak ada pada perjanjian %(code)s.") % {"order": order, "code": agreement})
    form = reverse("records:edit", args=(request.place.code, request.place.year, SLUGS[record], row))
    return redirect(f"{form}?{urlencode({'kembali': address(request, 'case', agreement)})}")


@inside()
def versions(request: InsideRequest, agreement: str) -> HttpResponse:
    """A version side by side with the one before, or with another one by its code."""
    case = CasePage(request, agreement)
    asked = request.GET.get("dengan", "")
    other = next((item for item in case.versions if item.code == asked), None) if asked else case.previous
    if other is None:
        raise NotFound(_("Tidak ada versi lain untuk dibandingkan dengan %(code)s.") % {"code": agreement})
    figures = case.figures
    return render(request, "agreements/versions.html", {
        "case": case, "item": case.agreement, "other": other,
        "heads": [_("Indikator"), _version(other), _version(case.agreement)],
        "heads_money": [_("Program"), _version(other), _version(case.agreement)],
        "lines": of_lines(figures.lines_of(other), case.lines),
        "programmes": of_programmes(figures.programmes_of(other), case.programmes),
        "back": address(request, "case", agreement),
        "days": [(_version(item), format_date(item.signed_on) if item.signed_on else "") for item in (other, case.agreement)],
    })  # fmt: skip


@inside(methods=("POST",))
def printed(request: InsideRequest, agreement: str, form: str) -> HttpResponse:
    """The agreement as a document to print and to sign."""
    if form not in MEDIA:
        raise NotFound(_("Bentuk dokumen %(form)s tidak ada.") % {"form": form})
    with tempfile.TemporaryDirectory() as folder:
        made = print_agreement(
            request.actor, agency=request.place.code, agreement=agreement, formats=[form], output=Path(folder)
        )
        content = made[0].read_bytes()
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{agreement}.{form}")
    return answer


@inside(methods=("POST",))
def comment(request: InsideRequest, agreement: str) -> HttpResponse:
    """Write a remark; htmx gets the thread again."""
    url = address(request, "case", agreement)
    case = CasePage(request, agreement)
    write_comment(
        request.actor, agency=request.place.code, kind=Agreement.__name__, key=agreement,
        text=request.POST.get("isi", ""), unit=case.unit, url=url,
    )  # fmt: skip
    if request.htmx:
        return render(request, "components/comments.html", _comments(request, agreement))
    return redirect(f"{url}#komentar")


def _comments(request: InsideRequest, agreement: str) -> dict[str, Any]:
    rows = Comment.objects.filter(agency=request.place.code, kind=Agreement.__name__, key=agreement)
    return {
        "comments": [
            {"who": row.name, "when": _moment(row.at), "iso": row.at.isoformat(), "text": row.text,
             "mine": row.name == request.actor.name}
            for row in rows
        ],
        "post_url": address(request, "comment", agreement) if request.place.can["COMMENT"] else "",
    }  # fmt: skip


def _line(line: AgreementLine) -> dict[str, Any]:
    target = line.target.shown()
    return {
        "order": line.order, "sasaran": line.sasaran, "wording": line.wording, "indicator": line.indicator,
        "target": target, "unit": "" if "%" in target else line.unit,
    }  # fmt: skip


def _programme(item: AgreementProgramme) -> dict[str, Any]:
    return {
        "order": item.order, "wording": item.wording, "amount": format_rupiah(item.amount), "source": item.source.value,
        "node": item.node,
    }  # fmt: skip


def _summary(found: Iterable[Finding]) -> str:
    counts = [(word, sum(item.severity is severity for item in found)) for word, severity in (
        (_("kesalahan"), Severity.ERROR), (_("peringatan"), Severity.WARNING), (_("catatan"), Severity.INFO))]  # fmt: skip
    return ", ".join(f"{count} {word}" for word, count in counts if count)


def _waiting(case: CasePage) -> dict[str, Any] | None:
    """For whom the agreement waits, and whether an account is linked with that position; None if for nobody."""
    item, superior = case.agreement, case.agreement.superior
    turn = {State.PROPOSED: superior, State.AGREED: item.promiser, State.SIGNED_BY_PROMISER: superior}
    position = turn.get(case.road.state, "")
    if not position or case.road.recorded:
        return None
    is_outside = position in case.positions and case.positions[position].outside
    seat = bool(seated(case.place.code, position, timezone.localdate()))
    return {"party": case.party(position), "seated": seat, "outside": is_outside}


def _steps(case: CasePage, changes: list[FieldChange]) -> list[dict[str, Any]]:
    """The road as steps: what is done, by whom and when, and where it is now."""
    passed = _passed(changes)
    road = case.road
    names = [(State.DRAFT, _("Draf")), (State.PROPOSED, _("Diajukan")), (State.AGREED, _("Disepakati")),
             (State.SIGNED_BY_PROMISER, _("Pihak pertama")), (State.SIGNED, _("Pihak kedua"))]  # fmt: skip
    if not case.agreement.superior:
        names = [
            (State.DRAFT, _("Draf")),
            (State.AGREED, _("Siap ditandatangani")),
            (State.SIGNED, _("Ditandatangani")),
        ]
    order = [state for state, _name in names]
    at = order.index(road.state) if road.state in order else 0
    done = len(order) if road.is_signed else at + (road.state is not State.DRAFT and road.state in order)
    signed = {
        State.SIGNED_BY_PROMISER: road.promiser,
        State.SIGNED: road.superior if road.superior.by else road.promiser,
    }
    steps = []
    for index, (state, title) in enumerate(names):
        mark = "done" if index < done else "current" if index == done else "next"
        if road.state is State.RETURNED and index == 0:
            mark = "returned"
        who = signed[state] if state in signed and mark == "done" else None
        last = index == done - 1 or mark == "returned"
        by, when = (who.by, who.at) if who else (road.changed_by, road.changed_at) if last else ("", None)
        if not by and mark == "done" and state in passed:
            by, when = passed[state].actor, passed[state].at
        steps.append({"title": title, "state": mark, "who": by, "when": _moment(when) if when else ""})
    return steps


def _passed(changes: list[FieldChange]) -> dict[State, FieldChange]:
    """The last time that the agreement came into each state; a draft when it was made."""
    found: dict[State, FieldChange] = {}
    for change in reversed(changes):
        if change.kind == Agreement.__name__ and not change.field and change.after:
            found[State.DRAFT] = change
        elif change.kind == Agreement.__name__ and change.field == STATUS:
            found[State(change.after)] = change
    return found


def _versions(request: InsideRequest, case: CasePage) -> list[dict[str, Any]]:
    return [
        {
            "title": _version(item), "url": address(request, "case", item.code), "code": item.code,
            "current": item.code == case.agreement.code, "reason": item.reason.value if item.reason else "",
            "note": item.reason_note, "compare": address(request, "versions", item.code) if item.version else "",
            "signed": format_date(item.signed_on) if item.signed_on else "",
        }
        for item in reversed(case.versions)
    ]  # fmt: skip


def _version(item: Agreement) -> str:
    return _("Perubahan %(number)s") % {"number": item.version} if item.version else _("Versi semula")


def _events(changes: list[FieldChange]) -> list[dict[str, str]]:
    """The history, newest first; many lines that one act touched are told as one event."""
    events = []
    for _act, group in groupby(changes, key=lambda change: change.act):
        own: list[FieldChange] = []
        parts: list[FieldChange] = []
        for change in group:
            (own if change.kind == Agreement.__name__ else parts).append(change)
        events += [_event(change) for change in own]
        if len(parts) <= MOST_PARTS:
            events += [_event(change) for change in parts]
            continue
        did = ngettext("mengisi %(n)s isian baris", "mengisi %(n)s isian baris", len(parts)) % {"n": len(parts)}
        events.append(_event(parts[0]) | {"did": did, "old": "", "new": ""})
    return events


def _event(change: FieldChange) -> dict[str, str]:
    part = "" if change.kind == Agreement.__name__ else f"{_('baris')} {change.key.rpartition(' ')[2]} · "
    return {
        "when": _moment(change.at), "iso": change.at.isoformat(), "who": change.actor,
        "did": part + (change.field or (_("membuat") if change.after else _("menghapus"))),
        "old": change.before if change.field else "", "new": change.after if change.field else "",
        "why": change.reason,
    }  # fmt: skip


def _moment(at: Any) -> str:
    local = localtime(at)
    return f"{format_date(local.date())} {local:%H.%M}"
