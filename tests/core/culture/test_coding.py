"""Texts, segments, codings and their changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.culture.changes import adjudicated, apply, merge, place, recode, remove, reread, split, undo
from selaras.core.culture.coding import (
    Code,
    Coding,
    Kind,
    Material,
    Memo,
    Segment,
    Stance,
    check_material,
    codebook,
    cut,
    from_utf16,
    seen_by,
    to_utf16,
)  # fmt: skip
from selaras.core.culture.sources import (
    Consent,
    Informant,
    Method,
    Source,
    accounts,
    check_field_work,
    cleaned,
    intact,
    lock,
    recognisable,
    rewritten,
)  # fmt: skip
from selaras.core.errors import Conflict, Refusal
from selaras.rulebook.culture import examples

EMOJI = "Rapat pleno setiap Senin. Keputusan diambil bersama 🤝"
KPU, SETDA = examples()


def interview(code, text="Jawaban.", people=("INF-01",), **more):
    return Source(code, Method.INTERVIEW, text, informants=people, **more)


def material():
    source = lock(interview("S1", "satu dua tiga empat"))
    return Material(
        (Informant("INF-01", "Staf", "Staf", "Berpengalaman."),), (source,), (Code("A", "a"), Code("B", "b"), Code("C", "c")),
        (Segment("1", "S1", 0, 4), Segment("2", "S1", 5, 8), Segment("3", "S1", 9, 13)),
        (
            Coding("1", "A", Stance.FOR, Kind.EXPERIENCE, "x"), Coding("1", "B", Stance.FOR, Kind.EXPERIENCE, "x"),
            Coding("2", "A", Stance.AGAINST, Kind.EXPERIENCE, "x"), Coding("3", "C", Stance.NEITHER, Kind.NORM, "y"),
        ),
    )  # fmt: skip


# --- offsets


def test_an_emoji_is_one_code_point_two_browser_units_and_four_bytes():
    assert (len(EMOJI), len(EMOJI.encode("utf-16-le")) // 2, len(EMOJI.encode())) == (53, 54, 56)
    source = lock(interview("S1", EMOJI))
    segment = cut(source, from_utf16(EMOJI, 26), from_utf16(EMOJI, 54), "1")
    assert (segment.start, segment.end) == (26, 53)
    held = Material(sources=(source,), segments=(segment,))
    assert held.quote("1") == "Keputusan diambil bersama 🤝"


def test_an_offset_inside_an_emoji_or_beyond_the_text_is_refused():
    with pytest.raises(Refusal, match="Letak"):
        from_utf16(EMOJI, 53)
    with pytest.raises(Refusal):
        from_utf16(EMOJI, 55)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.data())
def test_browser_offsets_lead_back_to_the_same_code_point(text, data):
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, to_utf16(text, offset)) == offset
    assert to_utf16(text, offset) == len(text[:offset].encode("utf-16-le")) // 2


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2), (0, 54)])
def test_segments_outside_the_text_are_refused(start, end):
    with pytest.raises(Refusal, match="Penggalan"):
        cut(lock(interview("S1", EMOJI)), start, end, "1")


# --- sources


def test_a_text_is_coded_only_when_locked_and_cannot_change_after():
    source = interview("S1", "Awal.")
    with pytest.raises(Refusal, match="belum dapat disandi"):
        cut(source, 0, 2, "1")
    changed = rewritten(source, "\ufeffBaris satu\r\nbaris dua\rtiga")
    assert changed.text == "Baris satu\nbaris dua\ntiga"
    locked = lock(changed)
    assert intact(locked)
    with pytest.raises(Refusal, match="sudah dikunci"):
        rewritten(locked, "Lain.")
    assert not intact(replace(locked, text="Lain."))
    with pytest.raises(Refusal):
        cut(replace(locked, text="Lain."), 0, 2, "1")


def test_foreign_line_ends_cannot_be_locked():
    with pytest.raises(Refusal, match="belum dapat dikunci"):
        lock(interview("S1", "a\r\nb"))


@given(st.text(max_size=50))
def test_cleaning_twice_changes_nothing_more(text):
    once = cleaned(text)
    assert "\r" not in once
    assert cleaned(once) == once or once.startswith("\ufeff")


def test_joint_answers_and_a_person_heard_twice_are_one_account():
    sources = [
        interview("S1", people=("a", "b"), joint=True), interview("S2", people=("b",)), interview("S3", people=("c", "d")),
        Source("O1", Method.OBSERVATION, "x", collector="peneliti"), Source("O2", Method.OBSERVATION, "y", collector="peneliti"),
        Source("D1", Method.DOCUMENT, "z"), Source("C1", Method.CONCLUSION, "k"), interview("S4", people=("b", "c"), joint=True),
    ]  # fmt: skip
    held = accounts(sources)
    assert held["S1"] == held["S2"] == held["S4"] == {"a"}
    assert held["S3"] == {"a", "d"}
    assert held["O1"] == held["O2"]
    assert held["D1"] == {"D1"}
    assert "C1" not in held


def test_eight_informants_of_the_example_give_seven_accounts():
    held = accounts(KPU.material.sources)
    spoken = frozenset().union(*(held[source.code] for source in KPU.material.sources if source.informants))
    assert (len(KPU.material.informants), len(spoken)) == (8, 7)


def test_roles_that_point_at_one_person_are_named_unless_agreed():
    named = Consent(record=True, quote=True, archive=True, given=date(2026, 1, 5), named_by_office=True)
    people = [
        Informant("INF-01", "Sekretaris", "Sekretaris", holders=1), Informant("INF-02", "Staf", "Staf"),
        Informant("INF-03", "Staf", "Staf"), Informant("INF-04", "Kepala Bagian", "Staf", holders=1, consent=named),
    ]  # fmt: skip
    assert recognisable(people) == ("INF-01",)
    gone = replace(people[3], consent=replace(named, withdrawn=date(2026, 2, 1)))
    assert recognisable([*people[:3], gone]) == ("INF-01", "INF-04")
    assert recognisable(KPU.material.informants) == ("INF-01", "INF-02", "INF-03", "INF-04")


def test_field_work_names_everything_that_is_missing():
    consent = Consent(record=True, quote=True, archive=False, given=date(2026, 1, 5))
    people = [
        Informant("INF-01", "Staf", "Staf", "Bertugas di loket.", consent=consent),
        Informant("INF-02", "Staf", "Staf"),
    ]
    sources = [
        lock(interview("S1")), interview("S2", people=("INF-09",)), interview("S3", "", people=()),
        replace(lock(interview("S4")), text="Diubah."), lock(interview("S5", joint=True)),
        Source("D1", Method.DOCUMENT, gap="Tidak ada notula."),
    ]  # fmt: skip
    said = {(fault.place.record, fault.message) for fault in check_field_work(people, sources)}
    assert said == {
        ("INF-02", "alasan pemilihan informan kosong"), ("INF-02", "persetujuan informan tidak ada"),
        ("S2", "informan tidak dikenal"), ("S2", "sumber belum dikunci"), ("S3", "wawancara tanpa informan"),
        ("S3", "sumber kosong tanpa keterangan"), ("S4", "teks berubah setelah dikunci"),
        ("S5", "jawaban bersama dari satu orang"),
    }  # fmt: skip


# --- codebook and checks


def test_one_tree_gives_the_codebook():
    codes = codebook(KPU.framework)
    assert len(codes) == 14
    assert codes[0] == Code(
        "KP.TEO", "teoritik", "KP.TEO", "nilai kepemimpinan", "Menimbang dengan akal dan bukti."
    )  # fmt: skip
    assert not codes[0].inductive
    assert sum(code.inductive for code in KPU.material.codes) == 17


def test_material_that_does_not_fit_is_named():
    good = material()
    assert check_material(good) == ()
    bad = replace(
        good,
        codes=(*good.codes, Code("A", "lagi"), Code("N", "n", node="X"), Code("M", "m", merged_into="A")),
        segments=(*good.segments, Segment("4", "S9", 0, 1), Segment("5", "S1", 10, 99)),
        codings=(
            *good.codings, Coding("1", "Q", Stance.FOR, Kind.CLAIM, "x"), Coding("9", "A", Stance.FOR, Kind.CLAIM, "x"),
            Coding("1", "M", Stance.FOR, Kind.CLAIM, "x"), good.codings[0],
        ),
    )  # fmt: skip
    assert {fault.message for fault in check_material(bad, KPU.framework)} == {
        "kode ganda", "kode menunjuk simpul yang tidak ada", "kode sudah digabungkan", "penggalan tanpa sumber",
        "batas penggalan di luar teks", "kode tidak dikenal", "penyandian pada penggalan yang tidak ada", "penyandian ganda",
    }  # fmt: skip


def test_coders_of_an_open_round_see_only_their_own_codings():
    held = replace(
        material(),
        codings=tuple(
            Coding("1", "A", Stance.FOR, Kind.EXPERIENCE, coder, layer)
            for coder in "xy"
            for layer in ("putaran 1", "final")
        ),
    )
    seen = seen_by(held, "x", ["putaran 1"])
    assert [(item.coder, item.layer) for item in seen.codings] == [("x", "final"), ("x", "putaran 1"), ("y", "final")]
    assert len(seen_by(held, "x", []).codings) == 4
    assert len(held.on("putaran 1", "y").codings) == 1
    assert len(held.on("putaran 1").codings) == 2


def test_a_passage_that_only_another_marked_in_an_open_round_is_hidden_unless_agreed():
    held = replace(
        material(),
        codings=(Coding("1", "A", Stance.FOR, Kind.EXPERIENCE, "y", "putaran 1"),),
        memos=(Memo("1", "Milik y.", author="y"), Memo("1", "Milik x.", author="x"), Memo("1", "Umum.")),
    )
    assert [item.code for item in seen_by(held, "x", ["putaran 1"]).segments] == ["2", "3"]
    assert [item.code for item in seen_by(held, "x", ["putaran 1"], agreed=["1"]).segments] == ["1", "2", "3"]
    assert [memo.author for memo in seen_by(held, "x", ["putaran 1"]).memos] == ["x", ""]
    assert seen_by(held, "x", []) is held


# --- changes


def test_merging_moves_codings_and_can_be_undone():
    start = material()
    change = merge(start, "A", "C")
    after = apply(start, change)
    assert after.by_code["A"].merged_into == "C"
    assert {item.segment for item in after.codings if item.code == "C"} == {"1", "2", "3"}
    assert undo(after, change) == start
    assert change.sentence == "Kode A digabungkan ke C: 2 penyandian."
    assert change.reversed().sentence.startswith("Dibatalkan: ")
    assert check_material(after) == ()


def test_merging_keeps_one_coding_where_a_passage_carries_both():
    start = material()
    change = merge(start, "B", "A")
    after = apply(start, change)
    assert len(after.codings) == 3
    assert undo(after, change) == start


def test_merging_is_refused_where_readings_differ_or_the_code_is_gone():
    start = material()
    other = apply(start, reread([start.codings[0]], stance=Stance.AGAINST))
    with pytest.raises(Refusal, match="belum dapat digabungkan") as refused:
        merge(other, "B", "A")
    assert refused.value.faults[0].place.record == "1"
    merged = apply(start, merge(start, "A", "C"))
    for wrong in (("A", "B"), ("B", "A"), ("B", "Z"), ("B", "B")):
        with pytest.raises(Refusal):
            merge(merged, *wrong)


def test_splitting_moves_some_passages_to_a_new_code():
    start = material()
    change = split(start, "A", Code("A2", "a dua"), ["2"])
    after = apply(start, change)
    assert [(item.segment, item.code) for item in after.codings] == [("1", "A"), ("1", "B"), ("2", "A2"), ("3", "C")]
    assert undo(after, change) == start
    with pytest.raises(Refusal, match="sudah ada"):
        split(start, "A", Code("B", "b"), ["2"])
    with pytest.raises(Refusal, match="tidak dapat dipecah"):
        split(start, "A", Code("A2", "a"), ["3"])


def test_a_change_that_no_longer_fits_is_a_conflict():
    start = material()
    change = merge(start, "A", "C")
    once = apply(start, change)
    with pytest.raises(Conflict):
        apply(once, change)
    with pytest.raises(Conflict):
        apply(start, place(start.codings[0]))
    gone = apply(start, remove(start.codings[0]))
    with pytest.raises(Conflict):
        apply(gone, remove(start.codings[0]))
    fresh = split(start, "A", Code("A2", "a"), ["2"])
    with pytest.raises(Conflict):
        apply(apply(start, fresh), replace(fresh, codings=()))


def test_codings_are_recoded_and_decided_by_the_lead():
    start = material()
    after = apply(start, recode(start.codings[2], "B"))
    assert ("2", "B") in {(item.segment, item.code) for item in after.codings}
    rounds = replace(start, codings=(Coding("1", "A", Stance.FOR, Kind.EXPERIENCE, "x", "putaran 1"),))
    change = adjudicated(rounds, "putaran 1", rounds.codings, "ketua")
    decided = apply(rounds, change)
    assert [(item.coder, item.layer) for item in decided.codings] == [("ketua", "final"), ("x", "putaran 1")]
    assert undo(decided, change) == rounds
    assert adjudicated(decided, "putaran 1", rounds.codings, "ketua").codings == ()


STEPS = st.lists(st.tuples(st.sampled_from(["merge", "split", "remove", "reread"]), st.integers(0, 99)), max_size=6)


@given(STEPS)
def test_changes_taken_back_in_reverse_leave_everything_as_it_was(steps):
    held, done = material(), []
    for number, (verb, choice) in enumerate(steps):
        try:
            change = _step(held, verb, choice, number)
        except Refusal:
            continue
        held = apply(held, change)
        done.append(change)
        assert check_material(held) == ()
    for change in reversed(done):
        held = undo(held, change)
    assert held == material()


def _step(held, verb, choice, number):
    names = [code.code for code in held.codes]
    if verb == "merge":
        return merge(held, names[choice % len(names)], names[choice // 7 % len(names)])
    if not held.codings:
        raise Refusal("Tidak ada penyandian.")
    coding = held.codings[choice % len(held.codings)]
    if verb == "split":
        return split(held, coding.code, Code(f"N{number}", "baru"), [coding.segment])
    if verb == "remove":
        return remove(coding)
    return reread([coding], stance=list(Stance)[choice % 3], kind=list(Kind)[choice % 4])


def test_memos_keep_their_kind():
    assert Memo("1", "Catatan.").kind == "refleksi"
    assert len(KPU.material.memos) == 5
    assert SETDA.material.quote("8") == "Mekanisme kontrol perlu diterapkan"
