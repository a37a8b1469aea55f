"""The table of an LHE: components with their weights, last year's points and this year's, total and predicate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from selaras.core.document import Align, Cell, Row, Table, Total, text
from selaras.core.evaluation.scoring import Result
from selaras.core.numerals import format_number
from selaras.core.reporting.composition import Composition, cell, columns, counted, head


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's score: the total, its predicate, and the points of each component by its code, as far as known."""

    total: Decimal
    predicate: str
    components: Mapping[str, Decimal] = field(default_factory=dict)


def score_table(out: Composition, name: str, year: int, result: Result, last: LastYear | None) -> Table:
    """Component, weight, last year, this year; sums are formulas where a file calculates."""
    shape = columns((7, "c"), (45, "l"), (14, "r"), (17, "r"), (17, "r"))
    body = []
    codes = []
    for number, item in enumerate(result.components, 1):
        code = item.component.code
        codes.append(code)
        before = last.components.get(code) if last else None
        body.append(
            Row((
                cell(str(number)), cell(item.component.title), _amount(item.component.weight, f"bobot:{code}"),
                _amount(before, f"lalu:{code}"), _amount(item.points, f"kini:{code}"),
            ))
        )  # fmt: skip
    places = result.template.rounding.places
    known = last is not None and all(code in last.components for code in codes)
    body.append(
        Row((
            cell("Nilai", colspan=2, strong=True),
            _amount(Decimal(100), derive=Total(tuple(f"bobot:{code}" for code in codes))),
            _amount(last.total if last else None, derive=Total(tuple(f"lalu:{code}" for code in codes)) if known else None),
            _amount(result.total, places=places, derive=Total(tuple(f"kini:{code}" for code in codes))),
        ), level=2)
    )  # fmt: skip
    body.append(
        Row((
            cell("Predikat", colspan=2, strong=True), cell("", align=Align.RIGHT),
            cell(last.predicate if last else "–", align=Align.RIGHT),
            Cell(text(result.predicate.letter), align=Align.RIGHT, strong=True, tone=result.predicate.tone),
        ), level=2)
    )  # fmt: skip
    titles = ("No.", "Komponen", "Bobot", f"Nilai {year - 1}", f"Nilai {year}")
    header = (head(*titles), counted(len(shape)))
    table = out.table("lhe-nilai", f"Hasil Evaluasi AKIP {name} Tahun {year}", shape, header, body)
    return replace(table, number="1")


def shown_points(value: Decimal) -> str:
    """Points with two to four decimals, as many as they have."""
    return format_number(value, places=_digits(value))


def _amount(value: Decimal | None, name: str = "", *, places: int | None = None, derive: Total | None = None) -> Cell:
    if value is None:
        return cell("–", align=Align.RIGHT)
    digits = _digits(value) if places is None else places
    return Cell(
        text(format_number(value, places=digits)),
        amount=value,
        places=digits,
        id=name,
        derive=derive,
        align=Align.RIGHT,
    )


def _digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(4, max(2, -exponent)) if isinstance(exponent, int) else 2
