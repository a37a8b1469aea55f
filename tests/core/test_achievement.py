"""The achievement engine: the table of cases, and the laws that hold for every number."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Computed, Status
from selaras.core.document import Tone
from selaras.core.law import Band, Certainty, GradeScale, Scale, Source
from selaras.core.measurement.achievement import achieve, classify, mean, reached
from selaras.core.measurement.progress import progress
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import Value, ValueKind

SOURCE = Source("uji", Certainty.INFERRED)
SAKIP = GradeScale("predikat-sakip", "predikat AKIP", ("D", "C", "CC", "B", "BB", "A", "AA"), SOURCE)
UP, DOWN, RANGE = Polarity.HIGHER, Polarity.LOWER, Polarity.RANGE
TWICE, INVERSE = LowerMethod.TWICE_TARGET, LowerMethod.INVERSE


class Case(NamedTuple):
    """One row of the worked table: how a target and a realisation become the printed figure."""

    name: str
    target: str
    realised: str
    polarity: Polarity
    shown: str
    method: LowerMethod | None = None
    cap: str = ""
    status: Status = Status.COMPUTED


CASES = [
    Case("tercapai tepat", "87%", "87%", UP, "100,00%"),
    Case("di atas target", "85%", "87,5%", UP, "102,94%"),
    Case("titik desimal", "85", "87.5", UP, "102,94%"),
    Case("di bawah target", "60%", "56%", UP, "93,33%"),
    Case("di atas target, tidak dibatasi", "53%", "58%", UP, "109,43%"),
    Case("pembagian berulang", "3", "1", UP, "33,33%"),
    Case("pembulatan setengah ke atas", "800", "1", UP, "0,13%"),
    Case("bilangan besar", "3.639.196.510", "2.940.235.465", UP, "80,79%"),
    Case("hampir tercapai", "100000", "99999", UP, "100,00%"),
    Case("dua kali target", "5", "10", UP, "200,00%"),
    Case("realisasi nol", "10", "0", UP, "0,00%"),
    Case("realisasi negatif", "10", "-2", UP, "-20,00%"),
    Case("dibatasi 100", "80", "83", UP, "100,00%", cap="100"),
    Case("dibatasi 120", "10", "15", UP, "120,00%", cap="120"),
    Case("batas tidak tersentuh", "10", "9", UP, "90,00%", cap="120"),
    Case("target nol, makin tinggi", "0", "5", UP, "–", status=Status.ZERO_TARGET),
    Case("target nol dan realisasi nol, makin tinggi", "0", "0", UP, "–", status=Status.ZERO_TARGET),
    Case("target negatif", "-2", "-1", UP, "–", status=Status.NOT_APPLICABLE),
    Case("tanpa target", "", "5", UP, "–", status=Status.NO_TARGET),
    Case("tanpa realisasi", "5", "", UP, "–", status=Status.NO_REALISATION),
    Case("tanpa keduanya", "", "", UP, "–", status=Status.NO_TARGET),
    Case("turun 2T, lebih baik", "10", "8", DOWN, "120,00%", TWICE),
    Case("turun 2T, tepat", "10", "10", DOWN, "100,00%", TWICE),
    Case("turun 2T, lebih buruk", "10", "12", DOWN, "80,00%", TWICE),
    Case("turun 2T, negatif dipertahankan", "10", "25", DOWN, "-50,00%", TWICE),
    Case("turun 2T, realisasi nol", "10", "0", DOWN, "200,00%", TWICE),
    Case("turun 2T, realisasi nol dibatasi", "10", "0", DOWN, "120,00%", TWICE, cap="120"),
    Case("turun 2T, realisasi negatif", "10", "-1", DOWN, "210,00%", TWICE),
    Case("turun inversi, lebih baik", "10", "8", DOWN, "125,00%", INVERSE),
    Case("turun inversi, tepat", "10", "10", DOWN, "100,00%", INVERSE),
    Case("turun inversi, lebih buruk", "10", "12", DOWN, "83,33%", INVERSE),
    Case("turun inversi, jauh lebih buruk", "10", "25", DOWN, "40,00%", INVERSE),
    Case("turun inversi, realisasi nol", "10", "0", DOWN, "100,00%", INVERSE),
    Case("turun inversi, realisasi negatif", "10", "-1", DOWN, "–", INVERSE, status=Status.NOT_APPLICABLE),
    Case("turun, target nol tercapai (2T)", "0", "0", DOWN, "100,00%", TWICE),
    Case("turun, target nol tercapai (inversi)", "0", "0", DOWN, "100,00%", INVERSE),
    Case("turun, target nol tidak tercapai (2T)", "0", "3", DOWN, "–", TWICE, status=Status.ZERO_TARGET),
    Case("turun, target nol tidak tercapai (inversi)", "0", "3", DOWN, "–", INVERSE, status=Status.ZERO_TARGET),
    Case("turun tanpa metode", "10", "8", DOWN, "–", status=Status.NOT_APPLICABLE),
    Case("rentang, di dalam", "5–7", "6", RANGE, "100,00%"),
    Case("rentang, batas bawah", "5–7", "5", RANGE, "100,00%"),
    Case("rentang, batas atas", "5–7", "7", RANGE, "100,00%"),
    Case("rentang, di bawah", "5–7", "4", RANGE, "80,00%"),
    Case("rentang, di atas", "5–7", "8", RANGE, "87,50%"),
    Case("rentang, di atas dengan 2T", "5–7", "8", RANGE, "85,71%", TWICE),
    Case("rentang mulai nol, di dalam", "0–5,99", "0", RANGE, "100,00%"),
    Case("rentang mulai nol, di bawah", "0–5,99", "-1", RANGE, "–", status=Status.ZERO_TARGET),
    Case("nilai dijaga, tepat", "50", "50", RANGE, "100,00%"),
    Case("nilai dijaga, di atas", "50", "55", RANGE, "90,00%"),
    Case("nilai dijaga, di bawah", "50", "45", RANGE, "90,00%"),
    Case("nilai nol dijaga", "0", "0", RANGE, "100,00%"),
    Case("nilai nol tidak terjaga", "0", "1", RANGE, "–", status=Status.ZERO_TARGET),
    Case("nilai negatif dijaga", "-5", "-4", RANGE, "–", status=Status.NOT_APPLICABLE),
    Case("turun, target negatif", "-5", "-6", DOWN, "–", TWICE, status=Status.NOT_APPLICABLE),
    Case("rentang pada polaritas naik", "5–7", "6", UP, "–", status=Status.NOT_COMPARABLE),
    Case("realisasi berupa rentang", "6", "5–7", UP, "–", status=Status.NOT_COMPARABLE),
    Case("predikat tercapai", "BB", "BB", UP, "100,00%"),
    Case("predikat di bawah", "BB", "B", UP, "80,00%"),
    Case("predikat di atas", "B", "BB", UP, "125,00%"),
    Case("predikat huruf kecil", "BB", "bb", UP, "100,00%"),
    Case("predikat tidak dikenal", "BB", "WTP", UP, "–", status=Status.NOT_COMPARABLE),
    Case("predikat, makin rendah", "BB", "B", DOWN, "–", TWICE, status=Status.NOT_APPLICABLE),
    Case("predikat lawan persentase", "90%", "BB", UP, "–", status=Status.NOT_COMPARABLE),
    Case("persentase lawan angka", "90%", "90", UP, "–", status=Status.NOT_COMPARABLE),
    Case("ya tercapai", "Ya", "Ya", UP, "100,00%"),
    Case("ya tidak tercapai", "Ya", "Tidak", UP, "0,00%"),
    Case("tidak tercapai sebagai target", "Tidak", "Tidak", UP, "100,00%"),
]

amounts = st.decimals(min_value="0.01", max_value="1e9", places=2)


def read(text):
    """The value that a cell of the table shows; reading what officials type is the importer's business."""
    if not text:
        return None
    if text in {"Ya", "Tidak"}:
        return Value(ValueKind.YES_NO, flag=text == "Ya")
    if text.isalpha():
        return Value(ValueKind.GRADE, grade=text)
    plain = text.rstrip("%").replace(".", "") if text.count(".") > 1 else text.rstrip("%")
    ends = [Decimal(end.replace(",", ".")) for end in plain.split("–")]
    kind = ValueKind.PERCENT if text.endswith("%") else ValueKind.NUMBER
    return Value(kind, ends[0], ends[1] if len(ends) > 1 else None)


