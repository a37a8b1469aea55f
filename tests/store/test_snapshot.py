import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.example import AGENCY, YEAR, large, records
from tests.store.filling import bare, fill

from selaras.core import planning as p
from selaras.core.access import Role, acting
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Realisation, Spending
from selaras.core.org import Tenure
from selaras.core.period import PER_YEAR, Period, Span, quarter
from selaras.core.snapshot import RECORD_KINDS, ReportSettings, assemble
from selaras.core.value import Value, ValueKind, percent
from selaras.store import models as tables
from selaras.store.rows import all_tables, shown, tidy
from selaras.store.snapshot import agencies, load_records, load_snapshot

pytestmark = pytest.mark.django_db


def queries_of_loading():
    with CaptureQueriesContext(connection) as captured:
        load_snapshot(AGENCY.code, YEAR)
    return [query["sql"] for query in captured.captured_queries]


def test_every_record_comes_back_as_it_was_saved():
    saved = records()
    fill(saved)
    agency, loaded = load_records(AGENCY.code, YEAR)
    assert dataclasses.replace(agency, place=AGENCY.place) == AGENCY
    for kind in RECORD_KINDS:
        assert saved[kind.record], f"the example has no {kind.record.__name__}"
        assert bare(loaded[kind.record]) == saved[kind.record]


def test_every_field_of_every_kind_is_filled_somewhere_in_the_example():
    saved = records()
    for kind in RECORD_KINDS:
        for field in dataclasses.fields(kind.record):
            if field.name != "place":
                defaults = {"", None, 0}
                values = [getattr(item, field.name) for item in saved[kind.record]]
                assert any(value not in defaults for value in values), (kind.record, field.name)


def test_the_snapshot_is_that_of_the_records_themselves():
    saved = records()
    fill(saved)
    loaded = load_snapshot(AGENCY.code, YEAR)
    expected = assemble(AGENCY, YEAR, saved)
    for kind in RECORD_KINDS:
        if kind.field != "settings":
            assert bare(getattr(loaded, kind.field)) == list(getattr(expected, kind.field))
    assert bare([loaded.settings]) == [expected.settings]


def test_it_leaves_out_the_records_of_other_years():
    saved = records()
    saved[Spending].append(Spending("P1", 2023, 1, Decimal(1)))
    saved[Realisation].append(Realisation("IKU-1", quarter(2023, 1), percent(1)))
    saved[Realisation].append(Realisation("IKU-1", Period(2019), percent(1)))
    saved[ReportSettings].append(ReportSettings(2023))
    fill(saved)
    loaded = load_snapshot(AGENCY.code, YEAR)
    assert {item.year for item in loaded.spending} == {2024}
    assert Realisation("IKU-1", Period(2019), percent(1)) in bare(loaded.realisations)
    assert quarter(2023, 1) not in {item.period for item in loaded.realisations}
    before = load_snapshot(AGENCY.code, 2023)
    assert before.agreement_lines == ()
    assert before.settings.year == 2023


def test_the_number_of_queries_does_not_grow_with_the_agency():
    fill(records())
    small = queries_of_loading()
    fill(large())
    assert len(queries_of_loading()) == len(small) == len(RECORD_KINDS) + 10


def test_places_name_the_record():
    fill(records())
    loaded = load_snapshot(AGENCY.code, YEAR)
    assert loaded.indicators[0].place.record == "Indikator IKU-1"
    assert loaded.targets[2].place.sentence() == "Target IKU-1 Triwulan I Tahun 2024 Rencana Aksi"
    assert loaded.tenures[0].place.record == "Pejabat KADIS Contoh Pertama 01-01-2024"


def test_an_unknown_agency_is_refused_with_the_known_codes():
    fill(records())
    with pytest.raises(NotFound, match="Yang ada: DINAS-X"):
        load_snapshot("LAIN", YEAR)


def test_a_year_without_any_data_is_refused_with_the_known_years():
    fill(records())
    with pytest.raises(NotFound, match="Tahun yang ada: 2023, 2024"):
        load_snapshot(AGENCY.code, 2031)


