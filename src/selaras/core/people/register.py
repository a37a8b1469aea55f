"""A list of staff from elsewhere as records of employees: NIP checked, sex and status read from it, nothing guessed.

A row is found again by its NIP, else by its code, else by name and job; where that is not certain it is asked. Codes of
new employees are running numbers: a code that held the NIP would tell the birth date of its holder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from selaras.core.errors import Fault
from selaras.core.nip import Nip, compact, is_masked, mask, read_nip
from selaras.core.org import Education, Employee, Employment, Sex
from selaras.core.place import NOWHERE, Place

Choice = TypeVar("Choice", bound=StrEnum)
STATUSES = {"honorer": Employment.PPNPN, "non asn": Employment.PPNPN, "p3k": Employment.PPPK}
SEXES = {"laki-laki": Sex.MALE, "pria": Sex.MALE, "perempuan": Sex.FEMALE, "wanita": Sex.FEMALE}
EDUCATIONS = {
    "sma": Education.SLTA, "smk": Education.SLTA, "smp": Education.SLTP, "d-iii": Education.D3, "d-iv": Education.D4,
    "div": Education.D4, "diii": Education.D3, "s-1": Education.S1, "s-2": Education.S2, "s-3": Education.S3,
}  # fmt: skip
DEFAULT_GROUP = "Staf"
MOST_FAULTS = 1000
FEW = 5
ASK = "Isi kolom NIP atau Kode; kode yang belum dipakai berarti pegawai baru."


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row of the list as it was read: texts by field, and where each stands."""

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    place: Place = NOWHERE

    def text(self, field: str) -> str:
        """What stands in a field; empty for a column that the list does not have."""
        return self.texts.get(field, "")

    def at(self, field: str) -> Place:
        """Where a field stands, else where the row does."""
        return self.places.get(field, self.place)


@dataclass(frozen=True, slots=True)
class Register:
    """What a list of staff comes to: records new and changed, how many stay, and every fault (`unsaid` more)."""

    new: tuple[Employee, ...]
    changed: tuple[Employee, ...]
    same: int
    faults: tuple[Fault, ...]
    unsaid: int = 0


def register(rows: Iterable[StaffRow], known: Iterable[Employee], units: Mapping[str, str]) -> Register:
    """Hold a list against the employees that are known; `units` gives the name by code.

    What the list has no column for stays as it is. Nothing is refused here: faults are returned with their cells.
    """
    people = list(known)
    work = _Work(people, units)
    for row in rows:
        work.take(row)
    return Register(
        tuple(work.new), tuple(work.changed), work.same, tuple(work.faults[:MOST_FAULTS]),
        max(0, len(work.faults) - MOST_FAULTS),
    )  # fmt: skip


