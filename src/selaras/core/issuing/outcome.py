"""What a verification can come to: its outcome, how sure each sentence is, what the register and the data say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a verification, from the best to the worst."""

    VALID = "sah"
    REGISTERED = "terdaftar"
    STRANGER = "penanda tangan tidak dikenal"
    UNCERTAIN = "tidak dapat dipastikan"
    UNSIGNED = "tanpa tanda tangan"
    OUTDATED = "tidak berlaku lagi"
    CONTRADICTORY = "angka tidak cocok"
    CHANGED = "berubah"
    INVALID = "tidak sah"
    UNREADABLE = "tidak dapat diperiksa"


class Certainty(StrEnum):
    """How sure a sentence is."""

    PROVEN = "terbukti"
    TOLD = "menurut berkas"
    UNKNOWN = "tidak diketahui"


class Tone(StrEnum):
    """How a sentence is meant."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


class Match(StrEnum):
    """How a file is the registered one."""

    SAME = "sama"
    EARLIER = "tahap sebelumnya"
    EXTENDED = "berkas terdaftar yang ditambah"
    NAMED = "hanya kodenya"
    """The file names the code of a registered document, and is not that document."""


class Standing(StrEnum):
    """How a registered document stands today."""

    CURRENT = "berlaku"
    UNFINISHED = "belum selesai ditandatangani"
    REPLACED = "diganti"
    WITHDRAWN = "ditarik"


@dataclass(frozen=True, slots=True)
class Registered:
    """A document of the register that the file is, was, or claims to be."""

    match: Match
    title: str
    agency: str
    year: int
    version: int
    standing: Standing
    code: str = ""
    reason: str = ""
    """Why there is this version."""
    note: str = ""
    """Why it was withdrawn."""
    newer: int | None = None
    """The number of the newest version where it is not this one."""
    newer_reason: str = ""
    newer_code: str = ""
    newer_title: str = ""
    """What the newest is called where it is not a version of this document: a later edition of the report."""
    issued_at: datetime | None = None
    signed: int = 0
    """How many signatures the register knows on this stage of the file."""
    wanted: int = 0
    url: str = ""
    missing: tuple[str, ...] = ()
    """Registered signers whose certificate is not among the signatures of the file."""


class Agreement(StrEnum):
    """Whether the attached data and the print agree."""

    NONE = "tanpa data terlampir"
    AGREES = "cocok"
    DIFFERS = "berbeda"
    UNREADABLE = "tidak terbaca"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not the same in print and in the attached data, or not what its own formula gives."""

    sentence: str
    printed: str = ""
    attached: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of holding the printed figures against the attached data."""

    agreement: Agreement = Agreement.NONE
    figures: int = 0
    """How many stored figures were looked for in the print."""
    differences: tuple[Difference, ...] = ()
    registered: bool | None = None
    """Whether exactly these data are in the register; None where there is no register."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is said, how it is meant, and how sure it is."""

    words: str
    certainty: Certainty
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a verification."""

    outcome: Outcome
    tone: Tone
    headline: str
    sentences: tuple[Sentence, ...] = ()
    signatures: tuple[tuple[Sentence, ...], ...] = field(default=())
    """What is said of each signature of the inspection, in its order."""
