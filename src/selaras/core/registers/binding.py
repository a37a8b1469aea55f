"""An indicator bound to a counting rule: it computes itself, shows its records, and takes no other typed value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.errors import Fault
from selaras.core.measurement.records import Evidence, EvidenceKind, Realisation
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator
from selaras.core.registers.counting import Figure
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import FieldKind
from selaras.core.value import Value, ValueKind

TARGET_PARTS = 5
"""How many parts the target of evidence of a counted value has: register, rule, year, span and number."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Which rule of which register an indicator is counted by."""

    indicator: str
    register: str
    rule: str


class Whose(StrEnum):
    """Which records count for a result of an employee's goals (SKP)."""

    ALL = "semua rekaman"
    UNIT = "rekaman unit pegawai"
    OWN = "rekaman pegawai sendiri"


def faults_of_row(
    register: Register, rule: str, target: Value | None, whose: Whose, field: str, place: Place
) -> tuple[Fault, ...]:
    """What is wrong with counting a result by a rule: no such rule, a target of another kind, no field of the person."""
    found = register.rule(rule)
    if found is None:
        known = ", ".join(item.code for item in register.rules)
        return (Fault("aturan hitung tidak ada dalam register", place, rule, known),)
    faults = []
    kind = ValueKind.PERCENT if found.denominator else ValueKind.NUMBER
    if target is not None and target.kind is not kind:
        faults.append(
            Fault("jenis target berbeda dari aturan hitung", place, target.kind.value, kind.value, "Betulkan target.")
        )
    if whose is Whose.OWN:
        named = register.field(field)
        if named is None or named.kind is not FieldKind.EMPLOYEE:
            known = ", ".join(item.code for item in register.fields if item.kind is FieldKind.EMPLOYEE)
            faults.append(Fault("isian pegawai belum dipilih", place, field, known or "register dengan isian pegawai"))
    return tuple(faults)


def realisation_of(binding: Binding, figure: Figure) -> Realisation:
    """The realisation that a figure makes: numerator and denominator, or the number; only a note where it is nothing."""
    if figure.value is None:
        return Realisation(binding.indicator, figure.period, note=figure.note)
    if figure.denominator is None:
        return Realisation(binding.indicator, figure.period, value=figure.value, note=figure.note)
    return Realisation(
        binding.indicator, figure.period, numerator=figure.numerator, denominator=figure.denominator, note=figure.note
    )


def evidence_of(binding: Binding, figure: Figure, title: str = "") -> Evidence:
    """The records of a figure as evidence; `target` names register, rule, period and day, so that it is found again."""
    period = figure.period
    target = f"{figure.register}/{figure.rule}/{period.year}/{period.span}/{period.index}"
    shown = title or f"Register: {figure.name}, {period.name}: {figure.told()}"
    return Evidence(binding.indicator, period, EvidenceKind.REGISTER, shown, target, dated=figure.as_of)


def is_counted(evidence: Evidence) -> bool:
    """Whether evidence names the records that a value was counted from (`evidence_of`), and not a register in words."""
    parts = evidence.target.split("/")
    return evidence.kind is EvidenceKind.REGISTER and len(parts) == TARGET_PARTS and parts[2].isdecimal()


def faults_of_typed(binding: Binding, figure: Figure, typed: Realisation) -> tuple[Fault, ...]:
    """What is wrong with an entry typed for a bound indicator: everything that differs from what the records give.

    An entry without any figure (a note alone) passes; equal numbers pass too, because they say the same.
    """
    counted = realisation_of(binding, figure)
    faults = []
    for label, given, right in (
        ("pembilang", typed.numerator, counted.numerator),
        ("penyebut", typed.denominator, counted.denominator),
    ):
        if given is not None and given != right:
            faults.append(_fault(figure, label, typed.told(), typed.place))
    if typed.value is not None and typed.value != figure.value and not _rounds_to(figure, typed):
        faults.append(_fault(figure, "nilai", typed.value.shown(), typed.place))
    return tuple(faults)


def faults_of_binding(binding: Binding, register: Register, indicator: Indicator) -> tuple[Fault, ...]:
    """What is wrong with a binding: no such rule, or a value of another kind than the rule gives."""
    at = Place(record=binding.indicator)
    rule = register.rule(binding.rule)
    if rule is None:
        known = ", ".join(item.code for item in register.rules)
        return (Fault("aturan hitung tidak ada dalam register", at, binding.rule, known),)
    kind = ValueKind.PERCENT if rule.denominator else ValueKind.NUMBER
    if indicator.value_kind is not kind:
        return (
            Fault(
                f"{indicator.name}: jenis nilai berbeda dari aturan hitung", at, indicator.value_kind.value, kind.value
            ),
        )
    return ()


def _rounds_to(figure: Figure, typed: Realisation) -> bool:
    """Whether the typed value is the counted one, rounded half up to the decimals that were typed."""
    if figure.value is None or typed.value is None or typed.value.kind is not figure.value.kind:
        return False
    amount, given = figure.value.amount, typed.value.amount
    if amount is None or given is None or typed.value.upper is not None:
        return False
    exponent = given.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return figure.value.shown(places) == typed.value.shown(places)


def _fault(figure: Figure, label: str, read: str, place: Place = NOWHERE) -> Fault:
    return Fault(
        f"{figure.name}: {label} dihitung dari register dan tidak dapat diketik lain", place, read, figure.told(),
        "Betulkan rekaman dalam register; nilainya menyesuaikan.",
    )  # fmt: skip
