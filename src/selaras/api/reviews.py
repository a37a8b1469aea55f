"""Reviews by programs: hand in a report, ask how far its reading is, fetch its findings."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from selaras.actions.evidence import Upload
from selaras.actions.reviews import open_review
from selaras.api.door import ApiRequest
from selaras.api.files import LARGEST_REPORT, received
from selaras.api.intake import FIRST_YEAR, LAST_YEAR, PLAIN, AgencyCode, Row
from selaras.api.records import READS, WRITES
from selaras.api.schemas import FindingOut, Page
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import Fault, Refusal
from selaras.store.models import ReviewCase
from selaras.store.models.work import ReviewState
from selaras.store.reviews import visible, visible_case

router = Router(tags=["reviews"])
MOST = 200
BASE = "/agencies/{agency}/reviews"
READ = frozenset({ReviewState.OPEN.value, ReviewState.RETURNED.value, ReviewState.DONE.value})


class ReviewOut(Schema):
    """Satu reviu: sejauh mana, dan berapa temuannya."""

    id: int
    title: str
    year: int | None
    state: str = Field(description="dibaca, direviu, dikembalikan, selesai, atau gagal dibaca.")
    unit: str = Field(description="Instansi laporan itu, seperti terbaca.")
    counts: dict[str, int] = Field(description="Banyaknya temuan menurut beratnya; kosong sebelum terbaca.")
    error: str = Field(description="Mengapa laporan tidak dapat dibaca.")
    sha256: str
    opened_at: datetime
    closed_at: datetime | None


class JudgedFinding(FindingOut):
    """Satu temuan dengan putusan pereviu."""

    fingerprint: str
    judgement: str = Field("", description="diterima, dikesampingkan, atau kosong bila belum diputus.")
    reason: str = ""


@router.post(BASE, response={202: ReviewOut, **WRITES}, operation_id="openReview")
def opened(
    request: ApiRequest, agency: AgencyCode,
    file: Annotated[UploadedFile, File(description="Laporan: PDF, DOCX, XLSX, HTML, atau teks.")],
    title: Annotated[str, Form(pattern=PLAIN, max_length=300, description="Judul; kosong berarti nama berkas.")] = "",
    year: Annotated[int | None, Form(ge=FIRST_YEAR, le=LAST_YEAR, description="Tahun; kosong berarti dibaca.")] = None,
) -> Any:  # fmt: skip
    """Serahkan laporan untuk direviu. Pembacaan berjalan sesudah jawaban ini; tanyakan keadaannya pada `id` yang diberikan."""
    with tempfile.TemporaryDirectory() as folder:
        path = received(file, Path(folder), "laporan", LARGEST_REPORT)
        report = Upload(path, file.name or "laporan")
        case = open_review(request.actor, agency=agency, report=report, title=title, year=year)
    return Status(202, _review(case))


@router.get(BASE, response={200: Page[ReviewOut], **READS}, operation_id="listReviews")
def listed(
    request: ApiRequest, agency: AgencyCode,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Any:  # fmt: skip
    """Daftar reviu. Pereviu melihat semuanya; yang lain hanya reviu laporan instansi sendiri yang sudah selesai."""
    check_somewhere(request.actor, Act.SEE, agency)
    rows = visible(request.actor, agency).defer(None)
    return {"total": rows.count(), "items": [_review(row) for row in rows[offset : offset + limit]]}


@router.get(f"{BASE}/{{int:row}}", response={200: ReviewOut, **READS}, operation_id="getReview")
def shown(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Keadaan satu reviu."""
    check_somewhere(request.actor, Act.SEE, agency)
    return _review(visible_case(request.actor, agency, row))


@router.get(f"{BASE}/{{int:row}}/findings", response={200: list[JudgedFinding], **READS}, operation_id="reviewFindings")
def findings(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Temuan satu reviu. Ditolak selama laporannya belum terbaca."""
    check_somewhere(request.actor, Act.SEE, agency)
    case = visible_case(request.actor, agency, row)
    if case.state not in READ:
        raise Refusal("Laporan ini belum terbaca.", Fault("laporan belum terbaca", read=case.state, remedy=case.error))
    judged = {one.fingerprint: one for one in case.decisions.all()}
    pairs = zip(case.result.get("kept", []), case.result.get("findings", []), strict=True)
    return [_finding(found, kept["fingerprint"], judged.get(kept["fingerprint"])) for kept, found in pairs]


def _review(case: ReviewCase) -> dict[str, Any]:
    result = case.result or {}
    return {
        "id": case.pk, "title": case.title, "year": case.year, "state": case.state, "unit": result.get("unit") or "",
        "counts": result.get("counts") or {}, "error": case.error, "sha256": case.sha256, "opened_at": case.opened_at,
        "closed_at": case.closed_at,
    }  # fmt: skip


def _finding(found: dict[str, Any], fingerprint: str, decision: Any) -> dict[str, Any]:
    judgement = {"judgement": decision.judgement, "reason": decision.reason} if decision else {}
    return found | {"fingerprint": fingerprint, "judgement": "", "reason": ""} | judgement
