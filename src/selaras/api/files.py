"""Files in and out: workbooks, evidence, composed documents."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from selaras.actions.evidence import attach
from selaras.actions.exchange import load_workbook, save_workbook
from selaras.actions.reports import compose
from selaras.api.door import ApiRequest
from selaras.api.records import ERRORS
from selaras.core.errors import Refusal
from selaras.core.period import Period
from selaras.core.reporting.attachment import plain

router = Router(tags=["files"])
LARGEST = 25 << 20
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}
Form = Literal["pdf", "docx", "xlsx", "html"]
BINARY = {
    "description": "Berkas.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


class Wanted(Schema):
    """Which document."""

    kind: str = Field("lkjip", description="Jenis dokumen, seperti pada `selaras report --kind`.")
    format: Form = "pdf"
    period: Period | None = None


class Loaded(Schema):
    """What loading a workbook did, or would do."""

    agency: str
    dry_run: bool
    sheets: list[dict[str, Any]]
    changes: list[str]
    changes_total: int


@router.post("/workbooks", response={200: Loaded, **ERRORS}, operation_id="loadWorkbook")
def load(
    request: ApiRequest, file: Annotated[UploadedFile, File(description="Buku kerja .xlsx")],
    dry_run: Annotated[bool, Query(description="Periksa saja.")] = False,
    replace: Annotated[bool, Query(description="Hapus yang tidak ada di berkas, untuk tahun-tahun berkas itu.")] = False,
) -> Any:  # fmt: skip
    """Periksa dan muat buku kerja; semua atau tidak sama sekali."""
    with tempfile.TemporaryDirectory() as folder:
        path = _received(file, Path(folder), "buku-kerja.xlsx")
        result = load_workbook(request.actor, path=path, dry_run=dry_run, replace=replace)
    return {
        "agency": result.agency, "dry_run": result.dry_run, "changes_total": result.changes_total,
        "sheets": [plain(count) for count in result.counts], "changes": [change.sentence() for change in result.changes],
    }  # fmt: skip


@router.get("/agencies/{agency}/{int:year}/workbook", response={200: None, **ERRORS}, operation_id="saveWorkbook",
            openapi_extra={"responses": {200: BINARY}})  # fmt: skip
def save(request: ApiRequest, agency: str, year: int) -> HttpResponse:
    """Buku kerja instansi suatu tahun."""
    with tempfile.TemporaryDirectory() as folder:
        path = save_workbook(request.actor, agency=agency, year=year, path=Path(folder) / "data.xlsx")
        return _sent(path, "xlsx", f"{agency}-{year}.xlsx")


@router.post("/agencies/{agency}/{int:year}/documents", response={200: None, **ERRORS}, operation_id="composeDocument",
             openapi_extra={"responses": {200: BINARY}})  # fmt: skip
def document(request: ApiRequest, agency: str, year: int, wanted: Wanted) -> HttpResponse:
    """Susun dokumen dari data yang ada sekarang."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = compose(
            request.actor, agency=agency, year=year, kind=wanted.kind, formats=[wanted.format],
            output=Path(folder), period=wanted.period,
        )  # fmt: skip
        return _sent(path, wanted.format, path.name)


class Attached(Schema):
    """The name under which evidence is kept."""

    name: str


@router.post("/agencies/{agency}/evidence", response={201: Attached, **ERRORS}, operation_id="attachEvidence")
def evidence(request: ApiRequest, agency: str, file: Annotated[UploadedFile, File()]) -> Any:
    """Simpan berkas bukti; namanya dipakai pada data bukti (`target`)."""
    with tempfile.TemporaryDirectory() as folder:
        name = attach(request.actor, agency=agency, path=_received(file, Path(folder), file.name or "berkas"))
    return Status(201, {"name": name})


def _received(file: UploadedFile, folder: Path, name: str) -> Path:
    if file.size is None or file.size > LARGEST:
        raise Refusal(f"Berkas terlalu besar: paling besar {LARGEST >> 20} MB.")
    path = folder / (Path(name.replace("\\", "/")).name.strip(". \0") or "berkas")
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


def _sent(path: Path, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(path.read_bytes(), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
