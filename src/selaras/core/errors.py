"""Refusals: what Selaras will not do, said so that a person can mend it.

Findings (`core.finding`) are returned; refusals are raised; bugs are left alone. Each door
(`web`, `api`, `cli`) turns a refusal into a status, an exit code or a sentence in one place.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

from selaras.core.place import Place

REASONS = {
    errno.ENOENT: "tidak ditemukan",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.EACCES: "izin tidak cukup",
    errno.EPERM: "izin tidak cukup",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOSPC: "ruang penyimpanan habis",
    errno.EDQUOT: "jatah ruang penyimpanan habis",
    errno.EFBIG: "berkasnya melampaui batas ukuran",
    errno.EIO: "perangkat penyimpanan gagal",
    errno.EBUSY: "sedang dipakai",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
}


def reason_of(error: OSError) -> str:
    """Why the system refused a file, in Indonesian where the reason is one of the usual ones."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what was given: what was read, what was expected, how to mend it."""

    message: str
    place: Place = field(default_factory=Place)
    read: str = ""
    expected: str = ""
    remedy: str = ""

    def sentence(self) -> str:
        """The whole fault as one Indonesian line: place, message, what was read and what was expected."""
        parts = [self.message]
        if self.read:
            parts.append(f"tertulis “{self.read}”")
        if self.expected:
            parts.append(f"seharusnya {self.expected}")
        line = "; ".join(parts)
        where = self.place.sentence()
        text = f"{where}: {line}" if where else line
        return f"{text}. {self.remedy}" if self.remedy else text


class Refusal(Exception):
    """The request is refused and nothing was changed. Holds every fault, not only the first."""

    def __init__(self, message: str, *faults: Fault) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"- {fault.sentence()}" for fault in self.faults)])


class UnreadableNumber(Refusal):
    """The text is not a number, grade or range that Selaras knows."""


class AmbiguousNumber(Refusal):
    """The text can be read as two numbers; `question` is what to ask the person."""

    def __init__(self, message: str, *faults: Fault, question: str) -> None:
        super().__init__(message, *faults)
        self.question = question


class NotAllowed(Refusal):
    """The actor does not hold the right."""


class NotFound(Refusal):
    """There is no such thing, or the actor may not know that there is."""


class CannotRun(Refusal):
    """The work could not be started or finished for a reason outside the data (file, typesetter, database)."""


class Waiting(CannotRun):
    """Heavy work has to wait for its turn: the place in the queue, the ticket to come back with, and after how many seconds."""

    def __init__(self, message: str, *faults: Fault, ticket: str, place: int, seconds: int) -> None:
        super().__init__(message, *faults)
        self.ticket = ticket
        self.place = place
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that somebody else changed meanwhile: what the person saw first, what stands there now, what was typed."""

    field: str
    seen: str
    stands: str
    given: str


class Conflict(Refusal):
    """Somebody else changed the same value since the person opened it; nothing is overwritten, both are shown."""

    def __init__(self, message: str, *clashes: Clash, by: str = "", at: str = "") -> None:
        super().__init__(message, *(Fault(c.field, read=c.given, expected=c.stands) for c in clashes))
        self.clashes = clashes
        self.by = by
        self.at = at
