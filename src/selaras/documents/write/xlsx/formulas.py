"""From a cell's derivation to a spreadsheet formula, only where it gives exactly the figure that is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from selaras.core.document import Cell, Ratio, Total

_MOST_ARGUMENTS = 250  # a spreadsheet function takes 255
_MOST_LETTERS = 8000  # a formula may hold 8192

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A cell that formulas may name: its row and column on the sheet, and its number."""

    spot: Spot
    amount: Decimal | None


def formula(cell: Cell, known: Mapping[str, Known]) -> str:
    """The formula of a derived cell, empty if it has none or if the formula would give another figure.

    A ratio is in percent points, rounded half up to the cell's places as in the report.
    """
    if cell.amount is None or cell.derive is None:
        return ""
    written = _ratio(cell, cell.derive, known) if isinstance(cell.derive, Ratio) else _total(cell, cell.derive, known)
    return written if len(written) <= _MOST_LETTERS else ""


def _ratio(cell: Cell, derive: Ratio, known: Mapping[str, Known]) -> str:
    upper, lower = known.get(derive.upper), known.get(derive.lower)
    if upper is None or lower is None or upper.amount is None or not lower.amount or cell.amount is None:
        return ""
    if _rounded(upper.amount / lower.amount * 100, cell.places) != _rounded(cell.amount, cell.places):
        return ""
    return f'=IFERROR(ROUND({xl_rowcol_to_cell(*upper.spot)}/{xl_rowcol_to_cell(*lower.spot)}*100,{cell.places}),"")'


def _total(cell: Cell, derive: Total, known: Mapping[str, Known]) -> str:
    parts = [known[name] for name in derive.parts if name in known]
    if not parts or len(parts) < len(derive.parts):
        return ""
    if sum((part.amount or Decimal(0) for part in parts), Decimal(0)) != cell.amount:
        return ""
    ranges = _ranges([part.spot for part in parts])
    groups = [ranges[at : at + _MOST_ARGUMENTS] for at in range(0, len(ranges), _MOST_ARGUMENTS)]
    return "=" + "+".join(f"SUM({','.join(group)})" for group in groups)


def _ranges(spots: Sequence[Spot]) -> list[str]:
    """Cells as ranges: neighbours below or beside each other, in the order given, become one."""
    runs: list[list[Spot]] = []
    for spot in spots:
        if runs and _continues(runs[-1], spot):
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return [xl_rowcol_to_cell(*run[0]) + (f":{xl_rowcol_to_cell(*run[-1])}" if len(run) > 1 else "") for run in runs]


def _continues(run: Sequence[Spot], spot: Spot) -> bool:
    step = (spot[0] - run[-1][0], spot[1] - run[-1][1])
    if len(run) == 1:
        return step in {(1, 0), (0, 1)}
    return step == (run[-1][0] - run[-2][0], run[-1][1] - run[-2][1])


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
