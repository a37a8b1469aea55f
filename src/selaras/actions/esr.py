"""The ESR package of an agency and year: published and approved documents, data, and a manifest with fingerprints."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils import timezone

from selaras.actions._announcing import address_of, public_files
from selaras.actions._files import sha256_of, written
from selaras.actions._rules import law_of
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check, may
from selaras.core.errors import Fault, Refusal
from selaras.core.reporting import compose
from selaras.core.reporting.esr import DRAFT, DataPart, Format, Part, manifest
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.open_data import open_data_text
from selaras.core.reporting.open_table import COLUMNS, lines
from selaras.core.reporting.redaction import data_snapshot
from selaras.core.snapshot import Snapshot
from selaras.documents.package import comma_table, write_package
from selaras.documents.write import write
from selaras.rulebook.esr import load_esr
from selaras.store.editions import edition_period, editions_of_year, frozen_snapshot, read_edition_file
from selaras.store.evidence import reader
from selaras.store.models import ReportEdition
from selaras.store.models.work import EditionState
from selaras.store.snapshot import find_agency, load_snapshot

OFFICIAL = (EditionState.PUBLISHED.value, EditionState.APPROVED.value)
DRAFTED = ("lkjip", "pk", "rencana-aksi", "pengukuran")
"""Kinds that can be composed for a year without saying a period."""
Contents = list[tuple[Part, bytes]]


def save_esr(
    by: Actor, *, agency: str, year: int, path: Path, drafts: bool = False, type_ids: Mapping[str, str] | None = None,
    user_id: str = "",
) -> Path:  # fmt: skip
    """Write the package for the ministry's e-SAKIP Reviu: `manifest.json`, `dokumen/`, `data/`, `SHA256SUMS`.

    Of each document the newest published edition, else the newest approved one; with `drafts` also documents
    composed from the data of today, marked as such. `type_ids` holds the service's number of a document type by our
    code of the type, `user_id` its number of the agency; what is not given stays empty. Raises Refusal where there
    is nothing to pack or a type is unknown, NotFound, NotAllowed and CannotRun.
    """
    # Composing takes seconds; nobody may wait for it with the database locked, so the content comes first.
    made: dict[str, bytes] = {}
    problem: Refusal | None = None
    if may(by, Act.EXPORT, agency) and (not drafts or may(by, Act.COMPOSE, agency)):
        try:
            made = _files(agency, year, drafts=drafts, type_ids=type_ids or {}, user_id=user_id)
        except Refusal as refusal:
            problem = refusal
    with traced(by, action="membuat paket ESR", agency=agency, act=Act.EXPORT) as trace:
        if drafts:
            check(by, Act.COMPOSE, agency)
        if problem is not None:
            raise problem
        with written(path) as draft:
            write_package(draft, made)
        trace |= {"year": year, "file": path.name, "sha256": sha256_of(path), "files": len(made)}
    return path


def _files(agency: str, year: int, *, drafts: bool, type_ids: Mapping[str, str], user_id: str) -> dict[str, bytes]:
    """Everything in the package by its name."""
    pk, identity = find_agency(agency)
    form = load_esr(timezone.localdate())
    _refuse_unknown(form, type_ids)
    editions = list(_newest(pk, year))
    contents = [_from_edition(agency, row) for row in editions]
    if drafts:
        contents += _drafts(agency, year, {row.kind for row in editions})
    if not contents:
        fault = Fault("tidak ada dokumen", remedy="Terbitkan laporannya dahulu, atau minta draf dengan sengaja.")
        raise Refusal(f"Belum ada dokumen {year} yang disetujui atau diterbitkan.", fault)
    data = _data(agency, year, editions, drafts=drafts)
    told = manifest(
        form, identity, year, parts=[part for part, _ in contents], type_ids=type_ids, user_id=user_id,
        data=[DataPart(name, _sha(content), len(content), remark) for name, content, remark in data],
        made_at=timezone.now().isoformat(timespec="seconds"),
    )  # fmt: skip
    return {
        "manifest.json": json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n",
        **{f"dokumen/{part.name}": content for part, content in contents},
        **{name: content for name, content, _ in data},
    }


def _refuse_unknown(form: Format, type_ids: Mapping[str, str]) -> None:
    known = [item.code for item in form.types]
    if unknown := sorted(set(type_ids) - set(known)):
        fault = Fault("jenis dokumen tidak dikenal", read=", ".join(unknown), expected=", ".join(known))
        raise Refusal("Paket ESR tidak dibuat.", fault)


def _newest(agency: int, year: int) -> Iterator[ReportEdition]:
    """Of each document the newest published edition, else the newest approved one."""
    rows = editions_of_year(agency, year).filter(state__in=OFFICIAL).select_related("agency")
    chosen: dict[tuple[str, str, int], ReportEdition] = {}
    for state in OFFICIAL:
        for row in rows:
            if row.state == state:
                chosen.setdefault((row.kind, row.span, row.index), row)
    yield from (chosen[key] for key in sorted(chosen))


def _from_edition(agency: str, row: ReportEdition) -> tuple[Part, bytes]:
    """The PDF of an edition: the one that everybody may fetch where it is published."""
    published = row.state == EditionState.PUBLISHED.value
    files = public_files(row) if published else row.files
    name, sha256 = next((name, sha) for name, sha in sorted(files.items()) if name.endswith(".pdf"))
    content = read_edition_file(agency, sha256, "pdf")
    period = edition_period(row)
    what = f"{row.kind} {period.name if period else row.year}, edisi {row.version}, {row.state}"
    part = Part(
        row.kind, name, sha256, len(content), row.state, what, address_of(row, name) if published else "", row.version,
        row.approved_at.isoformat() if row.approved_at else "", row.published_at.isoformat() if row.published_at else "",
    )  # fmt: skip
    return part, content


def _drafts(agency: str, year: int, have: set[str]) -> Contents:
    """Documents composed from the data of today, of the kinds that have no edition."""
    wanted = [kind for kind in DRAFTED if kind not in have]
    snapshot = load_snapshot(agency, year)
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
    found = []
    for kind in wanted:
        content = _composed(snapshot, kind, agency)
        part = Part(kind, f"{kind}-{year}-{safe}-draf.pdf", _sha(content), len(content), DRAFT,
                    f"{kind} {year}, draf dari data saat ini, belum disetujui")  # fmt: skip
        found.append((part, content))
    return found


def _composed(snapshot: Snapshot, kind: str, agency: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dokumen.pdf"
        write(compose(snapshot, law_of(snapshot.settings), kind=kind), "pdf", path, files=reader(agency))
        return path.read_bytes()


def _data(agency: str, year: int, editions: list[ReportEdition], *, drafts: bool) -> list[tuple[str, bytes, str]]:
    """The figures of the annual report, from its frozen data, or from those of today for a draft; without people."""
    report = next((row for row in editions if row.kind == "lkjip"), None)
    if report is None and not drafts:
        return []
    live = report is None
    snapshot = load_snapshot(agency, year) if report is None else frozen_snapshot(agency, report.snapshot_sha256)
    text = open_data_text(Figures(data_snapshot(snapshot), law_of(snapshot.settings)))
    remark = "angka dari data saat ini, belum disetujui" if live else "angka dari data yang dibekukan untuk laporan"
    return [
        ("data/data.json", text.encode(), remark),
        ("data/indikator.csv", comma_table(COLUMNS, lines(json.loads(text))), remark),
    ]


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
