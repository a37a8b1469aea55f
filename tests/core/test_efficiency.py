"""Efficiency by named methods."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selaras.core.computed import Computed, Status
from selaras.core.measurement.budget import absorption
from selaras.core.measurement.efficiency import efficiency, verdict


def achieved(value, raw=None):
    amount = None if value is None else Decimal(value)
    status = Status.NO_REALISATION if value is None else Status.COMPUTED
    return Computed("", "Capaian kinerja", amount, status=status, raw=amount if raw is None else Decimal(raw))


MARGIN = Decimal(5)
FIRST = absorption(Decimal(3011723150), Decimal(2354041055))
SECOND = absorption(Decimal(627473360), Decimal(586194410))


@pytest.mark.parametrize(("spent", "shown"), [(FIRST, "127,94%"), (SECOND, "107,04%")])
def test_the_ratio_uses_the_unrounded_absorption(spent, shown):
    figure = efficiency("rasio", achieved(100), spent)
    assert figure.shown() == shown
    assert "belum dibulatkan" in figure.note
    assert verdict("rasio", figure, margin=MARGIN) == "efisien"


def test_the_printed_absorption_would_give_the_same_two_figures():
    assert efficiency("rasio", achieved(100), achieved("78.16")).shown() == "127,94%"
    assert efficiency("rasio", achieved(100), achieved("93.42")).shown() == "107,04%"


@pytest.mark.parametrize(
    ("achievement", "spent", "words"),
    [
        ("100", "90", "efisien"),
        ("100", "95", "cukup efisien"),
        ("95", "100", "cukup efisien"),
        ("90", "96", "tidak efisien"),
    ],
)
def test_the_difference_has_a_margin_of_five_points(achievement, spent, words):
    assert verdict("selisih", efficiency("selisih", achieved(achievement), achieved(spent)), margin=MARGIN) == words


def test_the_remainder_counts_only_where_the_target_is_reached():
    assert efficiency("sisa", achieved(100), achieved(80)).value == 20
    missed = efficiency("sisa", achieved("99.99"), achieved(80))
    assert (missed.value, missed.status) == (None, Status.NOT_APPLICABLE)
    assert efficiency("sisa", achieved(90, raw=110), achieved(80)).value == 20


@pytest.mark.parametrize(
    ("value", "words"), [(110, "melebihi anggaran"), (100, "anggaran terpakai seluruhnya"), (80, "efisien")]
)
def test_the_remainder_has_its_own_words(value, words):
    assert verdict("sisa", efficiency("sisa", achieved(100), achieved(value)), margin=MARGIN) == words


def test_nothing_spent_has_no_ratio():
    figure = efficiency("rasio", achieved(100), absorption(Decimal(10), Decimal(0)))
    assert (figure.value, figure.status) == (None, Status.NOT_APPLICABLE)
    assert verdict("rasio", figure, margin=MARGIN) == "tidak dapat dinilai"


def test_what_is_missing_gives_its_own_reason():
    assert efficiency("rasio", achieved(None), FIRST).status is Status.NO_REALISATION
    assert efficiency("rasio", achieved(100), absorption(None, None)).status is Status.NO_BUDGET


@pytest.mark.parametrize(("value", "words"), [(100, "sesuai penggunaan anggaran"), (80, "tidak efisien")])
def test_the_ratio_at_and_below_one(value, words):
    assert verdict("rasio", efficiency("rasio", achieved(value), achieved(100)), margin=MARGIN) == words


def test_an_unknown_method_is_a_bug():
    with pytest.raises(ValueError, match="unknown method"):
        efficiency("lain", achieved(100), FIRST)
    with pytest.raises(ValueError, match="unknown method"):
        verdict("lain", FIRST, margin=MARGIN)
