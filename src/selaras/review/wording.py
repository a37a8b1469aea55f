"""How findings speak: figures as a report prints them, tables and names shortened, places without repetition."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE, Place
from selaras.review.arithmetic import rounded
from selaras.review.report import Figure, Grid, GridCell

LONGEST_NAME = 90


def shown(value: Fraction | Decimal, decimals: int = 2) -> str:
    """A number in id-ID, rounded half up to `decimals`."""
    return format_number(rounded(Fraction(value), decimals), places=decimals)


def percent(value: Fraction | Decimal, decimals: int = 2) -> str:
    """A percentage in id-ID."""
    return f"{shown(value, decimals)}%"


def amount(figure: Figure) -> str:
    """A figure with its sign, `Rp1.234.567` or `87,5%`, at the decimals it was printed with."""
    if figure.money:
        whole = figure.amount == figure.amount.to_integral_value()
        return f"Rp{format_number(figure.amount, places=0 if whole else figure.decimals)}"
    text = format_number(figure.amount, places=figure.decimals)
    return f"{text}%" if figure.percent else text


def rupiah(value: Decimal | Fraction) -> str:
    """Money in id-ID, cents only where there are any."""
    whole = Fraction(value).denominator == 1
    text = shown(value, 0 if whole else 2)
    return f"−Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def like(value: Fraction | Decimal, model: Figure) -> str:
    """A value printed in the manner of `model`: same sign, same decimals."""
    if model.money:
        return rupiah(value)
    return percent(value, model.decimals) if model.percent else shown(value, model.decimals)


def short(name: str) -> str:
    """A name on one line, cut at a word when it is long."""
    plain = " ".join(name.split())
    return plain if len(plain) <= LONGEST_NAME else plain[:LONGEST_NAME].rsplit(" ", 1)[0] + " …"


def table_name(grid: Grid) -> str:
    """`Tabel 3.1`, or what the table is for when it has no number."""
    return grid.table.label or short(grid.table.caption) or f"tabel {grid.kind.value}"


def places(spots: Iterable[Place | GridCell | None]) -> tuple[Place, ...]:
    """The places of cells and sentences, each once, in the given order."""
    found = [spot.place if isinstance(spot, GridCell) else spot for spot in spots if spot is not None]
    return tuple(dict.fromkeys(place for place in found if place != NOWHERE))
