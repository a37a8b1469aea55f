"""Work culture in the annual report: what was published of studies and surveys, their follow-up, and the limits.

Worked examples and invented answers never enter: they are not the agency's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from selaras.core.calendar import format_date
from selaras.core.culture.editions import PublishedConclusion, PublishedStudy
from selaras.core.document import Row, text
from selaras.core.law import Section
from selaras.core.reporting import accountability, reformed
from selaras.core.reporting.composition import cell, columns, counted, head, reference
from selaras.core.reporting.culture_survey import tell_survey
from selaras.core.reporting.sentences import count
from selaras.core.reporting.served import pelayanan
from selaras.core.reporting.work import Work

PLACE = "hasil_evaluasi_rb"
"""Where the chapter stands; in an outline without that section it follows the analysis."""


def after_reform(work: Work) -> None:
    """The reform, then work culture and public service."""
    reformed.hasil_evaluasi_rb(work)
    budaya_kerja(work)
    pelayanan(work)


def after_analysis(work: Work) -> None:
    """The analysis of achievements; work culture and service too where the outline has no section for the reform."""
    accountability.evaluasi(work)
    if PLACE not in _keys(work):
        budaya_kerja(work)
        pelayanan(work)


def budaya_kerja(work: Work) -> None:
    """What the year's published studies and surveys say of work culture; nothing where nothing was published."""
    studies = [study for study in work.snapshot.culture_studies if not study.demo]
    surveys = [survey for survey in work.snapshot.culture_surveys if not survey.synthetic]
    if not studies and not surveys:
        return
    work.out.heading(4, "Evaluasi Pelaksanaan Budaya Kerja")
    for study in studies:
        _study(work, study)
    for survey in surveys:
        tell_survey(work.out, survey)


def _keys(work: Work) -> set[str]:
    if work.outline is None:
        return set()
    return {section.key for chapter in work.outline.chapters for section in _walk(chapter.sections)}


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.sections)


def _study(work: Work, study: PublishedStudy) -> None:
    out = work.out
    methods = f"dengan metode {', '.join(study.methods)}" if study.methods else "tanpa menyebut metodenya"
    body = [
        Row((cell(str(number)), cell(item.statement), cell(item.verdict), cell(_line(item))))
        for number, item in enumerate(study.conclusions, 1)
    ]
    table = out.table(
        f"budaya-{study.code}", f"Simpulan Studi {study.title} dan Kekuatan Buktinya",
        columns((6, "c"), (44, "l"), (16, "l"), (34, "l")), (head("No.", "Simpulan", "Kekuatan", "Bukti"), counted(4)), body,
    )  # fmt: skip
    out.generated(
        f"Studi “{study.title}” memakai kerangka {study.framework}, {methods}, dan mendengar {count(study.informants)} informan "
        f"dalam {count(study.accounts)} akun mandiri. Simpulannya disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    out.add(table)
    out.note(study.rule)
    if study.claims:
        out.generated(f"Klaim tanpa bukti: {', '.join(study.claims)}.")
    if study.flags:
        out.generated(f"Keterbatasan studi itu: {'; '.join(_within(flag) for flag in study.flags)}.")
    _actions(work, study)


def _line(item: PublishedConclusion) -> str:
    """The evidence without the verdict that stands beside it."""
    line = item.line.removeprefix(f"{item.verdict}: ")
    return f"{line[:1].upper()}{line[1:]}" + (f" ({item.banner})" if item.banner else "")


def _within(sentence: str) -> str:
    """A sentence as a part of another one."""
    return f"{sentence[:1].lower()}{sentence[1:]}".rstrip(".")


def _actions(work: Work, study: PublishedStudy) -> None:
    lines = []
    for action in study.actions:
        owner = action.owner or "pemilik belum ditetapkan"
        due = format_date(date.fromisoformat(action.due)) if action.due else "tenggat belum ditetapkan"
        lines.append(text(f"{(action.action or action.statement).rstrip('.')} ({owner}; {due})."))
    if lines:
        work.out.paragraph("Tindak lanjut studi itu adalah sebagai berikut.")
        work.out.listing(lines)
