"""The Perjanjian Kinerja itself: statement sheet and annex, with one or two parties (Permenpan-RB 53/2014, Lampiran I).

The superior (pihak kedua) signs left, the promiser (pihak pertama) right.
"""

from __future__ import annotations

from selaras.core.agreements import Agreement
from selaras.core.calendar import format_date
from selaras.core.document import Align, Division, Document, Fields, PageBreak, PageNumbers, Paragraph, Signatures, text
from selaras.core.law import Law
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.plans import agreement_tables
from selaras.core.reporting.work import FOOTER, Work
from selaras.core.snapshot import Snapshot


def compose(snapshot: Snapshot, law: Law) -> Document:
    """The agreement in force as a document of its own."""
    work = Work(snapshot, law)
    agreement = work.figures.agreement
    name = work.agreement_name(agreement) if agreement else "Perjanjian Kinerja"
    work.out.add(Division(PageNumbers.NONE))
    if agreement is None:
        work.out.heading(1, f"PERJANJIAN KINERJA TAHUN {work.year}")
        work.out.empty(f"Perjanjian Kinerja {work.agency.name} tahun {work.year} belum dicatat.")
    else:
        statement(work, agreement)
        work.out.add(PageBreak())
        annex(work, agreement)
    title = f"{name} {work.agency.name} Tahun {work.year}"
    return Document(
        title, "pk", work.agency.name, work.year, tuple(work.out.blocks), subject="Perjanjian Kinerja",
        footer=FOOTER, attachment=attach(work.snapshot, work.figures.computed),
    )  # fmt: skip


def statement(work: Work, agreement: Agreement) -> None:
    """The statement sheet: purpose, parties, promise, responsibility, supervision, signatures."""
    one_sided = not agreement.superior
    form = work.law.forms["pk-satu-pihak" if one_sided else "pk-dua-pihak"]
    title = form.texts["judul_perubahan" if agreement.version else "judul"].format(tahun=work.year)
    centre(work, title, work.agency.name.upper())
    work.out.paragraph(form.texts["pembuka"])
    party(work, agreement, agreement.promiser, "" if one_sided else form.texts["pihak_pertama"])
    if not one_sided:
        party(work, agreement, agreement.superior, form.texts["pihak_kedua"])
    for key in ("janji", "tanggung_jawab", "pengawasan"):
        if key in form.texts:
            work.out.paragraph(form.texts[key].format(tahun=work.year))
    if agreement.version and agreement.reason:
        first = work.figures.first_agreement
        day = f"pada {format_date(first.signed_on)}" if first and first.signed_on else "sebelumnya"
        work.out.paragraph(
            form.texts["perubahan"].format(tahun=work.year, tanggal_semula=day, alasan=agreement.reason.value)
        )
    signatures(work, agreement)


def centre(work: Work, *lines: str) -> None:
    """Centred bold lines."""
    for line in lines:
        work.out.add(Paragraph(text(line, strong=True), align=Align.CENTER))


def party(work: Work, agreement: Agreement, position: str, closing: str) -> None:
    """Name and position of one party, as held on the day of signing."""
    tenure = work.holder(position, agreement.signed_on)
    work.out.add(Fields((("Nama", tenure.name if tenure else ""), ("Jabatan", work.title_of(position)))))
    if closing:
        work.out.paragraph(closing)


def annex(work: Work, agreement: Agreement) -> None:
    """The annex: sasaran, indicators and targets; programmes and budget; signatures again."""
    centre(
        work,
        f"LAMPIRAN {work.agreement_name(agreement).upper()} TAHUN {work.year}",
        work.title_of(agreement.promiser).upper(),
    )
    lines, programmes = agreement_tables(work, agreement, "pk-lampiran", numbered=False)
    work.out.add(lines)
    if programmes.body:
        work.out.add(programmes)
    signatures(work, agreement)


def signatures(work: Work, agreement: Agreement) -> None:
    """Superior left, promiser right; one signature where there is no second party."""
    day = agreement.signed_on
    second = "Pihak Kedua,"
    first = "Pihak Pertama," if agreement.superior else ""
    both = (work.signatory(agreement.superior, second, day),) if agreement.superior else ()
    place = agreement.signed_at or work.agency.city
    work.out.add(Signatures((*both, work.signatory(agreement.promiser, first, day)), work.place_date(place, day)))
