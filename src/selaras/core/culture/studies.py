"""A study as a whole: what it set out to do, what it reported, at which stage it stands, and what its report hides.

The stages follow Miles and Huberman; going back is allowed, going on needs what the gate asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.culture.coding import FINAL, Material
from selaras.core.culture.conclusions import Advice, Conclusion, may_be_verified
from selaras.core.culture.frameworks import Framework, check
from selaras.core.culture.sources import Method, check_field_work, recognisable
from selaras.core.errors import Fault
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place


class Stage(StrEnum):
    """Where a study stands."""

    DESIGN = "rancangan"
    COLLECTION = "pengumpulan"
    CONDENSATION = "reduksi"
    DISPLAY = "penyajian"
    CONCLUSION = "penarikan dan verifikasi"
    PUBLISHED = "terbit"


class StudyCode(StrEnum):
    """What can be found in the report of a study."""

    DATES = "BK-DATES"
    UNDATED = "BK-UNDATED"
    SINGLE = "BK-SINGLE"
    EMPTY_SOURCE = "BK-EMPTY-SOURCE"
    METHODS = "BK-METHODS"
    INFLUENCE = "BK-INFLUENCE"
    INFORMANTS = "BK-INFORMANTS"
    ADVICE = "BK-ADVICE"


@dataclass(frozen=True, slots=True)
class Study:
    """What a study says of itself; months are given by their first day, None where it does not say."""

    code: str
    title: str
    agency: str
    framework: str
    design: str = ""
    sampling: str = ""
    analysis: str = ""
    methods: tuple[Method, ...] = ()
    validity: tuple[str, ...] = ()
    published: date | None = None
    fieldwork: date | None = None
    tested: bool = False
    claims_influence: bool = False
    not_reported: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Example:
    """A worked example: a study with its framework, material and conclusions, in own words and without persons."""

    study: Study
    framework: Framework
    material: Material
    conclusions: tuple[Conclusion, ...] = ()
    advice: tuple[Advice, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Codes by core value, to see of which values the material speaks."""


def gate(stage: Stage, example: Example, *, open_rounds: Iterable[str] = (), displays: int = 0) -> tuple[Fault, ...]:
    """What keeps a study from leaving a stage; empty where it may go on."""
    material = example.material
    if stage is Stage.DESIGN:
        return check(example.framework)
    if stage is Stage.COLLECTION:
        return check_field_work(material.informants, material.sources)
    if stage is Stage.CONDENSATION:
        return (*_uncoded(material), *_rounds(open_rounds))
    if stage is Stage.DISPLAY:
        needed = len(example.framework.constructs())
        if displays < needed:
            return (
                Fault("matriks belum lengkap", read=str(displays), expected=f"{needed}, satu untuk setiap konstruk"),
            )
        return ()
    if stage is Stage.CONCLUSION:
        return tuple(fault for conclusion in example.conclusions for fault in may_be_verified(conclusion))
    return ()


def _uncoded(material: Material) -> Iterator[Fault]:
    marked = {segment.source for segment in material.segments}
    for source in material.sources:
        if source.code not in marked and not source.gap:
            yield Fault(
                "sumber belum disandi", Place(record=source.code), expected="penggalan, atau alasan tanpa penggalan"
            )


def _rounds(rounds: Iterable[str]) -> Iterator[Fault]:
    for name in rounds:
        yield Fault(
            "putaran kesepakatan masih terbuka", Place(record=name), remedy="Tutup putaran dan putuskan bedanya."
        )


def flags(example: Example) -> tuple[Finding, ...]:
    """What a reader of the study should know before believing it."""
    return (
        *_dates(example), *_informants(example), *_sources(example), *_claims(example), *_advice(example)
    )  # fmt: skip


def _dates(example: Example) -> Iterator[Finding]:
    study = example.study
    if study.published and study.fieldwork and study.published < study.fieldwork:
        yield _finding(
            StudyCode.DATES, Severity.ERROR, "Tanggal terbit lebih awal dari pengumpulan data.",
            f"{study.published:%m/%Y}", f"setelah {study.fieldwork:%m/%Y}", (study.code,),
        )  # fmt: skip
    undated = [
        source.code
        for source in example.material.sources
        if source.held is None and source.text and source.method is Method.INTERVIEW
    ]
    if undated:
        yield _finding(
            StudyCode.UNDATED, Severity.WARNING, "Tanggal akun tidak dilaporkan.", ", ".join(undated), "tanggal setiap akun",
            undated,
        )  # fmt: skip


def _informants(example: Example) -> Iterator[Finding]:
    people = example.material.informants
    if not people:
        yield _finding(
            StudyCode.INFORMANTS, Severity.ERROR, "Informan tidak dilaporkan.", "", "peran, jumlah, dan alasan pemilihan",
            (example.study.code,),
        )  # fmt: skip
    if known := recognisable(people):
        yield _finding(
            StudyCode.SINGLE, Severity.WARNING, "Peran dengan pemegang tunggal dapat menunjuk satu orang.", ", ".join(known),
            "peran yang lebih umum, atau persetujuan dikenali dari jabatan", known,
        )  # fmt: skip


def _sources(example: Example) -> Iterator[Finding]:
    material, study = example.material, example.study
    marked = {segment.source for segment in material.segments}
    empty = [source.code for source in material.sources if source.code not in marked]
    if empty:
        yield _finding(
            StudyCode.EMPTY_SOURCE, Severity.WARNING, "Sumber disebut tanpa isi yang dapat dipakai.", ", ".join(empty),
            "penggalan, atau keterangan kekosongan", empty,
        )  # fmt: skip
    used = {
        material.source_of(item).method for item in material.codings if item.layer == FINAL
    }  # fmt: skip
    hidden = [method for method in study.methods if method not in used]
    if hidden and len(study.methods) > 1:
        yield _finding(
            StudyCode.METHODS, Severity.WARNING, "Triangulasi metode dinyatakan, belum ditunjukkan.",
            ", ".join(study.methods), f"bukti dari {', '.join(hidden)}", (study.code,),
        )  # fmt: skip


def _claims(example: Example) -> Iterator[Finding]:
    if example.study.claims_influence and not example.study.tested:
        yield _finding(
            StudyCode.INFLUENCE, Severity.ERROR, "Klaim pengaruh tanpa uji.", "pengaruh disimpulkan",
            "uji hubungan, atau simpulan yang tidak menyebut pengaruh", (example.study.code,),
        )  # fmt: skip


def _advice(example: Example) -> Iterator[Finding]:
    for advice in example.advice:
        if missing := advice.missing():
            yield _finding(
                StudyCode.ADVICE, Severity.WARNING, "Rekomendasi belum dapat dilaksanakan.", advice.statement,
                ", ".join(missing), (advice.code,),
            )  # fmt: skip


def _finding(
    code: StudyCode, severity: Severity, message: str, stated: str, expected: str, records: Iterable[str]
) -> Finding:
    places = tuple(Place(record=record) for record in records)
    return Finding(code, "missing-element", severity, message, stated=stated, expected=expected, places=places)
