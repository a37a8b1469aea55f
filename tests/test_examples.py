"""The sample agencies reproduce every figure that their printed reports carry, or that those should have carried.

Read straight from the workbooks, without a database: what stands in them is enough for the engine.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from selaras.core.agreements.gate import GateCode, gate
from selaras.core.law import Band, Certainty, GradeScale, Scale, Source, Tone
from selaras.core.measurement.achievement import achieve, classify
from selaras.core.measurement.aggregate import faults_of, value_of, year_value
from selaras.core.measurement.budget import absorption, roll_up
from selaras.core.measurement.efficiency import efficiency
from selaras.core.measurement.progress import progress
from selaras.core.measurement.records import Realisation
from selaras.core.org import Education, Employment, Sex, holder_on
from selaras.core.period import Period
from selaras.core.place import NOWHERE
from selaras.core.planning import NodeLevel, PlanDocument
from selaras.core.reform import rb_index
from selaras.core.snapshot import RECORD_KINDS, Snapshot
from selaras.core.terbilang import spell_percent, spell_rupiah
from selaras.core.value import ValueKind, percent
from selaras.documents.workbook import read_snapshot, write_workbook

EXAMPLES = Path(__file__).parent.parent / "examples"
BIRO, KPU = "biro-organisasi-2024.xlsx", "sekretariat-kpu-2022.xlsx"
YEARS = {BIRO: 2024, KPU: 2022}

# Tabel 3.9 as printed: code in the tree, budget, realisation, percentage.
PRINTED = """
I        525,774,880.00    486,215,430.00    92.48
I.A      337,728,460.00    314,114,950.00    93.01
I.A.1     67,682,140.00     65,261,340.00    96.42
I.A.2    137,682,140.00    136,213,510.00    98.93
I.A.3     64,682,040.00     53,905,560.00    83.34
I.A.4     67,682,140.00     58,734,540.00    86.78
I.B      188,046,420.00    172,100,480.00    91.52
I.B.1     62,682,140.00     51,729,920.00    82.53
I.B.2    125,364,280.00    120,370,560.00    96.02
II       101,698,480.00     99,978,980.00    98.31
II.A      50,330,940.00     49,095,540.00    97.55
II.A.1    50,330,940.00     49,095,540.00    97.55
II.B      51,367,540.00     50,883,440.00    99.06
II.B.1    51,367,540.00     50,883,440.00    99.06
III    2,048,907,450.00  1,543,502,036.00    75.33
III.A      4,355,700.00      2,859,100.00    65.64
III.A.1    4,355,700.00      2,859,100.00    65.64
III.B  1,184,908,410.00    839,461,696.00    70.85
III.B.1   17,059,760.00     15,541,200.00    91.10
III.B.2  873,690,650.00    685,189,157.00    78.42
III.B.3  294,158,000.00    138,731,339.00    47.16
III.C    859,643,340.00    701,181,240.00    81.57
III.C.1  769,583,340.00    666,021,240.00    86.54
III.C.2   90,060,000.00     35,160,000.00    39.04
IV       962,815,700.00    810,539,019.00    84.18
IV.A     387,682,140.00    359,376,891.00    92.70
IV.A.1    80,000,000.00     72,633,487.00    90.79
IV.A.2   120,000,000.00    109,898,744.00    91.58
IV.A.3   187,682,140.00    176,844,660.00    94.23
IV.B     575,133,560.00    451,162,128.00    78.44
IV.B.1   120,630,840.00     99,915,601.00    82.83
IV.B.2   167,514,440.00    144,535,556.00    86.28
IV.B.3    19,885,100.00     12,609,531.00    63.41
IV.B.4   109,859,640.00     87,397,120.00    79.55
IV.B.5   157,243,540.00    106,704,320.00    67.86
"""
TABLE = {
    code: (Decimal(budget.replace(",", "")), Decimal(spent.replace(",", "")), Decimal(share))
    for code, budget, spent, share in (line.split() for line in PRINTED.strip().splitlines())
}
SUBTOTALS = [code for code in TABLE if code.count(".") < 2]
LEAVES = [code for code in TABLE if code.count(".") == 2]

SAKIP = GradeScale("sakip", "Predikat AKIP", ("D", "C", "CC", "B", "BB", "A", "AA"), Source("uji", Certainty.CONFIRMED))
BANDS = (("Sangat Baik", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", None))
SCALE = Scale(
    "uji",
    "Skala Nilai Peringkat Kinerja",
    tuple(Band(label, None if lower is None else Decimal(lower), Tone.NONE) for label, lower in BANDS),
    Source("uji", Certainty.CONFIRMED),
)


@cache
def read(name: str) -> Snapshot:
    return read_snapshot(EXAMPLES / name, YEARS[name])


@pytest.fixture
def biro():
    return read(BIRO)


@pytest.fixture
def kpu():
    return read(KPU)


def indicator(snapshot, code):
    return next(item for item in snapshot.indicators if item.code == code)


def target(snapshot, code, year, document):
    return next(
        item.value
        for item in snapshot.targets
        if (item.indicator, item.period, item.document) == (code, Period(year), document)
    )


def realised(snapshot, code, year):
    return year_value(indicator(snapshot, code), snapshot.realisations, year).value


def agreed(snapshot, code):
    return next(line.target for line in snapshot.agreement_lines if line.indicator == code)


def against(snapshot, code, year, aim):
    return achieve(aim, realised(snapshot, code, year), polarity=indicator(snapshot, code).polarity)


def budgets(snapshot):
    return roll_up(snapshot.nodes, {line.node: line.amount for line in snapshot.budget_lines})


def spending(snapshot):
    return roll_up(snapshot.nodes, {item.node: item.amount for item in snapshot.spending})


def total(amounts, snapshot):
    return sum(amounts[node.code] for node in snapshot.nodes if node.level is NodeLevel.PROGRAM)


# ---- Biro Organisasi 2024: budget ------------------------------------------------------------------------------------


def test_the_printed_table_has_35_rows_of_which_13_are_subtotals():
    assert (len(TABLE), len(SUBTOTALS), len(LEAVES)) == (35, 13, 22)


def test_the_workbook_holds_amounts_on_the_22_leaves_only(biro):
    assert sorted(line.node for line in biro.budget_lines) == sorted(LEAVES)
    assert sorted(item.node for item in biro.spending) == sorted(LEAVES)


@pytest.mark.parametrize("code", SUBTOTALS)
def test_each_subtotal_of_budget_and_realisation_is_the_printed_one(biro, code):
    assert budgets(biro)[code] == TABLE[code][0]
    assert spending(biro)[code] == TABLE[code][1]


@pytest.mark.parametrize("code", TABLE)
def test_each_of_the_35_percentages_is_the_printed_one(biro, code):
    figure = absorption(budgets(biro)[code], spending(biro)[code])
    assert figure.rounded(2) == TABLE[code][2]


def test_the_totals_are_3_639_196_510_and_2_940_235_465_which_is_80_79_percent(biro):
    budget, spent = total(budgets(biro), biro), total(spending(biro), biro)
    assert (budget, spent) == (Decimal(3639196510), Decimal(2940235465))
    assert absorption(budget, spent).shown() == "80,79%"


def test_the_signed_agreement_keeps_its_own_amounts_beside_the_budget_in_force(biro):
    assert sum(item.amount for item in biro.agreement_programmes) == Decimal(3652226410)
    differing = {item.node for item in biro.agreement_programmes if item.amount != budgets(biro)[item.node]}
    assert differing == {"III", "IV"}


# ---- Biro Organisasi 2024: performance -------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "expected"), [("IKU-1", "103%"), ("IKU-2", "109%")])
def test_the_achievements_of_2023_are_103_and_109(biro, code, expected):
    figure = against(biro, code, 2023, target(biro, code, 2023, PlanDocument.RENSTRA))
    assert figure.shown(0) == expected


@pytest.mark.parametrize("code", ["IKU-1", "IKU-2"])
def test_both_achievements_of_2024_are_100_against_the_annual_plan(biro, code):
    figure = against(biro, code, 2024, target(biro, code, 2024, PlanDocument.RKT))
    assert figure.value == 100


def test_the_library_achievement_is_93_33_against_the_signed_agreement(biro):
    assert agreed(biro, "IKU-2") == percent(60)
    assert against(biro, "IKU-2", 2024, agreed(biro, "IKU-2")).shown() == "93,33%"
    assert against(biro, "IKU-1", 2024, agreed(biro, "IKU-1")).value == 100


@pytest.mark.parametrize(("code", "expected"), [("IKU-1", "95,60%"), ("IKU-2", "93,33%")])
def test_the_progress_to_2026_is_95_60_and_93_33(biro, code, expected):
    final = target(biro, code, 2026, PlanDocument.RENSTRA)
    assert progress(realised(biro, code, 2024), final, polarity=indicator(biro, code).polarity).shown() == expected


@pytest.mark.parametrize(("code", "expected"), [("IKU-1", "127,94%"), ("IKU-2", "107,04%")])
def test_the_efficiency_is_127_94_and_107_04(biro, code, expected):
    levels = {node.code: node.level for node in biro.nodes}
    serving = [item.node for item in biro.supports if item.indicator == code and levels[item.node] is NodeLevel.PROGRAM]
    share = absorption(sum(budgets(biro)[node] for node in serving), sum(spending(biro)[node] for node in serving))
    achievement = against(biro, code, 2024, target(biro, code, 2024, PlanDocument.RKT))
    assert efficiency(biro.settings.efficiency, achievement, share).shown() == expected


@pytest.mark.parametrize(("code", "year"), [("IKU-2", 2024), ("IKU-1", 2023)])
def test_93_33_and_103_are_both_sangat_baik_once_the_scale_is_closed(biro, code, year):
    aim = agreed(biro, code) if year == 2024 else target(biro, code, year, PlanDocument.RENSTRA)
    assert classify(against(biro, code, year, aim), SCALE).label == "Sangat Baik"


def test_every_programme_kegiatan_and_sub_kegiatan_with_an_indicator_is_measured_in_a_unit_of_its_own(biro):
    lower = [item for item in biro.indicators if not item.iku and item.node not in {"T1", "S1"}]
    assert len(lower) == 33
    for item in lower:
        assert (item.unit == "Persen") == item.name.startswith("Persentase")
        assert 50 < against(biro, item.code, 2024, target(biro, item.code, 2024, PlanDocument.RKT)).value < 110


def test_every_percentage_that_is_reported_has_numerator_and_denominator(biro, kpu):
    for snapshot in (biro, kpu):
        known = {item.code: item for item in snapshot.indicators}
        reported = [
            item for item in snapshot.realisations
            if item.period.year == snapshot.year and known[item.indicator].value_kind is ValueKind.PERCENT
        ]  # fmt: skip
        assert len(reported) > 5
        assert all(item.denominator for item in reported)
        assert all("contoh" in item.note for item in reported)


def test_the_reform_index_is_93_46(biro):
    (score,) = biro.reform_scores
    assert rb_index(score).rounded(2) == Decimal("93.46")
    assert realised(biro, "IT-1", 2024).amount == rb_index(score).value


def test_203_of_338_libraries_give_60_06_percent(biro):
    item = indicator(biro, "IKU-2")
    counted = Realisation("IKU-2", Period(2024), numerator=Decimal(203), denominator=Decimal(338))
    assert value_of(item, counted).shown(2) == "60,06%"
    assert not faults_of(item, counted)


def test_56_percent_typed_beside_203_of_338_is_refused(biro):
    item = indicator(biro, "IKU-2")
    stated = next(r for r in biro.realisations if (r.indicator, r.period) == ("IKU-2", Period(2024)))
    assert not faults_of(item, stated)
    assert value_of(item, stated) == percent(56)
    assert faults_of(item, replace(stated, value=percent(56), numerator=Decimal(203), denominator=Decimal(338)))
    assert any("203 dari 338" in proof.title for proof in biro.evidence if proof.indicator == "IKU-2")


# ---- Sekretariat KPU 2022 --------------------------------------------------------------------------------------------


def test_the_realised_budget_of_the_election_office_is_the_sum_of_its_parts(kpu):
    budget, spent = total(budgets(kpu), kpu), total(spending(kpu), kpu)
    assert (budget, spent) == (Decimal(4451669000), Decimal(4384927985))
    assert absorption(budget, spent).shown() == "98,50%"


def test_its_amounts_and_its_percentage_are_spelled_in_full(kpu):
    budget, spent = total(budgets(kpu), kpu), total(spending(kpu), kpu)
    assert spell_percent(absorption(budget, spent).rounded(2)) == "sembilan puluh delapan koma lima nol persen"
    assert spell_rupiah(spent) == (
        "empat miliar tiga ratus delapan puluh empat juta sembilan ratus dua puluh tujuh ribu "
        "sembilan ratus delapan puluh lima rupiah"
    )
    assert spell_rupiah(budget) == (
        "empat miliar empat ratus lima puluh satu juta enam ratus enam puluh sembilan ribu rupiah"
    )


def test_the_staff_table_counts_24_people_by_education_group_status_and_sex(kpu):
    people = kpu.employees
    assert Counter(p.education for p in people) == {
        Education.SLTP: 1, Education.SLTA: 8, Education.D3: 1, Education.S1: 12, Education.S2: 2,
    }  # fmt: skip
    assert Counter(p.group for p in people) == {"Sekretaris": 1, "Kepala Subbagian": 3, "Staf": 8, "PPNPN": 12}
    assert Counter(p.status for p in people) == {Employment.PNS: 12, Employment.PPNPN: 12}
    assert Counter((p.status, p.sex) for p in people) == {
        (Employment.PNS, Sex.MALE): 8, (Employment.PNS, Sex.FEMALE): 4,
        (Employment.PPNPN, Sex.MALE): 9, (Employment.PPNPN, Sex.FEMALE): 3,
    }  # fmt: skip


def test_three_of_four_heads_of_subdivision_are_in_office_and_one_post_is_vacant(kpu):
    day = kpu.settings.signed_on
    heads = [post for post in kpu.positions if post.title.startswith("Kepala Subbagian")]
    vacant = [post.title for post in heads if holder_on(kpu.tenures, post.code, day) is None]
    assert len(heads) == 4
    assert vacant == ["Kepala Subbagian Perencanaan, Data, dan Informasi"]


def test_2022_is_the_third_year_of_the_plan_2020_2024(kpu):
    (plan,) = kpu.plans
    assert plan.period == "2020–2024"
    assert plan.year_in_plan(kpu.year) == 3


def findings(snapshot, version=0):
    """What the gate says of the agreement as first signed, or of a revision."""
    (agreement,) = [item for item in snapshot.agreements if item.version == version]
    return gate(
        agreement=agreement,
        lines=snapshot.agreement_lines,
        programmes=snapshot.agreement_programmes,
        indicators=snapshot.indicators,
        nodes=snapshot.nodes,
        targets=snapshot.targets,
        budget=budgets(snapshot),
        agency=snapshot.agency,
    )


def test_the_gate_finds_three_only_in_the_agreement_and_four_only_in_the_annual_plan(kpu):
    codes = Counter(finding.code for finding in findings(kpu))
    assert codes == {
        GateCode.EXTRA: 3, GateCode.MISSING: 4, GateCode.TARGET: 1, GateCode.UNIT: 1, GateCode.WORDING: 1,
    }  # fmt: skip


def test_the_gate_names_the_other_target_the_unit_error_and_the_other_wording(kpu):
    said = {finding.code: finding for finding in findings(kpu)}
    assert (said[GateCode.TARGET].stated, said[GateCode.TARGET].expected) == ("89%", "RKT 2022 100%")
    assert said[GateCode.UNIT].stated == "90%"
    assert (
        said[GateCode.WORDING].stated == "Persentase KPU Kota Probolinggo yang memutakhirkan Data Pemilih Tepat Waktu"
    )


def test_the_revision_mends_the_unit_and_leaves_the_rest(kpu):
    codes = Counter(finding.code for finding in findings(kpu, version=1))
    assert codes == {GateCode.EXTRA: 3, GateCode.MISSING: 4, GateCode.TARGET: 1, GateCode.WORDING: 1}


def test_the_gate_finds_the_library_target_and_the_amounts_that_changed_after_signing(biro):
    codes = Counter(finding.code for finding in findings(biro))
    assert codes == {
        GateCode.TARGET: 1, GateCode.AMOUNT: 2, GateCode.PROGRAMME_WORDING: 1, GateCode.PROGRAMME_SPELLING: 1,
    }  # fmt: skip


def test_a_grade_that_equals_its_target_is_fully_achieved(kpu):
    aim = target(kpu, "IKU-5", 2022, PlanDocument.RKT)
    figure = achieve(aim, realised(kpu, "IKU-5", 2022), polarity=indicator(kpu, "IKU-5").polarity, grades=SAKIP)
    assert figure.value == 100


# ---- both workbooks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [BIRO, KPU])
def test_every_code_that_a_record_names_exists(name):
    snapshot = read(name)
    known = {kind.record: kept(snapshot, kind.field) for kind in RECORD_KINDS}
    for kind in RECORD_KINDS:
        for item in known[kind.record]:
            for field, record in kind.references:
                code = getattr(item, field)
                assert not code or code in {other.code for other in known[record]}, (kind.field, field, code)


@pytest.mark.parametrize("name", [BIRO, KPU])
def test_written_again_the_workbook_holds_the_same_records(name, tmp_path):
    snapshot = read(name)
    records = {kind.record: kept(snapshot, kind.field) for kind in RECORD_KINDS}
    write_workbook(tmp_path / name, snapshot.agency, records, year=snapshot.year)
    again = read_snapshot(tmp_path / name, snapshot.year)
    for kind in RECORD_KINDS:
        assert placeless(kept(again, kind.field)) == placeless(kept(snapshot, kind.field))


@pytest.mark.parametrize("name", [BIRO, KPU])
def test_people_are_invented_and_have_no_civil_service_number(name):
    snapshot = read(name)
    people = (*snapshot.tenures, *snapshot.employees)
    assert people
    assert all("Contoh" in person.name and not person.nip for person in people)


@pytest.mark.parametrize("name", [BIRO, KPU])
def test_no_text_looks_like_a_civil_service_number(name):
    number = re.compile(r"\d{8}\s?\d{6}\s?\d\s?\d{3}")
    snapshot = read(name)
    texts = [
        value
        for kind in RECORD_KINDS
        for item in kept(snapshot, kind.field)
        for field in fields(item)
        if isinstance(value := getattr(item, field.name), str)
    ]
    assert len(texts) > 500
    assert not [text for text in texts if number.search(text)]


def kept(snapshot, field):
    found = getattr(snapshot, field)
    return found if isinstance(found, tuple) else (found,)


def placeless(records):
    return [replace(record, place=NOWHERE) for record in records]