class _Work:
    """One list on its way: who is known, what stood in it before, what was wrong."""

    def __init__(self, people: list[Employee], units: Mapping[str, str]) -> None:
        self.by_nip = {compact(item.nip): item for item in people if item.nip}
        self.by_code = {item.code: item for item in people}
        self.by_name: dict[str, list[Employee]] = {}
        for item in people:
            self.by_name.setdefault(_folded(item.name), []).append(item)
        self.named: dict[tuple[str, str], Place] = {}
        self.units = {code.casefold(): code for code in units} | {_folded(name): code for code, name in units.items()}
        self.number = 0
        self.order = max((item.order for item in people), default=0)
        self.nips: dict[str, Place] = {}
        self.codes: dict[str, Place] = {}
        self.new: list[Employee] = []
        self.changed: list[Employee] = []
        self.same = 0
        self.faults: list[Fault] = []

    def take(self, row: StaffRow) -> None:
        """Read one row; a row with any fault gives no record."""
        faults: list[Fault] = []
        nip, said = self._nip(row, faults)
        old = self._old(row, nip, faults)
        if not row.text("name"):
            faults.append(Fault("nama pegawai kosong", row.at("name"), expected="nama tanpa gelar pun cukup"))
        status = self._status(row, said, old, faults)
        sex = self._sex(row, said, old, faults)
        education = self._education(row, old, faults)
        unit = self._unit(row, old, faults)
        if faults or status is None or sex is None:
            self.faults += faults
            return
        code = old.code if old else row.text("code") or self._free_code()
        group = row.text("group") or (old.group if old else "PPNPN" if status is Employment.PPNPN else DEFAULT_GROUP)
        base = old or Employee(code, row.text("name"), group, status, sex, education, order=self._next())
        made = replace(
            base, name=row.text("name"), group=group, status=status, sex=sex, education=education, unit=unit,
            nip=nip if nip != compact(base.nip) and nip else base.nip, rank=row.text("rank") if "rank" in row.texts else base.rank,
            job=row.text("job") if "job" in row.texts else base.job, place=NOWHERE,
        )  # fmt: skip
        if old is None:
            self.new.append(made)
        elif made != replace(old, place=NOWHERE):
            self.changed.append(made)
        else:
            self.same += 1

    def _nip(self, row: StaffRow, faults: list[Fault]) -> tuple[str, Nip | None]:
        text = row.text("nip")
        if not text:
            return "", None
        if is_masked(text):
            faults.append(Fault("NIP tersamar", row.at("nip"), text, "18 angka"))
            return "", None
        read = read_nip(text, place=row.at("nip"))
        if isinstance(read, tuple):
            faults += read
            return "", None
        if read.digits in self.nips:
            there = self.nips[read.digits].cell
            faults.append(
                Fault("NIP ganda dalam berkas ini", row.at("nip"), mask(text), f"sudah tertulis pada sel {there}")
            )
        self.nips[read.digits] = row.at("nip")
        return read.digits, read

    def _old(self, row: StaffRow, nip: str, faults: list[Fault]) -> Employee | None:
        code = row.text("code")
        if code:
            if code in self.codes:
                there = self.codes[code].cell
                faults.append(
                    Fault("kode ganda dalam berkas ini", row.at("code"), code, f"sudah tertulis pada sel {there}")
                )
            self.codes[code] = row.at("code")
        own, named = self.by_nip.get(nip) if nip else None, self.by_code.get(code) if code else None
        if own is not None and named is not None and own.code != named.code:
            faults.append(Fault("kode dan NIP menunjuk pegawai yang berbeda", row.at("code"), code, own.code))
        if named is not None and nip and named.nip and compact(named.nip) != nip:
            faults.append(Fault("NIP berbeda dari yang tersimpan", row.at("nip"), mask(nip), mask(named.nip)))
        unread = bool(row.text("nip")) and not nip
        if own or named or code or unread or not row.text("name"):
            return own or named
        return self._namesake(row, nip, faults)

    def _namesake(self, row: StaffRow, nip: str, faults: list[Fault]) -> Employee | None:
        """Who is meant by name and job alone; a NIP that is not known yet may be that of somebody without one."""
        name, job = _folded(row.text("name")), _folded(row.text("job"))
        like = [item for item in self.by_name.get(name, ()) if not nip or not item.nip]
        same = [item for item in like if _folded(item.job) == job or "job" not in row.texts]
        if not nip:
            if (name, job) in self.named:
                there = self.named[name, job].cell
                faults.append(
                    Fault("nama dan jabatan ganda dalam berkas ini", row.at("name"), row.text("name"),
                          f"sudah tertulis pada sel {there}", ASK)
                )  # fmt: skip
            self.named[name, job] = row.at("name")
        if len(same) == 1:
            return same[0]
        if same or (like and not nip):
            known = "; ".join(f"{item.code} {item.job}".strip() for item in (same or like)[:FEW])
            faults.append(
                Fault("pegawai dengan nama ini sudah ada dan tidak dapat dipastikan sama", row.at("name"),
                      row.text("name"), f"salah satu dari {known}, atau pegawai baru", ASK)
            )  # fmt: skip
        return None

    def _status(self, row: StaffRow, nip: Nip | None, old: Employee | None, faults: list[Fault]) -> Employment | None:
        text = row.text("status")
        given = _chosen(Employment, STATUSES, text)
        if text and given is None:
            faults.append(Fault("status pegawai tidak dikenal", row.at("status"), text, " | ".join(Employment)))
            return None
        said = nip.status if nip else None
        if given and said and given is not said:
            faults.append(Fault("status berbeda dari yang dinyatakan NIP", row.at("status"), text, said))
            return None
        status = given or said or (old.status if old else None)
        if status is None and not row.text("nip"):  # a NIP that cannot be one is told by itself
            faults.append(Fault("status pegawai kosong", row.at("status"), expected=" | ".join(Employment)))
        return status

    def _sex(self, row: StaffRow, nip: Nip | None, old: Employee | None, faults: list[Fault]) -> Sex | None:
        text = row.text("sex")
        given = _chosen(Sex, SEXES, text)
        said = nip.sex if nip else None
        if (text and given is None) or (given and said and given is not said):
            expected = said or " | ".join(Sex)
            faults.append(Fault("jenis kelamin tidak sesuai", row.at("sex"), text, expected))
            return None
        sex = given or said or (old.sex if old else None)
        if sex is None and not row.text("nip"):
            faults.append(
                Fault(
                    "jenis kelamin tidak diketahui",
                    row.at("sex"),
                    expected="NIP, atau kolom Jenis Kelamin berisi L atau P",
                )
            )
        return sex

    def _education(self, row: StaffRow, old: Employee | None, faults: list[Fault]) -> Education:
        text = row.text("education")
        given = _chosen(Education, EDUCATIONS, text)
        if text and given is None:
            faults.append(Fault("pendidikan tidak dikenal", row.at("education"), text, " | ".join(Education)))
        return given or (old.education if old else Education.UNKNOWN)

    def _unit(self, row: StaffRow, old: Employee | None, faults: list[Fault]) -> str:
        if "unit" not in row.texts:
            return old.unit if old else ""
        text = row.text("unit")
        if not text:
            return ""
        found = self.units.get(_folded(text))
        if found is None:
            faults.append(
                Fault("unit kerja tidak dikenal", row.at("unit"), text, "kode atau nama unit pada halaman Organisasi",
                      "Catat unitnya dahulu, atau betulkan ejaannya.")
            )  # fmt: skip
        return found or ""

    def _free_code(self) -> str:
        self.number += 1
        while (code := f"P{self.number:05}") in self.by_code or code in self.codes:
            self.number += 1
        return code

    def _next(self) -> int:
        self.order += 1
        return self.order


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _chosen(kind: type[Choice], also: Mapping[str, Choice], text: str) -> Choice | None:
    """The choice that a text names, by its value or another usual word."""
    folded = _folded(text)
    return {item.value.casefold(): item for item in kind}.get(folded) or also.get(folded)
