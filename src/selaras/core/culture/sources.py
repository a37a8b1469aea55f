"""Who was heard and what was read: informants by role, consent, sources whose text is locked before it is coded.

Persons appear by pseudonym and role only. Independence belongs to the account: people who answer together give one
account, and a person heard twice is still one account.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place


class Method(StrEnum):
    """How a source came about. A conclusion is the author's or agency's own words and never evidence."""

    INTERVIEW = "wawancara"
    OBSERVATION = "observasi"
    DOCUMENT = "dokumen"
    SURVEY = "survei"
    CONCLUSION = "simpulan"


EVIDENCE = (Method.INTERVIEW, Method.OBSERVATION, Method.DOCUMENT, Method.SURVEY)


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person agreed to, each tick by itself (UU 27/2022); `withdrawn` ends all of it."""

    record: bool
    quote: bool
    archive: bool
    given: date | None
    form: str = ""
    named_by_office: bool = False
    withdrawn: date | None = None

    @property
    def stands(self) -> bool:
        """Whether the consent was given and not withdrawn."""
        return self.given is not None and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Informant:
    """One person by pseudonym; `holders` is how many people hold that role in the agency, None if nobody said."""

    code: str
    role: str
    group: str
    reason: str = ""
    holders: int | None = None
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One text. `joint` says that its informants gave one answer together; `gap` explains a source without text."""

    code: str
    method: Method
    text: str = ""
    held: date | None = None
    informants: tuple[str, ...] = ()
    joint: bool = False
    collector: str = ""
    place: str = ""
    gap: str = ""
    seal: str = ""

    @property
    def locked(self) -> bool:
        """Whether the text may be coded and no longer changed."""
        return bool(self.seal)

    @property
    def evidence(self) -> bool:
        """Whether it can bear out anything at all."""
        return self.method in EVIDENCE


def cleaned(text: str) -> str:
    """The text as it is kept: line ends as LF, no byte order mark. Offsets are counted in it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def fingerprint(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def lock(source: Source) -> Source:
    """The source with its text sealed. A text with foreign line ends is refused, because its offsets would move."""
    if cleaned(source.text) != source.text:
        raise Refusal(
            f"Sumber {source.code} belum dapat dikunci.",
            Fault("akhir baris bukan LF", Place(record=source.code), remedy="Rapikan teksnya dahulu."),
        )
    return replace(source, seal=fingerprint(source.text))


def rewritten(source: Source, text: str) -> Source:
    """The source with another text; refused once it is locked: a new version is a new source."""
    if source.locked:
        raise Refusal(
            f"Teks sumber {source.code} sudah dikunci.",
            Fault("teks terkunci", Place(record=source.code), remedy="Simpan versi baru sebagai sumber baru."),
        )
    return replace(source, text=cleaned(text))


def intact(source: Source) -> bool:
    """Whether a locked text is still the one that was sealed."""
    return source.locked and source.seal == fingerprint(source.text)


def accounts(sources: Iterable[Source]) -> Mapping[str, frozenset[str]]:
    """The independent accounts behind every source, by its code.

    Informants who answered together (`joint`) are one account; otherwise each is one. Observations are the account of
    their observer, a document is its own; the author's conclusions are the account of nobody.
    """
    listed = [source for source in sources if source.evidence]
    root: dict[str, str] = {}
    for source in listed:
        for person in source.informants:
            root.setdefault(person, person)
        if source.joint:
            together = {_top(root, person) for person in source.informants}
            for person in together:
                root[person] = min(together)
    return {source.code: _of(source, root) for source in listed}


def independent(sources: Iterable[Source]) -> int:
    """How many independent accounts the sources with content hold; a source that was only named is none."""
    listed = [source for source in sources if source.text]
    none: frozenset[str] = frozenset()
    return len(none.union(*accounts(listed).values()))


def _top(root: Mapping[str, str], person: str) -> str:
    while root[person] != person:
        person = root[person]
    return person


def _of(source: Source, root: Mapping[str, str]) -> frozenset[str]:
    if source.informants:
        return frozenset(_top(root, person) for person in source.informants)
    if source.method is Method.OBSERVATION and source.collector:
        return frozenset({f"pengamat {source.collector}"})
    return frozenset({source.code})


def recognisable(informants: Iterable[Informant]) -> tuple[str, ...]:
    """Informants whose role alone points at one person: the only one of their group, or the holder of a single office.

    Those who agreed to be known by their office are left out; for the others the tool offers a wider role.
    """
    listed = list(informants)
    groups = Counter(person.group for person in listed)
    return tuple(
        person.code
        for person in listed
        if (groups[person.group] == 1 or person.holders == 1)
        and not (person.consent is not None and person.consent.stands and person.consent.named_by_office)
    )


def check_field_work(informants: Iterable[Informant], sources: Iterable[Source]) -> tuple[Fault, ...]:
    """What stands between the field and the coding: consent, reasons, unlocked texts, empty sources without a reason."""
    people, texts = list(informants), list(sources)
    known = {person.code for person in people}
    faults = [fault for person in people for fault in _person(person)]
    for source in texts:
        at = Place(record=source.code)
        if unknown := [person for person in source.informants if person not in known]:
            faults.append(Fault("informan tidak dikenal", at, ", ".join(unknown), "nama samaran yang tercatat"))
        if source.joint and len(source.informants) < 2:
            faults.append(
                Fault("jawaban bersama dari satu orang", at, ", ".join(source.informants), "dua informan atau lebih")
            )
        if source.method is Method.INTERVIEW and not source.informants:
            faults.append(Fault("wawancara tanpa informan", at, expected="nama samaran informan"))
        if not source.text.strip() and not source.gap:
            faults.append(Fault("sumber kosong tanpa keterangan", at, expected="teks, atau alasan kekosongannya"))
        if source.locked and not intact(source):
            faults.append(Fault("teks berubah setelah dikunci", at, expected="teks yang dikunci"))
        if source.text and not source.locked:
            faults.append(Fault("sumber belum dikunci", at, remedy="Kunci teksnya sebelum disandi."))
    return tuple(faults)


def _person(person: Informant) -> list[Fault]:
    at, faults = Place(record=person.code), []
    if not person.reason.strip():
        faults.append(Fault("alasan pemilihan informan kosong", at, expected="kriteria purposif"))
    if person.consent is None or not person.consent.stands:
        faults.append(Fault("persetujuan informan tidak ada", at, expected="persetujuan yang tercatat dan berlaku"))
    return faults
