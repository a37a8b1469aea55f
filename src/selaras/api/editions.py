"""Editions of reports: which there are, the published files, and the package for the ministry's e-SAKIP Reviu."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema
from ninja import Path as PathPart

from selaras.actions._announcing import address_of, public_files
from selaras.actions.esr import save_esr
from selaras.api.door import ApiRequest
from selaras.api.files import BUSY, binary, sent
from selaras.api.intake import PLAIN, AgencyCode, Row, Year
from selaras.api.records import READS
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import NotFound
from selaras.store.editions import edition_period, editions_of_year, find_edition, read_edition_file
from selaras.store.models import ReportEdition
from selaras.store.models.work import EditionState
from selaras.store.snapshot import find_agency

router = Router(tags=["reports"])
TYPE_ID = r"^[a-z-]{1,40}:[A-Za-z0-9_-]{1,40}$"


class FileOut(Schema):
    """Satu berkas publik."""

    name: str
    sha256: str
    url: str = Field(description="Alamat publik, tanpa token.")


class EditionOut(Schema):
    """Satu edisi laporan."""

    id: int
    kind: str = Field(description="Jenis dokumen, misalnya lkjip atau pk.")
    year: int
    period: str = Field(description="Kosong untuk dokumen setahun.")
    version: int
    state: str
    snapshot_sha256: str = Field(description="SHA-256 data yang dibekukan.")
    frozen_at: datetime | None
    approved_at: datetime | None
    published_at: datetime | None
    files: list[FileOut] = Field(description="Berkas publik; kosong sebelum terbit dan sesudah ditarik.")


@router.get(
    "/agencies/{agency}/{int:year}/editions", response={200: list[EditionOut], **READS}, operation_id="listEditions"
)
def listed(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Daftar edisi laporan suatu tahun."""
    check_somewhere(request.actor, Act.SEE, agency)
    pk, _ = find_agency(agency)
    return [_edition(row) for row in editions_of_year(pk, year).select_related("agency")]


@router.get("/agencies/{agency}/editions/{int:row}", response={200: EditionOut, **READS}, operation_id="getEdition")
def shown(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Satu edisi laporan."""
    check_somewhere(request.actor, Act.SEE, agency)
    return _edition(find_edition(agency, row))


@router.get(
    "/agencies/{agency}/editions/{int:row}/files/{name}", response={200: None, **READS, **BUSY},
    operation_id="getEditionFile", openapi_extra=binary("pdf", "html", "xlsx"),
)  # fmt: skip
def file(
    request: ApiRequest, agency: AgencyCode, row: Row,
    name: Annotated[str, PathPart(pattern=PLAIN, description="Nama berkas dari `files`.", max_length=300)],
) -> HttpResponse:  # fmt: skip
    """Unduh berkas edisi yang terbit. `ETag` adalah SHA-256 berkas itu."""
    check_somewhere(request.actor, Act.SEE, agency)
    edition = find_edition(agency, row)
    sha256 = _public(edition).get(name)
    if sha256 is None:
        raise NotFound("Berkas ini tidak ada atau tidak diterbitkan.")
    form = name.rpartition(".")[2]
    answer = sent(read_edition_file(agency, sha256, form), form, name)
    answer["ETag"] = f'"{sha256}"'
    return answer


@router.get(
    "/agencies/{agency}/{int:year}/esr", response={200: None, **READS, **BUSY}, operation_id="saveEsr",
    openapi_extra=binary("zip"),
)  # fmt: skip
def esr(
    request: ApiRequest, agency: AgencyCode, year: Year,
    drafts: Annotated[bool, Query(description="Sertakan dokumen dari data saat ini, ditandai draf.")] = False,
    type_id: Annotated[
        list[Annotated[str, Field(pattern=TYPE_ID)]],
        Query(description="Nomor jenis dokumen pada layanan untuk tahun itu, `jenis:nomor`.", examples=[["lkj:17"]]),
    ] = [],  # noqa: B006 (the library reads the default and never changes it)
    user_id: Annotated[str, Query(pattern=PLAIN, description="Nomor instansi pada layanan.", max_length=40)] = "",
) -> HttpResponse:  # fmt: skip
    """Paket ESR sebagai ZIP. Dokumen terbit dan disetujui, data, dan manifes dengan sidik SHA-256; tidak ada yang dikirim."""
    ids = dict(one.split(":", 1) for one in type_id)
    with tempfile.TemporaryDirectory() as folder:
        path = save_esr(
            request.actor, agency=agency, year=year, path=Path(folder) / "paket.zip", drafts=drafts, type_ids=ids,
            user_id=user_id,
        )  # fmt: skip
        return sent(path.read_bytes(), "zip", f"esr-{year}-{agency}.zip")


def _edition(row: ReportEdition) -> dict[str, Any]:
    period = edition_period(row)
    return {
        "id": row.pk, "kind": row.kind, "year": row.year, "period": period.name if period else "", "version": row.version,
        "state": row.state, "snapshot_sha256": row.snapshot_sha256, "frozen_at": row.frozen_at,
        "approved_at": row.approved_at, "published_at": row.published_at,
        "files": [
            {"name": name, "sha256": sha, "url": address_of(row, name)} for name, sha in _public(row).items()
        ],
    }  # fmt: skip


def _public(row: ReportEdition) -> dict[str, str]:
    return public_files(row) if row.state == EditionState.PUBLISHED.value else {}
