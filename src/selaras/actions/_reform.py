"""Figures that the verbs of the reform take and show."""

from __future__ import annotations

from decimal import Decimal

from selaras.actions._row_faults import DIGITS
from selaras.core.errors import Fault, Refusal


def refuse_digits(number: Decimal) -> None:
    """Refuse a number with more digits than a table keeps. Raises Refusal."""
    if not number.is_finite() or len(number.as_tuple().digits) > DIGITS:
        raise Refusal(
            "Angka tidak disimpan.",
            Fault("terlalu banyak angka", read=str(number)[:40], expected=f"paling banyak {DIGITS} angka"),
        )


def tidied(cell: Decimal) -> Decimal:
    """A number without the zeros that a table adds."""
    whole = cell.to_integral_value()
    return Decimal(int(whole)) if cell == whole else cell.normalize()
