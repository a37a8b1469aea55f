"""Whatever stands on a page, every character of it comes out once, and nothing crashes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from selaras.documents.read.lines import Grid, Line
from selaras.documents.read.pdf_order import page_items
from selaras.documents.read.pdf_sheet import Rule, Sheet, Word

TEXTS = st.sampled_from(
    [
        "Sasaran",
        "1.250.000",
        "12,5%",
        "Rp",
        "1.",
        "Tabel",
        "3.1",
        "kinerja",
        "-",
        "a)",
        "I",
        ".....",
        "A",
        "tinggi,",
        "dan/",
        "100",
    ]
)
PLACES = st.integers(0, 39).map(lambda step: step * 12.5)


@st.composite
def words(draw):
    text, left, top = draw(TEXTS), draw(PLACES), draw(PLACES)
    size = draw(st.sampled_from([7.0, 10.0, 10.0, 10.0, 14.0]))
    right = left + 0.5 * size * len(text)
    stops = tuple(left + 0.5 * size * n for n in range(len(text)))
    return Word(
        text, left, top, right, top + size, size, draw(st.booleans()), turned=draw(st.integers(0, 9)) == 0, stops=stops
    )


RULES = st.builds(
    lambda at, start, reach: Rule(at, start, start + reach), PLACES, PLACES, st.sampled_from([25.0, 100.0, 400.0])
)
BOXES = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    PLACES,
    PLACES,
    st.sampled_from([50.0, 200.0]),
    st.sampled_from([25.0, 100.0]),
)
SHEETS = st.builds(
    lambda words, level, upright, boxes: Sheet(500.0, 500.0, words, level, upright, boxes),
    st.lists(words(), max_size=60), st.lists(RULES, max_size=12), st.lists(RULES, max_size=12), st.lists(BOXES, max_size=4),
)  # fmt: skip


def characters(texts):
    return Counter(char for text in texts for char in text if not char.isspace() and char != "-")


@settings(max_examples=150, deadline=None)
@given(SHEETS)
def test_every_character_of_a_page_comes_out_exactly_once(sheet):
    before = characters(word.text for word in sheet.words)
    items = page_items(sheet, 1)
    texts = [item.text for item in items if isinstance(item, Line)]
    texts += [piece.text for item in items if isinstance(item, Grid) for row in item.rows for piece in row]
    assert characters(texts) == before


@settings(max_examples=150, deadline=None)
@given(SHEETS)
def test_the_cells_of_a_table_cover_its_grid_without_overlapping(sheet):
    for grid in (item for item in page_items(sheet, 1) if isinstance(item, Grid)):
        width = len(grid.edges) - 1
        taken = Counter()
        for number, row in enumerate(grid.rows):
            free = (column for column in range(width) if not taken[number, column])
            for piece in row:
                start = next(free)
                for line in range(number, number + piece.rowspan):
                    taken.update((line, start + step) for step in range(piece.colspan))
        assert set(taken.values()) <= {1}
        assert len(taken) == width * len(grid.rows)
