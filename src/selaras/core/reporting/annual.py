"""The annual report (LKjIP, LKj): an outline of the rulebook filled, section by section."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selaras.core.document import Division, Document, PageBreak, PageNumbers
from selaras.core.errors import CannotRun
from selaras.core.law import Law, Outline, Section
from selaras.core.reporting import accountability, annexes, closing, cultured, front, introduction, money, plans
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.work import FOOTER, Work
from selaras.core.snapshot import Snapshot

Builder = Callable[[Work], None]

SECTIONS: Mapping[str, Builder] = {
    "kata_pengantar": front.kata_pengantar,
    "pernyataan_reviu": front.pernyataan_reviu,
    "ikhtisar": front.ikhtisar,
    "daftar_isi": front.daftar_isi,
    "daftar_tabel": front.daftar_tabel,
    "daftar_gambar": front.daftar_gambar,
    "latar_belakang": introduction.latar_belakang,
    "maksud_tujuan": introduction.maksud_tujuan,
    "tugas_fungsi": introduction.tugas_fungsi,
    "struktur_organisasi": introduction.struktur_organisasi,
    "sumber_daya_manusia": introduction.sumber_daya_manusia,
    "aspek_strategis": introduction.aspek_strategis,
    "permasalahan_utama": introduction.permasalahan_utama,
    "dasar_hukum": introduction.dasar_hukum,
    "sistematika": introduction.sistematika,
    "renstra": plans.renstra,
    "tujuan_sasaran": plans.tujuan_sasaran,
    "iku": plans.iku,
    "rkt": plans.rkt,
    "perjanjian_kinerja": plans.perjanjian_kinerja,
    "keselarasan": plans.keselarasan,
    "metode": accountability.metode,
    "capaian_tahun": accountability.capaian_tahun,
    "hasil_evaluasi_rb": cultured.after_reform,
    "evaluasi": cultured.after_analysis,
    "hambatan": accountability.hambatan,
    "realisasi_anggaran": money.realisasi_anggaran,
    "kesimpulan": closing.kesimpulan,
    "tinjauan_khusus": closing.tinjauan_khusus,
    "saran": closing.saran,
    "dokumentasi": closing.dokumentasi,
    "lampiran_renstra": annexes.lampiran_renstra,
    "lampiran_iku": annexes.lampiran_iku,
    "lampiran_rkt": annexes.lampiran_rkt,
    "lampiran_pk": annexes.lampiran_pk,
    "lampiran_pengukuran": annexes.lampiran_pengukuran,
    "lampiran_mutu_data": annexes.lampiran_mutu_data,
    "lampiran_dokumentasi": annexes.lampiran_dokumentasi,
    "lampiran_singkatan": annexes.lampiran_singkatan,
}


def compose(snapshot: Snapshot, law: Law) -> Document:
    """The annual report of a snapshot by the outline chosen in its settings (Permenpan-RB 53/2014, Lampiran II)."""
    outline = law.outlines.get(snapshot.settings.outline)
    if outline is None:
        raise CannotRun(
            f"Kerangka laporan “{snapshot.settings.outline}” tidak dikenal; pilihan: {', '.join(sorted(law.outlines))}."
        )
    work = Work(snapshot, law, outline)
    work.out.add(front.cover(work))
    front_matter(work, outline)
    chapters(work, outline)
    appendices(work, outline)
    return Document(
        work.running, "lkjip", work.agency.name, work.year, tuple(work.out.blocks), subject=work.report_name,
        footer=FOOTER, attachment=attach(snapshot, work.figures.computed),
    )  # fmt: skip


def front_matter(work: Work, outline: Outline) -> None:
    """Everything before chapter I, with Roman page numbers; the short list of pictures follows that of tables."""
    work.out.begin(FRONT)
    work.out.add(Division(PageNumbers.ROMAN, running=work.running, restart=True))
    for index, section in enumerate(outline.front):
        if index and section.key not in FLOWING:
            work.out.add(PageBreak())
        work.out.heading(1, section.title, key=section.key)
        SECTIONS[section.key](work)


def chapters(work: Work, outline: Outline) -> None:
    """The chapters, each on a new page, with Arabic page numbers from 1."""
    for number, chapter in enumerate(outline.chapters, 1):
        work.out.begin(str(number))
        work.out.add(Division(PageNumbers.ARABIC, running=work.running, restart=number == 1))
        work.out.heading(1, chapter.title, chapter.number, chapter.key)
        for section in chapter.sections:
            fill(work, section, 2)


def fill(work: Work, section: Section, level: int) -> None:
    """One section: its heading, what the composer knows to put there, and the sections below it."""
    work.out.heading(level, section.title, section.number, section.key)
    build = SECTIONS.get(section.key)
    if build:
        build(work)
    for below in section.sections:
        fill(work, below, level + 1)


def appendices(work: Work, outline: Outline) -> None:
    """The annexes, each on a new page; the plan matrix lies across."""
    work.out.begin("L")
    for annex in outline.annexes:
        work.out.add(Division(PageNumbers.ARABIC, running=work.running, landscape=annex.key in LANDSCAPE))
        work.out.heading(1, annex.title.upper(), annex.number, annex.key)
        SECTIONS[annex.key](work)


FRONT = "E"
"""The letter of tables in the front matter: the Ikhtisar Eksekutif has the only one."""

FLOWING = frozenset({"daftar_tabel", "daftar_gambar"})
"""Lists that follow on the page where the one before ends."""

LANDSCAPE = frozenset({"lampiran_renstra", "lampiran_pengukuran", "lampiran_mutu_data"})
