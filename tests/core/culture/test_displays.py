"""The worked examples: support, conclusions, displays, saturation, flags, and what withdrawal does to them."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.culture import expected

from selaras.core.culture.changes import apply, reread, undo
from selaras.core.culture.coding import Coding, Kind, Segment, Stance
from selaras.core.culture.conclusions import (
    METHODS_NOT_SHOWN,
    UNSUPPORTED,
    Advice,
    Conclusion,
    Tactic,
    Verification,
    claims_without_evidence,
    may_be_verified,
    methods_not_shown,
    quotes,
    strength,
)  # fmt: skip
from selaras.core.culture.displays import (
    Voice,
    accounting_log,
    by_method,
    by_role,
    by_source,
    checklist,
    clustered,
    counts,
    coverage,
    effects,
    negative_cases,
    withdraw,
)  # fmt: skip
from selaras.core.culture.frameworks import Level
from selaras.core.culture.saturation import curve, runs
from selaras.core.culture.sources import Method, Source, lock
from selaras.core.culture.studies import Stage, StudyCode, flags, gate
from selaras.core.culture.support import ClaimFlag, Support, SupportRule, ceiling, support, tally
from selaras.rulebook.culture import examples

KPU, SETDA = examples()
ROWS = {row.code: row for row in support(KPU.material)}
CLAIMED = {row.code: row for row in support(SETDA.material)}
CONCLUSIONS = {item.code: item for item in KPU.conclusions}


def labels(material):
    return {row.code: (len(row.counting), row.label) for row in support(material)}


# --- support


@pytest.mark.parametrize("code", expected.KPU)
def test_the_support_of_every_code_is_as_counted(code):
    row = ROWS[code]
    stances = (row.stances[Stance.FOR], row.stances[Stance.NEITHER], row.stances[Stance.AGAINST])
    assert (
        len(row.segments), len(row.touched), len(row.counting), tuple(row.by_role.values()), stances, row.label
    ) == expected.KPU[code]  # fmt: skip


def test_the_totals_of_the_interview_study_are_as_counted():
    material = KPU.material
    assert (len(material.segments), len(material.codings), len(material.codes)) == (37, 81, 31)
    assert Counter({item.segment: item.kind for item in material.codings}.values()) == {
        Kind.EXPERIENCE: 33, Kind.NORM: 1, Kind.ADVICE: 3,
    }  # fmt: skip
    assert tally(ROWS.values()) == {
        Support.STRONG: 9, Support.FAIR: 7, Support.WEAK: 10, Support.CONTESTED: 2, Support.NONE: 3,
    }  # fmt: skip
    nodes = [row for row in ROWS.values() if row.code in {node.code for node in KPU.framework.leaves()}]
    assert list(tally(nodes).values()) == [2, 3, 5, 1, 3]


def test_the_two_contradictions_name_their_passages():
    cases = {row.code: (row.plus, row.minus) for row in negative_cases(ROWS.values())}
    assert cases == {"BF.STAB": (("5",), ("31",)), "BX.SAMA": (("19", "34"), ("31",))}


@pytest.mark.parametrize("code", expected.SETDA)
def test_claims_are_held_against_the_evidence(code):
    row = CLAIMED[code]
    assert (row.label, row.flag or "", row.segments) == expected.SETDA[code]


def test_the_descriptive_study_could_not_give_more_than_weak():
    assert ceiling(SETDA.material) is Support.WEAK
    assert ceiling(KPU.material) is Support.STRONG
    assert ceiling(replace(KPU.material, sources=())) is Support.NONE
    assert ceiling(replace(KPU.material, sources=KPU.material.sources[:2])) is Support.FAIR
    against = [row.code for row in CLAIMED.values() if row.flag is ClaimFlag.AGAINST]
    assert against == ["BD1.ETOS", "KN2"]
    assert claims_without_evidence(CLAIMED.values()) == ("KP3.DUAARAH", "BD1.BAHASA", "KN1", "KN3")
    nodes = [row for row in CLAIMED.values() if row.code != "PR.KONTROL"]
    assert [row.code for row in nodes if row.label is Support.NONE] == ["BD1.BAHASA", "BD2.PEDULI", "KN1", "KN3"]
    assert [row.code for row in nodes if row.label is Support.NORM_ONLY] == ["KP3.AKURAT", "KP3.DUAARAH"]


def test_a_claim_on_contested_evidence_is_called_that():
    material = KPU.material
    claim = Coding("34", "BX.SAMA", Stance.FOR, Kind.CLAIM, "penulis")
    row = {item.code: item for item in support(replace(material, codings=(*material.codings, claim)))}["BX.SAMA"]
    assert row.flag is ClaimFlag.MIXED


def test_two_people_who_answer_together_are_one_account_unless_said_otherwise():
    apart = replace(KPU.material, sources=tuple(replace(item, joint=False) for item in KPU.material.sources))
    before, after = labels(KPU.material), labels(apart)
    assert {code: value for code, value in after.items() if value != before[code]} == expected.TWO_ACCOUNTS


def test_an_agency_may_set_its_own_rule():
    strict = {row.code: row.label for row in support(KPU.material, SupportRule(5, 3, 3))}
    assert [code for code, label in strict.items() if label is Support.STRONG] == ["KX.ARAH", "RL.BD"]
    assert "5 akun mandiri dari 3 kelompok peran" in SupportRule(5, 3, 3).sentence()


def test_taking_the_stance_away_ends_the_contradiction_and_undo_brings_it_back():
    change = reread([item for item in KPU.material.codings if item.segment == "31"], stance=Stance.NEITHER)
    after = apply(KPU.material, change)
    assert labels(after)["BX.SAMA"] == (2, Support.FAIR)
    assert labels(after)["BF.STAB"] == (1, Support.WEAK)
    assert undo(after, change) == KPU.material
    assert change.sentence == "Arah atau jenis diubah pada 31 BF.STAB, 31 BX.SAMA."


def test_the_tool_warns_that_the_only_dissent_was_withdrawn():
    left = withdraw(KPU.material, "INF-06")
    assert left.removed == ("30", "31", "32", "33")
    assert (len(left.material.segments), len(left.material.codings)) == (33, 74)
    assert left.lost_dissent == ("BF.STAB", "BX.SAMA")
    before, after = labels(KPU.material), labels(left.material)
    assert {code: after[code] for code in expected.WITHDRAWN} == expected.WITHDRAWN
    assert {code for code in after if after[code] != before[code]} == set(expected.WITHDRAWN)
    assert not any("S6" in code for code in left.material.by_source)
    assert "33 KX.KOM" not in {memo.about for memo in left.material.memos}


def test_a_joint_answer_goes_as_a_whole():
    assert withdraw(KPU.material, "INF-08").removed == ("34", "35", "36", "37")


# --- conclusions


@pytest.mark.parametrize("code", expected.CONCLUSIONS)
def test_every_conclusion_carries_its_verdict(code):
    found = strength(CONCLUSIONS[code], ROWS.values())
    assert (found.verdict, found.methods[Method.INTERVIEW]) == expected.CONCLUSIONS[code]
    assert found.methods[Method.OBSERVATION] == found.methods[Method.DOCUMENT] == 0
    assert methods_not_shown(KPU.study.methods, found) == METHODS_NOT_SHOWN


def test_what_nobody_said_is_called_a_claim_without_evidence():
    assert claims_without_evidence(ROWS.values(), KPU.conclusions) == ("KP.REL", "BF.BEDA", "KN.INIS")
    assert claims_without_evidence(ROWS.values()) == ()
    values = strength(CONCLUSIONS["F1d"], ROWS.values())
    assert values.without == ("KP.REL",)
    assert values.line == "1 cukup, 4 lemah, 1 tidak ada bukti."
    assert strength(CONCLUSIONS["F2b"], ROWS.values()).line == "tidak ada bukti: tidak satu akun pun."
    assert (
        "BX.SAMA: penggalan 19, 34 mendukung, penggalan 31 menyangkal"
        in strength(CONCLUSIONS["F2c"], ROWS.values()).line
    )
    told = strength(CONCLUSIONS["F2c"], ROWS.values(), {"BX.SAMA": "Perlakuan sama"}).line
    assert "; Perlakuan sama: penggalan 19, 34 mendukung" in told


def test_one_coded_document_takes_the_banner_from_its_conclusion_only():
    material = KPU.material
    document = lock(replace(material.by_source["S9"], text="Laporan kinerja: capaian naik", gap=""))
    more = replace(
        material,
        sources=tuple(document if item.code == "S9" else item for item in material.sources),
        segments=(*material.segments, Segment("38", "S9", 0, 29)),
        codings=(*material.codings, Coding("38", "KN.EFEK", Stance.FOR, Kind.EXPERIENCE, "penyandi-1")),
    )
    rows = support(more)
    shown = [
        item.code for item in KPU.conclusions if not methods_not_shown(KPU.study.methods, strength(item, rows))
    ]  # fmt: skip
    assert shown == ["F3a"]
    assert by_method(more, KPU.conclusions).cells["F3a", "dokumen"].plus == ("38",)


def test_a_study_of_one_method_gets_no_banner():
    assert methods_not_shown([Method.INTERVIEW], strength(CONCLUSIONS["F1a"], ROWS.values())) == ""


def test_an_unknown_code_counts_as_without_evidence_and_an_override_needs_a_reason():
    odd = Conclusion("F9", "Baru.", ("TIDAK.ADA", "KP.TEO"))
    found = strength(odd, ROWS.values())
    assert (found.verdict, found.without) == (UNSUPPORTED, ("TIDAK.ADA",))
    assert strength(replace(odd, override="cukup"), ROWS.values()).verdict == "cukup"
    checks = (
        Verification(Tactic.NEGATIVE, "Dicari, tidak ditemukan."),
        Verification(Tactic.MEMBER_CHECK, "Disetujui."),
    )
    assert {fault.message for fault in may_be_verified(replace(odd, override="kuat"))} == {
        "pemeriksaan kurang", "bukti yang menyangkal belum dicari", "kekuatan diubah tanpa alasan",
    }  # fmt: skip
    assert may_be_verified(replace(odd, verifications=checks)) == ()


def test_survey_evidence_has_a_column_of_its_own():
    survey = lock(Source("V1", Method.SURVEY, "Rata-rata 4,2"))
    more = replace(
        KPU.material, sources=(*KPU.material.sources, survey), segments=(*KPU.material.segments, Segment("40", "V1", 0, 13)),
        codings=(*KPU.material.codings, Coding("40", "KX.ARAH", Stance.FOR, Kind.EXPERIENCE, "x")),
    )  # fmt: skip
    assert strength(CONCLUSIONS["F1a"], support(more)).methods[Method.SURVEY] == 1
    assert by_method(more, KPU.conclusions).columns == ("wawancara", "observasi", "dokumen", "survei")


def test_quotations_come_with_their_place():
    assert quotes(KPU.material, ROWS["BF.STAB"])[1][:2] == ("S6", "71–156")


# --- displays


def test_the_matrix_by_source_shows_every_empty_cell():
    matrix = by_source(KPU.material, KPU.conclusions)
    assert matrix.columns == tuple(f"S{number}" for number in range(1, 10))
    assert len(matrix.cells) == 10 * 9
    assert matrix.cells["F2c", "S6"].voice is Voice.CONTRADICTS
    assert matrix.cells["F2c", "S3"].plus == ("19",)
    assert all(cell.voice is Voice.SILENT for cell in matrix.row("F2b"))
    assert sum(column in {"S8", "S9"} for _, column in matrix.empty()) == 20


def test_the_matrix_by_method_shows_what_was_declared_and_not_done():
    matrix = by_method(KPU.material, KPU.conclusions)
    assert matrix.columns == ("wawancara", "observasi", "dokumen")
    assert [cell.voice for cell in matrix.row("F2c")] == [Voice.BOTH, Voice.SILENT, Voice.SILENT]


def test_the_author_own_conclusions_are_no_column():
    assert by_source(SETDA.material, [Conclusion("X", "x", ("KN2",))]).columns == ("O1",)


def test_the_role_ordered_matrix_equals_the_support_table():
    cells = by_role(KPU.material)
    assert len(cells) == 31 * 4
    for row in ROWS.values():
        for role, number in row.by_role.items():
            assert cells[row.code, role].segments == number
    assert cells["BX.SAMA", "Staf"].minus == 1
    assert cells["KP.REL", "Staf"].segments == 0


def test_the_checklist_names_every_leaf_and_the_log_every_source():
    assert ("nilai kepemimpinan", "KP.REL", Support.NONE) in checklist(KPU.framework, ROWS.values())
    assert len(checklist(KPU.framework, [])) == 14
    log = accounting_log(KPU.material)
    assert log[0] == ("S1", Method.INTERVIEW, date(2018, 11, 23), 7, "")
    assert [number for *_, number, _ in log] == [7, 8, 5, 5, 4, 4, 4, 0, 0]
    assert log[7][4] == "Pengamatan disebut, tanpa satu fakta pun."
    assert counts(SETDA.framework) == {Level.CONSTRUCT: 3, Level.DIMENSION: 8, Level.INDICATOR: 13}


def test_coverage_of_the_core_values_shows_the_gap():
    found = {
        item.name: (len(item.segments), len(item.accounts), item.against)
        for item in coverage(KPU.material, dict(KPU.values))
    }
    assert found == {
        "Berorientasi Pelayanan": (4, 4, ()), "Akuntabel": (12, 5, ()), "Kompeten": (12, 5, ()), "Harmonis": (6, 3, ()),
        "Loyal": (4, 4, ()), "Adaptif": (0, 0, ()), "Kolaboratif": (10, 5, ("31",)),
    }  # fmt: skip


def test_the_clustered_matrix_has_a_cell_for_every_source_and_construct():
    cells = clustered(KPU.material, KPU.framework)
    assert len(cells) == 9 * 3
    assert cells["S6", "BF"] == ("31",)
    assert cells["S8", "KP"] == ()
    assert cells["S2", "KN"] == ("8", "11", "12", "13")


# --- saturation


def test_the_saturation_curve_equals_the_vector():
    found = curve(KPU.material)
    assert found.order == tuple(f"S{number}" for number in range(1, 8))
    assert found.new == (11, 9, 5, 2, 1, 0, 0)
    assert found.cumulative == (11, 20, 25, 27, 28, 28, 28)
    assert found.undated == found.order[1:]
    assert curve(KPU.material, inductive_only=True).cumulative == (8, 13, 16, 17, 17, 17, 17)


def test_runs_over_the_base_equal_the_vector():
    found = curve(KPU.material)
    assert [(run.at, run.ratio) for run in runs(found)] == [(6, Fraction(1, 27)), (7, Fraction(0))]
    assert [(run.at, run.ratio) for run in runs(found, length=3)] == [(7, Fraction(1, 27))]
    assert [(run.base_codes, run.ratio) for run in runs(found, base=5)] == [(28, Fraction(0))]
    assert runs(found)[0].reached()
    assert not runs(found)[0].reached(Fraction(0))
    assert runs(curve(SETDA.material)) == ()


def test_the_order_of_the_curve_follows_dates():
    dated = tuple(
        replace(item, held=date(2018, 11, 30 - place)) if item.text else item
        for place, item in enumerate(KPU.material.sources)
    )
    assert curve(replace(KPU.material, sources=dated)).order == tuple(f"S{number}" for number in range(7, 0, -1))


@given(st.permutations(range(7)))
def test_the_end_of_the_curve_does_not_depend_on_the_order(order):
    dated = tuple(
        replace(item, held=date(2020, 1, 1 + order[place])) if place < 7 else item
        for place, item in enumerate(KPU.material.sources)
    )
    found = curve(replace(KPU.material, sources=dated))
    assert found.cumulative[-1] == sum(found.new) == 28


# --- the study as a whole


def test_the_interview_study_is_flagged_for_what_it_hides():
    found = {item.code: item.stated for item in flags(KPU)}
    assert found == {
        StudyCode.DATES: "08/2018", StudyCode.UNDATED: "S2, S3, S4, S5, S6, S7",
        StudyCode.SINGLE: "INF-01, INF-02, INF-03, INF-04", StudyCode.EMPTY_SOURCE: "S8, S9",
        StudyCode.METHODS: "wawancara, observasi, dokumen",
        StudyCode.ADVICE: "Kepemimpinan dan budaya perlu lebih ditingkatkan.",
    }  # fmt: skip


def test_the_descriptive_study_claims_influence_without_a_test():
    assert [item.code for item in flags(SETDA)] == [StudyCode.INFORMANTS, StudyCode.INFLUENCE, StudyCode.ADVICE]
    assert flags(SETDA)[2].expected == "pemilik, tindakan, tenggat"
    assert Advice("R2", "Bagi tugas sebelum acara.", "Kasubag", "Rapat bagi tugas", date(2026, 3, 1)).missing() == ()


def test_gates_let_a_study_go_on_only_when_it_may():
    assert gate(Stage.DESIGN, KPU) == ()
    assert {fault.message for fault in gate(Stage.COLLECTION, KPU)} == {
        "persetujuan informan tidak ada", "alasan pemilihan informan kosong",
    }  # fmt: skip
    assert gate(Stage.CONDENSATION, KPU) == ()
    bare = replace(KPU, material=replace(KPU.material, segments=(), codings=()))
    assert len(gate(Stage.CONDENSATION, bare, open_rounds=["putaran 1"])) == 8
    assert gate(Stage.DISPLAY, KPU, displays=3) == ()
    assert gate(Stage.DISPLAY, KPU, displays=2)[0].read == "2"
    assert len(gate(Stage.CONCLUSION, KPU)) == 20
    assert gate(Stage.PUBLISHED, KPU) == ()


def test_the_effects_matrix_holds_what_informants_name_together_and_the_empty_cells():
    found = effects(KPU.material, KPU.framework)
    assert found.columns == ("KN.EFEK", "KN.OTOR", "KN.DISP", "KN.INIS")
    said = {key: cell.plus for key, cell in found.cells.items() if cell.plus or cell.minus}
    assert said == {
        ("KP.SET", "KN.OTOR"): ("34",), ("KX.ARAH", "KN.OTOR"): ("30",), ("KX.KOM", "KN.OTOR"): ("34",),
        ("BX.DISP", "KN.EFEK"): ("12",), ("BX.DISP", "KN.DISP"): ("11", "36"), ("BX.SAMA", "KN.OTOR"): ("34",),
        ("BX.TINGGI", "KN.DISP"): ("36",), ("RL.BD", "KN.EFEK"): ("12",), ("PR.PK", "KN.EFEK"): ("20",),
        ("PR.PK", "KN.OTOR"): ("20",),
    }  # fmt: skip
    assert len(found.empty()) == len(found.rows) * 4 - 10
    other = effects(SETDA.material, SETDA.framework)
    assert {key: cell.minus for key, cell in other.cells.items() if cell.minus} == {("BD2.KOMPLAIN", "KN2"): ("7",)}
    assert not any(cell.plus for cell in other.cells.values()), "the author's own claims are no experience"
