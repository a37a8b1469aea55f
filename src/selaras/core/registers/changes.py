"""Changing a register that has records: what its records use must stay, so that no record becomes unreadable."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from selaras.core.errors import Fault
from selaras.core.place import Place
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import LISTED, FieldKind

_WIDER = {(FieldKind.TEXT, FieldKind.LONG), (FieldKind.WHOLE, FieldKind.NUMBER), (FieldKind.MONEY, FieldKind.NUMBER)}
"""Kinds whose contents are all contents of the other kind too."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the records of a register use: fields with how many records fill them, choices, states, steps, extensions."""

    records: int = 0
    fields: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)
    states: Collection[str] = ()
    steps: Collection[tuple[str, str]] = ()
    extended: Collection[str] = ()
    bound: Collection[str] = ()
    """Rules that indicators or results of employees' goals are bound to."""


def faults_of_change(old: Register, new: Register, usage: Usage) -> tuple[Fault, ...]:
    """What a new definition would break; none where there are no records and nothing is bound."""
    return tuple(_faults(old, new, usage))


def _faults(old: Register, new: Register, usage: Usage) -> Iterator[Fault]:
    at = Place(record=old.code)
    if old.code != new.code:
        yield Fault("kode register tidak dapat diganti", at, new.code, old.code, "Salin menjadi register lain.")
    for code in sorted(usage.bound):
        if new.rule(code) is None:
            yield Fault(
                "aturan hitung masih dipakai sebuah indikator atau hasil kerja SKP",
                at,
                code,
                remedy="Lepaskan dahulu.",
            )
    if not usage.records:
        return
    if old.restricted and not new.restricted:
        yield Fault("register terbatas yang berisi rekaman tidak dapat dibuka", at, remedy="Buat register lain.")
    yield from _fields(old, new, usage, at)
    if old.states[0].code != new.states[0].code:
        yield Fault("keadaan pertama tidak dapat diganti", at, new.states[0].code, old.states[0].code)
    for code in sorted(usage.states):
        if new.state(code) is None:
            yield Fault("keadaan yang dipakai rekaman dihapus", at, code, remedy="Pertahankan keadaan ini.")
    ways = {(way.source, way.target) for way in new.transitions}
    for source, target in sorted(set(usage.steps) - ways):
        yield Fault(
            "peralihan yang sudah ditempuh rekaman dihapus", at, f"{source} → {target}",
            remedy="Pertahankan peralihan ini.",
        )  # fmt: skip
    for code in sorted(usage.extended):
        if new.deadline(code) is None:
            yield Fault("tenggat yang sudah diperpanjang dihapus", at, code, remedy="Pertahankan tenggat ini.")


def _fields(old: Register, new: Register, usage: Usage, at: Place) -> Iterator[Fault]:
    for code, amount in sorted(usage.fields.items()):
        was, now = old.field(code), new.field(code)
        if was is None or not amount:
            continue
        if now is None:
            yield Fault(f"{was.name} dihapus padahal terisi", at, code, f"terisi pada {amount} rekaman",
                        "Pertahankan isian ini, atau kosongkan dahulu.")  # fmt: skip
        elif was.kind is not now.kind and (was.kind, now.kind) not in _WIDER:
            yield Fault(f"jenis {was.name} berubah padahal terisi", at, now.kind.value, was.kind.value,
                        "Buat isian baru dengan jenis itu.")  # fmt: skip
        elif was.kind in LISTED:
            for choice in sorted(set(usage.choices.get(code, ())) - set(now.choices)):
                yield Fault(
                    f"pilihan {was.name} dihapus padahal dipakai", at, choice, remedy="Pertahankan pilihan ini."
                )
