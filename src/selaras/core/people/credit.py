"""Conversion of predicates into credit for functional staff: coefficient × percentage × months ÷ 12.

Fixed percentages by predicate (BKN regulation 3/2023, known from slides), not intervals. Credit is points, rounded
half up to the decimals of the rule only when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.measurement.formulas import HUNDRED, rounding_note
from selaras.core.numerals import format_number, format_percent
from selaras.core.people.ratings import Predicate

FORMULA = "koefisien tahunan × persentase predikat × bulan ÷ 12"


@dataclass(frozen=True)
class CreditRule:
    """Percentages by predicate, yearly coefficients by level of the functional position, and their sources."""

    percents: Mapping[Predicate, Decimal]
    coefficients: Mapping[str, Decimal]
    level_sources: Mapping[str, Source]
    places: int
    source: Source


@dataclass(frozen=True, slots=True)
class CreditPart:
    """A stretch of a year: the level held, its predicate, and how many months it lasted."""

    level: str
    predicate: Predicate
    months: int


def credit(part: CreditPart, rule: CreditRule) -> Computed:
    """The credit of one stretch. Raises Refusal for an unknown level or months outside 1 to 12."""
    if part.level not in rule.coefficients:
        expected = " | ".join(rule.coefficients)
        raise Refusal(
            "Angka kredit tidak dapat dihitung.", Fault("Jenjang tidak dikenal", read=part.level, expected=expected)
        )
    if not 1 <= part.months <= 12:
        raise Refusal(
            "Angka kredit tidak dapat dihitung.",
            Fault("Jumlah bulan di luar setahun", read=str(part.months), expected="1–12"),
        )
    coefficient, percent = rule.coefficients[part.level], rule.percents[part.predicate]
    value = coefficient * percent * part.months / (HUNDRED * 12)
    inputs = (
        Input(f"koefisien {part.level}", format_number(coefficient)),
        Input(f"predikat {part.predicate}", format_percent(percent)),
        Input("bulan", str(part.months)),
    )
    return Computed(
        f"angka-kredit:{part.level}:{part.predicate}:{part.months}", "Angka kredit", value, "", formula=FORMULA,
        inputs=inputs, raw=value, places=rule.places, note=rounding_note(rule.places),
    )  # fmt: skip


def credits_of_year(parts: Iterable[CreditPart], rule: CreditRule) -> Computed:
    """The credit of a year out of its stretches, each with its own level and predicate; the sum is not rounded twice.

    Raises Refusal where the stretches are longer than a year.
    """
    listed = tuple(parts)
    whole = sum(part.months for part in listed)
    if whole > 12:
        raise Refusal(
            "Angka kredit tidak dapat dihitung.",
            Fault("Bagian tahun melebihi 12 bulan", read=f"{whole} bulan", expected="paling banyak 12 bulan"),
        )
    figures = [credit(part, rule) for part in listed]
    if not figures:
        return Computed("angka-kredit", "Angka kredit setahun", None, "", Status.NOTHING_TO_ADD)
    value = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    inputs = tuple(
        Input(f"{part.level}, {part.predicate}, {part.months} bulan", figure.shown())
        for part, figure in zip(listed, figures, strict=True)
    )
    return Computed(
        "angka-kredit", "Angka kredit setahun", value, "", formula="jumlah angka kredit setiap bagian tahun",
        inputs=inputs, raw=value, places=rule.places, note=rounding_note(rule.places),
    )  # fmt: skip
