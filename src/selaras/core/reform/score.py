"""The score sheet of the reform index (Indeks RB) and its sums.

RB General = initial score + coefficient; adjusted by weight; the index is that plus RB Tematik. From 2023 General
reaches 100 and Tematik 20 (Permenpan-RB 9/2023). Scores are points, not percentages.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.measurement.formulas import rounding_note
from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE, Place
from selaras.core.reform.scheme import Adjustment

GENERAL_TEXT = "RB General awal + koefisien"
ADJUSTED_TEXT = "RB General × bobot penyesuaian ÷ total bobot"
INDEX_TEXT = "RB General penyesuaian + RB Tematik"


@dataclass(frozen=True, slots=True)
class ReformScore:
    """The score sheet of one year, as received from the evaluator.

    `adjustment` is the reading of the adjusted weight that a person confirmed, `predicate` the one that the letter
    prints; both are open where nobody has said so.
    """

    year: int
    general_initial: Decimal
    coefficient: Decimal
    thematic: Decimal
    total_weight: Decimal = Decimal(100)
    adjusted_weight: Decimal = Decimal(100)
    subject: str = ""
    source: str = ""
    adjustment: Adjustment | None = None
    predicate: str = ""
    place: Place = NOWHERE


def rb_general(score: ReformScore) -> Computed:
    """RB General in points: 80,31 + 0,8 = 81,11."""
    inputs = (_input("RB General awal", score.general_initial, score), _input("koefisien", score.coefficient, score))
    value = score.general_initial + score.coefficient
    return _score(f"rb-general:{score.year}", "RB General", value, GENERAL_TEXT, inputs)


def rb_adjusted(score: ReformScore) -> Computed:
    """RB General adjusted to the weights that applied; no figure if the total weight is zero."""
    general = rb_general(score)
    assert general.value is not None
    inputs = (
        Input("RB General", general.shown(), score.place),
        _input("bobot penyesuaian", score.adjusted_weight, score),
        _input("total bobot", score.total_weight, score),
    )
    value = general.value * score.adjusted_weight / score.total_weight if score.total_weight else None
    return _score(f"rb-penyesuaian:{score.year}", "RB General penyesuaian", value, ADJUSTED_TEXT, inputs)


def rb_index(score: ReformScore) -> Computed:
    """The index in points: RB General adjusted plus RB Tematik."""
    adjusted = rb_adjusted(score)
    inputs = (
        Input("RB General penyesuaian", adjusted.shown(), score.place),
        _input("RB Tematik", score.thematic, score),
    )
    value = None if adjusted.value is None else adjusted.value + score.thematic
    return _score(f"rb-indeks:{score.year}", "Indeks RB", value, INDEX_TEXT, inputs)


def _input(label: str, amount: Decimal, score: ReformScore) -> Input:
    return Input(label, format_number(amount), score.place)


def _score(key: str, name: str, value: Decimal | None, formula: str, inputs: tuple[Input, ...]) -> Computed:
    if value is None:
        return Computed(key, name, None, "", Status.ZERO_TARGET, formula, inputs, note="Total bobot nol.")
    return Computed(key, name, value, "", formula=formula, inputs=inputs, raw=value, note=rounding_note(2))
