"""Sources of a study: texts pasted, read from files or drawn from evidence, locked before they are coded.

A text that names an informant is neither locked nor exported.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from selaras.actions._culture import (
    found,
    store_columns,
    study_held,
    words,
)
from selaras.actions._culture_sources import SOURCE, _added, _details, _link, _text
from selaras.actions._culture_withdrawing import drop_files, refuse_names
from selaras.actions._keeping import Upload, keep, kind_taken, not_taken
from selaras.actions._scanning import scan
from selaras.core.access import Actor
from selaras.core.culture.sources import Method, cleaned, fingerprint, lock
from selaras.core.document import Heading, Listing, Paragraph, Table
from selaras.core.errors import Conflict, Fault, NotFound, Refusal
from selaras.core.measurement.records import EvidenceKind
from selaras.core.place import Place
from selaras.documents.read import read
from selaras.store import models as tables
from selaras.store.culture_rows import source_record
from selaras.store.evidence import path_of


def add_source(
    by: Actor, *, agency: str, study: str, title: str, method: Method, text: str = "", held: date | None = None,
    place: str = "", collector: str = "", informants: Iterable[str] = (), joint: bool = False, gap: str = "",
    code: str = "",
) -> str:  # fmt: skip
    """Add a text to a study, still open to changes; its code is returned. An empty one needs `gap`, its reason.

    `joint`: the informants answered together and are one account. Raises Refusal, NotFound (study, informant),
    NotAllowed.
    """
    with study_held(by, agency, study, "menambah sumber studi") as (trace, study_row):
        given = _details(title, method, held, place, collector, joint, gap)
        return _added(trace, study_row, by, given, text, informants, code)


def add_source_file(
    by: Actor, *, agency: str, study: str, title: str, method: Method, upload: Upload, held: date | None = None,
    place: str = "", collector: str = "", informants: Iterable[str] = (), joint: bool = False, code: str = "",
) -> str:  # fmt: skip
    """Add a text file, DOCX or PDF: its words become the text, the original is kept beside the evidence.

    Raises Refusal (kind, size, infected, unreadable), CannotRun, NotFound, NotAllowed.
    """
    kind = kind_taken(upload)
    if kind is None:
        raise not_taken(upload)
    scan(upload.path, upload.name)
    text = _text_of(upload.path, kind.suffix)
    with study_held(by, agency, study, "menambah berkas sumber studi") as (trace, study_row):
        given = _details(title or Path(upload.name).stem, method, held, place, collector, joint, "")
        name, digest = keep(agency, upload, kind.suffix)
        trace |= {"file": name, "sha256": digest}
        return _added(trace, study_row, by, {**given, "file": name, "file_sha256": digest}, text, informants, code)


def draw_source(
    by: Actor,
    *,
    agency: str,
    study: str,
    evidence: int,
    method: Method = Method.DOCUMENT,
    title: str = "",
    code: str = "",
) -> str:
    """Draw evidence that is in the system (by its number) into a study as a source. Only files can be read.

    Raises Refusal, NotFound, CannotRun, NotAllowed.
    """
    row = tables.Evidence.objects.select_related("indicator").filter(agency__code=agency, pk=evidence).first()
    if row is None:
        raise NotFound("Bukti ini tidak ditemukan.")
    if row.kind != EvidenceKind.FILE.value:
        raise Refusal(
            "Bukti tidak ditarik.", Fault("bukti bukan berkas", read=row.kind, expected=EvidenceKind.FILE.value)
        )
    path = path_of(agency, row.target)
    text = _text_of(path, path.suffix)
    with study_held(by, agency, study, "menarik bukti sebagai sumber studi") as (trace, study_row):
        origin = f"{row.indicator.code}, {row.period.name}: {row.title}"
        if study_row.row.sources.filter(evidence=origin).exists():
            raise Refusal("Bukti tidak ditarik.", Fault("bukti sudah menjadi sumber", read=origin))
        given = _details(title or row.title, method, row.dated, "", "", joint=False, gap="")
        given |= {"file": row.target, "file_sha256": row.sha256, "evidence": origin}
        return _added(trace, study_row, by, given, text, (), code)


def save_source(
    by: Actor, *, agency: str, study: str, source: str, title: str, method: Method, seen: str = "", text: str | None = None,
    held: date | None = None, place: str = "", collector: str = "", informants: Iterable[str] = (), joint: bool = False,
    gap: str = "",
) -> None:  # fmt: skip
    """Change a source; its text only while it is not locked (None leaves it). `seen` is the text hash one had before one.

    Raises Refusal, Conflict, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "mengubah sumber studi") as (trace, study_row):
        row = found(tables.StudySource.objects.filter(study=study_row.row), source, "Sumber")
        columns = _details(title, method, held, place, collector, joint, gap)
        if text is not None and cleaned(text) != row.text:
            if row.seal:
                raise Refusal(
                    f"Teks sumber {source} sudah dikunci.",
                    Fault("teks terkunci", Place(record=source), remedy="Simpan versi baru sebagai sumber baru."),
                )
            if seen and seen != fingerprint(row.text):
                raise Conflict(f"Teks sumber {source} sudah diubah orang lain.")
            columns |= {"text": _text(source, text), "length": len(cleaned(text))}
            trace["text"] = fingerprint(columns["text"])
        made = columns.pop("text", None)
        store_columns(trace, row, f"{study} {source}", columns, kind=SOURCE)
        if made is not None:
            row.text = made
            row.save()
        _link(trace, study_row, row, informants)


