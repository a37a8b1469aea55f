"""A study as a .qdpx: one project.qde and the texts in `sources/`, valid against Project.xsd, the same bytes for the same study.

Persons appear by pseudonym. Stance, kind and layer of a coding stand in the description of its selection, one mark each.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from selaras.core.culture.coding import FINAL, Coding, Material, Segment
from selaras.core.culture.conclusions import Conclusion
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.sources import Source
from selaras.documents.package import EPOCH, MODE
from selaras.documents.qda.book import code_guid, tree, write_codes
from selaras.documents.qda.marking import PROJECT, document, element, guid

ROLE, GROUP, METHOD, HELD, JOINT, COLLECTOR, PLACE, GAP = (
    "peran", "kelompok peran", "metode", "tanggal", "jawaban bersama", "pengumpul", "tempat", "keterangan kekosongan",
)  # fmt: skip
TEXTS = (ROLE, GROUP, METHOD, COLLECTOR, PLACE, GAP)
"""The variables that hold text; the date and the joint answer have types of their own."""


@dataclass(frozen=True)
class Project:
    """What is exported: a study by code and title with material, conclusions, framework, colours and titles of sources."""

    code: str
    title: str
    material: Material
    framework: Framework | None = None
    conclusions: tuple[Conclusion, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def write_project(project: Project) -> bytes:
    """The .qdpx of a study."""
    out = io.BytesIO()
    files = {"project.qde": project_xml(project)} | {
        f"sources/{_source_guid(project.code, source.code)}.txt": source.text.encode("utf-8")
        for source in project.material.sources
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = MODE
            archive.writestr(entry, content)
    return out.getvalue()


def project_xml(project: Project) -> bytes:
    """The project.qde of a study; children stand in the order of the schema."""
    study, material = project.code, project.material
    root = element(None, "Project", PROJECT, name=project.title or study, origin="Selaras")
    coders = sorted({item.coder for item in material.codings} | {memo.author for memo in material.memos if memo.author})
    if coders:
        users = element(root, "Users", PROJECT)
        for coder in coders:
            element(users, "User", PROJECT, guid=_user(study, coder), name=coder)
    if material.codes:
        codes = element(element(root, "CodeBook", PROJECT), "Codes", PROJECT)
        write_codes(codes, tree(study, material.codes, project.framework, project.colours), PROJECT)
    if material.sources or material.informants:
        _variables(root, study)
    if material.informants:
        _cases(root, study, material)
    if material.sources:
        holder, parts = element(root, "Sources", PROJECT), _Parts(material)
        for source in material.sources:
            _source(holder, project, source, parts)
    _notes(root, study, material, project.conclusions)
    _sets(root, project)
    return document(root)


def _variables(root: etree._Element, study: str) -> None:
    holder = element(root, "Variables", PROJECT)
    for name in TEXTS:
        element(holder, "Variable", PROJECT, guid=_variable(study, name), name=name, typeOfVariable="Text")
    element(holder, "Variable", PROJECT, guid=_variable(study, HELD), name=HELD, typeOfVariable="Date")
    element(holder, "Variable", PROJECT, guid=_variable(study, JOINT), name=JOINT, typeOfVariable="Boolean")


def _cases(root: etree._Element, study: str, material: Material) -> None:
    holder = element(root, "Cases", PROJECT)
    behind: dict[str, list[str]] = {}
    for source in material.sources:
        for person_code in source.informants:
            behind.setdefault(person_code, []).append(source.code)
    for person in material.informants:
        case = element(holder, "Case", PROJECT, guid=guid(study, "informan", person.code), name=person.code)
        _value(case, study, ROLE, person.role)
        _value(case, study, GROUP, person.group)
        for code in behind.get(person.code, ()):
            element(case, "SourceRef", PROJECT, targetGUID=_source_guid(study, code))


class _Parts:
    """A material looked up once: segments by source, codings by segment, numbers of memos by what they are about."""

    def __init__(self, material: Material) -> None:
        self.segments: dict[str, list[Segment]] = {}
        for segment in material.segments:
            self.segments.setdefault(segment.source, []).append(segment)
        self.codings: dict[str, list[Coding]] = {}
        for coding in material.codings:
            self.codings.setdefault(coding.segment, []).append(coding)
        self.memos: dict[str, list[int]] = {}
        for number, memo in enumerate(material.memos):
            self.memos.setdefault(memo.about, []).append(number)


def _source(holder: etree._Element, project: Project, source: Source, parts: _Parts) -> None:
    study = project.code
    key = _source_guid(study, source.code)
    made = element(holder, "TextSource", PROJECT, guid=key, name=source.code, plainTextPath=f"internal://{key}.txt")
    if title := project.titles.get(source.code, ""):
        element(made, "Description", PROJECT, title)
    for segment in parts.segments.get(source.code, ()):
        _selection(made, study, segment, parts)
    for number in parts.memos.get(source.code, ()):
        element(made, "NoteRef", PROJECT, targetGUID=_memo(study, number))
    for name, text in (
        (METHOD, source.method.value), (COLLECTOR, source.collector), (PLACE, source.place), (GAP, source.gap)
    ):  # fmt: skip
        _value(made, study, name, text)
    if source.held is not None:
        _typed(made, study, HELD, "DateValue", source.held.isoformat())
    if source.joint:
        _typed(made, study, JOINT, "BooleanValue", "true")


def _selection(holder: etree._Element, study: str, segment: Segment, parts: _Parts) -> None:
    made = element(
        holder, "PlainTextSelection", PROJECT, guid=guid(study, "penggalan", segment.code), name=segment.code,
        startPosition=str(segment.start), endPosition=str(segment.end),
    )  # fmt: skip
    codings = parts.codings.get(segment.code, [])
    if codings:
        element(made, "Description", PROJECT, "\n".join(mark_of(item) for item in codings))
    for item in codings:
        coding = element(
            made, "Coding", PROJECT, guid=guid(study, "penyandian", *item.key), creatingUser=_user(study, item.coder)
        )
        element(coding, "CodeRef", PROJECT, targetGUID=code_guid(study, item.code))
    for number in parts.memos.get(segment.code, ()):
        element(made, "NoteRef", PROJECT, targetGUID=_memo(study, number))


def mark_of(coding: Coding) -> str:
    """A coding as one line of the description: `[code|stance|kind|coder|layer]`, the layer only where not final."""
    parts = [coding.code, coding.stance.value, coding.kind.value, coding.coder]
    return f"[{'|'.join(parts if coding.layer == FINAL else [*parts, coding.layer])}]"


def _notes(root: etree._Element, study: str, material: Material, conclusions: Iterable[Conclusion]) -> None:
    listed = list(conclusions)
    if not material.memos and not listed:
        return
    holder = element(root, "Notes", PROJECT)
    for number, memo in enumerate(material.memos):
        author = {"creatingUser": _user(study, memo.author)} if memo.author else {}
        made = element(
            holder,
            "Note",
            PROJECT,
            guid=guid(study, "memo", str(number)),
            name=f"{memo.kind.value}: {memo.about}",
            **author,
        )
        element(made, "PlainTextContent", PROJECT, memo.text)
    for item in listed:
        made = element(holder, "Note", PROJECT, guid=guid(study, "simpulan", item.code), name=item.code)
        element(made, "PlainTextContent", PROJECT, item.statement)


def _sets(root: etree._Element, project: Project) -> None:
    if not project.conclusions:
        return
    holder = element(root, "Sets", PROJECT)
    for item in project.conclusions:
        made = element(holder, "Set", PROJECT, guid=guid(project.code, "himpunan", item.code), name=item.code)
        element(made, "Description", PROJECT, item.statement)
        for code in item.codes:
            if code in project.material.by_code:
                element(made, "MemberCode", PROJECT, targetGUID=code_guid(project.code, code))
        element(made, "MemberNote", PROJECT, targetGUID=guid(project.code, "simpulan", item.code))


def _memo(study: str, number: int) -> str:
    return guid(study, "memo", str(number))


def _value(holder: etree._Element, study: str, name: str, text: str) -> None:
    if text:
        _typed(holder, study, name, "TextValue", text)


def _typed(holder: etree._Element, study: str, name: str, kind: str, text: str) -> None:
    made = element(holder, "VariableValue", PROJECT)
    element(made, "VariableRef", PROJECT, targetGUID=_variable(study, name))
    element(made, kind, PROJECT, text)


def _variable(study: str, name: str) -> str:
    return guid(study, "peubah", name)


def _user(study: str, coder: str) -> str:
    return guid(study, "penyandi", coder)


def _source_guid(study: str, source: str) -> str:
    return guid(study, "sumber", source)


def day_of(text: str) -> date | None:
    """A date of a variable, None for what is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
