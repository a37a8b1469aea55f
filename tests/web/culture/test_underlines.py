"""Passages are drawn in lanes: the runs give the text again, and overlapping passages never share a lane while there are any."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from selaras.web.culture.underlines import LANES, drawn, lanes_of, runs

texts = st.text(min_size=1, max_size=60).filter(lambda text: "\r" not in text and "\x00" not in text)


@st.composite
def marked(draw):
    text = draw(texts)
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=7))
    return text, [(str(n), min(pair), max(pair)) for n, pair in enumerate(pairs) if min(pair) < max(pair)]


@given(marked())
def test_the_runs_joined_are_the_text_and_each_passage_is_whole(case):
    text, spans = case
    found = runs(text, spans)
    assert "".join(run.text for run in found) == text
    for name, start, end in spans:
        assert "".join(run.text for run in found if name in run.segments) == text[start:end]
        assert sum(name in run.ends for run in found) == 1


@given(marked())
def test_the_mark_up_holds_nothing_but_the_text(case):
    text, spans = case
    assert unescape(re.sub(r"<span[^>]*>|</span>", "", str(drawn(text, spans)))) == text


@given(marked())
def test_overlapping_passages_have_lanes_of_their_own(case):
    _text, spans = case
    lanes = lanes_of(spans)
    for name, start, end in spans:
        over = [other for other, first, last in spans if first < end and start < last]
        if len(over) <= LANES:
            assert len({lanes[other] for other in over if other == name or lanes[other] == lanes[name]}) == 1
