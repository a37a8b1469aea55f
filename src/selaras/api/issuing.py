"""Issued documents: which there are, how far their signatures are, their files. Programs read; they never sign."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from selaras.api.door import ApiRequest
from selaras.api.files import binary, sent
from selaras.api.intake import AgencyCode, Row, Year
from selaras.api.records import READS
from selaras.core.access import Act, check_somewhere
from selaras.store.issuing import find_issued, issued_of, read_issued
from selaras.store.models import IssuedDocument

router = Router(tags=["issuing"])


class SignatureOut(Schema):
    """Satu tempat tanda tangan."""

    order: int
    role: str = Field(description="Sebagai apa: pihak pertama, pejabat penilai, pimpinan instansi, …")
    office: str
    holder: str
    required: bool
    state: str
    level: str = Field(description="B-B, B-T, B-LT, atau B-LTA; kosong sebelum ditandatangani.")
    certificate_subject: str
    certificate_sha256: str
    signed_at: datetime | None


class IssuedOut(Schema):
    """Satu versi dokumen terbit."""

    id: int
    kind: str
    key: str = Field(description="Rekaman asal dokumen.")
    title: str
    year: int
    version: int
    state: str
    reason: str = Field(description="Alasan versi ini.")
    code: str = Field(description="Kode pada halaman verifikasi publik.")
    sha256: str
    issued_at: datetime | None
    signatures: list[SignatureOut]


@router.get("/agencies/{agency}/{int:year}/issued", response={200: list[IssuedOut], **READS}, operation_id="listIssued")
def listed(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Daftar dokumen terbit suatu tahun, yang boleh dilihat pemilik token."""
    check_somewhere(request.actor, Act.SEE, agency)
    rows = issued_of(request.actor, agency).filter(year=year).prefetch_related("signatures")
    return [_issued(row) for row in rows]


@router.get("/agencies/{agency}/issued/{int:row}", response={200: IssuedOut, **READS}, operation_id="getIssued")
def shown(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Satu dokumen terbit dengan tanda tangannya."""
    check_somewhere(request.actor, Act.SEE, agency)
    return _issued(find_issued(request.actor, agency, row))


@router.get(
    "/agencies/{agency}/issued/{int:row}/file", response={200: None, **READS}, operation_id="getIssuedFile",
    openapi_extra=binary("pdf"),
)  # fmt: skip
def file(request: ApiRequest, agency: AgencyCode, row: Row) -> HttpResponse:
    """Unduh berkas sebagaimana adanya sekarang. `ETag` adalah SHA-256 berkas itu."""
    check_somewhere(request.actor, Act.SEE, agency)
    found = find_issued(request.actor, agency, row)
    answer = sent(read_issued(agency, found.sha256), "pdf", found.file)
    answer["ETag"] = f'"{found.sha256}"'
    return answer


def _issued(row: IssuedDocument) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "key": row.key, "title": row.title, "year": row.year, "version": row.version,
        "state": row.state, "reason": row.reason, "code": row.code, "sha256": row.sha256, "issued_at": row.issued_at,
        "signatures": [
            {
                "order": one.order, "role": one.role, "office": one.office, "holder": one.holder, "required": one.required,
                "state": one.state, "level": one.level, "certificate_subject": one.certificate_subject,
                "certificate_sha256": one.certificate_sha256, "signed_at": one.signed_at,
            }
            for one in sorted(row.signatures.all(), key=lambda one: one.order)
        ],
    }  # fmt: skip
