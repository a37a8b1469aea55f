"""What holds for every document: nothing crashes, grids are rectangular, every claim points into its grid."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selaras.core.document import Cell, Column, Document, Heading, Paragraph, Row, Table, text
from selaras.core.source import Form, Reading
from selaras.review.claims import understand
from selaras.review.claims.figures import figures_in
from selaras.review.claims.sentences import split

WORDS = st.sampled_from([
    "No", "Sasaran", "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Anggaran (Rp)", "Program", "Jumlah", "Satuan",
    "Persen", "1", "2", "I", "A", "a.", "87%", "87,5%", "Rp.1.000.000,-", "1.234", "2023", "TW I", "-", "", "BB", "94.500.00000",
    "Persentase jalan mantap", "1 Program Jalan", "dan berkinerja", "(1)", "13 = 9 + 10", "0-5,99 %", "≥ 80", "Level 3 (3,157)",
    "Rata-rata", "Total Anggaran", "14 UPP", "22,7% (75%)", "Tabel 3.1", "Dinas Perhubungan Kota Bontang",
])  # fmt: skip
SPANS = st.sampled_from([1, 1, 1, 1, 2, 3])
CELLS = st.builds(lambda words, across, down: Cell(text(words), across, down), WORDS, SPANS, SPANS)
ROWS = st.lists(CELLS, min_size=0, max_size=7).map(lambda cells: Row(tuple(cells)))
TABLES = st.builds(
    lambda header, body, caption, width: Table("", tuple(Column(Decimal(1)) for _ in range(width)), tuple(header), tuple(body), caption),
    st.lists(ROWS, max_size=3), st.lists(ROWS, max_size=9), WORDS, st.integers(0, 7),
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCKS = st.lists(
    st.one_of(TABLES, TEXTS.map(lambda words: Paragraph(text(words))), TEXTS.map(lambda words: Heading(1, words))),
    max_size=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS)
def test_any_document_is_understood_somehow(blocks):
    report = understand(Reading("uji", Form.DOCX, Document("", "", "", 0, tuple(blocks))))
    for grid in report.grids:
        assert all(len(row.cells) == len(grid.columns) for row in grid.rows)
    for claim in report.indicators:
        assert 0 <= claim.row < len(claim.grid.rows)
        assert claim.key or not claim.name
    for claim in report.budget:
        assert -1 <= claim.parent < claim.row
        assert claim.parent == -1 or claim.grid.rows[claim.parent].level < claim.level


@settings(max_examples=300, deadline=None)
@given(st.decimals(min_value=1, max_value=10**12, places=2))
def test_amounts_printed_in_either_style_are_read_back(amount):
    english = f"{amount:,.2f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    for printed in (f"Rp{indonesian}", f"Rp. {english}"):
        (figure,) = figures_in(f"sebesar {printed} dari pagu").figures
        assert (figure.amount, figure.decimals, figure.money) == (amount, 2, True)


@given(
    st.lists(
        st.sampled_from(["Rapat selesai", "Nilai 3.5 naik", "Lihat No. 5", "Pagu Rp. 10.000"]), min_size=1, max_size=6
    )
)
def test_splitting_loses_no_word(sentences):
    whole = ". ".join(sentences) + "."
    assert " ".join(split(whole)) == whole


def test_a_sentence_without_end_is_cut_between_words():
    pieces = split("tahun 2024 " * 3000)
    assert max(map(len, pieces)) <= 2500
    assert sum(piece.count("2024") for piece in pieces) == 3000
