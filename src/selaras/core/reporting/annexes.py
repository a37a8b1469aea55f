"""Annexes: plan matrix, IKU, RKT, the agreement, the measurement form, evidence and data quality, abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict

from selaras.core.document import Block, PageBreak, Paragraph, Row, Table
from selaras.core.measurement.records import DataQuality, Evidence
from selaras.core.period import Period
from selaras.core.planning import Indicator, PlanDocument
from selaras.core.reporting import accountability, agreement_form, closing, goals, plans
from selaras.core.reporting.composition import cell, columns, head
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work


def lampiran_renstra(work: Work) -> None:
    """Matrix of the strategic plan."""
    if work.figures.plan is None:
        work.out.empty("Rencana strategis belum dicatat.")
        return
    work.out.add(plans.target_matrix(work, "l-renstra", f"Matriks {work.plan_name}"))


def lampiran_iku(work: Work) -> None:
    """Key performance indicators."""
    work.out.add(plans.iku_table(work, "l-iku"))


def lampiran_rkt(work: Work) -> None:
    """Annual plan."""
    caption = f"Rencana Kinerja Tahunan Tahun {work.year}"
    work.out.add(plans.plan_table(work, "l-rkt", PlanDocument.RKT, caption))


def lampiran_pk(work: Work) -> None:
    """The agreement as signed, statement and annex."""
    agreement = work.figures.agreement
    if agreement is None:
        work.out.empty("Perjanjian Kinerja belum dicatat.")
        return
    agreement_form.statement(work, agreement)
    work.out.add(PageBreak())
    agreement_form.annex(work, agreement)


def lampiran_pengukuran(work: Work) -> None:
    """The measurement form."""
    work.out.add(accountability.measurement_table(work, "l-pengukuran", f"Pengukuran Kinerja Tahun {work.year}"))


def lampiran_mutu_data(work: Work) -> None:
    """Evidence and data quality per indicator; what is missing is shown.

    Indicators of goals, programmes and kegiatan follow where they have evidence: one that is counted from a register shows
    its records as those of the sasaran do.
    """
    shape = columns((26, "l"), (26, "l"), (16, "l"), (16, "l"), (16, "l"))
    figures = work.figures
    proofs: dict[str, list[Evidence]] = defaultdict(list)
    for item in work.snapshot.evidence:
        if item.period.year == work.year:
            proofs[item.indicator].append(item)
    quality = {item.indicator: item for item in work.snapshot.data_quality}
    body = [_proof_row(work, item, proofs[item.code], quality.get(item.code)) for item in figures.measured]
    for title, others in (
        ("Indikator tujuan", goals.indicators(work)),
        ("Indikator program, kegiatan, dan subkegiatan", [
            item for node in figures.walk() for item in figures.output_indicators(node)
        ]),
    ):  # fmt: skip
        rows = [
            _proof_row(work, item, proofs[item.code], quality.get(item.code)) for item in others if proofs[item.code]
        ]
        if rows:
            body += [Row((cell(title, colspan=len(shape), strong=True),), level=2), *rows]
    header = (head("Indikator Kinerja", "Bukti", "Verifikasi", "Sumber Data", "Batasan dan Catatan"),)
    measured = [item for item in figures.measured if figures.realised(item, work.year).value is not None]
    if without := sum(not proofs[item.code] for item in measured):
        which = f"{count(without)} dari {count(len(measured))}" if without < len(measured) else f"seluruh ({without})"
        work.out.generated(f"Realisasi {which} indikator yang telah diisi belum disertai bukti.")
    work.out.add(work.out.table("l-mutu", f"Bukti dan Mutu Data Kinerja Tahun {work.year}", shape, header, body))


def _proof_row(work: Work, indicator: Indicator, proofs: list[Evidence], quality: DataQuality | None) -> Row:
    """One indicator with its evidence of the year. What has no value yet can have none, and is not blamed for it."""
    missing = work.figures.realised(indicator, work.year).value is not None
    shown = "; ".join(f"{item.title} ({item.kind.value})" for item in proofs)
    shown = shown or ("belum ada bukti" if missing else "realisasinya belum diisi")
    record = work.figures.realisation(indicator, Period(work.year))
    state = f"belum diisi; status {record.status.value}" if record else "belum diisi"
    return Row((
        cell(indicator.name), cell(shown), cell((quality.verification if quality else "") or state),
        cell((quality.source if quality else "") or indicator.source or "belum diisi"),
        cell((quality.limits if quality else "") or (record.note if record else "") or "–"),
    ))  # fmt: skip


def lampiran_dokumentasi(work: Work) -> None:
    """Photo gallery as an annex."""
    closing.dokumentasi(work)


def lampiran_singkatan(work: Work) -> None:
    """Abbreviations that really occur in this report."""
    used = set(re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\w*\b", " ".join(words_of(block) for block in work.out.blocks)))
    rows = [
        Row((cell(short), cell(meaning)))
        for short, meaning in sorted(work.law.abbreviations.items(), key=lambda pair: pair[0].casefold())
        if short in used
    ]
    work.out.add(Table("l-singkatan", columns((22, "l"), (78, "l")), (head("Singkatan", "Kepanjangan"),), tuple(rows)))


def words_of(block: Block) -> str:
    """The words of a paragraph or table, for looking up abbreviations."""
    if isinstance(block, Paragraph):
        return " ".join(span.text for span in block.spans)
    if isinstance(block, Table):
        return " ".join(item.text for row in (*block.header, *block.body) for item in row.cells)
    return ""
