"""The gate before signing, on the figures of two published agreements and on small cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.agreements.gate import GateCode, gate
from selaras.core.agreements.wording import Likeness, compare, same
from selaras.core.finding import Severity
from selaras.core.org import Agency, AgencyKind
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import (
    FundSource,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Node,
    NodeLevel,
    PlanDocument,
    Target,
)
from selaras.core.value import Value, ValueKind, grade, number, percent

KPU = Agency("KPU", "Sekretariat KPU Kota Probolinggo", "KPU Kota Probolinggo", AgencyKind.ELECTION_OFFICE)
BUREAU = Agency("BIRO", "Biro Organisasi Setda Provinsi Bali", "Biro Organisasi", AgencyKind.REGIONAL_UNIT)

# code, indicator of the plan, RKT target, wording of the PK (empty: the same), PK target; None where it is not there
ELECTION_OFFICE = [
    ("1", "Presentase penyelenggaraan Pemilu/Pemilihan sesuai jadwal", percent(100), "", percent(100)),
    ("2", "Presentase logistik yang dipelihara dan diinventarisir sesuai dengan ketentuan yang berlaku", percent(100),
     "Persentase logistik yang dipelihara dan diinventarisir sesuai ketentuan yang berlaku", percent(100)),
    ("3", "Presentase rancangan Keputusan KPU Kota Probolinggo yang disusun dan diharmonisasi dengan tepat waktu sesuai "
     "dengan Kerangka Regulasi KPU", percent(100), "", percent(89)),
    ("4a", "Presentase permohonan informasi ditindaklanjuti melalui PPID sesuai dengan SOP", percent(100), "", percent(100)),
    ("4b", "Presentase informasi dan publikasi tahapan yang ditampilkan di media publikasi paling lambat 1 hari kerja",
     percent(100), "", None),
    ("5", "Nilai Hasil Evaluasi Mandiri atas Akuntabilitas Kinerja", grade("BB"),
     "Hasil Nilai Evaluasi Mandiri atas Akuntabilitas Kinerja KPU Kota Probolinggo", grade("BB")),
    ("6", "Presentase penyelesaian pertanggungjawaban penggunaan anggaran sesuai kebutuhan", percent(100), "", None),
    ("7", "Presentase pegawai yang mendapat layanan administrasi kepegawaian tepat waktu", percent("97.50"), "", None),
    ("8", "Presentase tersedianya sarana dan prasarana yang berfungsi dengan baik", percent(100), "", None),
    ("9", "Presentase Pelaksanaan Pemutakhiran Daftar Pemilih Berkelanjutan secara tepat waktu", percent(100),
     "Persentase KPU Kota Probolinggo yang memutakhirkan Data Pemilih Tepat Waktu", percent(100)),
    ("", "", None, "Persentase kegiatan “Pendidikan Pemilih Kepemiluan dan Demokrasi” untuk pemilih perempuan", percent(100)),
    ("", "", None, "Persentase sengketa hukum yang dimenangkan KPU Kota Probolinggo", percent(100)),
    ("", "", None, "Nilai minimal B untuk penilaian mandiri RB", percent(90)),
]  # fmt: skip

PROGRAMMES = [
    ("P1", "Program Pembinaan Perpustakaan", 525774880, "Program Pembinaan Perpustakaan", 525774880),
    ("P2", "Program Pelestarian Koleksi Nasional Dan Naskah Kuno", 101698480,
     "Program Pelestarian Karya Cetak Nasional dan Naskah Kuno", 101698480),
    ("P3", "Program Penunjang Urusan Pemerintahan Daerah Provinsi", 2048907450,
     "Program Penunjang Urusan Pemerintah Daerah Provinsi", 2061662050),
    ("P4", "Program Penataan Organisasi", 962815700, "Program Penataan Organisasi", 963091000),
]  # fmt: skip


def indicator(code, name, kind=ValueKind.PERCENT, level=IndicatorLevel.SASARAN, **more):
    scale = "predikat-sakip" if kind is ValueKind.GRADE else ""
    return Indicator(code, "S", name, level, IndicatorKind.OUTCOME, "", kind, grade_scale=scale, **more)


def election_office(linked=True):
    agreement = Agreement("PK-2022", 2022, "sekretaris", "ketua")
    indicators, targets, lines = [], [], []
    for order, (code, name, planned, wording, promised) in enumerate(ELECTION_OFFICE):
        if planned is not None:
            indicators.append(indicator(code, name, planned.kind, iku=True))
            targets.append(Target(code, Period(2022), PlanDocument.RKT, planned, Place(record=f"RKT {code}")))
        if promised is not None:
            place = Place(record=f"PK {order}")
            lines.append(
                AgreementLine("PK-2022", order, "", wording or name, promised, "", code if linked else "", place)
            )
    return {
        "agreement": agreement, "lines": lines, "programmes": [], "indicators": indicators, "nodes": [],
        "targets": targets, "budget": {}, "agency": KPU,
    }  # fmt: skip


def bureau():
    agreement = Agreement("PK-2024", 2024, "kepala", "asisten")
    good = indicator("RB", "Persentase Perangkat Daerah Yang Reformasi Birokrasinya Baik", iku=True)
    library = indicator("SNP", "Persentase Perpustakaan Sesuai dengan Standar Nasional Perpustakaan (SNP)", iku=True)
    targets = [
        Target(item.code, Period(2024), document, value)
        for document in (PlanDocument.RENSTRA, PlanDocument.RKT)
        for item, value in ((good, percent(87)), (library, percent(56)))
    ]
    lines = [
        AgreementLine(
            "PK-2024",
            1,
            "",
            "Persentase Perangkat Daerah yang Reformasi Birokrasinya baik",
            percent(87),
            "Persen",
            "RB",
        ),
        AgreementLine(
            "PK-2024",
            2,
            "",
            "Persentase Perpustakaan Sesuai dengan Standar Nasional Perpustakaan",
            percent(60),
            "Persen",
            "SNP",
        ),
    ]
    return {
        "agreement": agreement, "lines": lines, "indicators": [good, library], "targets": targets, "agency": BUREAU,
        "programmes": [
            AgreementProgramme("PK-2024", order, wording, Decimal(promised), FundSource.APBD, code)
            for order, (code, _, _, wording, promised) in enumerate(PROGRAMMES)
        ],
        "nodes": [Node(code, NodeLevel.PROGRAM, title) for code, title, _, _, _ in PROGRAMMES],
        "budget": {code: Decimal(amount) for code, _, amount, _, _ in PROGRAMMES},
    }  # fmt: skip


def codes(findings):
    return Counter(finding.code for finding in findings)


def test_the_election_office_gives_exactly_the_known_disagreements():
    assert codes(gate(**election_office())) == {
        GateCode.EXTRA: 3, GateCode.MISSING: 4, GateCode.TARGET: 1, GateCode.UNIT: 1, GateCode.WORDING: 1,
    }  # fmt: skip


def test_the_unit_error_is_one_of_the_lines_that_stand_only_in_the_agreement():
    findings = gate(**election_office())
    (unit,) = [finding for finding in findings if finding.code == GateCode.UNIT]
    assert (unit.kind, unit.stated, unit.expected) == ("unit-mismatch", "90%", "predikat, misalnya B")
    assert unit.places[0] in {finding.places[0] for finding in findings if finding.code == GateCode.EXTRA}


def test_the_other_target_names_both_places():
    (target,) = [finding for finding in gate(**election_office()) if finding.code == GateCode.TARGET]
    assert (target.stated, target.expected, target.severity) == ("89%", "RKT 2022 100%", Severity.ERROR)
    assert [place.record for place in target.places] == ["PK 2", "RKT 3"]


def test_the_other_wording_is_that_of_the_voters_register():
    (wording,) = [finding for finding in gate(**election_office()) if finding.code == GateCode.WORDING]
    assert "memutakhirkan Data Pemilih" in wording.stated
    assert "Daftar Pemilih Berkelanjutan" in wording.expected


def test_lines_without_a_link_are_recognised_by_their_wording():
    found = codes(gate(**election_office(linked=False)))
    assert found[GateCode.TARGET] == 1
    assert found[GateCode.EXTRA] == 4  # the reworded line means no indicator until somebody links it
    assert found[GateCode.MISSING] == 5


def test_the_bureau_gives_one_target_two_amounts_and_one_name():
    findings = gate(**bureau())
    assert codes(findings) == {
        GateCode.TARGET: 1, GateCode.AMOUNT: 2, GateCode.PROGRAMME_WORDING: 1, GateCode.PROGRAMME_SPELLING: 1,
    }  # fmt: skip
    target, *_ = [finding for finding in findings if finding.code == GateCode.TARGET]
    assert (target.stated, target.expected) == ("60%", "RKT 2024 56%; Renstra 2024 56%")
    amounts = [(finding.stated, finding.expected) for finding in findings if finding.code == GateCode.AMOUNT]
    assert amounts == [("Rp2.061.662.050", "Rp2.048.907.450"), ("Rp963.091.000", "Rp962.815.700")]


def test_the_difference_of_an_amount_is_worked_out():
    (finding, _) = [finding for finding in gate(**bureau()) if finding.code == GateCode.AMOUNT]
    assert finding.arithmetic == "Rp2.061.662.050 − Rp2.048.907.450 = Rp12.754.600"


def test_the_goals_of_the_head_must_repeat_the_agreement():
    goals = [
        HeadGoal("PK", 1, "Persentase Perangkat Daerah yang Reformasi Birokrasinya baik", number(87), "Persentase"),
        HeadGoal("PK", 2, "Persentase direktif Pimpinan yang diselesaikan sesuai target", number(100), "Persentase"),
    ]
    found = [finding for finding in gate(**bureau(), head_goals=goals) if finding.code.startswith("GATE-SKP")]
    assert codes(found) == {GateCode.SKP_MISSING: 1}
    goals[0] = replace(goals[0], target=number(85))
    found = [finding for finding in gate(**bureau(), head_goals=goals) if finding.code == GateCode.SKP_TARGET]
    assert (found[0].stated, found[0].expected) == ("85", "87%")


def test_goals_of_the_head_that_the_agreement_lacks_are_noted():
    given = bureau()
    given["lines"], given["programmes"] = given["lines"][:1], []
    goals = [HeadGoal("PK", 1, item.name, percent(87), "", item.code) for item in given["indicators"]]
    found = [finding for finding in gate(**given, head_goals=goals) if finding.code.startswith("GATE-SKP")]
    assert [(finding.code, finding.severity) for finding in found] == [(GateCode.SKP_EXTRA, Severity.INFO)]


def test_a_line_that_means_no_indicator_is_sought_among_the_goals_by_its_wording():
    given = {**bureau(), "programmes": []}
    given["lines"] = [AgreementLine("PK-2024", 1, "", "Jumlah inovasi", number(2), "inovasi")]
    goals = [HeadGoal("PK", 1, "jumlah inovasi", number(2), "Inovasi")]
    assert not [finding for finding in gate(**given, head_goals=goals) if finding.code.startswith("GATE-SKP")]


def test_without_any_targets_no_line_is_called_extra():
    assert GateCode.EXTRA not in codes(gate(**{**bureau(), "targets": []}))


def test_a_target_of_another_kind_than_the_indicator_is_a_unit_error_only():
    given = {**bureau(), "programmes": []}
    score = indicator("N", "Hasil survei", ValueKind.NUMBER, iku=True)
    given["indicators"], given["targets"] = [score], [Target("N", Period(2024), PlanDocument.RKT, number(80))]
    given["lines"] = [AgreementLine("PK-2024", 1, "", "Hasil survei", percent(80), "", "N")]
    assert codes(gate(**given)) == {GateCode.UNIT: 1}


def test_a_plan_that_contradicts_itself_is_told_where_it_can_be_mended():
    given = {**bureau(), "programmes": []}
    place = Place(record="Indikator D")
    given["indicators"] = [replace(indicator("D", "Jumlah dokumen", iku=True), unit="Persen", place=place)]
    given["targets"] = [Target("D", Period(2024), PlanDocument.RKT, percent(100))]
    given["lines"] = [AgreementLine("PK-2024", 1, "", "Jumlah dokumen", percent(100), "%", "D")]
    (finding,) = gate(**given)
    assert (finding.code, finding.severity) == (GateCode.PLAN_UNIT, Severity.WARNING)
    assert finding.places[0] == place
    assert "lembar indikator D" in finding.suggestion
    given["lines"] = [replace(given["lines"][0], target=percent(90))]
    assert codes(gate(**given)) == {GateCode.PLAN_UNIT: 1, GateCode.TARGET: 1}
    given["lines"] = [replace(given["lines"][0], target=grade("B"), unit="")]
    assert codes(gate(**given)) == {GateCode.UNIT: 1}


def test_an_agreement_that_repeats_the_plan_passes():
    given = bureau()
    given["lines"][1] = replace(given["lines"][1], target=percent(56))
    given["programmes"] = [
        replace(programme, wording=title, amount=Decimal(amount))
        for programme, (_, title, amount, _, _) in zip(given["programmes"], PROGRAMMES, strict=True)
    ]
    assert gate(**given) == ()


def test_lines_of_another_agreement_are_ignored():
    given = bureau()
    stray = AgreementLine("PK-2023", 9, "", "Persentase lain", percent(1), "Persen")
    assert gate(**{**given, "lines": [*given["lines"], stray]}) == gate(**given)


def test_a_target_that_differs_only_from_the_strategic_plan_is_a_warning():
    given = bureau()
    given["targets"] = [
        replace(target, value=percent(60))
        if target.indicator == "SNP" and target.document is PlanDocument.RKT else target
        for target in given["targets"]
    ]  # fmt: skip
    (finding,) = [finding for finding in gate(**given) if finding.code == GateCode.TARGET]
    assert (finding.severity, finding.expected) == (Severity.WARNING, "Renstra 2024 56%")


def test_programmes_are_compared_in_both_directions():
    given = bureau()
    given["programmes"] = [
        *given["programmes"][1:],
        AgreementProgramme("PK-2024", 9, "Program Lain", Decimal(5), FundSource.APBD),
    ]
    found = codes(gate(**given))
    assert found[GateCode.PROGRAMME_MISSING] == 1
    assert found[GateCode.PROGRAMME_EXTRA] == 1


def test_an_indicator_promised_twice_is_found():
    given = bureau()
    given["lines"].append(replace(given["lines"][0], order=3))
    assert codes(gate(**given))[GateCode.TWICE] == 1


def test_an_indicator_that_is_planned_but_no_iku_is_only_noted():
    given = bureau()
    given["indicators"] = [given["indicators"][0], replace(given["indicators"][1], iku=False)]
    (finding,) = [finding for finding in gate(**given) if finding.code == GateCode.IKU]
    assert finding.severity is Severity.INFO


def test_a_subordinate_answers_only_for_indicators_that_are_his():
    given = bureau()
    below = [
        indicator("K1", "Jumlah dokumen A", ValueKind.NUMBER, IndicatorLevel.KEGIATAN, responsible="kabag"),
        indicator("K2", "Jumlah dokumen B", ValueKind.NUMBER, IndicatorLevel.KEGIATAN, responsible="kabag"),
        indicator("K3", "Jumlah dokumen C", ValueKind.NUMBER, IndicatorLevel.KEGIATAN, responsible="lain"),
    ]
    targets = [Target(item.code, Period(2024), PlanDocument.RKT, number(3)) for item in below]
    lines = [AgreementLine("PK-K", 1, "", "Jumlah dokumen A", number(3), "dokumen", "K1")]
    found = gate(
        agreement=Agreement("PK-K", 2024, "kabag", "kepala"), lines=lines, programmes=[], nodes=given["nodes"],
        indicators=[*given["indicators"], *below], targets=[*given["targets"], *targets],
        budget=given["budget"], agency=BUREAU,
    )  # fmt: skip
    assert [(finding.code, "dokumen B" in finding.message) for finding in found] == [(GateCode.MISSING, True)]


@pytest.mark.parametrize(
    ("wording", "target", "unit", "fits"),
    [
        ("Persentase pegawai", percent(90), "", True),
        ("Persentase pegawai", number(90), "Persen", True),
        ("Persentase pegawai", number(90), "orang", False),
        ("Presentase pegawai", grade("BB"), "", False),
        ("Jumlah dokumen", number(3), "dokumen", True),
        ("Jumlah dokumen", percent(3), "", False),
        ("Nilai AKIP", number("69.05"), "nilai", True),
        ("Nilai AKIP minimal BB", number("69.05"), "nilai", False),
        ("Nilai minimal B untuk penilaian mandiri RB", grade("B"), "", True),
        ("Opini BPK WTP", grade("WTP"), "", True),
        ("Nilai capaian TW IV", percent(90), "", True),
        ("Indeks kepuasan", Value(ValueKind.NUMBER, Decimal(80)), "", True),
    ],
)
def test_a_target_must_fit_the_wording(wording, target, unit, fits):
    line = AgreementLine("PK-2024", 1, "", wording, target, unit)
    found = codes(gate(**{**bureau(), "lines": [line], "programmes": []}))
    assert (found[GateCode.UNIT] == 0) is fits


def test_another_unit_of_the_same_kind_is_found_beside_the_target():
    given = bureau()
    counted = indicator("D", "Jumlah layanan", ValueKind.NUMBER, iku=True)
    given["indicators"] = [replace(counted, unit="layanan")]
    given["targets"] = [Target("D", Period(2024), PlanDocument.RKT, number(5))]
    given["lines"] = [AgreementLine("PK-2024", 1, "", "Jumlah layanan", number(6), "dokumen", "D")]
    found = codes(gate(**{**given, "programmes": []}))
    assert found == {GateCode.UNIT: 1, GateCode.TARGET: 1}


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        ("Presentase Pegawai, tepat waktu", "persentase pegawai tepat waktu", Likeness.SAME),
        ("Hasil Nilai Evaluasi KPU Kota Probolinggo", "Nilai Hasil Evaluasi", Likeness.SAME),
        (
            "Persentase Perpustakaan sesuai SNP",
            "Persentase Perpustakaan sesuai Standar Nasional Perpustakaan",
            Likeness.SAME,
        ),
        ("Perpustakaan sesuai Standar (SNP)", "Perpustakaan sesuai Standar", Likeness.SAME),
        ("Urusan Pemerintah Daerah", "Urusan Pemerintahan Daerah", Likeness.SPELLING),
        ("Persentase formal", "Persentase informal", Likeness.OTHER),
        ("Jumlah laporan tahun 2023", "Jumlah laporan tahun 2024", Likeness.OTHER),
        ("Persentase KPU Kota Malang", "Persentase", Likeness.OTHER),
        ("Persentase sengketa", "Persentase tidak sengketa", Likeness.OTHER),
    ],
)
def test_wordings_are_compared_by_their_words(first, second, likeness):
    assert compare(first, second, KPU) is likeness
    assert compare(second, first, KPU) is likeness
    assert same(first, second, KPU) is (likeness is Likeness.SAME)


def test_the_own_name_is_recognised_spelled_out_and_abbreviated():
    spelled = replace(KPU, name="Sekretariat Komisi Pemilihan Umum Kota Probolinggo", short_name="")
    assert compare("Nilai Evaluasi KPU Kota Probolinggo", "Nilai Evaluasi", spelled) is Likeness.SAME
