"""Counting: figures with their records, nothing to count, pending ones, stocks, sums; and the bound indicator."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.registers.made import DAYS, SOURCE, record, register

from selaras.core.computed import Status
from selaras.core.errors import Refusal
from selaras.core.measurement.entries import faults_of
from selaras.core.measurement.records import EvidenceKind, Realisation
from selaras.core.period import Period, Span, quarter
from selaras.core.planning import Indicator, IndicatorKind, IndicatorLevel
from selaras.core.registers.binding import (
    Binding,
    evidence_of,
    faults_of_binding,
    faults_of_typed,
    realisation_of,
)
from selaras.core.registers.clock import workdays_of
from selaras.core.registers.counting import bounds, count, summarise
from selaras.core.registers.definition import Basis, CountingRule, Summary, Tally, Tallying
from selaras.core.registers.filters import ALWAYS
from selaras.core.registers.records import Move, Record
from selaras.core.value import Value, ValueKind, number, percent
from selaras.rulebook import load
from selaras.rulebook.registers import preset

INDICATOR = Indicator(
    "IKU-1", "T.1", "Layanan", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "%", value_kind=ValueKind.PERCENT
)
FIRST = quarter(2024, 1)
LATER = date(2024, 12, 31)
DONE_IN_TIME = ("selesai", date(2024, 3, 8))
DONE_LATE = ("selesai", date(2024, 4, 8))
TABLE = workdays_of(load(date(2026, 1, 1)))


def counted(records, *, rule=None, as_of=LATER, period=FIRST, made=None, days=DAYS):
    made = made or register()
    return count(made, rule or made.rules[0], records, period=period, workdays=days, as_of=as_of)


def test_a_figure_names_the_records_behind_it():
    figure = counted(
        [
            record("3", date(2024, 3, 4), DONE_IN_TIME), record("1", date(2024, 3, 4), DONE_LATE),
            record("2", date(2024, 3, 5), DONE_IN_TIME), record("4", date(2024, 3, 4), ("batal", date(2024, 3, 5))),
            record("5", date(2024, 4, 1), DONE_LATE), record("6", date(2024, 3, 28)),
        ],
        as_of=date(2024, 4, 8),
    )  # fmt: skip
    assert (figure.numerator, figure.denominator) == (2, 3)
    assert (figure.met, figure.missed, figure.waiting) == (("2", "3"), ("1",), ("6",))
    assert figure.told() == "66,67% (2 dari 3)"
    assert figure.note == "1 rekaman belum dihitung karena masih berjalan."
    assert figure.computed().shown() == "66,67%"


def test_nothing_to_count_is_said_and_is_no_percentage():
    figure = counted([])
    assert figure.value is None
    assert figure.told() == "Tidak ada permohonan."
    assert figure.computed().status is Status.NOTHING_TO_ADD
    made = realisation_of(Binding("IKU-1", "contoh", "tepat"), figure)
    assert (made.value, made.numerator, made.denominator, made.note) == (None, None, None, "Tidak ada permohonan.")
    assert faults_of(INDICATOR, made) == ()


def test_a_stock_of_203_among_338_is_60_06_percent():
    libraries = preset("perpustakaan_sekolah")
    records = [
        Record(
            f"{step:05}", libraries.code,
            {"nama": f"Sekolah {step}", "status": "memenuhi" if step <= 203 else "belum memenuhi"},
            (Move("terdata", date(2024, 1, 2)),),
        )
        for step in range(1, 339)
    ]  # fmt: skip
    figure = counted(records, made=libraries, rule=libraries.rule("memenuhi_standar"), period=Period(2024))
    assert (figure.numerator, figure.denominator, len(figure.missed)) == (203, 338, 135)
    assert figure.told() == "60,06% (203 dari 338)"
    early = counted(records, made=libraries, rule=libraries.rule("memenuhi_standar"), period=Period(2023))
    assert early.told() == "Tidak ada perpustakaan sekolah yang terdata."


@pytest.mark.parametrize(
    ("event", "shown", "told"),
    [
        (date(2024, 7, 5), date(2024, 7, 8), "100,00% (1 dari 1)"),  # Friday, shown on Monday
        (date(2024, 7, 5), date(2024, 7, 5), "100,00% (1 dari 1)"),
        (date(2024, 7, 5), date(2024, 7, 9), "0,00% (0 dari 1)"),
        (date(2024, 4, 5), date(2024, 4, 16), "100,00% (1 dari 1)"),  # over Idul Fitri and its leave
        (date(2024, 12, 31), date(2025, 1, 2), "100,00% (1 dari 1)"),  # over the end of the year
        (date(2024, 7, 4), date(2024, 7, 6), "0,00% (0 dari 1)"),  # Thursday, shown on Saturday
    ],
)
def test_a_publication_is_shown_within_one_working_day_or_not(event, shown, told):
    news = preset("publikasi")
    made = Record(
        "1",
        news.code,
        {"tanggal_kegiatan": event, "tanggal_tayang": shown},
        (Move("dicatat", event), Move("tayang", shown)),
    )
    figure = counted(
        [made],
        made=news,
        rule=news.rule("satu_hari_kerja"),
        period=Period(2024),
        as_of=LATER.replace(year=2025),
        days=TABLE,
    )
    assert figure.told() == told


def test_a_letter_that_is_not_ready_on_its_promised_day_is_overdue():
    promised = preset("layanan_dijanjikan")
    made = Record(
        "1", promised.code, {"nama": "Pengguna Rekaan", "layanan": "Surat", "tanggal_janji": date(2024, 3, 8)},
        (Move("diterima", date(2024, 3, 4)), Move("diproses", date(2024, 3, 5))),
    )  # fmt: skip
    rule = promised.rule("lewat_janji")
    assert counted([made], made=promised, rule=rule, as_of=date(2024, 3, 8), days=TABLE).told() == "0 layanan"
    assert counted([made], made=promised, rule=rule, as_of=date(2024, 3, 13), days=TABLE).told() == "1 layanan"


def test_a_restricted_register_gives_counts_and_no_lists():
    cases = preset("disiplin_netralitas")
    made = Record(
        "1", cases.code, {"golongan": "kode etik", "tanggal_peristiwa": date(2024, 2, 1)},
        (Move("dilaporkan", date(2024, 2, 5)),),
    )  # fmt: skip
    figure = counted([made], made=cases, rule=cases.rule("perkara"))
    assert (figure.told(), figure.met) == ("1 perkara", ())


def test_sums_and_different_contents_are_counted_too():
    groups = Tally(ALWAYS, Tallying.DISTINCT, "golongan")
    total = CountingRule("total", "Jumlah", Tally(ALWAYS, Tallying.SUM, "jumlah"), SOURCE, groups)
    records = [
        record("1", content={"golongan": "a", "jumlah": Decimal(3)}),
        record("2", content={"golongan": "a", "jumlah": Decimal(4)}),
        record("3", content={"golongan": "b"}),
    ]
    figure = counted(records, rule=total)
    assert (figure.numerator, figure.denominator) == (7, 2)
    assert counted(records, rule=replace(total, denominator=None)).computed().shown() == "7"


@pytest.mark.parametrize(
    ("basis", "period", "first", "last"),
    [
        (Basis.WITHIN, Period(2024, Span.MONTH, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Basis.WITHIN, Period(2100, Span.MONTH, 2), date(2100, 2, 1), date(2100, 2, 28)),
        (Basis.WITHIN, quarter(2024, 3), date(2024, 7, 1), date(2024, 9, 30)),
        (Basis.WITHIN, Period(2024, Span.SEMESTER, 2), date(2024, 7, 1), date(2024, 12, 31)),
        (Basis.TO_DATE, quarter(2024, 3), date(2024, 1, 1), date(2024, 9, 30)),
        (Basis.STOCK, quarter(2024, 1), date.min, date(2024, 3, 31)),
    ],
)
def test_a_basis_says_which_days_belong_to_a_period(basis, period, first, last):
    assert bounds(basis, period) == (first, last)


def test_it_refuses_a_figure_over_a_year_without_holidays():
    old = record("1", date(2019, 3, 4), ("selesai", date(2019, 3, 20)))
    with pytest.raises(Refusal) as refused:
        counted([old], period=Period(2019))
    assert refused.value.faults[0].read == "2019"


histories = st.lists(
    st.tuples(
        st.dates(date(2024, 1, 1), date(2024, 6, 30)),
        st.none() | st.integers(0, 40),
        st.sampled_from(["selesai", "batal"]),
    ),
    max_size=12,
)


def from_histories(found):
    records = []
    for step, (opened, after, state) in enumerate(found):
        ways = () if after is None else ((state, date.fromordinal(opened.toordinal() + after)),)
        records.append(record(str(step), opened, *ways))
    return records


@given(histories, st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_quarters_add_up_to_the_year_and_no_share_exceeds_all(found, as_of):
    records = from_histories(found)
    year = counted(records, period=Period(2024), as_of=as_of)
    parts = [counted(records, period=quarter(2024, step), as_of=as_of) for step in (1, 2, 3, 4)]
    assert sum(part.numerator for part in parts) == year.numerator
    assert sum(part.denominator for part in parts) == year.denominator
    assert year.numerator <= year.denominator
    assert sorted(year.met) == sorted(number_ for part in parts for number_ in part.met)
    assert not set(year.met) & set(year.missed)


def test_a_summary_splits_by_choices_in_their_order():
    records = [record("1", content={"golongan": "b"}), record("2", content={}), record("3", content={"golongan": "b"})]
    settings = {"period": FIRST, "workdays": DAYS, "as_of": LATER}
    by_kind = Summary("golongan", "Menurut golongan", Tally(), "golongan")
    assert summarise(register(), by_kind, records, **settings) == (("a", 0), ("b", 2), ("(kosong)", 1))
    by_state = Summary("keadaan", "Menurut keadaan", Tally(), "@state")
    assert dict(summarise(register(), by_state, records, **settings))["Baru"] == 3
    assert summarise(register(), Summary("semua", "Semua", Tally()), records, **settings) == (("", 3),)
    by_day = Summary("hari", "Menurut hari", Tally(), "@opened")
    assert summarise(register(), by_day, records, **settings) == (("4 Maret 2024", 3),)


def test_a_record_with_several_choices_stands_under_each():
    news = preset("publikasi")
    media = {"tanggal_kegiatan": date(2024, 3, 4), "media": ("laman", "media sosial")}
    made = Record("1", news.code, media, (Move("dicatat", date(2024, 3, 4)),))
    by_media = Summary("media", "Menurut media", Tally(), "media", "tanggal_kegiatan")
    found = summarise(news, by_media, [made], period=FIRST, workdays=DAYS, as_of=LATER)
    assert found == (("laman", 1), ("media sosial", 1), ("papan pengumuman", 0), ("media massa", 0))


BINDING = Binding("IKU-1", "contoh", "tepat")


def two_of_three():
    return counted([record(str(step), date(2024, 3, 4), DONE_IN_TIME if step < 3 else DONE_LATE) for step in (1, 2, 3)])


def test_a_bound_indicator_computes_itself_and_shows_its_records():
    figure = two_of_three()
    made = realisation_of(BINDING, figure)
    assert (made.indicator, made.period, made.numerator, made.denominator) == ("IKU-1", FIRST, 2, 3)
    proof = evidence_of(BINDING, figure)
    assert (proof.kind, proof.target, proof.dated) == (
        EvidenceKind.REGISTER, "contoh/tepat/2024/triwulan/1", LATER,
    )  # fmt: skip
    assert "66,67% (2 dari 3)" in proof.title


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"value": percent("66.67")}, 0),
        ({"value": percent("66.7")}, 0),
        ({"value": percent("66.6")}, 1),
        ({"value": percent(100)}, 1),
        ({"value": number(67)}, 1),
        ({"value": Value(ValueKind.PERCENT, Decimal(60), Decimal(70))}, 1),
        ({"numerator": Decimal(2), "denominator": Decimal(3)}, 0),
        ({"numerator": Decimal(3), "denominator": Decimal(3)}, 1),
        ({"numerator": Decimal(25), "denominator": Decimal(100)}, 2),
        ({"note": "Sesuai register."}, 0),
    ],
)
def test_a_bound_indicator_takes_no_other_typed_value(typed, faults):
    found = faults_of_typed(BINDING, two_of_three(), Realisation("IKU-1", FIRST, **typed))
    assert len(found) == faults
    assert all("66,67% (2 dari 3)" in fault.expected for fault in found)


def test_nothing_typed_beside_nothing_to_count():
    found = faults_of_typed(BINDING, counted([]), Realisation("IKU-1", FIRST, value=percent(100)))
    assert found[0].expected == "Tidak ada permohonan."


def test_a_binding_needs_a_rule_of_the_same_kind_of_value():
    share = INDICATOR
    assert faults_of_binding(BINDING, register(), share) == ()
    assert faults_of_binding(BINDING, register(), replace(share, value_kind=ValueKind.NUMBER))
    assert faults_of_binding(replace(BINDING, rule="lain"), register(), share)
    counting = replace(register().rules[0], denominator=None)
    plain = realisation_of(BINDING, counted([record()], rule=replace(counting, numerator=Tally(), pending=None)))
    assert plain.value == number(1)
