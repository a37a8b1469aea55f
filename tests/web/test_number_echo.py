"""The page that reads a typed number back: what was understood, the question where two numbers could be meant, or why not."""

import re

import pytest
from django.urls import reverse


def read(client, text, **more):
    answer = client.get(reverse("echo"), {"teks": text, "field": "nilai", **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("text", "hint", "shown"),
    [
        ("87,5", "", "87,5"), ("87.5", "", "87,5"), ("1.234.567", "", "1.234.567"), ("87,5", "persen", "87,5%"),
        ("Rp 1.500.000", "rupiah", "Rp1.500.000"), ("1500000", "rupiah", "Rp1.500.000"), ("0", "", "0"),
    ],
)  # fmt: skip
def test_what_was_understood_is_read_back_in_indonesian_form(client, text, hint, shown):
    assert f"<strong>{shown}</strong>" in read(client, text, hint=hint)


def test_one_mark_with_three_digits_is_asked_and_either_answer_is_unmistakable(client):
    page = read(client, "1.234")
    assert "asking" in page
    choices = re.findall(r'data-fill="nilai" data-value="([^"]+)">([^<]+)<', page)
    assert [label for _text, label in choices] == ["1.234", "1,234"]
    for text, label in choices:
        assert f"<strong>{label}</strong>" in read(client, text)


@pytest.mark.parametrize("text", ["dua puluh", "1,2,3", "9" * 400, "<b>1</b>", "=1+1"])
def test_what_is_no_number_is_told_and_never_guessed(client, text):
    page = read(client, text)
    assert "field-error" in page
    assert "<b>" not in page


def test_nothing_typed_says_nothing_and_an_unknown_hint_is_none(client):
    assert read(client, "  ").strip() == ""
    assert "<strong>7</strong>" in read(client, "7", hint="entah")


def test_it_is_only_asked_and_needs_no_database(client):
    """This module has no `db` mark: a query of the page would fail every test here."""
    assert client.post(reverse("echo"), {"teks": "1"}).status_code == 405
