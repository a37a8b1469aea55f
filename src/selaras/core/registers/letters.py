"""Letters of a register: paragraphs with gaps for fields and facts, filled from one record, never half."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.definition import NUMBER, OPENED, Letter, Register, kind_of
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import shown, shown_in

SHORT = {"nomor_register": NUMBER, "tanggal_register": OPENED}
"""Gaps that stand for facts; `tenggat_<kode>` and `hari_<kode>` stand for a deadline's due date and days used."""
_CLOCK = {"tenggat_": "@due.", "hari_": "@used."}


def write_letter(letter: Letter, facts: RecordFacts) -> tuple[str, ...]:
    """The paragraphs of the letter for one record. Raises Refusal naming the state or every field that is empty."""
    register = facts.register
    at = Place(record=facts.record.number)
    if letter.states and facts.state not in letter.states:
        expected = ", ".join(state.name for state in register.states if state.code in letter.states)
        raise Refusal(f"{letter.name} belum dapat dibuat.", Fault("keadaan rekaman", at, _state_name(facts), expected))
    names = {name for text in letter.paragraphs for name in _gaps(text)}
    values = {name: _shown(facts, _subject(register, name)) for name in names}
    if empty := sorted(name for name, value in values.items() if not value):
        faults = (Fault(f"{_name(register, code)} kosong", at, remedy="Lengkapi isian itu dahulu.") for code in empty)
        raise Refusal(f"{letter.name} belum dapat dibuat.", *faults)
    return tuple(text.format_map(values) for text in letter.paragraphs)


def faults_of(register: Register, letter: Letter, place: Place) -> Iterator[Fault]:
    """What is wrong with a letter: states or gaps that do not exist, no text."""
    if not letter.paragraphs:
        yield Fault("surat tanpa isi", place, expected="sekurang-kurangnya satu paragraf")
    for code in letter.states:
        if register.state(code) is None:
            yield Fault("surat untuk keadaan yang tidak ada", place, code)
    for text in letter.paragraphs:
        try:
            names = list(_gaps(text))
        except ValueError:
            yield Fault("isian surat rusak", place, text[:80], "{kode_isian}")
            continue
        for name in names:
            if kind_of(register, _subject(register, name)) is None:
                yield Fault("surat memuat isian yang tidak ada", place, name)


def _shown(facts: RecordFacts, subject: str) -> str:
    field = facts.register.field(subject)
    return shown(facts(subject)) if field is None else shown_in(field, facts(subject))


def _gaps(text: str) -> Iterator[str]:
    for _, name, form, how in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or form or how:
                raise ValueError(name)
            yield name


def _subject(register: Register, name: str) -> str:
    if register.field(name) is not None:
        return name
    for start, head in _CLOCK.items():
        if name.startswith(start):
            return head + name.removeprefix(start)
    return SHORT.get(name, name)


def _name(register: Register, code: str) -> str:
    field = register.field(code)
    return field.name if field else code


def _state_name(facts: RecordFacts) -> str:
    state = facts.register.state(facts.state)
    return state.name if state else facts.state
