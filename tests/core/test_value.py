"""One value: it holds what its kind asks for and nothing else."""

from decimal import Decimal

import pytest

from selaras.core.value import Value, ValueKind

ONE = Decimal(1)


@pytest.mark.parametrize("kind", list(ValueKind))
def test_a_value_without_what_its_kind_asks_for_is_refused(kind):
    with pytest.raises(ValueError, match="kosong"):
        Value(kind)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": ValueKind.NUMBER, "amount": ONE, "grade": "BB"},
        {"kind": ValueKind.PERCENT, "amount": ONE, "flag": True},
        {"kind": ValueKind.GRADE, "grade": "BB", "amount": ONE},
        {"kind": ValueKind.GRADE, "grade": "BB", "flag": False},
        {"kind": ValueKind.YES_NO, "flag": False, "grade": "BB"},
        {"kind": ValueKind.YES_NO, "flag": True, "upper": ONE},
    ],
)
def test_a_value_with_what_belongs_to_another_kind_is_refused(given):
    with pytest.raises(ValueError, match="jenis lain"):
        Value(**given)
