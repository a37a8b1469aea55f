"""Names set into sentences: quotation marks that nest, levels as the law spells them."""

import pytest

from selaras.core.planning import NodeLevel
from selaras.core.spelling import level_name, quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Nilai RB", "“Nilai RB”"),
        ("Kegiatan “Pendidikan Pemilih” daring", "“Kegiatan ‘Pendidikan Pemilih’ daring”"),
    ],
)
def test_quotation_marks_within_a_quotation_become_single(words, shown):
    assert quoted(words) == shown


def test_subkegiatan_is_one_word_in_sentences():
    assert [level_name(level) for level in NodeLevel][-1] == "subkegiatan"
