"""Documents of evaluations as files: the LHE in any format, the LKE as a workbook, and those of many units in one archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from selaras.actions._evaluation_steps import name_of
from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check, check_somewhere, may
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.evaluation.stages import State
from selaras.core.reporting.evaluation_letter import compose
from selaras.documents.lke.write import sheet_bytes
from selaras.documents.write import FORMATS, write
from selaras.documents.write.listing import grid
from selaras.store.evaluation_letters import grid_of, info_of, letter_of, listings_of
from selaras.store.evaluations import columns_for, evaluation_at, evaluations_of, sheet_of, unit_of
from selaras.store.models import Evaluation

LHE, LKE = "lhe", "lke"


def compose_letter(by: Actor, *, agency: str, evaluation: int, formats: Sequence[str], output: Path) -> list[Path]:
    """Write the LHE of an evaluation in each format into the folder `output`, named by year and unit.

    Before the evaluation is final only evaluators may, and the document says so. Raises Refusal for an unknown
    format, NotAllowed, NotFound, CannotRun.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise Refusal(f"Format {', '.join(unknown)} tidak dikenal.", Fault("format", expected=", ".join(FORMATS)))
    check_somewhere(by, Act.SEE, agency)
    row = _readable(by, agency, evaluation)
    document = compose(letter_of(row))
    paths = [output / f"{_stem(LHE, row)}.{name}" for name in dict.fromkeys(formats)]
    for path in paths:
        with written(path) as draft:
            write(document, path.suffix[1:], draft)
    with traced(by, action="menyusun LHE", agency=agency) as trace:
        trace |= {"evaluation": evaluation, "files": {path.name: sha256_of(path) for path in paths}}
    return paths


def write_sheet(by: Actor, *, agency: str, evaluation: int, output: Path) -> Path:
    """Write the LKE of an evaluation as a workbook that calculates, with the columns that the actor may read.

    Raises NotAllowed, NotFound, CannotRun.
    """
    check_somewhere(by, Act.EXPORT, agency)
    row = evaluation_at(by, agency, evaluation)
    check(by, Act.EXPORT, agency, unit_of(row))
    path = output / f"{_stem(LKE, row)}.xlsx"
    content = _sheet(by, row)
    with written(path) as draft:
        draft.write_bytes(content)
    with traced(by, action="mengekspor LKE", agency=agency) as trace:
        trace |= {"evaluation": evaluation, "files": {path.name: sha256_of(path)}}
    return path


def compose_many(
    by: Actor,
    *,
    agency: str,
    year: int,
    evaluations: Sequence[int] = (),
    sheets: bool = False,
    drafts: bool = True,
    output: Path,
) -> Path:
    """Write the LHE of many units as PDF, with `sheets` also their LKE, into one ZIP archive in `output`.

    Without a choice, those of every final evaluation of the year that the actor may see. What is not final says so in
    its name and stands in the list of the archive; without `drafts` it is left out, and the list says so. Raises
    Refusal where there is none, NotAllowed, NotFound, CannotRun.
    """
    check_somewhere(by, Act.SEE, agency)
    chosen = set(evaluations)
    rows = evaluations_of(by, agency, year).defer(None)
    rows = rows.filter(pk__in=chosen) if chosen else rows.filter(state=State.FINAL.value)
    found = list(rows)
    if not found or len(found) < len(chosen):
        raise Refusal("Tidak ada LHE yang disusun.", Fault("evaluasi tidak ditemukan", read=f"{len(found)} evaluasi"))
    taken = [row for row in found if drafts or _is_final(row)]
    if not taken:
        raise Refusal(
            "Tidak ada LHE yang disusun.",
            Fault("semua evaluasi yang dipilih masih draf", read=f"{len(found)} evaluasi",
                  remedy="Sertakan draf, atau tunggu hasilnya ditetapkan."),
        )  # fmt: skip
    path = output / f"{LHE}-{year}-{_safe(agency)}.zip"
    with written(path) as draft, ZipFile(draft, "w", ZIP_DEFLATED) as archive:
        for name, content in _each(by, agency, taken, sheets=sheets):
            archive.writestr(name, content)
        archive.writestr(f"daftar-{LHE}-{year}.xlsx", _list(found, taken))
    with traced(by, action="menyusun LHE", agency=agency) as trace:
        trace |= {
            "year": year, "count": len(taken), "drafts": sum(not _is_final(row) for row in taken),
            "files": {path.name: sha256_of(path)},
        }  # fmt: skip
    return path


def _list(found: Sequence[Evaluation], taken: Sequence[Evaluation]) -> bytes:
    """What stands in an archive, and what was left out of it."""
    heads = ["Unit", "Status evaluasi", "LHE", "Berkas"]
    lines = []
    for row in found:
        kept = row in taken
        name = f"{_stem(LHE, row)}.pdf" if kept else ""
        lines.append([name_of(row), row.state, _standing(row, kept=kept), name])
    return grid("Daftar LHE", heads, lines)


def _standing(row: Evaluation, *, kept: bool) -> str:
    if not kept:
        return "tidak disertakan (draf)"
    return "final" if _is_final(row) else "draf"


def _is_final(row: Evaluation) -> bool:
    return row.state == State.FINAL.value


def _each(by: Actor, agency: str, rows: Sequence[Evaluation], *, sheets: bool) -> Iterator[tuple[str, bytes]]:
    with TemporaryDirectory() as folder:
        for row in rows:
            held = _readable(by, agency, row.pk)
            path = Path(folder) / f"{_stem(LHE, held)}.pdf"
            write(compose(letter_of(held)), "pdf", path)
            yield path.name, path.read_bytes()
            path.unlink()
            if sheets:
                yield f"{_stem(LKE, held)}.xlsx", _sheet(by, held)


def _readable(by: Actor, agency: str, pk: int) -> Evaluation:
    """The evaluation, if the actor may read its result: evaluators always, others once it is final."""
    row = evaluation_at(by, agency, pk)
    unit = unit_of(row)
    check(by, Act.COMPOSE, agency, unit)
    if not _is_final(row) and not may(by, Act.EVALUATE, agency, unit):
        raise NotAllowed("LHE dapat dibaca sesudah hasil evaluasi ditetapkan.")
    return row


def _sheet(by: Actor, row: Evaluation) -> bytes:
    sheet, columns = sheet_of(row), columns_for(by, row)
    grid = grid_of(sheet, columns)
    return sheet_bytes(grid, sheet.template, info_of(row), listings_of(sheet, columns), year=row.year)


def _stem(kind: str, row: Evaluation) -> str:
    mark = "-draf" if kind == LHE and not _is_final(row) else ""
    return f"{kind}-{row.year}-{_safe(unit_of(row) or row.agency.code)}{mark}"


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-") or "instansi"
