"""Front matter of the annual report: cover, foreword, review statement, executive summary, contents."""

from __future__ import annotations

from selaras.core.document import (
    Align,
    Contents,
    ContentsKind,
    Cover,
    Paragraph,
    Row,
    Signatory,
    Signatures,
    Table,
    text,
)
from selaras.core.measurement.origin import of_performance
from selaras.core.measurement.records import FollowUp
from selaras.core.reporting.composition import (
    Part,
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah,
    value_cell,
)
from selaras.core.reporting.sentences import count, follow_up, outcome, sentence
from selaras.core.reporting.work import Work
from selaras.core.spelling import quoted

BLANK = "…" * 42  # a line to be written on: shorter than the narrowest page, so that it never breaks


def cover(work: Work) -> Cover:
    """The cover of the annual report."""
    agency = work.agency
    phone = f"Telepon {agency.phone}" if agency.phone else ""
    contact = tuple(line for line in (agency.address, phone, agency.email, agency.website) if line)
    return Cover(work.report_name.upper(), work.year, agency.name, agency.parent_name, contact=contact)


def kata_pengantar(work: Work) -> None:
    """Foreword: the agency's own, or a plain one that says what the report rests on."""
    if not work.own_words("kata_pengantar"):
        work.out.paragraph(
            f"{work.report_name} {work.agency.name} Tahun {work.year} disusun untuk mempertanggungjawabkan kinerja yang "
            "telah diperjanjikan, sesuai dengan Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas "
            "Kinerja Instansi Pemerintah dan Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi "
            "Nomor 53 Tahun 2014."
        )
        work.out.paragraph(
            "Seluruh angka di dalamnya dihitung dari data kinerja dan anggaran yang tercatat, dengan rumus yang "
            "dicantumkan, sehingga setiap pembaca dapat memeriksanya kembali."
        )
    settings = work.snapshot.settings
    signatory = work.signatory(settings.signatory, "", settings.signed_on)
    work.out.add(Signatures((signatory,), work.place_date(settings.signed_at, settings.signed_on)))


def pernyataan_reviu(work: Work) -> None:
    """The statement of review as an empty form: it is signed by the inspectorate, its conclusion is never filled in."""
    form = work.law.forms["pernyataan-reviu"]
    words = {"instansi": work.agency.name, "tahun": str(work.year), "laporan": work.report_name}
    for key in ("lingkup", "tujuan"):
        work.out.paragraph(form.texts[key].format(**words))
    opening = form.texts["simpulan"].format(**words).rstrip("… ")
    for line in (f"{opening} {BLANK[:24]}", BLANK):
        work.out.add(Paragraph(text(line), align=Align.LEFT))
    work.out.note(form.texts["keterangan"].format(**words))
    role = work.title_of(work.snapshot.settings.reviewer) or "Aparat Pengawasan Intern Pemerintah"
    work.out.add(Signatures((Signatory("", role),), "……………………, ……………………"))


def ikhtisar(work: Work) -> None:
    """Executive summary: what was promised, what was reached, what it cost; all from the figures."""
    figures, out = work.figures, work.out
    agreement = figures.agreement
    basis = work.agreement_name(agreement) if agreement else "Rencana Kinerja Tahunan"
    named = f", yaitu {quoted(work.only_sasaran.title)}," if work.only_sasaran else ""
    out.generated(
        f"Pada tahun {work.year} {work.agency.name} mengukur {count(len(figures.sasaran))} sasaran{named} dengan "
        f"{count(len(figures.measured))} indikator kinerja. Tolok ukurnya adalah {basis} Tahun {work.year}."
    )
    if figures.measured:
        table = summary_table(work)
        out.generated(*judged(work), " Hasil setiap indikator disajikan dalam ", reference(table), ".")
        out.add(table)
    if figures.total_budget:
        out.generated(
            f"Anggaran yang dikelola sebesar {rupiah(figures.total_budget)} terealisasi {rupiah(figures.total_spent)} atau ",
            figures.total_absorption, ".",
        )  # fmt: skip
    obstacles = of_performance(work.snapshot.obstacles)
    if obstacles:
        done = sum(item.status is FollowUp.DONE for item in obstacles)
        out.generated(f"Dalam pelaksanaannya tercatat {follow_up(len(obstacles), done)}.")
    work.own_words("ikhtisar", beside_figures=True)


def judged(work: Work) -> tuple[Part, ...]:
    """How many indicators met their target, and the mean of the achievements."""
    tally = work.figures.tally
    opening = f"{sentence(outcome(tally))}. "
    if work.figures.mean.value is None:
        return (opening.strip(),)
    which = " indikator yang dapat dinilai" if tally["open"] else "nya"
    mean = f"Rata-rata capaian{which} "
    cause = " Indikator yang belum dapat dinilai belum mempunyai target atau realisasi." if tally["open"] else ""
    return (opening, mean, work.figures.mean, f".{cause}")


def summary_table(work: Work) -> Table:
    """The table of the executive summary: one row per indicator; it should fit the summary's page."""
    figures = work.figures
    shape = columns((5, "c"), (50, "l"), (10, "c"), (10, "c"), (10, "r"), (15, "c"))
    body = []
    for number, indicator in enumerate(figures.measured, 1):
        figure = figures.achievement(indicator)
        body.append(
            Row((
                cell(str(number)), cell(indicator.name), value_cell(figures.aim(indicator, work.year).value),
                value_cell(figures.realised(indicator, work.year).value), figure_cell(figure),
                band_cell(figures.band(figure)),
            ))
        )  # fmt: skip
    header = (head("No.", "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Kelas"), counted(6))
    caption = f"Ikhtisar Capaian Indikator Kinerja Tahun {work.year}"
    return work.out.table("ikhtisar", caption, shape, header, body)


def daftar_isi(work: Work) -> None:
    """Table of contents."""
    work.out.add(Contents(ContentsKind.HEADINGS))


def daftar_tabel(work: Work) -> None:
    """List of tables."""
    work.out.add(Contents(ContentsKind.TABLES))


def daftar_gambar(work: Work) -> None:
    """List of pictures."""
    work.out.add(Contents(ContentsKind.PICTURES))
