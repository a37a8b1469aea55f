"""All that a filter, a clock or a letter may ask of one record: its fields, and what follows from its states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.clock import Clock, Pause, Workdays, pauses_of, read_clock
from selaras.core.registers.definition import (
    CLOSED,
    DUE,
    NUMBER,
    OPENED,
    REACHED,
    STATE,
    UNIT,
    USED,
    VERDICT,
    Register,
)
from selaras.core.registers.fields import Content
from selaras.core.registers.records import Record


class RecordFacts:
    """What one record says at the end of a day; call it with a subject. Clocks are read once each, when asked."""

    __slots__ = ("_clocks", "_moves", "as_of", "record", "register", "workdays")

    def __init__(self, register: Register, record: Record, workdays: Workdays, as_of: date) -> None:
        self.register = register
        self.record = record
        self.workdays = workdays
        self.as_of = as_of
        self._moves = tuple(move for move in record.moves if move.on <= as_of)
        self._clocks: dict[str, Clock] = {}

    def __call__(self, subject: str) -> Content | None:
        """The content of a field, or a fact with `@`; None where there is nothing or no such subject."""
        if not subject.startswith("@"):
            return self.record.content.get(subject)
        if subject.startswith(REACHED):
            return self._reached(subject.removeprefix(REACHED))
        if subject in {STATE, UNIT, NUMBER}:
            return {STATE: self.state, UNIT: self.record.unit, NUMBER: self.record.number}[subject] or None
        if subject == OPENED:
            return self._moves[0].on if self._moves else None
        if subject == CLOSED:
            return self._closed()
        return self._of_clock(subject)

    @property
    def state(self) -> str:
        """The state of the record on the day; empty before it was opened."""
        return self._moves[-1].state if self._moves else ""

    def clock(self, code: str) -> Clock:
        """How one deadline stands. Raises Refusal if the register has no such deadline."""
        if code not in self._clocks:
            deadline = self.register.deadline(code)
            if deadline is None:
                known = ", ".join(item.code for item in self.register.deadlines)
                raise Refusal(
                    f"Tenggat {code} tidak ada dalam register {self.register.name}.",
                    Fault("tenggat tidak dikenal", Place(record=self.register.code), code, known),
                )
            grants = sum(grant.deadline == code and grant.on <= self.as_of for grant in self.record.grants)
            self._clocks[code] = read_clock(
                deadline, self, self.workdays, self.as_of, pauses=self.pauses(deadline.pauses), grants=grants
            )
        return self._clocks[code]

    def pauses(self, states: tuple[str, ...]) -> tuple[Pause, ...]:
        """The times that the record spent in these states."""
        return pauses_of(states, ((move.state, move.on) for move in self._moves))

    def _reached(self, state: str) -> date | None:
        return next((move.on for move in self._moves if move.state == state), None)

    def _closed(self) -> date | None:
        """The day it was finished: since when it has stood in closed states, None while it is open."""
        day = None
        for move in self._moves:
            day = (day or move.on) if move.state in self.register.closed else None
        return day

    def _of_clock(self, subject: str) -> Content | None:
        head, _, code = subject.partition(".")
        if self.register.deadline(code) is None:
            return None
        clock = self.clock(code)
        if f"{head}." == VERDICT:
            return clock.verdict.value
        if f"{head}." == DUE:
            return clock.due
        return Decimal(clock.used) if f"{head}." == USED and clock.used is not None else None
