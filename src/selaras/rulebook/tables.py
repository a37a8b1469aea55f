"""Files of rules with dates: every table read strictly, and only what was in force on a day given out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import TypeVar

from selaras.core.law import Source
from selaras.rulebook.entry import Entry

Kind = TypeVar("Kind", bound=StrEnum)
Held = TypeVar("Held", bound=StrEnum)
Made = TypeVar("Made")


class RuleFile:
    """One file, its tables read strictly; what is not in force on the day is read and left out."""

    def __init__(self, folder: Traversable, name: str, day: date) -> None:
        self.day = day
        try:
            content = tomllib.loads((folder / name).read_text(encoding="utf-8"), parse_float=Decimal)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise Entry(name, "berkas", {}).refusal("tidak dapat dibaca sebagai TOML", error) from error
        self.whole = Entry(name, "berkas", content)

    def all(self, kind: str, make: Callable[[Entry, Source], Made]) -> list[tuple[Made, Source]]:
        """Every entry of a kind in force, with its source, in the order of the file."""
        found = []
        for entry in self.whole.entries(kind, "code"):
            source = entry.source()
            try:
                made = make(entry, source)
            except ValueError as error:
                raise entry.refusal("isian tidak lengkap", error) from error
            entry.done()
            if source.holds_on(self.day):
                found.append((made, source))
        return found

    def only(self, kind: str, make: Callable[[Entry, Source], Made]) -> Made:
        """The one entry of a kind in force."""
        found = self.all(kind, make)
        if len(found) != 1:
            raise self.whole.refusal(f"{kind} pada satu hari harus tepat satu", len(found), f"satu isian [[{kind}]]")
        return found[0][0]

    def maybe(self, kind: str, make: Callable[[Entry, Source], Made]) -> Made | None:
        """The one entry of a kind in force, None if none was in force yet."""
        found = self.all(kind, make)
        if len(found) > 1:
            raise self.whole.refusal(f"{kind} berlaku ganda pada waktu yang sama", len(found), f"satu isian [[{kind}]]")
        return found[0][0] if found else None


def pairs(entry: Entry, key: str, kind: type[Kind]) -> dict[Kind, str]:
    """A table of texts whose names are values of an enumeration."""
    return {known(entry, key, name, kind): text for name, text in entry.texts(key).items()}


def mapped(entry: Entry, key: str, kind: type[Kind], held: type[Held]) -> dict[Kind, Held]:
    """A table whose names are values of one enumeration and whose texts are values of another."""
    return {name: known(entry, key, text, held) for name, text in pairs(entry, key, kind).items()}


def known(entry: Entry, key: str, text: str, kind: type[Kind]) -> Kind:
    """A text as the value of an enumeration; refused under the name of its field if it is none."""
    if text not in {item.value for item in kind}:
        raise entry.refusal(f"{key} memuat isian yang tidak dikenal", text, " | ".join(kind))
    return kind(text)


def within(entry: Entry, key: str, least: int, most: int) -> int:
    """A whole number between two bounds, both included."""
    value = entry.whole(key)
    if not least <= value <= most:
        raise entry.refusal(f"{key} di luar batas", value, f"{least}–{most}")
    return value


def positive(entry: Entry, key: str) -> Decimal:
    """A number above zero."""
    value = entry.number(key)
    if value is None or not value.is_finite() or value <= 0:
        raise entry.refusal(f"{key} harus lebih dari nol", "" if value is None else value, "angka")
    return value


def percentage(entry: Entry, key: str) -> Decimal:
    """A percentage from 0 to 100."""
    value = entry.number(key)
    if value is None or not value.is_finite() or not 0 <= value <= 100:
        raise entry.refusal(f"{key} di luar 0 sampai 100", "" if value is None else value, "persentase")
    return value


def decimal(entry: Entry, key: str, text: str) -> Decimal:
    """A text as a number from zero on."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        raise entry.refusal(f"{key} memuat yang bukan angka", text, "angka dengan titik desimal") from None
    if not value.is_finite() or value < 0:
        raise entry.refusal(f"{key} memuat angka yang tidak mungkin", text, "angka nol ke atas")
    return value