def lock_source(by: Actor, *, agency: str, study: str, source: str) -> str:
    """Seal the text of a source so that it can be coded and never changed again; the seal is returned.

    Refused while the text names an informant whose identity is known. Raises Refusal, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "mengunci sumber studi") as (trace, held):
        row = found(tables.StudySource.objects.filter(study=held.row), source, "Sumber")
        if row.seal:
            raise Refusal(f"Sumber {source} sudah dikunci.", Fault("sumber terkunci", Place(record=source)))
        if not row.text.strip():
            raise Refusal(f"Sumber {source} tidak dikunci.", Fault("teks kosong", Place(record=source)))
        refuse_names(held, {source: row.text})
        row.seal = lock(source_record(row, ())).seal
        row.save()
        trace |= {"source": source, "sha256": row.seal}
        trace.changed(SOURCE, f"{study} {source}", "Kunci", "", row.seal)
        return str(row.seal)


def remove_source(by: Actor, *, agency: str, study: str, source: str, reason: str) -> None:
    """Remove a source that nobody has coded. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus sumber studi") as (trace, held):
        why = words(reason, "alasan", empty=False)
        row = found(tables.StudySource.objects.filter(study=held.row), source, "Sumber")
        if row.segments.exists():
            raise Refusal("Sumber tidak dihapus.", Fault("sumber sudah disandi", Place(record=source)))
        trace.changed(SOURCE, f"{study} {source}", "", row.title, "", why)
        if row.file and not row.evidence:
            drop_files(held, [row.file])
        row.delete()


def _text_of(path: Path, suffix: str) -> str:
    """The words of a text file, DOCX or PDF, a paragraph a line; tables as rows with tabs. Raises Refusal, CannotRun."""
    if suffix.lower() in {".txt", ".md"}:
        try:
            return cleaned(path.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Refusal(
                f"Berkas {path.name} tidak terbaca.",
                Fault("bukan teks UTF-8", remedy="Simpan ulang berkas itu sebagai teks UTF-8."),
            ) from error
    lines = []
    for block in read(path).document.blocks:
        if isinstance(block, Heading):
            lines.append(block.full)
        elif isinstance(block, Paragraph):
            lines.append("".join(span.text for span in block.spans))
        elif isinstance(block, Listing):
            lines += ["".join(span.text for span in item) for item in block.items]
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in (*block.header, *block.body)]
    made = cleaned("\n".join(lines))
    if not made.strip():
        raise Refusal(
            f"Berkas {path.name} tidak memuat teks.",
            Fault("teks kosong", remedy="Bila berkas itu hasil pindaian, salin teksnya lebih dahulu."),
        )
    return made
