"""One record of a register: its content, the states it went through, the extensions that were granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from selaras.core.place import NOWHERE, Place
from selaras.core.registers.fields import Content


@dataclass(frozen=True, slots=True)
class Move:
    """On which day a record came into a state, by whose hand (position or account), with which note."""

    state: str
    on: date
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """An extension of one deadline, with its written reason."""

    deadline: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `moves` are in order and begin with the day it was opened; an empty field is absent from `content`."""

    number: str
    register: str
    content: Mapping[str, Content] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    grants: tuple[Grant, ...] = ()
    unit: str = ""
    place: Place = NOWHERE

    @property
    def state(self) -> str:
        """The code of the state the record is in; empty before it was opened."""
        return self.moves[-1].state if self.moves else ""
