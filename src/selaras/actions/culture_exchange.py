"""Studies and codebooks out and in: REFI-QDA, tables, survey data with labels. Nothing leaves that names a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from selaras.actions._culture import apply_change, study_held
from selaras.actions._culture_loading import write_conclusions, write_material
from selaras.actions._culture_withdrawing import refuse_names
from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.actions.culture import open_study
from selaras.core.access import Act, Actor
from selaras.core.culture.changes import Change
from selaras.core.culture.coding import Code, Material, check_material
from selaras.core.culture.studies import Stage
from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.core.place import Place
from selaras.documents.package import comma_table
from selaras.documents.qda import (
    Project,
    codebook_table,
    codebook_xml,
    memo_table,
    read_codebook,
    read_codebook_sheet,
    read_codebook_table,
    read_project,
    write_project,
)
from selaras.store import models as tables
from selaras.store.culture import study_file
from selaras.store.culture_coding import codebook_of, memos_of
from selaras.store.culture_results import labelled_units, results
from selaras.store.culture_rows import framework_of
from selaras.store.culture_surveys import WaveData, data_of, is_closed, parents_of

MOST_BYTES = 256 << 20


class BookForm(StrEnum):
    """The forms of a codebook."""

    QDC = "qdc"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came in, and in Indonesian sentences what did not."""

    study: str
    codes: int
    sources: int
    segments: int
    codings: int
    coders: tuple[str, ...]
    dropped: tuple[str, ...]


def export_codebook(by: Actor, *, agency: str, study: str, form: BookForm, output: Path) -> Path:
    """Write the codebook of a study into the folder `output`. Raises CannotRun, NotFound, NotAllowed."""
    with traced(by, action="mengekspor buku kode", agency=agency, act=Act.EXPORT) as trace:
        file = study_file(by, agency, study)
        lines = codebook_of(file.row.pk)
        if form is BookForm.QDC:
            colours = {line.code.code: line.colour for line in lines}
            content = codebook_xml(study, (line.code for line in lines), file.framework, colours)
        else:
            content = codebook_table(
                ((line.code, line.codings, line.segments, line.sources) for line in lines), form.value
            )
        path = _written(output / f"buku-kode-{study}.{form.value}", content)
        trace |= {"study": study, "form": form.value, "sha256": sha256_of(path)}
        return path


