"""The score sheet of the reform index."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selaras.core.computed import Status
from selaras.core.reform import ReformScore, rb_adjusted, rb_general, rb_index

SHEET = ReformScore(2024, Decimal("80.31"), Decimal("0.8"), Decimal("12.35"))


def test_the_sheet_adds_up():
    assert [figure(SHEET).shown() for figure in (rb_general, rb_adjusted, rb_index)] == ["81,11", "81,11", "93,46"]
    assert (
        rb_index(SHEET).arithmetic().startswith("RB General penyesuaian + RB Tematik; RB General penyesuaian = 81,11")
    )


def test_the_weights_adjust_the_general_part():
    assert rb_adjusted(replace(SHEET, adjusted_weight=Decimal(90))).value == Decimal("72.999")


def test_a_total_weight_of_zero_gives_no_index():
    broken = replace(SHEET, total_weight=Decimal(0))
    assert rb_index(broken).value is None
    assert rb_adjusted(broken).status is Status.ZERO_TARGET