def measured(target, realised, polarity=UP, **more):
    return achieve(read(target), read(realised), polarity=polarity, grades=SAKIP, **more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_computes_the_worked_table(case):
    cap = Decimal(case.cap) if case.cap else None
    figure = measured(case.target, case.realised, case.polarity, lower_method=case.method, cap=cap)
    assert (figure.shown(), figure.status) == (case.shown, case.status)
    assert (figure.value is None) is (case.status is not Status.COMPUTED)


def test_the_table_is_long_enough_and_names_its_rows_once():
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


def test_each_figure_carries_formula_inputs_and_rounding():
    figure = measured("85%", "87,5%", key="capaian:A:2023")
    assert figure.formula == "realisasi ÷ target × 100%"
    assert [(item.label, item.shown) for item in figure.inputs] == [("realisasi", "87,5%"), ("target", "85%")]
    assert "setengah ke atas ke 2 desimal" in figure.note
    assert figure.arithmetic().startswith("realisasi ÷ target × 100%; realisasi = 87,5%; target = 85%; hasil = 102,94%")


def test_a_cap_keeps_the_raw_value_and_says_so():
    figure = measured("10", "15", cap=Decimal(120))
    assert (figure.value, figure.raw) == (120, 150)
    assert "Dibatasi 120%; sebelum dibatasi 150,00%." in figure.note


def test_a_cap_below_a_hundred_does_not_hide_that_the_target_is_reached():
    assert reached(measured("10", "15", cap=Decimal(90))) is True


def test_the_inverse_method_states_its_rule_for_a_realisation_of_zero():
    assert "ditetapkan 100%, bukan hasil pembagian" in measured("10", "0", DOWN, lower_method=INVERSE).note


def test_a_missed_target_of_zero_is_said_to_be_missed():
    figure = measured("0", "3", DOWN, lower_method=TWICE)
    assert "tidak tercapai" in figure.note
    assert reached(figure) is None


def test_the_formula_names_the_end_of_the_range_that_was_used():
    assert measured("5–7", "4", RANGE).formula == "realisasi ÷ batas bawah target × 100%"
    assert measured("5–7", "8", RANGE).formula == "batas atas target ÷ realisasi × 100%"


def test_a_grade_says_beside_its_percentage_whether_it_was_reached():
    assert "Target predikat tidak tercapai." in measured("BB", "B").note
    assert "realisasi B = 4, target BB = 5" in measured("BB", "B").note


def test_a_grade_without_its_scale_is_not_compared():
    assert achieve(read("BB"), read("BB"), polarity=UP).status is Status.NOT_COMPARABLE


def test_a_target_is_reached_only_by_the_unrounded_figure():
    assert measured("100000", "99999").shown() == "100,00%"
    assert reached(measured("100000", "99999")) is False
    assert reached(measured("87", "87")) is True
    assert reached(measured("", "87")) is None


@given(amounts)
def test_what_is_promised_and_kept_is_exactly_a_hundred(amount):
    text = Value(ValueKind.NUMBER, amount)
    for polarity, method in ((UP, None), (DOWN, TWICE), (DOWN, INVERSE), (RANGE, None)):
        assert achieve(text, text, polarity=polarity, lower_method=method).value == 100


@given(amounts, amounts, st.sampled_from([TWICE, INVERSE]))
def test_lower_is_better_is_reached_exactly_when_the_realisation_is_not_above_the_target(target, realised, method):
    figure = achieve(
        Value(ValueKind.NUMBER, target), Value(ValueKind.NUMBER, realised), polarity=DOWN, lower_method=method
    )
    assert reached(figure) is (realised <= target)


@given(amounts, amounts, amounts)
def test_a_range_never_gives_more_than_a_hundred(low, width, realised):
    figure = achieve(
        Value(ValueKind.NUMBER, low, low + width), Value(ValueKind.NUMBER, realised), polarity=RANGE
    )  # fmt: skip
    assert figure.value is not None
    assert figure.value <= 100
    assert reached(figure) is (low <= realised <= low + width)


@given(amounts, amounts, st.decimals(min_value=1, max_value=200, places=0))
def test_a_cap_is_never_exceeded_and_never_changes_the_raw_value(target, realised, cap):
    goal, result = Value(ValueKind.NUMBER, target), Value(ValueKind.NUMBER, realised)
    free, capped = achieve(goal, result, polarity=UP), achieve(goal, result, polarity=UP, cap=cap)
    assert capped.raw == free.value
    assert capped.value == min(free.value, cap)


def test_the_mean_counts_only_figures_with_a_value_and_says_how_many():
    figure = mean([measured("10", "9"), measured("10", "12"), measured("10", "")], key="rata", name="Rata-rata capaian")
    assert figure.shown() == "105,00%"
    assert "2 dari 3 indikator mempunyai nilai" in figure.note
    assert len(figure.inputs) == 2


def test_the_mean_of_nothing_is_nothing():
    assert mean([], key="", name="").status is Status.NOTHING_TO_ADD
    assert mean([measured("10", "")], key="", name="").value is None


SCALE = Scale(
    "uji", "uji",
    (Band("Tinggi", Decimal(91), Tone.DARK_GREEN), Band("Cukup", Decimal(50), Tone.RED, exclusive=True),
     Band("Rendah", None, Tone.RED)),
    SOURCE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "label"),
    [("103", "Tinggi"), ("91", "Tinggi"), ("90.5", "Cukup"), ("90.996", "Tinggi"), ("50", "Rendah"), ("-50", "Rendah")],
)
def test_a_figure_is_classed_as_it_is_printed(value, label):
    band = classify(Computed("", "", Decimal(value)), SCALE)
    assert band is not None
    assert band.label == label


def test_no_figure_has_no_class():
    assert classify(Computed("", "", None), SCALE) is None


@pytest.mark.parametrize(
    ("realised", "final", "polarity", "shown"),
    [
        ("87%", "91%", UP, "95,60%"),
        ("56%", "60%", UP, "93,33%"),
        ("12", "10", DOWN, "83,33%"),
        ("0", "10", DOWN, "100,00%"),
        ("B", "BB", UP, "80,00%"),
        ("", "91%", UP, "–"),
        ("87%", "", UP, "–"),
        ("5", "0", UP, "–"),
    ],
)
def test_progress_measures_the_last_result_against_the_end_of_the_plan(realised, final, polarity, shown):
    figure = progress(read(realised), read(final), polarity=polarity, grades=SAKIP, key="kemajuan:A")
    assert figure.shown() == shown
    assert figure.name == "Tingkat kemajuan"


def test_progress_names_its_inputs():
    figure = progress(read("87%"), read("91%"), polarity=UP)
    assert figure.formula == "realisasi sampai tahun ini ÷ target akhir Renstra × 100%"
    assert [item.label for item in figure.inputs] == ["realisasi sampai tahun ini", "target akhir Renstra"]
