from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.agreements import AgreementLine
from selaras.core.measurement.records import Realisation
from selaras.core.org import Position, Unit
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import BudgetLine, FundSource, Indicator, Node, NodeLevel, PlanDocument, Target
from selaras.core.value import grade, number, percent
from selaras.documents.workbook import check_records


def with_more(kind, *items):
    return RECORDS | {kind: [*RECORDS[kind], *items]}


def one_fault(records):
    faults = check_records(AGENCY, records)
    assert len(faults) == 1, [fault.sentence() for fault in faults]
    return faults[0]


def test_the_full_example_is_sound():
    assert check_records(AGENCY, RECORDS) == ()


def test_a_key_that_stands_twice_names_the_first_row():
    first = Unit("U9", "Satu", place=Place("a.xlsx", "Unit", "A5", row=5))
    second = Unit("U9", "Dua", place=Place("a.xlsx", "Unit", "A9", row=9))
    fault = one_fault(with_more(Unit, first, second))
    assert "A5" in fault.message
    assert (fault.place.cell, fault.read) == ("A9", "U9")


def test_keys_of_several_fields_are_shown_in_words():
    target = RECORDS[Target][0]
    fault = one_fault(with_more(Target, target))
    assert fault.read == "IKU-01, Tahun 2024, Renstra"
    assert fault.message.startswith("Isi Kode Indikator + Tahun + Periode + Dokumen berulang")


def test_an_unknown_code_is_answered_with_the_nearest_known_one():
    target = Target("IKU-1", Period(2024), PlanDocument.RKT, percent(1), Place("a.xlsx", "Target", "A7", row=7))
    fault = one_fault(with_more(Target, target))
    assert (fault.place.cell, fault.read) == ("A7", "IKU-1")
    assert "IKU-0" in fault.remedy


def test_a_version_of_another_year_is_unknown():
    line = BudgetLine("murni", 2025, "K1", Decimal(1), FundSource.APBD, Place("a.xlsx", "Anggaran", "A9", row=9))
    fault = one_fault(with_more(BudgetLine, line))
    assert fault.message == "Kode tidak ada pada lembar VersiAnggaran tahun 2025"
    assert fault.place.cell == "D9"


def test_an_empty_code_refers_to_nothing():
    assert check_records(AGENCY, with_more(AgreementLine, AgreementLine("PK-1", 9, "", "Lain", percent(1), "%"))) == ()


@pytest.mark.parametrize(("value", "expected"), [(number(5), "persen"), (grade("BB"), "persen")])
def test_a_target_of_another_kind_than_its_indicator_is_a_fault(value, expected):
    fault = one_fault(with_more(Target, Target("IKU-01", Period(2030), PlanDocument.RKT, value)))
    assert fault.expected.startswith(expected)
    assert fault.place.record == "IKU-01, Tahun 2030, RKT"


def test_a_baseline_of_another_kind_is_a_fault():
    odd = replace(RECORDS[Indicator][0], baseline=number(80))
    fault = one_fault(RECORDS | {Indicator: [odd, *RECORDS[Indicator][1:]]})
    assert fault.place.column == "Nilai Awal"


@pytest.mark.parametrize(
    ("entry", "column"),
    [
        (Realisation("IKU-01", Period(2030), percent(56), Decimal(203), Decimal(338)), "Realisasi"),
        (Realisation("IKU-01", Period(2030), number(56)), "Realisasi"),
        (Realisation("IKU-01", Period(2030), None, Decimal(203), Decimal(0)), "Penyebut"),
        (Realisation("IKU-01", Period(2030), None, Decimal(-1), Decimal(2)), "Pembilang"),
        (Realisation("IKU-01", Period(2030), None, Decimal(1)), "Penyebut"),
    ],
)
def test_an_entry_that_contradicts_itself_is_a_fault(entry, column):
    assert one_fault(with_more(Realisation, entry)).place.column == column


def test_the_percentage_of_203_of_338_is_not_56():
    entry = Realisation("IKU-01", Period(2030), percent(56), Decimal(203), Decimal(338))
    fault = one_fault(with_more(Realisation, entry))
    assert fault.expected == "60,06%"


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        (Unit, [Unit("A", "A", "B"), Unit("B", "B", "A")]),
        (Position, [Position("A", "A", superior="A")]),
        (Node, [Node("A", NodeLevel.SASARAN, "A", "B"), Node("B", NodeLevel.SASARAN, "B", "A")]),
    ],
)
def test_a_tree_that_runs_in_a_circle_is_a_fault(kind, items):
    faults = check_records(AGENCY, with_more(kind, *items))
    assert len(faults) == len(items)
    assert faults[0].read.startswith("A → ")


def test_records_may_come_from_iterators():
    assert check_records(AGENCY, {kind: iter(items) for kind, items in RECORDS.items()}) == ()
