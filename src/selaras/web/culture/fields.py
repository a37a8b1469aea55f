"""Fields of the forms of this stage as plain values, drawn by `culture/part_fields.html`, and what was sent in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.http import QueryDict

from selaras.core.calendar import parse_date
from selaras.core.errors import Fault, Refusal

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `kind` is text, area, choice, checks, check, date, number or password-free file."""

    name: str
    label: Any
    kind: str = "text"
    value: Any = ""
    choices: Iterable[tuple[str, Any]] = ()
    help: Any = ""
    required: bool = False
    rows: int = 3
    width: str = ""
    most: int = LONGEST
    empty: Any = None
    """What a choice says for nothing chosen; None where something must be."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def chosen(self) -> set[str]:
        """The values that are ticked."""
        return {str(item) for item in self.value} if self.kind == "checks" else {str(self.value)}


def text(name: str, label: Any, value: Any = "", **more: Any) -> Field:
    """One line."""
    return Field(name, label, "text", value, **{"most": 300, **more})


def area(name: str, label: Any, value: Any = "", **more: Any) -> Field:
    """Several lines."""
    return Field(name, label, "area", value, **more)


def choice(name: str, label: Any, choices: Iterable[tuple[str, Any]], value: Any = "", **more: Any) -> Field:
    """One of several."""
    return Field(name, label, "choice", value, tuple(choices), **more)


def checks(name: str, label: Any, choices: Iterable[tuple[str, Any]], value: Iterable[str] = (), **more: Any) -> Field:
    """Any of several."""
    return Field(name, label, "checks", tuple(value), tuple(choices), **more)


def check(name: str, label: Any, value: bool = False, **more: Any) -> Field:
    """Yes or no."""
    return Field(name, label, "check", value, **more)


def day(name: str, label: Any, value: date | None = None, **more: Any) -> Field:
    """A date."""
    return Field(name, label, "date", value.isoformat() if value else "", **more)


def number(name: str, label: Any, value: Any = "", **more: Any) -> Field:
    """A whole number."""
    return Field(name, label, "number", "" if value is None else value, **more)


def chosen(kind: type[Choice], given: QueryDict, name: str, label: str) -> Choice:
    """The choice that was sent. Raises Refusal for one that is not offered."""
    sent = given.get(name, "")
    try:
        return kind(sent)
    except ValueError:
        raise Refusal(f"{label} tidak dikenal.", Fault(label, read=sent, expected=" | ".join(kind))) from None


def date_of(given: QueryDict, name: str, label: str) -> date:
    """The day that was sent. Raises Refusal where there is none."""
    if (sent := perhaps_date(given, name)) is None:
        raise Refusal(f"{label} belum diisi.", Fault(label, expected="tanggal"))
    return sent


def perhaps_date(given: QueryDict, name: str) -> date | None:
    """The day that was sent, None for none. Raises Refusal for one that is no day."""
    sent = given.get(name, "").strip()
    return parse_date(sent) if sent else None


def whole_of(given: QueryDict, name: str, label: str) -> int:
    """The whole number that was sent. Raises Refusal."""
    if (sent := perhaps_whole(given, name, label)) is None:
        raise Refusal(f"{label} belum diisi.", Fault(label, expected="bilangan bulat"))
    return sent


def perhaps_whole(given: QueryDict, name: str, label: str) -> int | None:
    """The whole number that was sent, None for none. Raises Refusal."""
    sent = given.get(name, "").strip()
    if not sent:
        return None
    if not sent.isdecimal() or len(sent) > 9:
        raise Refusal(f"{label} tidak sah.", Fault(label, read=sent[:40], expected="bilangan bulat"))
    return int(sent)


def ticked(given: QueryDict, name: str) -> bool:
    """Whether a box was ticked."""
    return bool(given.get(name))


def lines_of(sent: str) -> list[str]:
    """The lines of a text that hold anything."""
    return [line.strip() for line in sent.splitlines() if line.strip()]
