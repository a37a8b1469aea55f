"""A list of staff in a spreadsheet: our template, or one with headers of its own, read row by row with its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from selaras.core.errors import Fault, Refusal
from selaras.core.people.register import StaffRow
from selaras.core.place import Place
from selaras.documents.workbook.columns import letter
from selaras.documents.workbook.container import open_safely, sound
from selaras.documents.workbook.texts import clean, folded, unescaped
from selaras.documents.write.listing import grid

SHEET = "Pegawai"
COLUMNS: Mapping[str, str] = {
    "code": "Kode", "name": "Nama", "nip": "NIP", "rank": "Pangkat/Golongan", "job": "Jabatan", "unit": "Unit Kerja",
    "status": "Status", "group": "Kelompok Jabatan", "sex": "Jenis Kelamin", "education": "Pendidikan",
}  # fmt: skip
"""The columns of our template, by field."""
OTHERS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode pegawai", "id pegawai"),
    "name": ("nama pegawai", "nama lengkap"),
    "nip": ("nomor induk pegawai", "nip baru", "nip/nippppk", "ni pppk", "nip/ni pppk"),
    "rank": ("pangkat", "golongan", "pangkat/gol. ruang", "pangkat/gol", "gol. ruang", "golongan/ruang", "gol/ruang"),
    "job": ("nama jabatan", "jabatan saat ini"),
    "unit": ("unit", "unit organisasi", "bagian", "satuan kerja", "unor", "perangkat daerah"),
    "status": ("status pegawai", "status kepegawaian", "jenis pegawai"),
    "group": ("kelompok", "jenis jabatan"),
    "sex": ("jk", "l/p", "kelamin"),
    "education": ("pendidikan terakhir", "tingkat pendidikan"),
}
"""Headers that other lists have for the same columns."""
NEEDED = ("name",)
HEADER_ROWS = 20
WIDEST = 60
MOST_ROWS = 200_000
LONGEST_EXACT = 15


def template(units: Sequence[str] = ()) -> bytes:
    """Our template with two invented rows; `units` gives names for them."""
    unit = units[0] if units else ""
    rows = [
        (
            "",
            "Contoh Pertama",
            "19900101 201503 1 001",
            "Penata (III/c)",
            "Analis Kebijakan Ahli Muda",
            unit,
            "PNS",
            "Staf",
            "",
            "S1",
        ),
        ("", "Contoh Kedua", "", "", "Pengadministrasi", unit, "PPNPN", "PPNPN", "P", "SLTA"),
    ]
    return grid(SHEET, list(COLUMNS.values()), rows)


def read_staff(path: Path) -> tuple[StaffRow, ...]:
    """Every row of the first sheet that has a header with a name column. Blank rows are left out.

    Raises CannotRun for a file that is none, Refusal where no header is found or the list is too long. A NIP that the
    spreadsheet keeps as a number has lost its last digits and is told with its cell.
    """
    book = open_safely(path)
    try:
        with sound(path.name):
            for page in book.worksheets:
                rows = page.iter_rows(max_col=WIDEST, values_only=True)
                header = _header(rows)
                if header is not None:
                    number, columns = header
                    return tuple(_rows(rows, number, columns, path.name, page.title))
    finally:
        book.close()
    fault = Fault(
        "Baris judul tidak ditemukan", Place(source=path.name), expected=" | ".join(COLUMNS.values()),
        remedy="Pakai templatnya, atau beri judul kolom Nama, NIP, Pangkat, Jabatan, Unit, Status.",
    )  # fmt: skip
    raise Refusal(f"Daftar pegawai {path.name} tidak terbaca.", fault)


def _header(rows: Iterator[tuple[Any, ...]]) -> tuple[int, dict[int, str]] | None:
    """Number of the header row and the fields by column, among the first rows."""
    known = {folded(header): field for field, header in COLUMNS.items()}
    known |= {folded(header): field for field, headers in OTHERS.items() for header in headers}
    for number, row in enumerate(rows, 1):
        found: dict[int, str] = {}
        for at, cell in enumerate(row):
            field = known.get(folded(cell)) if isinstance(cell, str) else None
            if field and field not in found.values():
                found[at] = field
        if set(NEEDED) <= set(found.values()) and len(found) > 1:
            return number, found
        if number >= HEADER_ROWS:
            break
    return None


def _rows(
    rows: Iterator[tuple[Any, ...]], header: int, columns: Mapping[int, str], source: str, sheet: str
) -> Iterator[StaffRow]:
    for number, row in enumerate(rows, header + 1):
        texts = {field: _text(row[at]) if at < len(row) else "" for at, field in columns.items()}
        if not any(texts.values()):
            continue
        if number - header > MOST_ROWS:
            fault = Fault(
                "terlalu banyak baris", Place(source=source, sheet=sheet), expected=f"paling banyak {MOST_ROWS}"
            )
            raise Refusal(f"Daftar pegawai {source} terlalu panjang.", fault)
        places = {
            field: Place(source=source, sheet=sheet, cell=f"{letter(at)}{number}") for at, field in columns.items()
        }
        yield StaffRow(texts, places, Place(source=source, sheet=sheet, row=number))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(unescaped(cell)).strip()
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    # A spreadsheet keeps fifteen digits of a number; a longer one is no longer what was typed.
    return f"{text[:LONGEST_EXACT]}… (dibulatkan)" if text.isdigit() and len(text) > LONGEST_EXACT else text
