"""Annexes: plan matrix, IKU, RKT, the agreement, the measurement form, evidence and data quality, abbreviations."""

from __future__ import annotations

import re

from selaras.core.document import Block, PageBreak, Paragraph, Row, Table
from selaras.core.period import Period
from selaras.core.planning import PlanDocument
from selaras.core.reporting import accountability, agreement_form, closing, plans
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
    """Evidence and data quality per indicator; what is missing is shown."""
    shape = columns((26, "l"), (26, "l"), (16, "l"), (16, "l"), (16, "l"))
    quality = {item.indicator: item for item in work.snapshot.data_quality}
    body = []
    without = 0
    for indicator in work.figures.measured:
        proofs = [
            item for item in work.snapshot.evidence
            if item.indicator == indicator.code and item.period.year == work.year
        ]  # fmt: skip
        measured = work.figures.realised(indicator, work.year).value is not None
        without += bool(not proofs and measured)
        # What has no value yet can have no evidence: only what is measured without any counts as missing.
        shown = "; ".join(f"{item.title} ({item.kind.value})" for item in proofs)
        shown = shown or ("belum ada bukti" if measured else "realisasinya belum diisi")
        item = quality.get(indicator.code)
        record = work.figures.realisation(indicator, Period(work.year))
        state = f"belum diisi; status {record.status.value}" if record else "belum diisi"
        body.append(
            Row((
                cell(indicator.name), cell(shown), cell((item.verification if item else "") or state),
                cell((item.source if item else "") or indicator.source or "belum diisi"),
                cell((item.limits if item else "") or (record.note if record else "") or "–"),
            ))
        )  # fmt: skip
    header = (head("Indikator Kinerja", "Bukti", "Verifikasi", "Sumber Data", "Batasan dan Catatan"),)
    if without:
        known = sum(work.figures.realised(item, work.year).value is not None for item in work.figures.measured)
        which = f"{count(without)} dari {count(known)}" if without < known else f"seluruh ({known})"
        work.out.generated(f"Realisasi {which} indikator yang telah diisi belum disertai bukti.")
    work.out.add(work.out.table("l-mutu", f"Bukti dan Mutu Data Kinerja Tahun {work.year}", shape, header, body))


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
