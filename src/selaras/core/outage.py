"""Failures of the machine under us, told apart: storage full or closed, database gone or busy; with what to do.

Told by the kind of error and its words alone, so that every door says the same without loading a database library.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

DATABASE_ERRORS = frozenset({"OperationalError", "InterfaceError"})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class Kind(Enum):
    """What failed: what to say, what to do about it."""

    FULL = ("Ruang penyimpanan habis", "Kosongkan ruang atau perbesar penyimpanan, lalu ulangi.")
    CLOSED = ("Penyimpanan hanya dapat dibaca", "Perbaiki izin atau pemasangan folder kerja, lalu ulangi.")
    BUSY = ("Basis data sedang dipakai pekerjaan lain", "Ulangi beberapa detik lagi.")
    BROKEN = ("Berkas basis data rusak atau penyimpanannya gagal", "Jalankan `selaras doctor`; pulihkan dari cadangan.")
    GONE = ("Basis data tidak terjangkau", "Periksa layanan basis data, lalu ulangi.")

    @property
    def words(self) -> str:
        """What happened, without a full stop."""
        return self.value[0]

    @property
    def remedy(self) -> str:
        """What to do, for who runs the installation."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Outage:
    """A failure of the machine: its kind, the place that the system named (a path, may be empty), its own words."""

    kind: Kind
    place: str
    told: str

    def sentence(self, place: str = "") -> str:
        """The whole as Indonesian sentences; `place` where the system named none."""
        where = self.place or place
        return (
            f"{self.kind.words}{f' ({where})' if where else ''}. Tidak ada yang tersimpan setengah. {self.kind.remedy}"
        )


WORDS: tuple[tuple[str, Kind], ...] = (
    ("disk is full", Kind.FULL), ("no space left", Kind.FULL), ("disk full", Kind.FULL),
    ("readonly database", Kind.CLOSED), ("read-only", Kind.CLOSED), ("permission denied", Kind.CLOSED),
    ("locked", Kind.BUSY), ("lock timeout", Kind.BUSY), ("too many clients", Kind.BUSY),
    ("deadlock", Kind.BUSY), ("malformed", Kind.BROKEN), ("not a database", Kind.BROKEN), ("disk i/o", Kind.BROKEN),
)  # fmt: skip


def outage_of(error: BaseException) -> Outage | None:
    """The failure of the machine behind an error, None where the error says nothing of the kind."""
    for one in _chain(error):
        if isinstance(one, OSError) and not isinstance(one, ConnectionError | TimeoutError):
            kind = Kind.FULL if one.errno in FULL else Kind.CLOSED if one.errno in CLOSED else None
            kind = Kind.BROKEN if one.errno == errno.EIO else kind
            if kind is not None:
                return Outage(kind, str(one.filename or ""), str(one))
        if _is_of_database(one):
            told = str(one).strip()
            low = told.lower()
            return Outage(next((kind for words, kind in WORDS if words in low), Kind.GONE), "", told)
    return None


def _is_of_database(error: BaseException) -> bool:
    kinds = {(kind.__name__, kind.__module__.partition(".")[0]) for kind in type(error).__mro__}
    return any(name in DATABASE_ERRORS and room in {"django", "sqlite3", "psycopg"} for name, room in kinds)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__
