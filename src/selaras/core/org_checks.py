"""What is doubtful about an organisation: positions held twice or by nobody, circles, numbers that cannot be a NIP.

Findings are returned, nothing is raised: an office may have reasons, and a vacant post is a fact to be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selaras.core.calendar import format_date
from selaras.core.finding import Finding, Severity
from selaras.core.nip import LIKELY_AGES, Nip, mask, read_nip
from selaras.core.org import Capacity, Employee, Position, Tenure, Unit

FOREVER = date.max
FIRST = date.min


class OrgCode(StrEnum):
    """What the look at an organisation can find."""

    OVERLAP = "ORG-OVERLAP"  # two definitive holders on one day
    VACANT = "ORG-VACANT"
    CIRCLE = "ORG-CIRCLE"
    ENDED_UNIT = "ORG-ENDED-UNIT"  # a position in a unit that is no more
    NIP = "ORG-NIP"
    NIP_TWICE = "ORG-NIP-TWICE"
    NIP_OTHER = "ORG-NIP-OTHER"  # the number says another sex or status than the record
    NIP_AGE = "ORG-NIP-AGE"  # appointed as a child, or before birth


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in the life of a position: who held it and how, or that nobody did.

    `clash` marks a stretch in which another definitive holder is recorded for the same days.
    """

    since: date | None
    until: date | None
    tenure: Tenure | None
    clash: bool = False

    @property
    def vacant(self) -> bool:
        """Whether nobody held the position."""
        return self.tenure is None


def stretches(tenures: Iterable[Tenure], *, today: date) -> tuple[Stretch, ...]:
    """The life of one position from its first holder to today, gaps included, oldest first."""
    held = sorted(tenures, key=lambda item: (item.since or FIRST, item.until or FOREVER))
    found: list[Stretch] = []
    covered: date | None = None
    for tenure in held:
        begin = tenure.since or FIRST
        if covered is not None and covered < begin - timedelta(1):
            found.append(Stretch(covered + timedelta(1), begin - timedelta(1), None))
        clash = any(other is not tenure and _clash(tenure, other) for other in held)
        found.append(Stretch(tenure.since, tenure.until, tenure, clash))
        end = tenure.until or FOREVER
        covered = end if covered is None else max(covered, end)
    if covered is not None and covered < today:
        found.append(Stretch(covered + timedelta(1), None, None))
    return tuple(found)


def check_org(
    units: Sequence[Unit],
    positions: Sequence[Position],
    tenures: Sequence[Tenure],
    employees: Sequence[Employee] = (),
    *,
    day: date,
) -> tuple[Finding, ...]:
    """Everything doubtful about the organisation as it stands on a day."""
    checks = (
        _overlaps(positions, tenures),
        _vacant(positions, tenures, day),
        _circles("unit", {unit.code: unit.parent for unit in units}, {unit.code: unit.name for unit in units}),
        _circles("jabatan", {item.code: item.superior for item in positions}, {i.code: i.title for i in positions}),
        _ended_units(units, positions, day),
        _nips([*tenures, *employees]),
        _nips_twice(tenures, employees),
    )
    return tuple(finding for check in checks for finding in check)


def _clash(first: Tenure, second: Tenure) -> bool:
    """Whether two definitive tenures share a day; an acting holder beside a definitive one is usual (leave, duty)."""
    both = first.capacity is Capacity.DEFINITIVE and second.capacity is Capacity.DEFINITIVE
    begin = max(first.since or FIRST, second.since or FIRST)
    return both and begin <= min(first.until or FOREVER, second.until or FOREVER)


def _overlaps(positions: Sequence[Position], tenures: Sequence[Tenure]) -> Iterator[Finding]:
    titles = {item.code: item.title for item in positions}
    by_position: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        by_position[tenure.position].append(tenure)
    for code, held in by_position.items():
        for index, first in enumerate(held):
            for second in held[index + 1 :]:
                if _clash(first, second):
                    yield Finding(
                        OrgCode.OVERLAP, "cross-table", Severity.ERROR,
                        f"{titles.get(code, code)} dijabat secara definitif oleh dua orang pada hari yang sama.",
                        stated=f"{_spoken(first)} dan {_spoken(second)}", expected="satu pejabat definitif pada satu hari",
                        places=(first.place, second.place),
                        suggestion="Isi tanggal berakhir pejabat lama, atau ubah kedudukannya menjadi Plt. atau Plh.",
                    )  # fmt: skip


