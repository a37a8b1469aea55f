"""A small document with one of every block, for the writers' tests and for looking at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selaras.core import document as d
from selaras.core.computed import Computed, Input

CAPAIAN = Computed(
    key="capaian:IKU-1:2023",
    name="Capaian kinerja",
    value=Decimal("87.5") / Decimal(85) * 100,
    formula="realisasi ÷ target × 100%",
    inputs=(Input("realisasi", "87,5%"), Input("target", "85%")),
)


def cell(text: str, **more) -> d.Cell:
    return d.Cell(d.text(text), **more)


def budget_table(rows: int = 60) -> d.Table:
    head = d.Row(
        tuple(
            cell(t, align=d.Align.CENTER, strong=True)
            for t in ("No.", "Program/Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "Capaian (%)")
        )
    )
    numbers = d.Row(tuple(cell(f"({i})", align=d.Align.CENTER) for i in range(1, 6)))
    body = []
    for i in range(1, rows + 1):
        body.append(
            d.Row(
                (
                    cell(str(i)),
                    cell(f"Kegiatan contoh nomor {i} dengan uraian yang cukup panjang sehingga membungkus baris"),
                    cell("1.000.000", amount=Decimal(1_000_000), unit="Rp", id=f"b{i}"),
                    cell("934.200", amount=Decimal(934_200), unit="Rp", id=f"s{i}"),
                    cell("93,42", amount=Decimal("93.42"), unit="%", places=2, derive=d.Ratio(f"s{i}", f"b{i}")),
                ),
                level=1 if i % 10 == 1 else 0,
            )
        )
    total = Decimal(1_000_000 * rows)
    spent = Decimal(934_200 * rows)
    body.append(
        d.Row(
            (
                cell("Jumlah", colspan=2, strong=True),
                cell(
                    f"{total:,}".replace(",", "."),
                    amount=total,
                    unit="Rp",
                    id="bt",
                    derive=d.Total(tuple(f"b{i}" for i in range(1, rows + 1))),
                ),
                cell(
                    f"{spent:,}".replace(",", "."),
                    amount=spent,
                    unit="Rp",
                    id="st",
                    derive=d.Total(tuple(f"s{i}" for i in range(1, rows + 1))),
                ),
                cell("93,42", amount=Decimal("93.42"), unit="%", places=2, derive=d.Ratio("st", "bt")),
            ),
            level=2,
        )
    )
    w = Decimal
    columns = (
        d.Column(w(6), d.Align.CENTER),
        d.Column(w(44)),
        d.Column(w(18), d.Align.RIGHT),
        d.Column(w(18), d.Align.RIGHT),
        d.Column(w(14), d.Align.RIGHT),
    )
    return d.Table(
        "anggaran",
        columns,
        (head, numbers),
        tuple(body),
        caption="Capaian Anggaran Program",
        number="3.2",
        source="Basis data, DPA Perubahan",
        notes=(d.text("Pembulatan setengah ke atas."),),
    )


def achievement_table() -> d.Table:
    head = (
        d.Row(
            (
                cell("No.", rowspan=2),
                cell("Sasaran", rowspan=2),
                cell("Indikator", rowspan=2),
                cell("2023", colspan=3),
                cell("Kelas", rowspan=2),
            )
        ),
        d.Row((cell("Target"), cell("Realisasi"), cell("Capaian"))),
    )
    body = (
        d.Row(
            (
                cell("1", rowspan=2),
                cell("Terwujudnya birokrasi yang bersih & akuntabel <contoh>", rowspan=2),
                cell("Persentase perangkat daerah"),
                cell("85%"),
                cell("87,5%"),
                d.Cell((d.Span("102,94%", figure=CAPAIAN),)),
                cell("Sangat Baik", tone=d.Tone.DARK_GREEN),
            )
        ),
        d.Row(
            (cell("Persentase perpustakaan"), cell("53%"), cell("–"), cell("–"), cell("Sangat Rendah", tone=d.Tone.RED))
        ),
    )
    w = Decimal
    columns = (
        d.Column(w(5), d.Align.CENTER),
        d.Column(w(28)),
        d.Column(w(25)),
        d.Column(w(10), d.Align.RIGHT),
        d.Column(w(10), d.Align.RIGHT),
        d.Column(w(10), d.Align.RIGHT),
        d.Column(w(12), d.Align.CENTER),
    )
    return d.Table("capaian", columns, head, body, caption="Capaian Kinerja Tahun 2023", number="3.1")


def charts() -> tuple[d.Block, ...]:
    D = Decimal
    return (
        d.Chart(
            "c1",
            d.ChartKind.ACHIEVEMENT,
            "Capaian per indikator",
            (
                "Persentase perangkat daerah yang reformasi birokrasinya baik",
                "Persentase perpustakaan sesuai SNP",
                "Belum diukur",
            ),
            (d.Series("Capaian", (D("102.94"), D("48.1"), None)),),
            unit="%",
            number="3.1",
            labels=("Sangat Baik", "Sangat Rendah", "belum diukur"),
            tones=(d.Tone.DARK_GREEN, d.Tone.RED, d.Tone.NONE),
            alt="Capaian: 102,94% (Sangat Baik) dan 48,10% (Sangat Rendah).",
        ),
        d.Chart(
            "c2",
            d.ChartKind.TREND,
            "Perkembangan",
            ("2020", "2021", "2022", "2023", "2024"),
            (
                d.Series("Target", (D(79), D(81), D(83), D(85), D(87))),
                d.Series("Realisasi", (D(79), D(81), D(84), D("87.5"), None)),
            ),
            unit="%",
            number="3.2",
            alt="Tren.",
        ),
        d.Chart(
            "c3",
            d.ChartKind.BUDGET,
            "Anggaran dan realisasi",
            ("Program A", "Program B"),
            (d.Series("Anggaran", (D(2048907450), D(101698480))), d.Series("Realisasi", (D(1543502036), D(99978980)))),
            unit="Rp",
            number="3.3",
            alt="Anggaran.",
        ),
        d.Chart(
            "c4",
            d.ChartKind.ABSORPTION,
            "Penyerapan",
            ("Program A", "Program B"),
            (d.Series("Penyerapan", (D("75.33"), D("98.31"))),),
            unit="%",
            number="3.4",
            alt="Penyerapan.",
        ),
        d.Chart(
            "c5",
            d.ChartKind.STAFF,
            "Sebaran pendidikan",
            ("SLTP", "SLTA", "D3", "S1", "S2"),
            (d.Series("PNS", (D(1), D(2), D(1), D(6), D(2))), d.Series("PPNPN", (D(0), D(6), D(0), D(6), D(0)))),
            number="1.2",
            alt="Pendidikan.",
        ),
        d.Chart(
            "c6",
            d.ChartKind.QUADRANT,
            "Capaian terhadap penyerapan",
            ("A", "B"),
            (d.Series("Penyerapan", (D("78.16"), D("93.42"))), d.Series("Capaian", (D(100), D("93.33")))),
            unit="%",
            number="3.5",
            alt="Kuadran.",
        ),
        d.OrgChart(
            "o1",
            "Struktur organisasi",
            (
                d.Box("K", "Kepala Biro", "Pejabat Contoh Satu"),
                d.Box("B1", "Bagian Kelembagaan", "", "K", vacant=True),
                d.Box("B2", "Bagian Reformasi Birokrasi", "Plt. Pejabat Contoh Dua", "K"),
                d.Box("F", "Kelompok Jabatan Fungsional", "", "K", coordination=True),
                d.Box("B21", "Subbagian Tata Usaha", "", "B2"),
            ),
            number="1.1",
            alt="Kepala Biro membawahi dua bagian.",
        ),
    )


def sample() -> d.Document:
    blocks: list[d.Block] = [
        d.Cover(
            "LAPORAN KINERJA INSTANSI PEMERINTAH",
            2023,
            "Biro Contoh",
            parent="Sekretariat Daerah Provinsi Contoh",
            subtitle="(LKjIP)",
            contact=("Jalan Contoh Nomor 1, Kota Contoh", "telepon (000) 000000", "www.contoh.go.id"),
        ),
        d.Division(d.PageNumbers.ROMAN, running="Laporan Kinerja Biro Contoh Tahun 2023", restart=True),
        d.Heading(1, "KATA PENGANTAR", key="kata"),
        d.Paragraph(d.text("Laporan ini disusun untuk memenuhi Peraturan Presiden Nomor 29 Tahun 2014. " * 3)),
        d.Signatures(
            (d.Signatory("", "KEPALA BIRO CONTOH", "Pejabat Contoh", "Pembina Utama Muda", "19700101 199503 1 001"),),
            "Kota Contoh, 15 Januari 2024",
        ),
        d.PageBreak(),
        d.Heading(1, "DAFTAR ISI"),
        d.Contents(d.ContentsKind.HEADINGS),
        d.PageBreak(),
        d.Heading(1, "DAFTAR TABEL"),
        d.Contents(d.ContentsKind.TABLES),
        d.Heading(1, "DAFTAR GAMBAR"),
        d.Contents(d.ContentsKind.PICTURES),
        d.Division(d.PageNumbers.ARABIC, running="Laporan Kinerja Biro Contoh Tahun 2023", restart=True),
        d.Heading(1, "AKUNTABILITAS KINERJA", "BAB III", "bab3"),
        d.Heading(2, "Capaian Kinerja Organisasi", "A.", "capaian"),
        d.Paragraph(
            (
                d.Span("Capaian indikator sebesar "),
                d.Span("102,94%", strong=True, figure=CAPAIAN),
                d.Span(" sebagaimana "),
                d.Span("Tabel 3.1", ref="capaian"),
                d.Span("."),
            ),
            d.Voice.GENERATED,
        ),
        d.Paragraph(
            d.text("Kami berterima kasih kepada semua pihak. #strong[bukan markup] $x$ *tebal* <b>html</b>"),
            d.Voice.NARRATIVE,
            lead="Narasi instansi",
        ),
        d.Paragraph(d.text("Analisis efisiensi belum diisi."), d.Voice.EMPTY),
        d.Paragraph(d.text("Skala dibaca dengan batas bawah."), d.Voice.NOTE),
        achievement_table(),
        d.Listing((d.text("butir pertama"), d.text("butir kedua")), d.Numbering.ALPHA),
        d.Heading(3, "Realisasi anggaran", "1."),
        budget_table(),
        *charts(),
        d.Gallery(
            (
                d.Photo("Rapat koordinasi", date(2023, 3, 1), "Kota Contoh", alt="Rapat"),
                d.Photo("Sosialisasi", date(2023, 4, 2)),
            )
        ),
        d.Division(d.PageNumbers.ARABIC, running="Lampiran", landscape=True),
        d.Heading(1, "LAMPIRAN", key="lampiran"),
        d.Fields((("Nama", "Pejabat Contoh"), ("Jabatan", "Kepala Biro Contoh"))),
        d.Signatures(
            (
                d.Signatory(
                    "Pihak Kedua,",
                    "ASISTEN ADMINISTRASI UMUM",
                    "Atasan Contoh",
                    "Pembina Utama Madya",
                    "19650101 199003 1 001",
                ),
                d.Signatory("Pihak Pertama,", "KEPALA BIRO CONTOH", "", "", ""),
            ),
            "Kota Contoh, 2 Januari 2023",
        ),
    ]
    return d.Document(
        "Laporan Kinerja Biro Contoh Tahun 2023",
        "lkjip",
        "Biro Contoh",
        2023,
        tuple(blocks),
        subject="Laporan kinerja tahunan",
        footer="Dokumen ini disiapkan untuk ditandatangani secara elektronik.",
        attachment='{"schema":"contoh","figures":[]}',
    )
