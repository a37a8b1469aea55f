"""The register of issued documents, the anchors of the trail and the trusted roots, for those who answer for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from selaras.actions.anchors import anchor_trail, export_anchors
from selaras.actions.verifying import add_root, remove_root
from selaras.core.access import Act, may
from selaras.core.errors import CannotRun, NotFound, Refusal
from selaras.documents.package import comma_table
from selaras.rulebook.trust import load_roots
from selaras.store.anchors import STALE, signature_fault, signed
from selaras.store.models import AuditAnchor, IssuedDocument
from selaras.store.proofs import issued_documents, roots_in_force
from selaras.web.accounts.moments import shown
from selaras.web.gate import InsideRequest, inside
from selaras.web.issuing.frame import tabs

ON_ONE_PAGE = 50
HEADS = ("kode", "judul", "jenis", "tahun", "versi", "keadaan", "alasan", "catatan", "sha256", "sha256_asal", "halaman",
         "terbit", "dibuat", "dibuat_oleh", "mengganti")  # fmt: skip


@inside(Act.AUDIT)
def register(request: InsideRequest) -> HttpResponse:
    """Every document that was issued, with version, reason and fingerprint."""
    rows = issued_documents(request.place.code)
    wanted = request.GET.get("cari", "").strip()[:100]
    if wanted:
        rows = rows.filter(title__icontains=wanted)
    page = Paginator(rows, ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)  # type: ignore[attr-defined]
    return render(request, "verification/register.html", tabs(request, "register") | {
        "page": page, "wanted": wanted, "lines": [{"row": row, "issued": shown(row.issued_at)} for row in page],
    })  # fmt: skip


@inside(Act.AUDIT)
def register_file(request: InsideRequest, form: str) -> HttpResponse:
    """The register as a file, CSV or JSON."""
    if form not in ("csv", "json"):
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    rows = list(_cells(request.place.code))
    name = f"register-dokumen-terbit-{request.place.code}.{form}"
    if form == "json":
        body = {"agency": request.place.code, "made_at": timezone.now().isoformat(), "documents": rows}
        answer: HttpResponse = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        content = comma_table(HEADS, ([str(row[name]) for name in HEADS] for row in rows))
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@inside(Act.AUDIT, methods=("GET", "POST"))
def anchors(request: InsideRequest) -> HttpResponse:
    """The anchors of the trail: when its head was last signed, and by which key."""
    if request.method == "POST":
        made = anchor_trail(request.actor)
        text = (
            _("Jangkar %(n)s dibuat.") % {"n": made.number}
            if made
            else _("Tidak ada catatan baru sejak jangkar terakhir.")
        )
        messages.success(request, text)
        return redirect("verification:anchors", request.place.code, request.place.year)
    page = Paginator(AuditAnchor.objects.order_by("-number"), ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)  # type: ignore[attr-defined]
    lines = [
        {"row": row, "when": shown(row.made_at), "fault": signature_fault(signed(row)), "head": row.head[:16]}
        for row in page
    ]
    newest = page.object_list[0] if page.number == 1 and lines else None
    return render(request, "verification/anchors.html", tabs(request, "anchors") | {
        "page": page, "lines": lines, "may_anchor": may(request.actor, Act.GRANT, ""),
        "is_stale": newest is None or timezone.now() - newest.made_at > STALE, "has_any": bool(lines),
    })  # fmt: skip


@inside(Act.AUDIT)
def anchors_file(request: InsideRequest) -> HttpResponse:
    """Every anchor as the file that is kept elsewhere."""
    text = export_anchors(request.actor)
    answer = HttpResponse(text, content_type="application/json")
    name = f"jangkar-{timezone.localdate().isoformat()}.json"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@inside(Act.AUDIT, methods=("GET", "POST"))
def roots(request: InsideRequest) -> HttpResponse:
    """Whom a verification trusts; an administrator adds a root with its source."""
    problem: Refusal | None = None
    given = {name: request.POST.get(name, "") for name in ("nama", "sumber", "pem", "lingkup")}
    if request.method == "POST":
        upload = request.FILES.get("berkas")
        pem = upload.read(1 << 20).decode("ascii", "replace") if upload else given["pem"]
        try:
            row = add_root(
                request.actor, pem=pem, name=given["nama"], source=given["sumber"],
                agency="" if given["lingkup"] == "instalasi" else request.place.code,
            )  # fmt: skip
        except CannotRun as refusal:
            problem = refusal
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            problem = refusal
        else:
            messages.success(request, _("Akar %(name)s dipercaya mulai sekarang.") % {"name": row.name})
            return redirect("verification:roots", request.place.code, request.place.year)
    code = request.place.code
    everywhere = may(request.actor, Act.GRANT, "")
    lines = [
        {"row": row, "until": shown(row.not_after), "added": shown(row.added_at), "whose": row.agency.name if row.agency else "",
         "may_remove": everywhere or (row.agency is not None and row.agency.code == code and may(request.actor, Act.GRANT, code))}
        for row in roots_in_force().order_by("name", "pk")
    ]  # fmt: skip
    return render(request, "verification/roots.html", tabs(request, "roots") | {
        "lines": lines, "known": [item for item in load_roots() if not item.pem], "problem": problem, "given": given,
        "may_add": may(request.actor, Act.GRANT, code), "everywhere": everywhere,
    }, status=422 if problem else 200)  # fmt: skip


@inside(Act.GRANT, methods=("POST",))
def remove(request: InsideRequest, root: int) -> HttpResponse:
    """Trust a root no longer."""
    remove_root(request.actor, root=root, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Akar itu tidak lagi dipercaya."))
    return redirect("verification:roots", request.place.code, request.place.year)


def _cells(agency: str) -> Iterator[dict[str, Any]]:
    for row in issued_documents(agency).iterator(chunk_size=1000):
        yield dict(zip(HEADS, _values(row), strict=True))


def _values(row: IssuedDocument) -> tuple[Any, ...]:
    return (
        row.code, row.title, row.kind, row.year, row.version, row.state, row.reason, row.note, row.sha256,
        row.source_sha256, row.pages, row.issued_at.isoformat() if row.issued_at else "", row.made_at.isoformat(),
        row.made_by, row.replaces.code if row.replaces else "",
    )  # fmt: skip
