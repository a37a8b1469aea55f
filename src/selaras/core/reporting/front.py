"""Front matter of the annual report: cover, foreword, review statement, executive summary, contents."""

from __future__ import annotations

from selaras.core.document import Contents, ContentsKind, Cover, Row, Signatory, Signatures, Table
from selaras.core.reporting.composition import (
    Part,
    band_cell,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    rupiah,
    value_cell,
)
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work
from selaras.core.terbilang import spell_percent, spell_rupiah


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
    for key in ("lingkup", "tujuan", "simpulan"):
        work.out.paragraph(form.texts[key].format(**words))
    work.out.note(form.texts["keterangan"].format(**words))
    role = work.title_of(work.snapshot.settings.reviewer) or "Aparat Pengawasan Intern Pemerintah"
    work.out.add(Signatures((Signatory("", role),), "……………………, ……………………"))


def ikhtisar(work: Work) -> None:
    """Executive summary: what was promised, what was reached, what it cost; all from the figures."""
    figures, out = work.figures, work.out
    tally = figures.tally
    agreement = figures.agreement
    basis = work.agreement_name(agreement) if agreement else "rencana kinerja tahunan"
    out.generated(
        f"Pada tahun {work.year} {work.agency.name} mengukur {count(len(figures.sasaran))} sasaran dengan "
        f"{count(len(figures.measured))} indikator kinerja. Tolok ukurnya adalah {basis} tahun {work.year}."
    )
    if figures.measured:
        out.generated(*outcome(work))
    out.add(summary_table(work))
    if figures.total_budget:
        absorbed = figures.total_absorption.rounded()
        out.generated(
            f"Anggaran yang dikelola sebesar {rupiah(figures.total_budget)} ({spell_rupiah(figures.total_budget)}) "
            f"terealisasi {rupiah(figures.total_spent)} ({spell_rupiah(figures.total_spent)}) atau ",
            figures.total_absorption,
            f" ({spell_percent(absorbed)})." if absorbed is not None else ".",
        )
    if tally["open"]:
        out.note(
            f"{count(tally['open']).capitalize()} indikator belum dapat dinilai karena target atau realisasinya belum ada; "
            "indikator itu tidak ikut dalam rata-rata."
        )
    work.own_words("ikhtisar", beside_figures=True)


def outcome(work: Work) -> tuple[Part, ...]:
    """How many indicators met their target, and the mean of the achievements."""
    tally = work.figures.tally
    judged = tally["met"] + tally["missed"]
    opening = (
        f"Dari {count(judged)} indikator yang dapat dinilai, {count(tally['met'])} mencapai target dan "
        f"{count(tally['missed'])} belum mencapai target. "
    )
    if not judged:
        return ("Belum ada indikator yang dapat dinilai.",)
    return (opening, "Rata-rata capaiannya ", work.figures.mean, ".")


def summary_table(work: Work) -> Table:
    """The unnumbered table of the executive summary: one row per indicator."""
    figures = work.figures
    shape = columns((5, "c"), (27, "l"), (28, "l"), (10, "c"), (10, "c"), (10, "r"), (12, "c"))
    body = []
    for number, node in enumerate(figures.sasaran, 1):
        indicators = figures.by_node[node.code]
        for index, indicator in enumerate(indicators):
            figure = figures.achievement(indicator)
            lead = (
                (cell(str(number), rowspan=len(indicators)), cell(node.title, rowspan=len(indicators)))
                if not index
                else ()
            )
            body.append(
                Row(
                    (
                        *lead,
                        cell(indicator.name),
                        value_cell(figures.aim(indicator, work.year).value),
                        value_cell(figures.realised(indicator, work.year).value),
                        figure_cell(figure),
                        band_cell(figures.band(figure)),
                    )
                )
            )
    header = (head("No.", "Sasaran", "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Kelas"), counted(7))
    return Table("ikhtisar", shape, header, tuple(body))


def daftar_isi(work: Work) -> None:
    """Table of contents."""
    work.out.add(Contents(ContentsKind.HEADINGS))


def daftar_tabel(work: Work) -> None:
    """List of tables."""
    work.out.add(Contents(ContentsKind.TABLES))


def daftar_gambar(work: Work) -> None:
    """List of pictures."""
    work.out.add(Contents(ContentsKind.PICTURES))
