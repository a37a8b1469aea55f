"""A round counts as the plain definitions do, by the cells and characters in use only."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.culture.agreement import Reading, character_agreement, grid_agreement, krippendorff
from selaras.core.culture.coding import Code, Coding, Kind, Material, Segment, Stance
from selaras.core.culture.rounds import by_characters, differences, on_grid
from selaras.core.culture.sources import Method, Source, lock
from selaras.core.errors import Refusal
from selaras.rulebook.culture import examples

READINGS = (Reading("a", "r"), Reading("b", "r"))
CELLS = st.sets(st.tuples(st.integers(0, 3), st.sampled_from("XYZ")))
SPANS = st.lists(st.integers(0, 99).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, 100))), max_size=6)


def material(cells, spans=None):
    source = lock(Source("S", Method.DOCUMENT, "x" * 100))
    segments = spans or [(number, number + 1) for number in range(4)]
    return Material(
        (), (source,), tuple(Code(code, code) for code in "XYZ"),
        tuple(Segment(str(number), "S", *span) for number, span in enumerate(segments)),
        tuple(
            Coding(str(segment), code, Stance.FOR, Kind.EXPERIENCE, coder, "r")
            for coder, own in zip("abc", cells, strict=False) for segment, code in own
        ),
    )  # fmt: skip


@given(CELLS, CELLS)
def test_the_grid_counts_as_its_definition(one, two):
    whole = material((one, two))
    found, plain = on_grid(whole, READINGS), grid_agreement(whole, *READINGS)
    (pair,) = found.pairs
    assert pair.unit == plain.unit
    assert (pair.overall.observed, pair.overall.expected, pair.jaccard) == pytest.approx(
        (plain.overall.observed, plain.overall.expected, plain.jaccard)
    )
    assert found.alpha == (plain.alpha if plain.alpha is None else pytest.approx(plain.alpha))
    expected = dict(plain.by_code)
    assert all(kappa.observed == pytest.approx(expected[code].observed) for code, kappa in pair.by_code)


@given(CELLS, CELLS, CELLS)
def test_alpha_of_three_coders_is_krippendorff_s(one, two, three):
    whole = material((one, two, three))
    keys = [(segment, code) for segment in range(4) for code in "XYZ"]
    plain = krippendorff([[float(key in own) for key in keys] for own in (one, two, three)])
    found = on_grid(whole, (*READINGS, Reading("c", "r"))).alpha
    assert found == (plain if plain is None else pytest.approx(plain))


@given(SPANS, SPANS)
def test_characters_count_as_their_definition(one, two):
    spans = [*one, *two]
    if not spans:
        return
    cells = ({(number, "X") for number in range(len(one))}, {(len(one) + number, "X") for number in range(len(two))})
    (pair,) = by_characters(material(cells, spans), READINGS).pairs
    plain = character_agreement(100, one, two)
    assert (pair.overall.observed, pair.overall.expected, pair.jaccard) == pytest.approx(
        (plain.overall.observed, plain.overall.expected, plain.jaccard)
    )


def test_the_vector_of_seed_000_two_dropped_and_two_added():
    whole = examples()[0].material.on("final")
    mine = tuple(replace(item, coder="a", layer="r") for item in whole.codings)
    key = {(item.segment, item.code) for item in mine}
    free = next(
        (segment.code, code.code)
        for segment in whole.segments
        for code in whole.codes
        if (segment.code, code.code) not in key
    )
    more = [item for item in whole.codes if (free[0], item.code) not in key][:2]
    yours = [replace(item, coder="b") for item in mine[2:]]
    yours += [Coding(free[0], code.code, Stance.FOR, Kind.EXPERIENCE, "b", "r") for code in more]
    both = replace(whole, codings=(*mine, *yours))
    found = on_grid(both, READINGS)
    (pair,) = found.pairs
    assert pair.overall.observed == pytest.approx(0.996513, abs=1e-6)
    assert pair.overall.kappa == pytest.approx(0.973432, abs=1e-6)
    assert found.alpha == pytest.approx(0.973444, abs=1e-6)
    assert pair.jaccard == pytest.approx(0.951807, abs=1e-6)
    assert len(differences(both, READINGS)) == 4


def test_one_reading_alone_is_refused():
    with pytest.raises(Refusal, match="dua bacaan"):
        on_grid(material((set(),)), READINGS[:1])
