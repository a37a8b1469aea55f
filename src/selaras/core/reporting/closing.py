"""Chapter IV: what the figures amount to, the agency's own view, suggestions, and the photo gallery."""

from __future__ import annotations

from selaras.core.calendar import format_date
from selaras.core.document import Gallery, Photo, Row, text
from selaras.core.planning import Indicator
from selaras.core.reporting.composition import Part, cell, columns, counted, head, reference, rupiah, say
from selaras.core.reporting.sentences import closed, count, outcome, sentence
from selaras.core.reporting.work import Work


def kesimpulan(work: Work) -> None:
    """General conclusion, out of the figures."""
    figures = work.figures
    work.out.generated(
        f"Pada tahun {work.year} {work.agency.name} mengukur {count(len(figures.measured))} indikator dari "
        f"{count(len(figures.sasaran))} sasaran."
        + (f" {sentence(outcome(figures.tally))}." if figures.measured else "")
    )
    if figures.mean.value is not None:
        band = figures.band(figures.mean)
        kelas = f", yang termasuk kelas {band.label} pada skala yang dipakai" if band else ""
        work.out.generated("Rata-rata capaian indikator yang dapat dinilai ", figures.mean, f"{kelas}.")
    missed = [item for item in figures.measured if figures.reached(figures.achievement(item)) is False]
    if missed:
        work.out.generated("Indikator yang belum mencapai target adalah sebagai berikut.")
        rows: list[tuple[Part, ...]] = [
            (f"{item.name}: {against(work, item)}, capaian ", figures.achievement(item)) for item in missed
        ]
        work.out.listing(say(*row) for row in closed(rows))
    if figures.programmes:
        work.out.generated(
            f"Anggaran sebesar {rupiah(figures.total_budget)} terealisasi {rupiah(figures.total_spent)} atau ",
            figures.total_absorption, ".",
        )  # fmt: skip
    work.own_words("kesimpulan", beside_figures=True)


def against(work: Work, indicator: Indicator) -> str:
    """Realisation against the target that counts, in words."""
    realised = work.figures.realised(indicator, work.year).value
    return f"realisasi {realised.shown() if realised else '–'} terhadap target {work.figures.aim(indicator, work.year).shown()}"


def tinjauan_khusus(work: Work) -> None:
    """The agency's own special review."""
    if not work.own_words("tinjauan_khusus"):
        work.out.empty("Tinjauan khusus belum diisi.")


def saran(work: Work) -> None:
    """Steps to improve: the agency's own, and what the figures themselves ask for."""
    if not work.own_words("saran"):
        work.out.empty("Saran dan langkah perbaikan belum diisi oleh instansi.")
    steps = next_steps(work)
    if steps:
        work.out.generated("Dari data tahun ini, hal berikut perlu ditindaklanjuti:")
        work.out.listing(text(step) for step in steps)
    work.own_words("penutup")


def next_steps(work: Work) -> list[str]:
    """What the figures ask for: nothing that they do not show."""
    figures, tally = work.figures, work.figures.tally
    steps = []
    if tally["missed"]:
        steps.append(
            f"menetapkan tindakan perbaikan bagi {count(tally['missed'])} indikator yang belum mencapai target;"
        )
    if tally["open"]:
        steps.append(f"melengkapi target atau realisasi {count(tally['open'])} indikator yang belum dapat dinilai;")
    if figures.findings:
        steps.append(f"menyelesaikan {count(len(figures.findings))} perbedaan antardokumen perencanaan;")
    unexplained = [item for item in figures.measured if item.code not in figures.explanations]
    if unexplained:
        steps.append(f"mengisi analisis penyebab dan solusi bagi {count(len(unexplained))} indikator;")
    proven = {proof.indicator for proof in work.snapshot.evidence}
    bare = [item for item in figures.measured if item.code not in proven and figures.realised(item, work.year).value]
    if bare:
        steps.append(f"melampirkan bukti realisasi {count(len(bare))} indikator;")
    if steps:
        steps[-1] = steps[-1].removesuffix(";") + "."
    return steps


def dokumentasi(work: Work) -> None:
    """Photo gallery with dated captions; activities whose photo was never uploaded are listed, not framed."""
    photos = sorted(work.snapshot.photos, key=lambda photo: photo.order)
    if not photos:
        work.out.empty("Dokumentasi kegiatan belum dicatat.")
        return
    shown = [item for item in photos if item.file]
    if shown:
        work.out.add(
            Gallery(tuple(Photo(item.caption, item.taken, item.location, item.file, item.caption) for item in shown))
        )
    missing = [item for item in photos if not item.file]
    if not missing:
        return
    shape = columns((6, "c"), (52, "l"), (18, "l"), (24, "l"))
    body = [
        Row((
            cell(str(number)), cell(item.caption), cell(format_date(item.taken) if item.taken else "–"),
            cell(item.location or "–"),
        ))
        for number, item in enumerate(missing, 1)
    ]  # fmt: skip
    table = work.out.table(
        "foto-belum-ada", f"Kegiatan yang Fotonya Belum Diunggah Tahun {work.year}", shape,
        (head("No.", "Kegiatan", "Tanggal", "Tempat"), counted(4)), body,
    )  # fmt: skip
    work.out.generated(
        f"Foto {count(len(missing))} kegiatan telah dicatat, tetapi berkasnya belum diunggah; daftarnya disajikan dalam ",
        reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
