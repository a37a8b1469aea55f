"""Absorption of budgets and sums up the tree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Status
from selaras.core.errors import Refusal
from selaras.core.measurement.budget import absorption, low_absorption, roll_up
from selaras.core.planning import Node, NodeLevel


def node(code, parent=""):
    return Node(code, NodeLevel.KEGIATAN, code, parent)


TREE = [node("P"), node("K1", "P"), node("K2", "P"), node("S1", "K1"), node("S2", "K1"), node("Q")]


@pytest.mark.parametrize(
    ("budget", "spent", "shown"),
    [
        (3639196510, 2940235465, "80,79%"),
        (4451669000, 4384927985, "98,50%"),
        (17059760, 15541200, "91,10%"),
        (294158000, 138731339, "47,16%"),
        (100, 0, "0,00%"),
        (100, 120, "120,00%"),
    ],
)
def test_absorption_is_the_spent_share_of_the_budget(budget, spent, shown):
    figure = absorption(Decimal(budget), Decimal(spent))
    assert figure.shown() == shown
    assert figure.formula == "realisasi anggaran ÷ pagu × 100%"


@pytest.mark.parametrize(
    ("budget", "spent", "status", "words"),
    [
        (None, Decimal(1), Status.NO_BUDGET, "Pagu belum ditetapkan"),
        (Decimal(1), None, Status.NO_REALISATION, "belum diisi"),
        (Decimal(0), Decimal(0), Status.ZERO_TARGET, "Pagu nol"),
        (Decimal(0), Decimal(5), Status.ZERO_TARGET, "Ada realisasi tanpa pagu"),
    ],
)
def test_it_says_why_there_is_no_absorption(budget, spent, status, words):
    figure = absorption(budget, spent)
    assert (figure.value, figure.status) == (None, status)
    assert words in figure.note


def test_amounts_are_summed_from_the_leaves_upward():
    amounts = {"S1": Decimal(10), "S2": Decimal(5), "K2": Decimal(7), "P": Decimal(1)}
    assert roll_up(TREE, amounts) == {"P": 23, "K1": 15, "K2": 7, "S1": 10, "S2": 5}


def test_a_node_without_any_amount_below_is_left_out_rather_than_zero():
    assert "Q" not in roll_up(TREE, {"S1": Decimal(1)})


def test_a_node_whose_parent_is_not_there_is_a_root():
    assert roll_up([node("A", "elsewhere")], {"A": Decimal(3)}) == {"A": 3}


def test_it_refuses_amounts_of_unknown_nodes():
    with pytest.raises(Refusal, match="tidak dikenal"):
        roll_up(TREE, {"X": Decimal(1)})


def test_it_refuses_a_tree_that_runs_in_a_circle():
    with pytest.raises(Refusal, match="berputar"):
        roll_up([node("A", "B"), node("B", "A")], {"A": Decimal(1)})


@given(st.dictionaries(st.sampled_from(["P", "K1", "K2", "S1", "S2", "Q"]), st.integers(0, 10**12).map(Decimal)))
def test_the_roots_hold_exactly_what_was_given(amounts):
    totals = roll_up(TREE, amounts)
    assert sum((totals.get(root, Decimal(0)) for root in ("P", "Q")), Decimal(0)) == sum(amounts.values(), Decimal(0))


def test_low_absorption_needs_an_explanation_at_and_below_the_threshold():
    assert low_absorption(absorption(Decimal(100), Decimal(65)), Decimal(65))
    assert not low_absorption(absorption(Decimal(10000), Decimal(6501)), Decimal(65))
    assert low_absorption(absorption(Decimal(100), Decimal(79)), Decimal(80))
    assert not low_absorption(absorption(None, None), Decimal(65))
