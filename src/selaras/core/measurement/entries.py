"""Entries of realised values: the exact quotient behind a percentage, and what is wrong or odd about an entry."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from selaras.core.errors import Fault
from selaras.core.finding import Finding, Severity
from selaras.core.measurement.formulas import HUNDRED
from selaras.core.measurement.records import Realisation
from selaras.core.numerals import format_number
from selaras.core.planning import FormulaKind, Indicator
from selaras.core.value import Value, ValueKind

AMOUNTS = frozenset({ValueKind.NUMBER, ValueKind.PERCENT})


def value_of(indicator: Indicator, realisation: Realisation) -> Value | None:
    """The realised value of one period: the exact quotient where numerator and denominator are there, else as typed.

    A percentage is numerator ÷ denominator × 100; a number is the bare quotient, and only if its formula is a
    quotient. None where nothing was entered or the denominator is zero.
    """
    if has_quotient(indicator, realisation):
        amount = quotient(indicator.value_kind, realisation.numerator, realisation.denominator)
        return None if amount is None else Value(indicator.value_kind, amount)
    return realisation.value


def faults_of(indicator: Indicator, realisation: Realisation) -> tuple[Fault, ...]:
    """What is wrong with an entry, so wrong that it is refused: every fault, with the sentence that mends it.

    A value typed beside numerator and denominator must be their quotient, rounded half up to the decimals that
    were typed (203 of 338 is 60,06%: 60% and 60,1% pass, 56% does not).
    """
    faults = (
        _kind_fault(indicator, realisation),
        _half_fault(realisation),
        _sign_fault(realisation),
        _zero_fault(realisation),
        _quotient_fault(indicator, realisation),
    )
    return tuple(fault for fault in faults if fault is not None)


def doubts_of(indicator: Indicator, realisation: Realisation) -> tuple[Finding, ...]:
    """What is odd about an entry but may be right: a numerator above its denominator.

    It is a warning and no fault, because some percentages do exceed 100 (revenue against its estimate), while a
    share of a population cannot; only the agency knows which of the two the indicator is.
    """
    upper, lower = realisation.numerator, realisation.denominator
    if indicator.value_kind is not ValueKind.PERCENT or upper is None or lower is None or upper <= lower:
        return ()
    message = f"{indicator.name}: pembilang {format_number(upper)} melebihi penyebut {format_number(lower)}."
    return (
        Finding(
            "DATA-PEMBILANG", "suspicious-pattern", Severity.WARNING, message,
            stated=format_number(upper), expected=f"paling banyak {format_number(lower)}",
            places=(realisation.place,),
            suggestion="Periksa kedua angka; biarkan bila persentasenya memang dapat melebihi 100%.",
        ),
    )  # fmt: skip


def has_quotient(indicator: Indicator, realisation: Realisation) -> bool:
    """Whether the value of the entry is computed from its numerator and denominator."""
    if realisation.numerator is None or realisation.denominator is None:
        return False
    if indicator.value_kind is ValueKind.NUMBER:
        return indicator.formula is FormulaKind.RATIO
    return indicator.value_kind is ValueKind.PERCENT


def quotient(kind: ValueKind, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Numerator ÷ denominator, times 100 for a percentage; None if one is missing or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return numerator * (HUNDRED if kind is ValueKind.PERCENT else 1) / denominator


def _kind_fault(indicator: Indicator, realisation: Realisation) -> Fault | None:
    value = realisation.value
    if value is not None and value.kind is not indicator.value_kind:
        return Fault(
            f"{indicator.name}: jenis nilai tidak sesuai", realisation.place, value.shown(), f"{indicator.value_kind}"
        )
    split = realisation.numerator is not None or realisation.denominator is not None
    if split and indicator.value_kind not in AMOUNTS:
        return Fault(
            f"{indicator.name}: nilai berupa {indicator.value_kind} tidak mempunyai pembilang dan penyebut",
            realisation.place, remedy="Kosongkan pembilang dan penyebut.",
        )  # fmt: skip
    return None


def _half_fault(realisation: Realisation) -> Fault | None:
    if (realisation.numerator is None) is (realisation.denominator is None):
        return None
    missing = "penyebut" if realisation.denominator is None else "pembilang"
    return Fault(f"{missing} belum diisi", realisation.place, remedy="Isi pembilang dan penyebut bersama-sama.")


def _sign_fault(realisation: Realisation) -> Fault | None:
    for label, amount in (("pembilang", realisation.numerator), ("penyebut", realisation.denominator)):
        if amount is not None and amount < 0:
            return Fault(f"{label} negatif", realisation.place, format_number(amount), "nol atau lebih")
    return None


def _zero_fault(realisation: Realisation) -> Fault | None:
    if realisation.numerator is None or realisation.denominator != 0:
        return None
    return Fault(
        "penyebut nol: persentase tidak dapat dihitung", realisation.place, "0", "lebih dari nol",
        "Bila memang tidak ada yang diukur, kosongkan keduanya dan jelaskan dalam catatan.",
    )  # fmt: skip


def _quotient_fault(indicator: Indicator, realisation: Realisation) -> Fault | None:
    typed = realisation.value
    if typed is None or typed.amount is None or typed.kind is not indicator.value_kind:
        return None
    if not has_quotient(indicator, realisation):
        return None
    exact = quotient(indicator.value_kind, realisation.numerator, realisation.denominator)
    if exact is None or typed.amount == _like(exact, typed.amount):
        return None
    assert realisation.numerator is not None
    assert realisation.denominator is not None
    expected = Value(indicator.value_kind, exact).shown(max(2, _places(typed.amount)))
    share = f"{format_number(realisation.numerator)} dari {format_number(realisation.denominator)}"
    return Fault(
        f"{indicator.name}: {share} adalah {expected}, bukan {typed.shown()}", realisation.place, typed.shown(),
        expected, "Kosongkan nilai yang diketik; nilai dihitung dari pembilang dan penyebut.",
    )  # fmt: skip


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _like(exact: Decimal, typed: Decimal) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-_places(typed)), rounding=ROUND_HALF_UP)
