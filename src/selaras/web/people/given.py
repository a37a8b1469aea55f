"""What people sent in a form, read: a choice, a day, a list of lines; anything else is refused with what was expected."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from selaras.core.calendar import parse_date
from selaras.core.errors import Fault, Refusal

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], text: str, name: str) -> Choice:
    """The choice that a text names. Raises Refusal for one that is not offered."""
    try:
        return kind(text)
    except ValueError:
        raise Refusal(f"{name} tidak dikenal.", Fault(name, read=text, expected=" | ".join(kind))) from None


def perhaps(kind: type[Choice], text: str, name: str) -> Choice | None:
    """The choice that a text names, None for no choice. Raises Refusal."""
    return chosen(kind, text, name) if text else None


def day_of(text: str, name: str) -> date:
    """The day that a text names. Raises Refusal where it names none."""
    if not text.strip():
        raise Refusal(f"{name} belum diisi.", Fault(name, expected="tanggal"))
    return parse_date(text)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold anything."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
