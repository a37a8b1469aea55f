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
LIKELY_AGES = range(16, 61)
"""Ages at appointment that raise no doubt (inferred)."""


@dataclass(frozen=True, slots=True)
class Nip:
    """What a number says about its holder."""

    digits: str
    born: date
    year: int
    status: Employment
    sex: Sex

    @property
    def age(self) -> int:
        """In which year of age the holder was appointed, by the years alone; a likely number lies in `LIKELY_AGES`."""
        return self.year - self.born.year

    @property
    def month(self) -> int | None:
        """The month of the first appointment; None for PPPK, whose number has no month."""
        return int(self.digits[12:14]) if self.status is Employment.PNS else None

    @property
    def turn(self) -> int | None:
        """Which appointment of the year it was (1–9), as the number of a PPPK says; None for PNS."""
        return int(self.digits[13]) if self.status is Employment.PPPK else None


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


def compact(text: str) -> str:
    """A NIP without the spaces between its groups."""
    return "".join(text.split())


def is_masked(text: str) -> bool:
    """Whether a text is a NIP that was masked, as people get it who may not see it whole."""
    return HIDDEN in text


def unmasked(given: str, stored: str) -> str:
    """The stored NIP for its own mask, so that who may not see it can still save what stands beside it."""
    return stored if is_masked(given) and given == mask(stored) else given


def mask(text: str) -> str:
    """A NIP of which only the last three digits are legible: the rest tells the birth date."""
    digits = compact(text)
    return HIDDEN * (len(digits) - 3) + digits[-3:] if len(digits) > 3 else HIDDEN * len(digits)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
