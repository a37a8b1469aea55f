"""The sheet Petunjuk: how to fill the workbook in, what the colours mean, and a table of the sheets with links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selaras.core.snapshot import NARRATED
from selaras.documents.workbook.columns import EXAMPLE, GUIDE, IGNORED
from selaras.documents.workbook.schema import required
from selaras.documents.workbook.sheets import SHEETS
from selaras.documents.workbook.styles import Styles

TITLE = "Buku Kerja Akuntabilitas Kinerja"
STEPS = (
    "Isi lembar dari kiri ke kanan. Kode yang dirujuk lembar lain (unit, jabatan, simpul, indikator) diisi lebih dahulu.",
    "Satu baris memuat satu data. Arahkan penunjuk ke judul kolom untuk membaca penjelasannya.",
    "Kode ditulis sebagai teks, sehingga nol di depan tidak hilang. Kode yang sama tidak boleh dipakai dua kali.",
    "Kolom dengan daftar pilihan hanya menerima isi dari daftar. Daftar kode mengikuti isi lembar yang dirujuk.",
    "Angka ditulis biasa (1.234,5), persen dengan tanda % (87,5%), tanggal hari/bulan/tahun (31/12/2024).",
    "Sel yang kosong berarti belum ada data; nol berarti nol.",
    f"Baris yang kolom pertamanya diawali {EXAMPLE} adalah contoh dan tidak ikut dimuat; boleh ditimpa atau dikosongkan.",
    "Kolom abu-abu dihitung otomatis dan dikunci tanpa kata sandi; isinya tidak ikut dimuat.",
    "Untuk menghapus data yang sudah tersimpan, hapus barisnya lalu muat dengan --replace. Baris kosong dilewati.",
    f"Catatan sendiri boleh ditambahkan pada kolom atau lembar yang namanya diawali tanda {IGNORED}; isinya diabaikan.",
    "Nama lembar dan judul kolom jangan diubah.",
    "Saat dimuat, semua kesalahan ditunjukkan sekaligus dengan alamat selnya; tidak ada yang disimpan sebelum benar.",
)
LEGEND = (
    ("required", "Judul *", "Wajib diisi pada setiap baris."),
    ("optional", "Judul", "Boleh dikosongkan."),
    ("derived", "Judul (otomatis)", "Dihitung; tidak diisi."),
    ("sample", EXAMPLE, "Baris contoh; tidak ikut dimuat."),
)


def write_guide(book: Any, styles: Styles) -> None:
    """Write the guide as the first sheet of `book`."""
    page = book.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 62)
    page.set_column(2, 2, 46)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_row(0, 28)
    page.write_string(0, 0, TITLE, styles.named("title"))
    row = _steps(page, styles, 2)
    row = _legend(page, styles, row + 1)
    row = _sheets(page, styles, row + 1)
    _list(page, styles, row + 1, "Bagian laporan untuk lembar Narasi", NARRATED)


def _steps(page: Any, styles: Styles, row: int) -> int:
    page.write_string(row, 0, "Cara mengisi", styles.named("heading"))
    for number, step in enumerate(STEPS, 1):
        page.set_row(row + number, 32 if len(step) > 125 else 17)
        page.merge_range(row + number, 0, row + number, 2, f"{number}. {step}", styles.named("body"))
    return row + len(STEPS) + 1


def _legend(page: Any, styles: Styles, row: int) -> int:
    page.write_string(row, 0, "Arti warna", styles.named("heading"))
    for number, (style, sample, meaning) in enumerate(LEGEND, 1):
        page.write_string(row + number, 0, sample, styles.named(style))
        page.write_string(row + number, 1, meaning, styles.named("body"))
    return row + len(LEGEND) + 1


def _list(page: Any, styles: Styles, row: int, title: str, entries: Mapping[str, str]) -> None:
    page.write_string(row, 0, title, styles.named("heading"))
    for number, (code, meaning) in enumerate(entries.items(), row + 1):
        page.write_string(number, 0, code, styles.named("table"))
        page.write_string(number, 1, meaning, styles.named("table"))


def _sheets(page: Any, styles: Styles, row: int) -> int:
    page.write_string(row, 0, "Daftar lembar", styles.named("heading"))
    for column, header in enumerate(("Lembar", "Isi", "Kolom wajib")):
        page.write_string(row + 1, column, header, styles.named("required"))
    for number, sheet in enumerate(SHEETS, row + 2):
        needed = ", ".join(column.header for column in sheet.inputs if required(sheet, column))
        page.set_row(number, 32 if len(sheet.about) > 68 or len(needed) > 50 else 17)
        page.write_url(number, 0, f"internal:'{sheet.name}'!A1", styles.named("link"), sheet.name)
        page.write_string(number, 1, sheet.about, styles.named("table"))
        page.write_string(number, 2, needed, styles.named("table"))
    return row + 2 + len(SHEETS)
