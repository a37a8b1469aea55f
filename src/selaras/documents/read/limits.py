"""How much of a stranger's file is read at most, and how a reader stops when it is more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.place import Place

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. `seconds` is processor time, `memory` bytes of address space of the reading process,

    `size` bytes of the file, `content` bytes after unpacking, `ratio` the largest swelling of one part.
    """

    size: int = 100 * MIB
    content: int = 400 * MIB
    ratio: int = 250
    parts: int = 5_000
    pages: int = 2_000
    lines: int = 400_000
    cells: int = 1_000_000
    text: int = 50 * MIB
    seconds: int = 120
    memory: int = 2048 * MIB


DEFAULT = Limits()

SMALL_PART = 4 * MIB
"""Parts of an archive below this size may be packed as tightly as they like."""


def refuse(source: str, message: str, remedy: str, *, read: str = "", expected: str = "") -> NoReturn:
    """Raise CannotRun: the file as a whole cannot be read; says why and how to mend it."""
    raise CannotRun(f"{source} tidak dapat dibaca.", Fault(message, Place(source=source), read, expected, remedy))


def too_much(source: str, what: str, *, read: int, limit: int) -> NoReturn:
    """Raise Refusal: the file holds more of something than is read at once."""
    fault = Fault(
        f"Berkas memuat terlalu banyak {what}", Place(source=source), f"{read:,}".replace(",", "."),
        f"paling banyak {limit:,}".replace(",", "."), "Bagi berkasnya menjadi beberapa bagian, lalu baca satu per satu.",
    )  # fmt: skip
    raise Refusal(f"{source} terlalu besar untuk dibaca.", fault)


class Meter:
    """Counts what a reader has taken and refuses when a bound is passed."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.lines = self.cells = self.text = 0

    def line(self, text: str) -> None:
        """One more line."""
        self.lines += 1
        if self.lines > self.limits.lines:
            too_much(self.source, "baris", read=self.lines, limit=self.limits.lines)
        self._text(text)

    def cell(self, text: str = "", count: int = 1) -> None:
        """`count` more table cells."""
        self.cells += count
        if self.cells > self.limits.cells:
            too_much(self.source, "sel tabel", read=self.cells, limit=self.limits.cells)
        self._text(text)

    def _text(self, text: str) -> None:
        self.text += len(text)
        if self.text > self.limits.text:
            too_much(self.source, "huruf", read=self.text, limit=self.limits.text)


def size_of(path: Path) -> int:
    """The file's size in bytes; refuses what cannot be opened or is no file."""
    try:
        if not path.is_file():
            refuse(path.name, "Berkas tidak ada atau bukan berkas biasa", "Periksa nama berkasnya.")
        return path.stat().st_size
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        refuse(path.name, f"Berkas tidak dapat dibuka ({reason})", "Periksa nama berkas dan izinnya.")
