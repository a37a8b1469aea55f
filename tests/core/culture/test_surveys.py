"""Surveys: the questionnaire from the tree, tokens, care, suppression and our own index."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.culture.answers import Answers
from selaras.core.culture.descriptives import compare_paired, score_spread
from selaras.core.culture.frameworks import Asking, Part
from selaras.core.culture.index import NAME, internal_index, percent, values_of
from selaras.core.culture.privacy import (
    Threshold,
    change_shown,
    comments_shown,
    differences,
    distribution_shown,
    refuse_differences,
    shown,
    shown_beside,
    shown_in_tree,
    two_way,
)  # fmt: skip
from selaras.core.culture.regression import regress
from selaras.core.culture.reliability import reliability
from selaras.core.culture.surveys import (
    CareRule,
    Instrument,
    Invitation,
    Item,
    Response,
    Wave,
    care,
    check_buckets,
    check_response,
    hurried,
    instrument,
    linking_fields,
    longest_run,
    own_code,
    paired,
    progress,
    refuse_shared_points,
    scored,
    scores,
    spend,
    straight,
    token_digest,
)  # fmt: skip
from selaras.core.culture.synthetic import LABEL, synthetic_responses
from selaras.core.errors import Refusal
from selaras.rulebook.culture import load_culture

RULES = load_culture(date(2026, 1, 1))
TREE = RULES.framework("pengaruh-motivasi-informasi")
FORM = instrument(TREE)
VALUES = instrument(RULES.framework("berakhlak"))
SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)
K = st.integers(3, 12)


def response(values, **more):
    return Response("kunci", "s", "u", dict(zip([item.code for item in FORM.items], values, strict=True)), {}, **more)


# --- the questionnaire


def test_one_tree_gives_the_questionnaire_with_its_scores():
    assert len(FORM.items) == 24
    assert {name: len(codes) for name, codes in FORM.groups().items()} == {"X1": 8, "X2": 8, "Y": 8}
    assert [item.code for item in FORM.items if item.reverse] == ["X2.3", "X2.4"]
    assert {item.construct for item in FORM.items if item.group == "Y"} == {"KN"}
    assert len(VALUES.items) == 21
    assert len(values_of(VALUES)) == 7


def test_a_tree_without_statements_gives_no_questionnaire():
    bare = replace(
        TREE,
        nodes=tuple(
            replace(n, questions=tuple(q for q in n.questions if q.asking is Asking.INTERVIEW)) for n in TREE.nodes
        ),
    )
    with pytest.raises(Refusal, match="butir survei"):
        instrument(bare)


def test_reversed_items_are_turned_once_and_the_raw_answers_stay():
    raw = response([2] * 24)
    turned = scored(FORM, [raw])
    assert turned.column("X2.3") == (4.0,)
    assert turned.column("X1.1") == (2.0,)
    assert raw.answers["X2.3"] == 2
    assert scores(FORM, turned)["X2"] == (2.5,)
    gap = scored(FORM, [response([None, *[2] * 23])])
    assert (scores(FORM, gap)["X1"], scores(FORM, gap)["Y"]) == ((None,), (2.0,))


@given(st.integers(1, 5))
def test_turning_twice_gives_the_answer_back(answer):
    assert FORM.scale.turned(FORM.scale.turned(answer)) == answer


def test_answers_off_the_scale_are_named():
    assert check_response(FORM, {"X1.1": 5, "X1.2": None}) == ()
    assert {fault.message for fault in check_response(FORM, {"X1.1": 6, "X9": 1})} == {
        "jawaban di luar skala",
        "butir tidak dikenal",
    }


def test_shared_points_must_add_up_and_close_alpha_and_regression():
    shared = Instrument(
        "pembagian",
        replace(FORM.scale, fixed_total=100),
        tuple(Item(f"A{n}", "x", "dimensi", "OC", "OC") for n in range(4)),
    )
    assert check_response(shared, {"A0": 40, "A1": 30, "A2": 20, "A3": 10}) == ()
    assert check_response(shared, {"A0": 40, "A1": 30, "A2": 20})[0].read == "90"
    with pytest.raises(Refusal, match="pembagian nilai"):
        refuse_shared_points(shared)
    with pytest.raises(Refusal, match="pembagian nilai"):
        scores(shared, Answers(("A0",), ()))


# --- anonymity


def test_invitations_and_answers_share_nothing_that_points_at_a_person():
    assert linking_fields() == frozenset()
    assert not any("time" in name or "_at" in name for name in Response.__dataclass_fields__)


def test_a_token_is_kept_as_a_digest_and_used_once():
    invitation = Invitation(token_digest("rahasia"), "s", "u")
    assert "rahasia" not in invitation.token_digest
    used = spend(invitation)
    assert used.used
    with pytest.raises(Refusal, match="sudah dipakai"):
        spend(used)


def test_progress_of_a_small_unit_is_not_told():
    sent = [Invitation(str(n), "s", "a", n < 4) for n in range(8)] + [Invitation("x", "s", "b", used=True)]
    assert progress(sent, {"a": 8, "c": 6}, Threshold()) == {"a": Fraction(1, 2), "c": Fraction(0)}
    beside = progress(sent, {"a": 8, "b": 3, "c": 6}, Threshold())
    assert beside == {"a": Fraction(1, 2), "b": None, "c": None}, "the share of all would give the small one away"


def test_a_group_that_nearly_repeats_one_of_another_breakdown_is_hidden():
    unit = frozenset(range(12))
    tenure = {"lama": frozenset(range(10)), "baru": frozenset(range(10, 30)), "sedang": frozenset(range(30, 50))}
    assert shown_beside(tenure, [], 5) == {"lama", "baru", "sedang"}
    assert shown_beside(tenure, [unit], 5) == {"sedang"}, (
        "12 less 10 are two people; one hidden group is found by subtracting"
    )
    assert shown_beside({"a": unit, "b": frozenset(range(12, 30))}, [unit], 5) == {"a", "b"}, (
        "the same people show nobody"
    )


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=60), st.lists(st.sampled_from(["x", "y"]), max_size=60))
def test_no_two_shown_groups_of_two_breakdowns_differ_by_a_few(units, tenures):
    def groups(labels):
        return {
            name: frozenset(at for at, held in enumerate(labels[: len(units)]) if held == name) for name in set(labels)
        }

    first = groups(units)
    published = {name: first[name] for name in shown({name: len(people) for name, people in first.items()}, 5) if name}
    second = groups(tenures)
    visible = shown_beside(second, list(published.values()), 5)
    assert not differences(published | {f"masa {name}": second[name] for name in visible}, 5)


def test_a_code_of_ones_own_is_neither_short_nor_a_number_of_a_person():
    assert own_code(" si17-de ") == "SI17DE"
    for typed in ("", "abc1", "aaaaaa", "199001012015031001", "SI1701DE9", "x" * 21):
        with pytest.raises(Refusal, match="belum dapat dikirim"):
            own_code(typed)


def test_pairs_are_told_only_where_those_left_over_are_nobody_or_enough():
    before = [(f"K{n}", float(n)) for n in range(8)]
    after = [(f"K{n}", n + 1.5) for n in range(8)]
    assert len(paired(before, after, k=5)) == 8
    assert paired(before, [*after, ("", 3.0)], k=5) == (), "one more person would be found by subtracting"
    assert len(paired(before, [*after, *(("", 3.0) for _ in range(5))], k=5)) == 8
    assert paired(before[:4], after[:4], k=5) == ()


def test_the_paired_change_equals_the_vector():
    # scipy.stats.ttest_rel and its confidence interval
    before = (3.1, 2.9, 3.6, 4.0, 3.3, 2.7, 3.8, 3.0)
    after = (3.4, 3.1, 3.5, 4.4, 3.9, 2.8, 4.1, 3.3)
    found = compare_paired(tuple(zip(before, after, strict=True)))
    assert (found.n, round(found.difference, 6)) == (8, 0.2625)
    assert found.t == pytest.approx(3.593928, abs=1e-6)
    assert found.p == pytest.approx(0.008811, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.089788, 0.435212), abs=1e-6)


def test_only_coarse_groups_are_asked_about_a_person():
    assert check_buckets({"masa kerja": "5 sampai 15 tahun", "jenis kelamin": "P"}) == ()
    faults = check_buckets({"NIP": "x", "kelompok jabatan": "19900101 202001 1 001"})
    assert [fault.message for fault in faults] == ["keterangan diri tidak boleh diminta", "kelompok memuat nomor"]
    assert "1990" not in faults[1].sentence()


def test_a_wave_is_open_on_both_its_ends():
    wave = Wave("2026-1", "s", date(2026, 3, 1), date(2026, 3, 15), {"a": 8})
    assert [wave.is_open(date(2026, 3, day)) for day in (1, 15, 16)] == [True, True, False]


def test_straight_and_hurried_answers_are_counted():
    careless, fast = response([3] * 24), response([1, 2] * 12, hurried=True)
    gap = response([None, *[4, 5, 3] * 7, 1, 2])
    assert straight(FORM, careless)
    assert not straight(FORM, fast)
    found = care(FORM, [careless, fast, gap])
    assert (found.responses, found.straight, found.hurried, found.incomplete) == (3, 1, 1, 1)
    short = Instrument("x", FORM.scale, FORM.items[:7])
    assert not straight(short, careless)
    assert straight(FORM, response([3] * 12 + [4, 2] * 6), CareRule(run_share=Fraction(1, 2)))
    assert longest_run([1, 1, None, None, None, 2]) == 2
    assert longest_run([]) == 0
    assert (hurried(47, 24), hurried(48, 24)) == (True, False)


# --- suppression


@pytest.mark.parametrize(
    ("groups", "five", "ten"),
    [
        ((12, 7, 3), [12], [12]), ((12, 7, 3, 2), [12, 7], [12]), ((12, 7, 3, 4), [12, 7], [12]), ((12, 7, 2, 1), [12], [12]),
        ((20, 3), [], []), ((30, 9), [30, 9], []),
    ],
)  # fmt: skip
def test_suppression_equals_the_vectors(groups, five, ten):
    named = {str(n): n for n in groups}
    assert sorted(shown(named, 5), key=int, reverse=True) == [str(n) for n in five]
    assert sorted(shown(named, 10), key=int, reverse=True) == [str(n) for n in ten]


@given(SIZES, K)
def test_hidden_groups_cannot_be_found_by_subtracting(groups, k):
    visible = shown(groups, k)
    hidden = [n for name, n in groups.items() if n and name not in visible]
    assert all(groups[name] >= k for name in visible)
    if visible:
        assert not hidden or (len(hidden) >= 2 and sum(hidden) >= k)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), min_size=1, max_size=12), K)
def test_in_a_tree_no_remainder_is_small(nodes, k):
    parents = {str(n): "" if n == 0 else str(min(up, n - 1)) for n, (up, _) in enumerate(nodes)}
    own = {str(n): people for n, (_, people) in enumerate(nodes)}

    def total(unit):
        return own[unit] + sum(total(child) for child, parent in parents.items() if parent == unit)

    visible = shown_in_tree(parents, own, k)
    for unit in visible:
        children = [child for child, parent in parents.items() if parent == unit]
        rest = total(unit) - sum(total(child) for child in children if child in visible)
        assert total(unit) >= k
        assert rest == 0 or rest >= k
    assert all(parents[unit] in visible | {""} for unit in visible)


def test_people_of_the_parent_itself_count_as_a_group():
    parents = {"biro": "", "a": "biro", "b": "biro"}
    assert shown_in_tree(parents, {"biro": 2, "a": 10, "b": 12}, 5) == {"biro", "b"}
    assert shown_in_tree(parents, {"biro": 0, "a": 10, "b": 12}, 5) == {"biro", "a", "b"}
    assert shown_in_tree(parents, {"biro": 1, "a": 1, "b": 1}, 5) == frozenset()


def test_a_two_way_table_needs_every_cell_and_every_remainder():
    table = {("a", "x"): 10, ("a", "y"): 12, ("b", "x"): 9, ("b", "y"): 8}
    assert two_way(table, 5)
    assert not two_way({**table, ("b", "y"): 4}, 5)
    assert two_way({**table, ("b", "y"): 0}, 5)


def test_groups_that_differ_by_a_few_are_not_published_together():
    all_, most, few = (frozenset(map(str, range(n))) for n in (20, 17, 6))
    groups = {"semua": all_, "tanpa kepala": most, "bagian": few}
    assert differences(groups, 5) == (("semua", "tanpa kepala"),)
    with pytest.raises(Refusal, match="tidak dapat diterbitkan"):
        refuse_differences(groups, 5)
    refuse_differences({"semua": all_, "bagian": few, "sama": all_}, 5)


@pytest.mark.parametrize(
    ("before", "after", "visible"), [(20, 20, True), (20, 25, True), (20, 23, False), (4, 30, False), (30, 4, False)]
)
def test_a_change_is_shown_only_between_waves_alike_or_far_apart(before, after, visible):
    assert change_shown(before, after, 5) is visible


def test_comments_and_unanimous_answers_follow_the_stricter_threshold():
    assert (comments_shown(9), comments_shown(10)) == (False, True)
    assert not distribution_shown([0, 0, 0, 7, 0])
    assert distribution_shown([0, 0, 0, 12, 0])
    assert distribution_shown([0, 0, 1, 6, 0])
    assert not distribution_shown([0, 1, 0, 2, 0])


@pytest.mark.parametrize(("screen", "publish"), [(2, 10), (5, 4)])
def test_thresholds_that_show_single_persons_are_refused(screen, publish):
    with pytest.raises(Refusal, match="Ambang"):
        Threshold(screen, publish)


# --- our own index


def test_the_index_is_the_mean_of_the_values_and_never_called_by_the_national_name():
    answers = Answers(("a", "b", "c"), tuple((5.0, 4.0, 2.0 if n % 2 else None) for n in range(10)))
    form = Instrument("x", FORM.scale, ())
    found = internal_index(form, answers, {"Satu": ["a", "b"], "Dua": ["c"]}, least=5)
    assert (found.index, found.people) == (Fraction(1, 2), 10)
    assert [(item.value, item.positive, item.answered) for item in found.values] == [("Satu", 1, 20), ("Dua", 0, 5)]
    assert found.values[0].near_ceiling
    assert percent(Fraction(2, 3)) == Decimal("66.7")
    assert percent(Fraction(1, 8)) == Decimal("12.5")
    assert found.name == NAME
    assert "BerAKHLAK" not in NAME


def test_the_shares_of_a_score_are_of_its_answers_so_that_the_index_is_their_mean():
    agreed, torn, silent = (5.0, 5.0, 1.0, None), (4.0, 2.0, 2.0, None), (None, 3.0, 5.0, None)
    found = score_spread([None, 10 / 3, 8 / 3, None], (agreed, torn, silent), 5)
    assert found.positive == (Fraction(2, 3) + Fraction(1, 3) + Fraction(1, 2)) / 3
    assert found.positive + found.neutral + found.negative == 1
    assert (found.n, found.mean) == (2, 3)
    people = Answers(("a", "b", "c"), tuple(zip(agreed, torn, silent, strict=True)))
    assert internal_index(Instrument("x", FORM.scale, ()), people, {"X": "abc"}, least=3).index == found.positive


def test_the_index_of_few_people_or_without_answers_is_refused():
    form, few = Instrument("x", FORM.scale, ()), Answers(("a",), ((5.0,),) * 4)
    with pytest.raises(Refusal, match="tidak ditampilkan"):
        internal_index(form, few, {"Satu": ["a"]}, least=5)
    with pytest.raises(Refusal, match="tidak dapat dihitung"):
        internal_index(form, Answers(("a",), ((None,),) * 9), {"Satu": ["a"]}, least=5)
    with pytest.raises(Refusal, match="tidak dapat dihitung"):
        internal_index(form, few, {}, least=4)


def test_the_published_national_index_is_the_mean_of_its_values():
    figure = RULES.national[0]
    assert sum(figure.values.values()) / 7 == pytest.approx(Decimal("60.9"), abs=Decimal("0.05"))


# --- invented answers


def test_invented_answers_are_the_same_for_the_same_seed_and_say_what_they_are():
    parts = {"X1": Part.FACTOR, "X2": Part.FACTOR, "Y": Part.OUTCOME}
    made = synthetic_responses(FORM, ["a", "b"], n=80, seed=1, parts=parts)
    assert made == synthetic_responses(FORM, ["a", "b"], n=80, seed=1, parts=parts)
    assert made != synthetic_responses(FORM, ["a", "b"], n=80, seed=2, parts=parts)
    assert all(item.comment == LABEL for item in made)
    assert all(check_response(FORM, item.answers) == () for item in made)
    table = scores(FORM, scored(FORM, made))
    assert reliability(scored(FORM, made).only(FORM.groups()["X1"])).alpha > 0.6
    assert regress("Y", table).fit.p < 0.05
    assert len(synthetic_responses(VALUES, ["a"], n=3, seed=1)) == 3
