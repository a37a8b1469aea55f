"""What a reviewer does with a case: begin, judge, remark, give back, finish, open again, remove."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.comments import write_comment
from selaras.actions.review_followup import follow_up_findings
from selaras.actions.reviews import (
    begin_reading,
    discard_review,
    finish_review,
    judge,
    reopen_review,
    return_report,
)
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.models.work import Judgement
from selaras.store.reviews import visible_case
from selaras.web.gate import InsideRequest, inside
from selaras.web.review.case_page import lines_of, to_follow
from selaras.web.review.forms import handed_in
from selaras.web.review.views_case import REMARKS, case_context

JUDGEMENTS = {"terima": Judgement.ACCEPTED, "kesampingkan": Judgement.WAIVED, "cabut": None}


@inside(Act.REVIEW, methods=("POST",))
def begin(request: InsideRequest, case: int) -> HttpResponse:
    """Start reading: a report that was sent in, one that failed, or one that never ended."""
    with handed_in(*request.FILES.getlist("pembanding")) as others:
        begin_reading(request.actor, agency=request.place.code, case=case, others=others)
    return redirect("review:case", request.place.code, request.place.year, case)


@inside(Act.REVIEW, methods=("POST",))
def decide(request: InsideRequest, case: int) -> HttpResponse:
    """Accept findings, put them aside, or take a judgement back.

    Several accepted at once leave alone what was put aside with a reason: that is taken back one by one.
    """
    names = request.POST.getlist("temuan")
    word = request.POST.get("putusan", "")
    if word not in JUDGEMENTS:
        raise NotFound(_("Putusan ini tidak ada."))
    left: set[str] = set()
    if word == "terima" and len(names) > 1:
        decided = visible_case(request.actor, request.place.code, case).decisions
        left = set(
            decided.filter(judgement=Judgement.WAIVED, fingerprint__in=names).values_list("fingerprint", flat=True)
        )
        names = [name for name in names if name not in left]
        if not names:
            messages.info(request, _("Semua yang dipilih sudah dikesampingkan dengan alasan dan tetap begitu."))
            return redirect(_case_url(request, case))
    seen = {name: request.POST.get("terlihat", "") for name in names} if "terlihat" in request.POST else None
    changed = judge(
        request.actor, agency=request.place.code, case=case, fingerprints=names, judgement=JUDGEMENTS[word],
        reason=request.POST.get("alasan", ""), seen=seen,
    )  # fmt: skip
    said = _("%(count)s temuan diputus.") % {"count": changed} if len(names) > 1 else _("Putusan tersimpan.")
    if left:
        said += " " + _("%(count)s yang sudah dikesampingkan dengan alasan tetap begitu.") % {"count": len(left)}
    if request.htmx:
        row = visible_case(request.actor, request.place.code, case)
        answer = render(request, "review/_judged.html", case_context(request, row, names[0] if names else ""))
        answer["HX-Trigger"] = json.dumps({"toast": {"text": said, "tone": "good"}})
        return answer
    messages.success(request, said)
    return redirect(_case_url(request, case, temuan=names[0] if len(names) == 1 else ""))


@inside(methods=("POST",))
def follow_up(request: InsideRequest, case: int) -> HttpResponse:
    """Enter one finding in the register of follow-up, or all that the reviewer stands by."""
    place, row = request.place, visible_case(request.actor, request.place.code, case)
    names = request.POST.getlist("temuan")
    if not names:
        names = [line.fingerprint for line in to_follow(row, lines_of(row, row.decisions.all()))]
    register = reverse("followup:overview", args=(place.code, place.year))
    codes = follow_up_findings(
        request.actor, agency=place.code, case=case, year=place.year, fingerprints=names,
        url=f"{register}?{urlencode({'cari': f'REVIU-{case}-'})}",
    )  # fmt: skip
    said = ngettext(
        "%(count)s temuan masuk daftar tindak lanjut.", "%(count)s temuan masuk daftar tindak lanjut.", len(codes)
    )
    messages.success(request, said % {"count": len(codes)})
    if len(names) == 1:
        return redirect("followup:obstacle", place.code, place.year, codes[0])
    return redirect(f"{register}?{urlencode({'cari': f'REVIU-{case}-'})}")


@inside(Act.COMMENT, methods=("POST",))
def remark(request: InsideRequest, case: int) -> HttpResponse:
    """Write a remark beside a finding."""
    row = visible_case(request.actor, request.place.code, case)
    name = request.POST.get("temuan") or request.GET.get("temuan", "")
    line = next((line for line in lines_of(row, ()) if line.fingerprint == name), None)
    if line is None:
        raise NotFound(_("Temuan ini tidak ditemukan."))
    url = _case_url(request, case, temuan=name)
    write_comment(
        request.actor, agency=request.place.code, kind=REMARKS, key=line.comment_key(case),
        text=request.POST.get("isi", ""), url=url,
    )  # fmt: skip
    if request.htmx:
        return render(request, "review/_remarks.html", case_context(request, row, name))
    return redirect(url)


@inside(Act.REVIEW, methods=("POST",))
def give_back(request: InsideRequest, case: int) -> HttpResponse:
    """Return the report to its unit with a note."""
    return_report(request.actor, agency=request.place.code, case=case, note=request.POST.get("catatan", ""))
    messages.success(request, _("Laporan dikembalikan kepada unitnya."))
    return redirect(_case_url(request, case))


@inside(Act.REVIEW, methods=("POST",))
def finish(request: InsideRequest, case: int) -> HttpResponse:
    """Close the review."""
    finish_review(request.actor, agency=request.place.code, case=case, note=request.POST.get("catatan", ""))
    messages.success(request, _("Reviu selesai."))
    return redirect(_case_url(request, case))


@inside(Act.REVIEW, methods=("POST",))
def reopen(request: InsideRequest, case: int) -> HttpResponse:
    """Open a closed review again."""
    reopen_review(request.actor, agency=request.place.code, case=case, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Reviu dibuka lagi."))
    return redirect(_case_url(request, case))


@inside(Act.REVIEW, methods=("POST",))
def discard(request: InsideRequest, case: int) -> HttpResponse:
    """Remove a case that was brought in by mistake."""
    discard_review(request.actor, agency=request.place.code, case=case, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Reviu dihapus."))
    return redirect("review:cases", request.place.code, request.place.year)


def _case_url(request: InsideRequest, case: int, **query: str) -> str:
    url = reverse("review:case", args=(request.place.code, request.place.year, case))
    given = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(given)}" if given else url