def test_a_year_without_settings_has_those_of_the_house():
    saved = records()
    saved[ReportSettings] = []
    fill(saved)
    assert load_snapshot(AGENCY.code, YEAR).settings == ReportSettings(YEAR)


def test_agencies_are_shown_to_whom_they_concern():
    fill(records())
    everywhere = acting("Contoh", {Role.READER})
    elsewhere = acting("Contoh", {Role.READER}, {"LAIN"})
    assert [(item.code, item.years) for item in agencies(everywhere)] == [("DINAS-X", (2023, 2024))]
    assert agencies(elsewhere) == []
    assert not tables.Unit.objects.visible_to(elsewhere).exists()
    assert tables.Unit.objects.visible_to(everywhere).exists()


def test_the_order_is_that_of_the_file_even_after_a_row_was_put_in_between():
    saved = records()
    fill(saved)
    saved[p.Issue].insert(0, p.Issue("ISU-0", "Baru di atas"))
    saved[p.Target].insert(
        2, p.Target("IKU-3", Period(2025), p.PlanDocument.RENSTRA, Value(ValueKind.NUMBER, Decimal(1)))
    )
    load = fill(saved)
    _, loaded = load_records(AGENCY.code, YEAR)
    assert bare(loaded[p.Issue]) == saved[p.Issue]
    assert bare(loaded[p.Target]) == saved[p.Target]
    assert sum(count.changed for count in load.counts) == 0


def test_every_kind_of_record_has_a_table_with_its_fields():
    for record, table in all_tables().items():
        names = {field.name for field in dataclasses.fields(record)} - {"place"}
        assert {field.name for field in table.fields} == names
        for column in table.columns:
            assert table.model._meta.get_field(column)
        assert table.label[0].isupper()


def test_rows_show_their_values_and_names():
    fill(records())
    target = tables.Target.objects.get(document="RKT", value_kind="predikat")
    assert target.value == Value(ValueKind.GRADE, grade="BB")
    assert target.period == Period(2024)
    for table in all_tables().values():
        assert all(str(row) for row in table.rows)


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=5, allow_nan=False)
values = st.one_of(
    st.builds(Value, st.sampled_from([ValueKind.NUMBER, ValueKind.PERCENT]), amounts),
    st.builds(lambda text: Value(ValueKind.GRADE, grade=text), st.sampled_from(["AA", "WTP", "B"])),
    st.builds(lambda flag: Value(ValueKind.YES_NO, flag=flag), st.booleans()),
)
periods = st.sampled_from(Span).flatmap(
    lambda span: st.builds(Period, st.just(YEAR), st.just(span), st.integers(1, PER_YEAR[span]))
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(periods, st.one_of(st.none(), values), min_size=1, max_size=6))
def test_no_digit_of_a_value_is_lost(given_values):
    saved = {key: records()[key] for key in all_tables() if key is not Realisation}
    saved[Realisation] = []
    tables.Realisation.objects.all().delete()
    fill(saved)
    indicator = tables.Indicator.objects.get(code="IKU-4")
    table = all_tables()[Realisation]
    for period, value in given_values.items():
        row = {}
        for field in table.fields:
            if field.refers_to is None:
                row |= zip(field.columns, field.pack(getattr(Realisation("", period, value), field.name)), strict=True)
        table.rows.create(agency=indicator.agency, indicator=indicator, **row)
    loaded = {item.period: item.value for item in load_snapshot(AGENCY.code, YEAR).realisations}
    assert loaded == given_values


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_tidying_keeps_the_number(amount):
    assert tidy(amount) == amount
    assert "E" not in str(tidy(Decimal(100)))


def test_stored_values_are_shown_as_people_read_them():
    assert [shown(item) for item in (None, True, date(2024, 3, 4), quarter(2024, 1), percent(5), "x")] == [
        "", "Ya", "04-03-2024", "Triwulan I Tahun 2024", "5%", "x",
    ]  # fmt: skip


def test_an_open_tenure_is_found_again():
    saved = records()
    fill(saved)
    load = fill(saved)
    count = next(count for count in load.counts if count.sheet and count.unchanged == len(saved[Tenure]) == 2)
    assert count.created == 0
