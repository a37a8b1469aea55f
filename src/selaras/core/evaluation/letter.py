"""Data of the letter of an LHE, and what a person must fill in before it can be sent."""

from __future__ import annotations

from collections.abc import Mapping

from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place

LETTER: dict[str, str] = {
    "number": "nomor",
    "date": "tanggal",
    "place": "tempat",
    "nature": "sifat",
    "attachments": "lampiran",
    "subject": "hal",
    "recipient": "kepada",
    "recipient_place": "tempat tujuan",
    "basis": "dasar hukum",
    "assignment": "surat tugas",
    "period": "waktu pelaksanaan",
    "signatory_title": "jabatan penanda tangan",
    "signatory_name": "nama penanda tangan",
    "signatory_rank": "pangkat penanda tangan",
    "signatory_nip": "NIP penanda tangan",
    "copies": "tembusan",
}
"""Every field of the letter, by its name as it is kept (Evaluation.letter), in the words of the letter."""
NEEDED = ("number", "date", "recipient", "signatory_title", "signatory_name")
"""What a letter cannot be sent without; a preview leaves gaps."""
LONGEST = 4000


def checked_letter(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept: without spaces around, the day as `2025-06-30`.

    Raises Refusal for unknown fields, texts that are too long, and a day that cannot be read.
    """
    if unknown := [name for name in fields if name not in LETTER]:
        expected = ", ".join(LETTER)
        raise Refusal(
            "Data surat tidak disimpan.", Fault("isian tidak dikenal", read=", ".join(unknown), expected=expected)
        )
    given = {name: text.replace("\r\n", "\n").strip() for name, text in fields.items()}
    long = [Fault("terlalu panjang", Place(column=LETTER[name])) for name, text in given.items() if len(text) > LONGEST]
    if long:
        raise Refusal("Data surat tidak disimpan.", *long)
    if given.get("date"):
        given["date"] = parse_date(given["date"], place=Place(column=LETTER["date"])).isoformat()
    return given


def lacking(letter: Mapping[str, str]) -> tuple[str, ...]:
    """The names, in words, of what still has to be filled in before the letter can be sent."""
    return tuple(LETTER[name] for name in NEEDED if not letter.get(name, "").strip())


def shown_date(letter: Mapping[str, str]) -> str:
    """The day of the letter in words; empty if it has none yet."""
    day = letter.get("date", "")
    return format_date(parse_date(day)) if day else ""
