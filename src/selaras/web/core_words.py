"""What the rooms below the web say, in the language of the page.

`core`, the workbook and the verbs know nothing of translation and speak Indonesian. Their texts stand in a catalogue of
its own (domain `core`, made by `tests/core_messages.py` from their sources): words as they are, sentences with values as
templates with numbered gaps. Here a finished sentence is known again by the template that it was made from, its values
are taken out, and the template's translation is filled with them. What is not known stays Indonesian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import get_language

HERE = Path(__file__).parent / "locale"
SOURCE = "id"
STRONG = 10
"""A template with so many letters of its own is known by them; one with fewer only around values that are known."""
NAME = re.compile(r"[a-z]{3}")
DEEPEST = 4
FRAME = re.compile(
    r"(?P<what>.*?)(?:; tertulis “(?P<read>.*?)”)?(?:; seharusnya (?P<expected>.*?))?(?:\. (?P<remedy>.+))?(?P<stop>\.?)",
    re.DOTALL,
)
PLACES = ("lembar ", "halaman ", "baris teks ", "sel ", "kolom ", "baris ")
"""How the place of a fault begins (`core.place`), which stands before what is said of it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with gaps: how a finished one looks, its longest own part, how many letters are its own, its translation."""

    shape: re.Pattern[str]
    anchor: str
    letters: int
    translation: str

    def filled(self, text: str, language: str, depth: int) -> str | None:
        """The translation with the values of a finished text; None if it was not made from this template."""
        found = self.shape.fullmatch(text) if self.anchor in text else None
        if found is None or (self.letters < STRONG and not self._fits(found.groups(), language)):
            return None
        return self.translation.format(*(_said(value, language, depth + 1) for value in found.groups()))

    def _fits(self, values: tuple[str, ...], language: str) -> bool:
        """Whether a template of few letters was meant: names may hold “dan” themselves, so only around known values."""
        exact = words_of(language).exact
        return self.anchor.startswith(PLACES) or all(
            value in exact or value.partition(" ")[0] in exact or not NAME.search(value) for value in values
        )


@dataclass(frozen=True, slots=True)
class Words:
    """One language: texts as they are, and templates, the one with the most letters of its own first."""

    exact: dict[str, str]
    templates: tuple[Template, ...]


def said(text: object) -> str:
    """A text of the rooms below in the language of the page; one of the web's own, or an unknown one, as it is."""
    words = str(text)
    language = (get_language() or SOURCE).partition("-")[0]
    if language == SOURCE or not words or isinstance(text, Promise):
        return words
    return _remembered(words, language)


def word(text: object) -> str:
    """A single word or title of the rooms below in the language of the page; everything else as it is."""
    words = str(text)
    language = (get_language() or SOURCE).partition("-")[0]
    if language == SOURCE or isinstance(text, Promise):
        return words
    return words_of(language).exact.get(words, words)


@lru_cache(maxsize=8192)
def _remembered(text: str, language: str) -> str:
    return _said(text, language, 0)


def _said(text: str, language: str, depth: int) -> str:
    if depth > DEEPEST:
        return text
    place, mark, rest = text.partition(": ")
    if mark and place.startswith(PLACES) and (told := _said(rest, language, depth + 1)) != rest:
        return f"{_said(place, language, depth + 1)}{mark}{told}"
    frame = FRAME.fullmatch(text)
    if frame and (frame["read"] or frame["expected"]):
        return _framed(frame, language, depth + 1)
    found = _whole(text, language, depth)
    return found if found is not None else _parts(text, language, depth)


def _framed(frame: re.Match[str], language: str, depth: int) -> str:
    """A fault's whole sentence (`core.errors.Fault.sentence`), each part by itself."""
    exact = words_of(language).exact
    told = _said(frame["what"], language, depth)
    if frame["read"]:
        told += f"; {exact.get('tertulis', 'tertulis')} “{frame['read']}”"
    if frame["expected"]:
        told += f"; {exact.get('seharusnya', 'seharusnya')} {_said(frame['expected'], language, depth)}"
    return f"{told}. {_said(frame['remedy'], language, depth)}" if frame["remedy"] else told + frame["stop"]


def _whole(text: str, language: str, depth: int) -> str | None:
    """The translation of a text as one: as it is, without its full stop, with a small first letter, or by its template."""
    words = words_of(language)
    for bare, end in ((text, ""), (text.removesuffix("."), "."), (f"{text}.", None)):
        if end == "." and bare == text:
            continue
        for known, capital in ((bare, False), (bare[:1].lower() + bare[1:], True)):
            if known in words.exact:
                made = words.exact[known]
                made = made[:1].upper() + made[1:] if capital and known != bare else made
                return made.removesuffix(".") if end is None else made + end
    for template in words.templates:
        for bare, end in ((text, ""), (text.removesuffix("."), ".")):
            if end and bare == text:
                continue
            filled = template.filled(bare, language, depth)
            if filled is not None:
                return filled + end
    return None


def _parts(text: str, language: str, depth: int) -> str:
    """A text of several sentences, or of a place and what is said of it: each part that is known."""
    for mark in (". ", ": ", "; "):
        first, found, rest = text.partition(mark)
        if found:
            stop = mark[0] if mark == ". " else ""
            known = _whole(first + stop, language, depth)
            told = known if known is not None else first + stop
            return f"{told}{mark[len(stop) :]}{_said(rest, language, depth + 1)}" if depth < DEEPEST else text
    return text


@cache
def words_of(language: str) -> Words:
    """The catalogue of a language; an empty one where there is none."""
    path = HERE / language / "LC_MESSAGES" / "core.mo"
    if not path.is_file():
        return Words({}, ())
    with path.open("rb") as file:
        known: dict[str, str] = GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001 (all of it)
    exact = {text: made for text, made in known.items() if text and "{" not in text}
    templates = [_template(text, made) for text, made in known.items() if "{" in text]
    return Words(exact, tuple(sorted(templates, key=lambda one: -one.letters)))


def _template(text: str, translation: str) -> Template:
    shape, own = "", [""]
    for literal, gap, _format, _conversion in Formatter().parse(text):
        shape += re.escape(literal)
        own.append(literal)
        shape += "(.*?)" if gap is not None else ""
    letters = sum(sign.isalpha() for part in own for sign in part)
    return Template(re.compile(shape, re.DOTALL), max(own, key=len), letters, translation)
