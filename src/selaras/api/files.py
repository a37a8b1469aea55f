"""Files in and out: workbooks, evidence, composed documents."""

from __future__ import annotations

import re
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
from selaras.api.intake import AgencyCode, Given, Year
from selaras.api.records import READS, WRITES
from selaras.api.schemas import Problem
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.period import Period
from selaras.core.reporting.attachment import plain

router = Router(tags=["files"])
LARGEST = 25 << 20
LARGEST_REPORT = 50 << 20
LONGEST_NAME = 120
BUSY = {503: Problem}
PERIODIC = ("triwulan", "bulanan")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
Form = Literal["pdf", "docx", "xlsx", "html"]


def binary(*forms: str) -> dict[str, Any]:
    """How the document tells of an operation that answers with a file in one of some forms."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    content = {TYPES[form].partition(";")[0]: schema for form in forms}
    return {"responses": {200: {"description": "Berkasnya.", "content": content}}}


class Wanted(Given):
    """Dokumen yang mana."""

    kind: str = Field("lkjip", description="Jenis dokumen, seperti pada `selaras report --kind`.")
    format: Form = "pdf"
    period: Period | None = None


class SheetOut(Schema):
    """Banyaknya baris satu lembar."""

    sheet: str
    created: int
    changed: int
    unchanged: int
    absent: int
    deleted: int


class Loaded(Schema):
    """Yang dilakukan pemuatan buku kerja, atau yang akan dilakukan."""

    agency: str
    dry_run: bool
    sheets: list[SheetOut]
    changes: list[str]
    changes_total: int


@router.post("/workbooks", response={200: Loaded, **WRITES}, operation_id="loadWorkbook")
def load(
    request: ApiRequest, file: Annotated[UploadedFile, File(description="Buku kerja .xlsx")],
    dry_run: Annotated[bool, Query(description="Periksa saja.")] = False,
    replace: Annotated[bool, Query(description="Hapus yang tidak ada di berkas, untuk tahun-tahun berkas itu.")] = False,
) -> Any:  # fmt: skip
    """Periksa dan muat buku kerja; semua atau tidak sama sekali."""
    with tempfile.TemporaryDirectory() as folder:
        path = received(file, Path(folder), "buku-kerja.xlsx")
        try:
            result = load_workbook(request.actor, path=path, dry_run=dry_run, replace=replace)
        except CannotRun as refusal:  # the file that was sent is no workbook, which is the sender's to mend
            raise Refusal(refusal.message, *refusal.faults) from refusal
    return {
        "agency": result.agency, "dry_run": result.dry_run, "changes_total": result.changes_total,
        "sheets": [plain(count) for count in result.counts], "changes": [change.sentence() for change in result.changes],
    }  # fmt: skip


@router.get("/agencies/{agency}/{int:year}/workbook", response={200: None, **READS}, operation_id="saveWorkbook",
            openapi_extra=binary("xlsx"))  # fmt: skip
def save(request: ApiRequest, agency: AgencyCode, year: Year) -> HttpResponse:
    """Buku kerja instansi suatu tahun."""
    with tempfile.TemporaryDirectory() as folder:
        path = save_workbook(request.actor, agency=agency, year=year, path=Path(folder) / "data.xlsx")
        return sent(path.read_bytes(), "xlsx", f"{agency}-{year}.xlsx")


@router.post("/agencies/{agency}/{int:year}/documents", response={200: None, **WRITES, **BUSY}, operation_id="composeDocument",
             openapi_extra=binary("pdf", "docx", "xlsx", "html"))  # fmt: skip
def document(request: ApiRequest, agency: AgencyCode, year: Year, wanted: Wanted) -> HttpResponse:
    """Susun dokumen dari data yang ada sekarang."""
    if wanted.kind in PERIODIC and wanted.period is None:
        raise Refusal(
            f"Dokumen {wanted.kind} memerlukan periode.", Fault("periode tidak disebut", remedy="Isi `period`.")
        )
    with tempfile.TemporaryDirectory() as folder:
        (path,) = compose(
            request.actor, agency=agency, year=year, kind=wanted.kind, formats=[wanted.format],
            output=Path(folder), period=wanted.period,
        )  # fmt: skip
        return sent(path.read_bytes(), wanted.format, path.name)


class Attached(Schema):
    """Nama tempat bukti disimpan."""

    name: str


@router.post("/agencies/{agency}/evidence", response={201: Attached, **WRITES}, operation_id="attachEvidence")
def evidence(request: ApiRequest, agency: AgencyCode, file: Annotated[UploadedFile, File()]) -> Any:
    """Simpan berkas bukti; namanya dipakai pada data bukti (`target`)."""
    with tempfile.TemporaryDirectory() as folder:
        name = attach(request.actor, agency=agency, path=received(file, Path(folder), file.name or "berkas"))
    return Status(201, {"name": name})


def received(file: UploadedFile, folder: Path, name: str, largest: int = LARGEST) -> Path:
    """An uploaded file in a folder, under its own name made harmless. Raises Refusal for one that is too large."""
    if file.size is None or file.size > largest:
        raise Refusal(f"Berkas terlalu besar: paling besar {largest >> 20} MB.")
    plain = re.sub(r"[^\w .()-]+", "-", Path(name.replace("\\", "/")).name).strip(" .-")
    path = folder / (plain[-LONGEST_NAME:] or "berkas")
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


def sent(content: bytes, form: str, name: str) -> HttpResponse:
    """A file to be saved, never shown as a page of ours."""
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