def export_memos(by: Actor, *, agency: str, study: str, form: BookForm, output: Path) -> Path:
    """Write the memos that one of the team may see into the folder `output`, each with source, place and codes.

    Not while a text of it names an informant. Raises Refusal, CannotRun, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "mengekspor memo studi", Act.EXPORT, published=True) as (trace, held):
        _, _, memos = memos_of(by, agency, study)
        material = study_file(by, agency, study).material
        lines = [_memo_line(material, memo) for memo in memos]
        refuse_names(held, {f"memo {number}": f"{line[7]} {line[8]}" for number, line in enumerate(lines, 1)})
        path = _written(output / f"memo-{study}.{form.value}", memo_table(lines, form.value))
        trace |= {"study": study, "form": form.value, "memos": len(lines), "sha256": sha256_of(path)}
        return path


def _memo_line(material: Material, memo: tables.StudyMemo) -> tuple[object, ...]:
    """One row of the table of memos: what it is about, whose it is, and where the words stand that it is about."""
    about = memo.about.split()
    segment = next((material.by_segment[word] for word in about if word in material.by_segment), None)
    known = {code.code for code in material.codes}
    own = {item.code for item in material.codings if segment and item.segment == segment.code}
    codes = [word for word in about if word in known] or sorted(own)
    source = segment.source if segment else memo.about if memo.about in {item.code for item in material.sources} else ""
    place = (segment.start, segment.end, material.quote(segment.code)) if segment else ("", "", "")
    return (
        memo.about or "studi", memo.kind, memo.author, source, *place[:2], ", ".join(codes), place[2], memo.text,
        memo.at.date().isoformat(),
    )  # fmt: skip


def export_project(by: Actor, *, agency: str, study: str, output: Path) -> Path:
    """Write a study as .qdpx into the folder `output`: texts, codes, codings, memos, conclusions; people by pseudonym.

    Not while a round is open, and not while a text or memo names an informant. Raises Refusal, CannotRun, NotFound,
    NotAllowed.
    """
    with study_held(by, agency, study, "mengekspor proyek studi", published=True) as (trace, held):
        file = study_file(by, agency, study)
        if file.open_rounds:
            raise Refusal(
                "Proyek tidak diekspor.", Fault("putaran penyandian masih terbuka", read=file.open_rounds[0].code)
            )
        material = file.whole
        texts = {source.code: source.text for source in material.sources}
        texts |= {f"memo {number}": memo.text for number, memo in enumerate(material.memos, 1)}
        texts |= {person.code: f"{person.role} {person.group}" for person in material.informants}
        refuse_names(held, texts)
        titles = dict(tables.StudySource.objects.filter(study=held.row).values_list("code", "title"))
        colours = dict(tables.StudyCode.objects.filter(study=held.row).values_list("code", "colour"))
        made = Project(study, held.row.title, material, file.framework, file.conclusions, colours, titles)
        path = _written(output / f"{study}.qdpx", write_project(made))
        trace |= {"sha256": sha256_of(path), "sources": len(material.sources)}
        return path


def export_survey(by: Actor, *, agency: str, survey: str, wave: str, output: Path) -> Path:
    """Write the answers of a closed wave as CSV with labels into the folder `output`, in random order.

    Units that may not be shown by the stricter threshold are left out of the column, coarse groups and comments of the
    whole file. Raises Refusal, CannotRun, NotFound, NotAllowed.
    """
    with traced(by, action="mengekspor data survei", agency=agency, act=Act.STUDY) as trace:
        rows = tables.SurveyWave.objects.select_related("survey")
        row = rows.filter(survey__agency__code=agency, survey__code=survey, code=wave).first()
        if row is None or not is_closed(row, date.today()):
            raise Refusal(
                "Data survei tidak diekspor.", Fault("gelombang tidak ada atau masih dibuka", Place(record=wave))
            )
        data = data_of(row)
        parents = parents_of(agency)
        results(data, parents, publish=True)  # refuses a wave with too few answers
        path = _written(output / f"{survey}-{wave}.csv", _survey_table(data, labelled_units(data, parents)))
        trace |= {"survey": survey, "wave": wave, "responses": len(data.responses), "sha256": sha256_of(path)}
        return path


def _survey_table(data: WaveData, visible: frozenset[str]) -> bytes:
    """Answers as a table: number and label of every answer, the unit where it may be shown; never a key or a time."""
    labels = data.questionnaire.scale.labels
    items = data.questionnaire.items
    heads = ["unit"]
    for item in items:
        heads += [item.code, f"{item.code} (label)"]
    lines = []
    for response in data.responses:
        line: list[object] = [response.unit if response.unit in visible else ""]
        for item in items:
            value = response.answers.get(item.code)
            named = labels[value - 1] if value is not None and 1 <= value <= len(labels) else ""
            line += ["" if value is None else value, named]
        lines.append(line)
    key = [
        ["butir", "pertanyaan", "skor", "terbalik"],
        *([i.code, i.text, i.group, "Ya" if i.reverse else ""] for i in items),
    ]
    body = comma_table(heads, lines)
    return body + b"\r\n" + comma_table(key[0], key[1:]).removeprefix(b"\xef\xbb\xbf")


def import_codebook(by: Actor, *, agency: str, study: str, path: Path) -> ImportReport:
    """Add the codes of a .qdc, .csv or .xlsx to the codebook of a study; one that is there is left and told. Can be undone.

    Raises Refusal for another or a broken file, CannotRun, NotFound, NotAllowed.
    """
    name = path.name
    colours: Mapping[str, str] = {}
    if path.suffix.lower() == ".csv":
        codes, dropped = read_codebook_table(name, _read(path))
    elif path.suffix.lower() == ".xlsx":
        codes, dropped = read_codebook_sheet(path)
    else:
        book = read_codebook(name, _read(path))
        codes, dropped, colours = book.codes, book.dropped, book.colours
    with study_held(by, agency, study, "mengimpor buku kode") as (trace, held):
        there = set(held.row.codes.values_list("code", flat=True))
        new, told = _fitting(codes, held.row, there)
        if new:
            change = apply_change(
                held, by, Change(f"{len(new)} kode diimpor dari {name}.", tuple((None, code) for code in new))
            )
            trace["change"] = change.pk
            for code in new:
                if colours.get(code.code):
                    tables.StudyCode.objects.filter(study=held.row, code=code.code).update(colour=colours[code.code])
        trace |= {"file": name, "codes": len(new)}
        return ImportReport(study, len(new), 0, 0, 0, (), (*dropped, *told))


def import_project(
    by: Actor, *, agency: str, code: str, title: str, framework: str, year: int, path: Path
) -> ImportReport:
    """Open a study with everything that a .qdpx holds; texts come in locked, people only as the names of cases.

    Codes that stand on nodes which the framework lacks become inductive. Raises Refusal for another, a hostile or a
    broken file, CannotRun, NotFound, NotAllowed.
    """
    name = path.name
    reading = read_project(name, _read(path))
    with traced(by, action="mengimpor proyek studi", agency=agency, act=Act.STUDY) as trace:
        row = open_study(
            by, agency=agency, code=code, title=title or reading.title or code, framework=framework, year=year
        )
        known = {node.code for node in framework_of(row).nodes}
        material, told = _own(reading.material, known)
        if faults := check_material(material):
            raise Refusal(f"Proyek {name} tidak dapat diimpor.", *faults)
        row.codes.filter(code__in=[item.code for item in material.codes]).delete()
        write_material(row, material, reading.titles)
        write_conclusions(row, reading.conclusions, ())
        for word, colour in reading.colours.items():
            tables.StudyCode.objects.filter(study=row, code=word).update(colour=colour)
        tables.StudyStep.objects.create(
            study=row, before=Stage.DESIGN.value, after=Stage.CONDENSATION.value, by=by.name, reason=f"Impor {name}."
        )
        row.stage = Stage.CONDENSATION.value
        row.save()
        trace |= {"study": code, "file": name, "sources": len(material.sources), "codings": len(material.codings)}
        return ImportReport(
            code, len(material.codes), len(material.sources), len(material.segments), len(material.codings), reading.coders,
            (*reading.dropped, *told),
        )  # fmt: skip


def _own(material: Material, nodes: set[str]) -> tuple[Material, tuple[str, ...]]:
    strange = [code.code for code in material.codes if code.node and code.node not in nodes]
    codes = tuple(replace(code, node="") if code.code in strange else code for code in material.codes)
    told = (
        (f"Simpul kode {', '.join(strange)} tidak ada dalam kerangka; kode itu menjadi induktif.",) if strange else ()
    )
    return replace(material, codes=codes), told


def _fitting(codes: tuple[Code, ...], row: tables.Study, there: set[str]) -> tuple[list[Code], tuple[str, ...]]:
    nodes = {node.code for node in framework_of(row).nodes}
    words = there | {code.code for code in codes}
    new = [
        replace(
            code, node=code.node if code.node in nodes else "",
            merged_into=code.merged_into if code.merged_into in words else "",
        )
        for code in codes
        if code.code not in there
    ]  # fmt: skip
    left = [code.code for code in codes if code.code in there]
    return new, (f"Kode {', '.join(left)} sudah ada dan tidak diubah.",) if left else ()


def _written(path: Path, content: bytes) -> Path:
    with written(path) as draft:
        draft.write_bytes(content)
    return path


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refusal(
                f"Berkas {path.name} tidak dibaca.", Fault("berkas terlalu besar", expected=f"{MOST_BYTES >> 20} MB")
            )
        return path.read_bytes()
    except OSError as error:
        raise CannotRun(f"Berkas {path} tidak dapat dibaca: {reason_of(error)}.") from error
