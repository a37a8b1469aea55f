"""Verification by programs: hand a file in, ask for the answer; fetch the anchors of the trail to keep them elsewhere."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, File, Router, Schema, Status, UploadedFile
from ninja import Path as InPath

from selaras.actions.anchors import export_anchors
from selaras.actions.verifying import request_verification, start_waiting
from selaras.api.door import ApiRequest
from selaras.api.files import received
from selaras.api.records import READS, WRITES
from selaras.documents.pades.verify import LIMITS
from selaras.store.models import Verification
from selaras.store.models.proofs import VerificationState
from selaras.store.proofs import find_verification

router = Router(tags=["verification"])
Code = Annotated[
    str, InPath(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="Kode pemeriksaan, dari jawaban penyerahan.")
]


class VerificationOut(Schema):
    """Satu pemeriksaan berkas: sejauh mana, dan hasilnya."""

    code: str = Field(description="Kode untuk menanyakan hasilnya.")
    name: str
    sha256: str
    state: str = Field(description="menunggu, diperiksa, selesai, atau gagal.")
    made_at: datetime
    expires_at: datetime = Field(description="Sesudah waktu ini hasilnya dihapus.")
    result: dict[str, Any] = Field(
        description="Putusan, tanda tangan, register, dan pembandingan; kosong sebelum selesai."
    )


class AnchorsOut(Schema):
    """Jangkar jejak audit, untuk disimpan di tempat lain."""

    anchors: list[dict[str, Any]]


@router.post("/verifications", response={202: VerificationOut, **WRITES}, operation_id="verifyFile")
def asked(
    request: ApiRequest, file: Annotated[UploadedFile, File(description="PDF yang diperiksa, dari penerbit mana pun.")]
) -> Any:
    """Serahkan berkas untuk diperiksa. Pemeriksaan berjalan sesudah jawaban ini; tanyakan hasilnya dengan `code`."""
    with tempfile.TemporaryDirectory() as folder:
        path = received(file, Path(folder), "berkas", LIMITS.size)
        row = request_verification(request.actor, path=path, name=file.name or "berkas")
    return Status(202, _told(row))


@router.get("/verifications/{code}", response={200: VerificationOut, **READS}, operation_id="getVerification")
def answered(request: ApiRequest, code: Code) -> Any:
    """Hasil satu pemeriksaan."""
    row = find_verification(code, timezone.now())
    if row.state == VerificationState.WAITING.value:
        start_waiting(request.actor)
    return _told(row)


@router.get("/audit/anchors", response={200: AnchorsOut, **READS}, operation_id="exportAnchors")
def exported(request: ApiRequest) -> Any:
    """Semua jangkar jejak audit; hanya untuk penata seluruh instalasi."""
    made: dict[str, Any] = json.loads(export_anchors(request.actor))
    return made


def _told(row: Verification) -> dict[str, Any]:
    names = ("code", "name", "sha256", "state", "made_at", "expires_at", "result")
    return {name: getattr(row, name) for name in names}