def _vacant(positions: Sequence[Position], tenures: Sequence[Tenure], day: date) -> Iterator[Finding]:
    held = {tenure.position for tenure in tenures if tenure.holds_on(day)}
    for position in positions:
        if not position.outside and position.code not in held:
            yield Finding(
                OrgCode.VACANT, "missing", Severity.WARNING,
                f"{position.title} tidak ada pejabatnya per {format_date(day)}.",
                stated="lowong", expected="pejabat definitif, Plt., atau Plh.", places=(position.place,),
                suggestion="Catat pejabatnya; bila lowong, tunjuk Plt. supaya tugasnya tidak terhenti.",
            )  # fmt: skip


def _circles(what: str, parents: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Finding]:
    told: set[str] = set()
    for code in parents:
        path: list[str] = []
        at = code
        while at in parents and at not in path:
            path.append(at)
            at = parents[at]
        circle = path[path.index(at) :] if at in path else []
        if circle and not told & set(circle):
            told |= set(circle)
            yield Finding(
                OrgCode.CIRCLE, "structure", Severity.ERROR,
                f"Garis atasan {what} berputar: {' → '.join(names.get(item, item) for item in [*circle, circle[0]])}.",
                stated=" → ".join([*circle, circle[0]]), expected="garis yang berakhir pada pimpinan",
            )  # fmt: skip


def _ended_units(units: Sequence[Unit], positions: Sequence[Position], day: date) -> Iterator[Finding]:
    ended = {unit.code: unit for unit in units if unit.until is not None and unit.until < day}
    for position in positions:
        unit = ended.get(position.unit)
        if unit is not None and unit.until is not None:
            yield Finding(
                OrgCode.ENDED_UNIT, "cross-table", Severity.WARNING,
                f"{position.title} masih tercatat pada {unit.name}, yang berakhir {format_date(unit.until)}.",
                stated=unit.code, expected="unit yang masih berlaku", places=(position.place, unit.place),
            )  # fmt: skip


def _nips(people: Sequence[Tenure | Employee]) -> Iterator[Finding]:
    for person in people:
        if not person.nip:
            continue
        read = read_nip(person.nip, place=person.place)
        if isinstance(read, Nip):
            yield from _contradictions(person, read)
            yield from _unlikely(person, read)
            continue
        for fault in read:
            yield Finding(
                OrgCode.NIP, "format", Severity.ERROR, f"{person.name}: {fault.message}.", stated=fault.read,
                expected=fault.expected, places=(person.place,), suggestion=fault.remedy,
            )  # fmt: skip


def _contradictions(person: Tenure | Employee, nip: Nip) -> Iterator[Finding]:
    if isinstance(person, Tenure):
        return
    for what, stated, said in (("jenis kelamin", person.sex, nip.sex), ("status", person.status, nip.status)):
        if stated is not said:
            yield Finding(
                OrgCode.NIP_OTHER, "cross-table", Severity.WARNING,
                f"{person.name}: {what} dalam daftar pegawai berbeda dari yang tersirat dalam NIP.",
                stated=stated.value, expected=said.value, places=(person.place,),
            )  # fmt: skip


def _unlikely(person: Tenure | Employee, nip: Nip) -> Iterator[Finding]:
    if nip.age not in LIKELY_AGES:
        told = f"pada umur {nip.age} tahun" if nip.age >= 0 else "sebelum lahir"
        yield Finding(
            OrgCode.NIP_AGE, "suspicious-pattern", Severity.WARNING,
            f"{person.name}: menurut NIP diangkat {told}.", stated=mask(nip.digits),
            expected=f"{LIKELY_AGES.start}–{LIKELY_AGES.stop - 1} tahun", places=(person.place,),
        )  # fmt: skip


def _nips_twice(tenures: Sequence[Tenure], employees: Sequence[Employee]) -> Iterator[Finding]:
    holders: dict[str, dict[str, Tenure | Employee]] = defaultdict(dict)
    people: list[Tenure | Employee] = [*tenures, *employees]
    for person in people:
        if person.nip:
            holders["".join(person.nip.split())].setdefault(person.name.casefold(), person)
    for digits, same in holders.items():
        if len(same) > 1:
            names = " dan ".join(person.name for person in same.values())
            yield Finding(
                OrgCode.NIP_TWICE, "duplicate-content", Severity.ERROR,
                f"Satu NIP tercatat untuk beberapa orang: {names}.", stated=mask(digits), expected="satu orang",
                places=tuple(person.place for person in same.values()),
            )  # fmt: skip


def _spoken(tenure: Tenure) -> str:
    since = format_date(tenure.since) if tenure.since else "awal"
    until = format_date(tenure.until) if tenure.until else "sekarang"
    return f"{tenure.name} ({since} sampai {until})"
