"""NIP, the number of a civil servant: whether it can be one, what it says, and how it is shown.

18 digits. PNS: birth (YYYYMMDD), first appointment (YYYYMM), sex (1 man, 2 woman), serial number (BKN regulations 22
and 43 of 2007). PPPK: birth, year, 2 with the order of appointment, sex, serial. There is no check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selaras.core.errors import Fault
from selaras.core.org import Employment, Sex
from selaras.core.place import NOWHERE, Place

LENGTH = 18
PARTS = (8, 14, 15)
HIDDEN = "•"


@dataclass(frozen=True, slots=True)
class Nip:
    """What a number says about its holder."""

    digits: str
    born: date
    year: int
    status: Employment
    sex: Sex


def read_nip(text: str, *, place: Place = NOWHERE) -> Nip | tuple[Fault, ...]:
    """What a NIP says, or everything because of which it cannot be one. Spaces between its groups are allowed."""
    digits = "".join(text.split())
    if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit():
        return (Fault("NIP tidak terdiri atas 18 angka", place, mask(text), "18 angka", "Salin dari keputusan BKN."),)
    faults = []
    born = _day(digits[:8])
    if born is None:
        faults.append(
            Fault("delapan angka pertama NIP bukan tanggal lahir", place, mask(text), "tahun, bulan, tanggal")
        )
    month = int(digits[12:14])
    if not (1 <= month <= 12 or 21 <= month <= 29):
        faults.append(
            Fault(
                "angka ke-13 dan ke-14 NIP tidak mungkin", place, digits[12:14], "bulan 01–12 (PNS) atau 21–29 (PPPK)"
            )
        )
    if digits[14] not in "12":
        faults.append(
            Fault("angka ke-15 NIP bukan jenis kelamin", place, digits[14], "1 (laki-laki) atau 2 (perempuan)")
        )
    if digits[15:] == "000":
        faults.append(Fault("nomor urut NIP nol", place, "000", "001–999"))
    if faults or born is None:
        return tuple(faults)
    status = Employment.PPPK if month > 12 else Employment.PNS
    return Nip(digits, born, int(digits[8:12]), status, Sex.MALE if digits[14] == "1" else Sex.FEMALE)


def spaced(text: str) -> str:
    """A NIP in its four groups, as letters print it; anything else as it was written."""
    digits = "".join(text.split())
    if len(digits) != LENGTH or not digits.isdigit():
        return text
    return " ".join((digits[: PARTS[0]], digits[PARTS[0] : PARTS[1]], digits[PARTS[1]], digits[PARTS[2] :]))


def mask(text: str) -> str:
    """A NIP of which only the last three digits are legible: the rest tells the birth date."""
    digits = "".join(text.split())
    return HIDDEN * (len(digits) - 3) + digits[-3:] if len(digits) > 3 else HIDDEN * len(digits)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
