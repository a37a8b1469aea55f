"""The quick way to write markup gives what Django's own way gives."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from selaras.web.dense_html import joined, markup

PARTS = st.one_of(st.text(), st.integers(), st.none(), st.text().map(SafeString))


@given(PARTS, PARTS)
def test_it_escapes_what_django_escapes_and_nothing_else(first, second):
    pattern = '<b title="{0}">{1}{0}</b>'
    assert markup(pattern, first, second) == format_html(pattern, first, second)
    assert isinstance(markup(pattern, first, second), SafeString)


@given(st.lists(st.text()))
def test_pieces_stand_one_after_the_other_as_they_are(texts):
    pieces = [markup("<i>{}</i>", text) for text in texts]
    assert joined(pieces) == format_html_join("", "<i>{}</i>", ((text,) for text in texts))


def test_a_text_to_be_translated_is_escaped_too():
    assert markup("{}", gettext_lazy("<b>")) == "&lt;b&gt;"
