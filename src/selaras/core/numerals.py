"""Numbers as Indonesians write them: reading by stated rules, printing in id-ID. Decimal only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def format_number(value: Decimal, *, places: int | None = None) -> str:
    """`value` in id-ID: dot between thousands, decimal comma. `places` rounds half up; None keeps its own digits

    without trailing zeros.
    """
    if places is None:
        value = value.normalize()
        exponent = value.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}".translate(str.maketrans(",.", ".,"))
    return f"-{text}" if rounded < 0 else text


def format_percent(value: Decimal, *, places: int | None = None) -> str:
    """`87,5%`: the percent sign attached."""
    return f"{format_number(value, places=places)}%"


def format_rupiah(value: Decimal, *, places: int = 0) -> str:
    """`Rp1.234.567`: the currency sign attached, no cents unless asked for."""
    text = format_number(abs(value), places=places)
    return f"-Rp{text}" if value < 0 else f"Rp{text}"
