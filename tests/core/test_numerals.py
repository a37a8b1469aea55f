"""Reading and printing numbers, and reading values of indicators."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import AmbiguousNumber, UnreadableNumber
from selaras.core.numerals import (
    NumberHint,
    format_number,
    format_percent,
    format_range,
    format_rupiah,
    is_missing,
    read_amount,
)
from selaras.core.place import Place
from selaras.core.reading import read_value
from selaras.core.value import Value, ValueKind, grade, number, percent

READ = [
    # plain and id-ID
    ("0", "0"),
    ("7", "7"),
    ("1234567", "1234567"),
    ("  42 ", "42"),
    ("1.234.567", "1234567"),
    ("1.234.567,89", "1234567.89"),
    ("1.234,5", "1234.5"),
    ("1.234,567", "1234.567"),
    ("87,5", "87.5"),
    ("87,50", "87.50"),
    ("0,05", "0.05"),
    ("0,875", "0.875"),
    ("1,2345", "1.2345"),
    # English style, as half of the reports have it
    ("87.5", "87.5"),
    ("92.48", "92.48"),
    ("0.875", "0.875"),
    ("1.2345", "1.2345"),
    ("1234.567", "1234.567"),
    ("1,234,567", "1234567"),
    ("1,234,567.89", "1234567.89"),
    ("1,234.567", "1234.567"),
    ("120,370,560.00", "120370560.00"),
    # money
    ("Rp1.234.567", "1234567"),
    ("Rp 1.234.567,00", "1234567.00"),
    ("Rp. 2,940,235,465,-", "2940235465"),
    ("Rp.2,940,235,465,-", "2940235465"),
    ("3,639,196,510.00,-", "3639196510.00"),
    ("4.451.669.000 -", "4451669000"),
    ("4.451.669.000,-", "4451669000"),
    ("Rp 500.000.-", "500000"),
    ("Rp 500.000,--", "500000"),
    ("Rp 500.000,=", "500000"),
    ("rp1.234", "1234"),
    ("RP. 1,234", "1234"),
    ("IDR 1,234.50", "1234.50"),
    ("1.234 rupiah", "1234"),
    ("1.234,-", "1234"),
    ("1,234 -", "1234"),
    ("Rp1.234.567-", "1234567"),
    ("Rp0", "0"),
    ("Rp0,-", "0"),
    # percentages
    ("87,5%", "87.5"),
    ("87,5 %", "87.5"),
    ("80.79%", "80.79"),
    ("100%", "100"),
    ("98,50 persen", "98.50"),
    ("1.234,5%", "1234.5"),
    # negatives
    ("-5", "-5"),
    ("−5,5", "-5.5"),
    ("–5,5", "-5.5"),
    ("-1.234.567", "-1234567"),
    ("(1.234.567)", "-1234567"),
    ("(1.234.567,89)", "-1234567.89"),
    ("(Rp1.234)", "-1234"),
    ("Rp (1.234.567,-)", "-1234567"),
    ("-Rp1.234", "-1234"),
    ("Rp-1.234", "-1234"),
    ("Rp -1.234", "-1234"),
    ("(5%)", "-5"),
    ("-0", "0"),
    # spaces that do not break, marks that cannot be seen
    ("1\u00a0234\u00a0567,89", "1234567.89"),
    ("1\u2009234\u2009567", "1234567"),
    ("1\u202f234", "1234"),
    ("1\u202f234,567", "1234.567"),
    ("Rp\u00a01.234.567", "1234567"),
    ("87,5\u00a0%", "87.5"),
    ("\ufeff87,5\u200b", "87.5"),
    # words of thousands
    ("2,5 juta", "2500000.0"),
    ("Rp 4,45 triliun", "4450000000000.00"),
    ("12 milyar", "12000000000"),
]

MISSING = ["", " ", "\u00a0", "-", " - ", "–", "n/a", "N/A", "tidak ada", "Tidak Ada"]

UNREADABLE = [
    "3.639.196.510.00,-",
    "1.23.456",
    "12,34,567",
    "1.234,567.89",
    "1,234.567,89",
    "1.234.56",
    "0.123.456",
    "07.30",
    "01.3-",
    "01.3",
    "05",
    "007",
    "12,35.",
    ",5",
    "5,",
    "1 234",
    "1 234 567",
    "1.234 567",
    "1\u00a023\u00a0456",
    "12 orang",
    "87,5%*",
    "1,5E9",
    "1.5E+09",
    "+5",
    "- 5",
    "(-5)",
    "((5))",
    "-5-",
    "--",
    "—",
    "5-7",
    "5%%",
    "Rp5%",
    "5 juta %",
    "2,5 M",
    "Rp",
    "Rp,-",
    "BB",
    "sepuluh",
    "٣",
    "1'234'567",
    "07/12/2021",
    "Rp1234.567",
    "#DIV/0!",
    "9" * 25,
]

AMBIGUOUS = [
    "1.234",
    "1,234",
    "12.345",
    "123,456",
    "-1.234",
    "(1.234)",
    "1.234%",
    "87,456 %",
    "1.234 juta",
    "Rp1.234 miliar",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_it_reads_what_the_rules_settle(text, expected):
    assert str(read_amount(text)) == expected


@pytest.mark.parametrize("text", MISSING)
def test_a_missing_mark_is_no_value_and_never_zero(text):
    assert read_amount(text) is None
    assert is_missing(text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_it_refuses_what_no_rule_reads(text):
    with pytest.raises(UnreadableNumber) as refused:
        read_amount(text, place=Place(source="rencana.xlsx", sheet="Target", cell="C7"))
    (fault,) = refused.value.faults
    assert fault.read == text
    assert fault.expected
    assert fault.remedy
    assert fault.sentence().startswith("rencana.xlsx, lembar Target, sel C7: ")


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_it_asks_where_two_readings_exist(text):
    with pytest.raises(AmbiguousNumber) as asked:
        read_amount(text)
    assert asked.value.question.startswith(f"Apakah “{text}” berarti ")
    assert " atau " in asked.value.question


def test_the_question_shows_both_readings_in_words():
    with pytest.raises(AmbiguousNumber) as asked:
        read_amount("1.234")
    assert asked.value.question == (
        "Apakah “1.234” berarti seribu dua ratus tiga puluh empat atau satu koma dua tiga empat?"
    )
    assert asked.value.faults[0].remedy == f"{asked.value.question} Tulis 1234 atau 1,2340 agar jelas."
    assert read_amount("1234") == 1234
    assert read_amount("1,2340") == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1.234-", "Apakah “1.234-” berarti minus 1.234, atau tanda “-” itu penutup rupiah?"),
        ("Rp -", "Apakah “Rp -” berarti nol rupiah atau belum diisi?"),
        ("Rp-", "Apakah “Rp-” berarti nol rupiah atau belum diisi?"),
        ("2,500%", "Apakah “2,500%” berarti dua ribu lima ratus persen atau dua koma lima nol nol persen?"),
    ],
)
def test_it_asks_what_a_lone_dash_means(text, question):
    with pytest.raises(AmbiguousNumber) as asked:
        read_amount(text)
    assert asked.value.question == question


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("1.234", NumberHint.RUPIAH, "1234"),
        ("1,234", NumberHint.RUPIAH, "1234"),
        ("1.234", NumberHint.COUNT, "1234"),
        ("1,234", NumberHint.COUNT, "1234"),
        ("87.456", NumberHint.PERCENT, "87.456"),
        ("87,456%", NumberHint.PERCENT, "87.456"),
        ("1.234", NumberHint.INDONESIAN, "1234"),
        ("1,234", NumberHint.INDONESIAN, "1.234"),
        ("1.234", NumberHint.ENGLISH, "1.234"),
        ("1,234", NumberHint.ENGLISH, "1234"),
        ("1.234 miliar", NumberHint.INDONESIAN, "1234000000000"),
        ("Rp1.234", NumberHint.INDONESIAN, "1234"),
        ("(1.234)", NumberHint.RUPIAH, "-1234"),
    ],
)
def test_a_hint_settles_three_digits(text, hint, expected):
    assert str(read_amount(text, hint=hint)) == expected


@pytest.mark.parametrize("hint", NumberHint)
@pytest.mark.parametrize("text", ["87,5", "87.5", "1.234.567,89", "1,234,567.89", "12"])
def test_a_hint_never_changes_what_is_settled_without_it(text, hint):
    assert read_amount(text, hint=hint) == read_amount(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5%", NumberHint.RUPIAH),
        ("5%", NumberHint.COUNT),
        ("Rp5", NumberHint.PERCENT),
        ("5,-", NumberHint.COUNT),
        ("1234.567", NumberHint.RUPIAH),
        ("1234,567", NumberHint.COUNT),
    ],
)
def test_it_refuses_a_sign_or_shape_that_contradicts_the_hint(text, hint):
    with pytest.raises(UnreadableNumber):
        read_amount(text, hint=hint)


@pytest.mark.parametrize(("text", "hint"), [("Rp1,234", NumberHint.INDONESIAN), ("Rp1.234", NumberHint.ENGLISH)])
def test_it_still_asks_where_hint_and_currency_contradict_each_other(text, hint):
    with pytest.raises(AmbiguousNumber):
        read_amount(text, hint=hint)


amounts = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=2) | st.decimals(
    min_value=-(10**6), max_value=10**6, allow_nan=False, places=3
)


@given(amounts)
def test_what_is_printed_is_read_back(value):
    assert read_amount(format_number(value), hint=NumberHint.INDONESIAN) == value
    assert read_amount(format_percent(value), hint=NumberHint.INDONESIAN) == value


@given(amounts)
def test_what_is_printed_is_read_back_or_asked_but_never_misread(value):
    for text in (format_number(value), format_percent(value)):
        try:
            assert read_amount(text) == value
        except AmbiguousNumber:
            assert len(text.strip("-%").replace(",", ".").split(".")[-1]) == 3


@given(st.integers(-(10**15), 10**15), st.integers(0, 99))
def test_money_that_is_printed_is_read_back_without_any_hint(rupiah, cents):
    value = Decimal(rupiah) + Decimal(cents).scaleb(-2)
    assert read_amount(format_rupiah(Decimal(rupiah))) == rupiah
    assert read_amount(format_rupiah(value, places=2)) == value


@given(st.text(alphabet="0123456789.,-–() Rp%\u00a0", max_size=14))
def test_any_text_is_read_refused_or_asked(text):
    try:
        value = read_amount(text)
    except (UnreadableNumber, AmbiguousNumber):
        return
    assert (value is None) == is_missing(text)


def test_it_prints_in_id_id():
    assert format_number(Decimal("1234567.891")) == "1.234.567,891"
    assert format_number(Decimal("1234567.895"), places=2) == "1.234.567,90"
    assert format_number(Decimal("-0.001"), places=2) == "0,00"
    assert format_number(Decimal("1E+3")) == "1.000"
    assert format_percent(Decimal("87.50")) == "87,5%"
    assert format_number(Decimal("0.000125")) == "0,000125"
    assert format_percent(Decimal("87.5"), places=2) == "87,50%"
    assert format_rupiah(Decimal(1234567)) == "Rp1.234.567"
    assert format_rupiah(Decimal(-1234567)) == "-Rp1.234.567"
    assert format_rupiah(Decimal("-0.4")) == "Rp0"


@pytest.mark.parametrize(
    ("quotient", "printed"),
    [
        (Decimal(203) * 100 / Decimal(338), "60,06"),
        (Decimal("60.0591715976331"), "60,06"),
        (Decimal(100) / Decimal(128) / Decimal(128), "0,0061"),
        (Decimal(1) / Decimal(30_000), "0,000033"),
        (Decimal(-2) / Decimal(3), "-0,67"),
    ],
)
def test_a_number_that_was_divided_is_printed_with_two_decimals_that_say_something(quotient, printed):
    assert format_number(quotient) == printed


def test_a_range_is_printed_with_an_en_dash_and_without_a_double_minus():
    assert format_range(Decimal(5), Decimal(7)) == "5–7"
    assert format_range(Decimal("5.5"), Decimal(7), places=1) == "5,5–7,0"
    assert format_range(Decimal(-5), Decimal(-3)) == "-5 s.d. -3"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("87,5%", percent("87.5")),
        ("87,5 %", percent("87.5")),
        ("87.5", number("87.5")),
        ("1.234.567", number(1234567)),
        ("Rp1.234", number(1234)),
        ("BB", grade("BB")),
        ("WTP", grade("WTP")),
        ("A-", grade("A-")),
        ("Ya", Value(ValueKind.YES_NO, flag=True)),
        ("tidak", Value(ValueKind.YES_NO, flag=False)),
        ("5-7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("5–7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("5 – 7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("5 s.d. 7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("5 s/d 7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("5 sampai dengan 7", Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        ("-5 s.d. -3", Value(ValueKind.NUMBER, Decimal(-5), Decimal(-3))),
        ("-5–-3", Value(ValueKind.NUMBER, Decimal(-5), Decimal(-3))),
        ("80–90%", Value(ValueKind.PERCENT, Decimal(80), Decimal(90))),
        ("80%-90%", Value(ValueKind.PERCENT, Decimal(80), Decimal(90))),
        ("80,5% s.d. 90,5%", Value(ValueKind.PERCENT, Decimal("80.5"), Decimal("90.5"))),
    ],
)
def test_the_kind_of_a_value_comes_from_its_text(text, value):
    assert read_value(text, kind=None) == value


@pytest.mark.parametrize("kind", [None, *ValueKind])
@pytest.mark.parametrize("text", ["-", "n/a", "", "tidak ada"])
def test_a_missing_mark_is_no_value_of_any_kind(text, kind):
    assert read_value(text, kind=kind) is None


def test_a_percentage_may_stand_without_its_sign_where_the_indicator_is_one():
    assert read_value("87,5", kind=ValueKind.PERCENT) == percent("87.5")


def test_a_grade_comes_back_as_its_scale_writes_it():
    scale = ("D", "C", "CC", "B", "BB", "A", "AA")
    assert read_value(" bb ", kind=ValueKind.GRADE, grades=scale) == grade("BB")
    assert read_value("bb", kind=None, grades=scale) == grade("BB")
    assert read_value("sangat  baik", kind=None, grades=("Baik", "Sangat Baik")) == grade("Sangat Baik")


def test_a_grade_without_a_scale_is_any_label():
    assert read_value("Sangat  Baik", kind=ValueKind.GRADE) == grade("Sangat Baik")
    assert read_value("Level 3", kind=ValueKind.GRADE) == grade("Level 3")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("87,5%", ValueKind.NUMBER, "bukan persentase"),
        ("BB", ValueKind.NUMBER, "angka"),
        ("BB", ValueKind.PERCENT, "angka"),
        ("Rp5", ValueKind.PERCENT, "persen"),
        ("87,5", ValueKind.GRADE, "predikat"),
        ("BB (75,33)", ValueKind.GRADE, "predikat"),
        ("mungkin", ValueKind.YES_NO, "Ya atau Tidak"),
        ("1", ValueKind.YES_NO, "Ya atau Tidak"),
        ("7-5", ValueKind.NUMBER, "dari yang kecil"),
        ("5--7", None, "rentang"),
        ("5-7-9", None, "rentang"),
        ("80%-90", None, "kedua ujung"),
        ("5-x7", ValueKind.NUMBER, "angka"),
        ("12 dokumen", None, "predikat"),
        ("12 dokumen", ValueKind.NUMBER, "angka"),
        ("bb", None, "predikat"),
        ("01.3", ValueKind.NUMBER, "angka"),
    ],
)
def test_it_refuses_a_value_of_another_kind(text, kind, expected):
    with pytest.raises(UnreadableNumber) as refused:
        read_value(text, kind=kind)
    assert expected in refused.value.faults[0].expected
    assert refused.value.faults[0].remedy


def test_it_refuses_a_grade_that_the_scale_does_not_know():
    with pytest.raises(UnreadableNumber) as refused:
        read_value("BBB", kind=ValueKind.GRADE, grades=("B", "BB"))
    assert refused.value.faults[0].expected == "salah satu dari B, BB"


def test_the_kind_does_not_settle_three_digits_but_a_hint_does():
    with pytest.raises(AmbiguousNumber):
        read_value("1.234", kind=ValueKind.PERCENT)
    with pytest.raises(AmbiguousNumber):
        read_value("1.000–2.000", kind=None)
    assert read_value("1.234", kind=ValueKind.NUMBER, hint=NumberHint.COUNT) == number(1234)
    assert read_value("1.000–2.000", kind=None, hint=NumberHint.COUNT) == Value(
        ValueKind.NUMBER, Decimal(1000), Decimal(2000)
    )


numeric_kinds = st.sampled_from([ValueKind.NUMBER, ValueKind.PERCENT])
values = st.one_of(
    st.builds(Value, numeric_kinds, amounts),
    st.builds(lambda kind, ends: Value(kind, min(ends), max(ends)), numeric_kinds, st.tuples(amounts, amounts)),
    st.builds(grade, st.sampled_from(["AA", "BB", "WTP", "D"])),
    st.builds(lambda flag: Value(ValueKind.YES_NO, flag=flag), st.booleans()),
)


@given(values)
def test_a_value_that_is_shown_is_read_back(value):
    assert read_value(value.shown(), kind=value.kind, hint=NumberHint.INDONESIAN) == value
    assert read_value(value.shown(), kind=None, hint=NumberHint.INDONESIAN) == value


def test_a_quotient_of_the_largest_and_the_smallest_amount_is_written_out():
    assert format_percent(Decimal(10) ** 31, places=2) == "10" + ".000" * 10 + ",00%"
    assert (
        format_number(Decimal("1234567890123456789012345678901.23")) == "1.234.567.890.123.456.789.012.345.678.901,23"
    )
