"""Sentences about figures: counts, series, and what does not occur is not said."""

import pytest

from selaras.core.reporting.sentences import count, follow_up, outcome, series


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "satu"), (12, "dua belas"), (20, "dua puluh"), (24, "24"), (1200, "1.200")]
)
def test_a_count_is_in_words_where_two_words_do(number, shown):
    assert count(number) == shown


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a dan b"),
        (["a", "b", "c"], "a, b, dan c"),
        (["a", "b", "c dan d"], "a, b, serta c dan d"),
        (["a", "b, c, dan d", "e"], "a; b, c, dan d; serta e"),
    ],
)
def test_a_series_stays_unambiguous(items, shown):
    assert series(items) == shown


@pytest.mark.parametrize(
    ("met", "missed", "unknown", "shown"),
    [
        (1, 1, 0, "satu indikator mencapai target dan satu belum mencapai target"),
        (1, 9, 3, "satu indikator mencapai target, sembilan belum mencapai target, dan tiga belum dapat dinilai"),
        (1, 0, 0, "satu indikator mencapai target"),
        (4, 0, 0, "seluruh indikator (4) mencapai target"),
        (24, 2, 0, "sebanyak 24 indikator mencapai target dan 2 belum mencapai target"),
        (0, 0, 0, ""),
    ],
)
def test_the_outcome_names_only_what_occurs(met, missed, unknown, shown):
    assert outcome({"met": met, "missed": missed, "open": unknown}) == shown


@pytest.mark.parametrize(
    ("total", "done", "shown"),
    [
        (3, 0, "tiga hambatan; belum ada tindak lanjut yang selesai"),
        (3, 1, "tiga hambatan; satu tindak lanjut di antaranya telah selesai"),
        (3, 3, "tiga hambatan; seluruh tindak lanjutnya telah selesai"),
    ],
)
def test_follow_up_is_counted_without_nought(total, done, shown):
    assert follow_up(total, done) == shown
