"""Budget realised: written, taken back, and explained where little of it was spent."""

from decimal import Decimal

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.spending import explain_absorption, record_spending
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.store.models import FieldChange, Narrative, Node, Spending

pytestmark = pytest.mark.django_db

BY = acting("Contoh Bendahara", {Role.TREASURER}, {AGENCY.code})
READS = acting("Contoh Pembaca", {Role.EVALUATOR}, {AGENCY.code})
AT = {"agency": AGENCY.code, "node": "P1", "year": 2024, "month": 5}


@pytest.fixture(autouse=True)
def agency():
    fill(records())


def stored():
    return Spending.objects.filter(node__code="P1", year=2024, month=5).first()


def test_an_amount_is_written_changed_and_taken_back_with_its_history():
    record_spending(BY, **AT, amount=Decimal(100), seen="")
    record_spending(BY, **AT, amount=Decimal(120), seen="100", reason="susulan")
    assert stored().amount == 120
    assert record_spending(BY, **AT, amount=None, seen="120") is None
    assert stored() is None
    assert record_spending(BY, **AT, amount=None, seen="") is None
    history = [(change.before, change.after) for change in FieldChange.objects.of(AGENCY.code, "Spending", "P1 2024 5")]
    assert len(history) == 3
    assert ("100", "120") in history


def test_somebody_elses_amount_is_shown_and_kept():
    record_spending(BY, **AT, amount=Decimal(100))
    with pytest.raises(Conflict) as refused:
        record_spending(BY, **AT, amount=Decimal(90), seen="")
    assert refused.value.clashes[0].stands == "100"
    with pytest.raises(Conflict):
        record_spending(BY, **AT, amount=None, seen="90")
    assert stored().amount == 100
    stored().delete()
    with pytest.raises(Conflict):
        record_spending(BY, **AT, amount=None, seen="100")


def test_a_month_that_does_not_exist_and_a_node_above_others_are_refused():
    with pytest.raises(Refusal):
        record_spending(BY, **{**AT, "month": 13}, amount=Decimal(1))
    assert Node.objects.filter(parent__code="S1").exists()
    with pytest.raises(Refusal, match="tidak dicatat"):
        record_spending(BY, **{**AT, "node": "S1"}, amount=Decimal(1))


def test_a_low_line_is_explained_in_its_own_name():
    first = explain_absorption(BY, agency=AGENCY.code, year=2024, node="P1", text="Sisa lelang.")
    second = explain_absorption(BY, agency=AGENCY.code, year=2024, node="P1", text="Program Contoh ditunda.")
    assert (first.order, first.text) == (1, "Program Contoh: Sisa lelang.")
    assert (second.order, second.text) == (2, "Program Contoh ditunda.")
    assert Narrative.objects.filter(section="penyerapan_rendah").count() == 2


def test_nothing_is_explained_without_words_or_right():
    with pytest.raises(Refusal):
        explain_absorption(BY, agency=AGENCY.code, year=2024, node="P1", text=" ")
    with pytest.raises(NotFound):
        explain_absorption(BY, agency=AGENCY.code, year=2024, node="LAIN", text="x")
    with pytest.raises(NotAllowed):
        explain_absorption(READS, agency=AGENCY.code, year=2024, node="P1", text="x")
    with pytest.raises(NotAllowed):
        record_spending(READS, **AT, amount=Decimal(1))
