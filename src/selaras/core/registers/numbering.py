"""Numbers of records and the secret of a ticket. Chance is passed in: this module only shapes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from string import Formatter

from selaras.core.errors import Fault
from selaras.core.place import Place
from selaras.core.registers.definition import Numbering, Restart

GAPS = frozenset({"urut", "tahun", "bulan", "bulan_romawi", "unit"})
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: what is read aloud or copied by hand cannot be mistaken."""
SECRET_BYTES, SECRET_LENGTH, GROUP = 10, 16, 4
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def series(numbering: Numbering, on: date) -> str:
    """The name of the running series that a record of this day belongs to: `2026`, `2026-03`, or empty."""
    if numbering.restart is Restart.NEVER:
        return ""
    return f"{on.year}" if numbering.restart is Restart.YEAR else f"{on.year}-{on.month:02}"


def number_for(numbering: Numbering, sequence: int, on: date, unit: str = "") -> str:
    """The number of the record that is the `sequence`th (from 1) of its series. Raises ValueError below 1."""
    if sequence < 1:
        raise ValueError("the running number begins with 1")
    return numbering.pattern.format(
        urut=sequence, tahun=on.year, bulan=f"{on.month:02}", bulan_romawi=_ROMAN[on.month], unit=unit
    )


def faults_of(numbering: Numbering, place: Place) -> Iterator[Fault]:
    """What is wrong with a pattern: broken, gaps it does not know, numbers that would come twice."""
    try:
        parts = [part for part in Formatter().parse(numbering.pattern) if part[1] is not None]
    except ValueError:
        yield Fault("pola nomor rusak", place, numbering.pattern, "misalnya {urut:04}/{tahun}")
        return
    names = {name for _, name, _, _ in parts}
    if unknown := sorted(str(name) for name in names - GAPS):
        yield Fault("pola nomor memuat isian yang tidak dikenal", place, ", ".join(unknown), ", ".join(sorted(GAPS)))
    if any(form and (name != "urut" or not form.isdigit() or len(form) > 2) for _, name, form, _ in parts) or any(
        how for *_, how in parts
    ):
        yield Fault("bentuk angka pada pola nomor", place, numbering.pattern, "misalnya {urut:04}")
    needed = {Restart.YEAR: {"tahun"}, Restart.MONTH: {"tahun"}, Restart.NEVER: set[str]()}[numbering.restart]
    missing = ({"urut"} | needed) - names
    if numbering.restart is Restart.MONTH and not names & {"bulan", "bulan_romawi"}:
        missing |= {"bulan"}
    if missing:
        yield Fault("pola nomor dapat menghasilkan nomor ganda", place, numbering.pattern, ", ".join(sorted(missing)))


def secret_of(chance: bytes) -> str:
    """The secret of a ticket from ten random bytes (80 bits), as it is shown: `7K3M-Q9XA-…`. Raises ValueError."""
    if len(chance) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    whole = int.from_bytes(chance)
    plain = "".join(SYMBOLS[whole >> 5 * step & 31] for step in reversed(range(SECRET_LENGTH)))
    return "-".join(plain[at : at + GROUP] for at in range(0, SECRET_LENGTH, GROUP))


def tidy_secret(text: str) -> str:
    """The secret as a person typed it, in the form of `secret_of`; empty if it cannot be one."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_ALIKE)
    if len(plain) != SECRET_LENGTH or not set(plain) <= set(SYMBOLS):
        return ""
    return "-".join(plain[at : at + GROUP] for at in range(0, SECRET_LENGTH, GROUP))


def seal_of(secret: str) -> str:
    """What is stored instead of a secret: its SHA-256, in hexadecimal. Empty for what cannot be a secret."""
    tidy = tidy_secret(secret)
    return sha256(tidy.encode()).hexdigest() if tidy else ""


def opens(secret: str, seal: str) -> bool:
    """Whether the secret is the one behind the seal, compared in constant time."""
    return bool(seal) and compare_digest(seal_of(secret), seal)
