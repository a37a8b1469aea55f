"""What a cell says as the value of an indicator: number, percentage, range, grade; with its unit and its bound."""

from __future__ import annotations

import re
from typing import NamedTuple

from selaras.core.value import Value, ValueKind
from selaras.review.report import Figure
from selaras.rulebook.review_words import review_words

_BOUND = re.compile(
    r"^\s*(?P<bound>≥|>=|=>|≤|<=|=<|>|<|min(?:imal|\.)?|maks(?:imal|\.)?|max\.?)\s*(?=[0-9A-Z])", re.IGNORECASE
)
_GRADE = re.compile(
    r"(?:predikat|nilai|kategori|opini)?\s*[“\"'(]?"
    r"(?P<grade>AA|A|BB|B|CC|C|D|E|WTP|WDP|TMP|TW|I|II|III|IV|V|VI|A-|A\+|B\+|B-)[)”\"']?",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:level|tingkat|kategori|predikat)\s+(?P<level>[0-9IVX]+|[A-Z][\w ]{2,30})(?:\s*\([^)]*\))?", re.IGNORECASE
)
_PERCENT_UNITS = frozenset({"persen", "persentase", "presentase", "prosentase", "prosen", "%", "percent"})
_UNIT = re.compile(r"[^\W\d_][^\d()%]{0,40}")
_RANGE_JOINT = re.compile(r"\s*(?:%\s*)?(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)\s*", re.IGNORECASE)


class Reading(NamedTuple):
    """A cell as a value: the value, the unit beside it, the sign before it."""

    value: Value | None = None
    unit: str = ""
    bound: str = ""


def is_percent_unit(unit: str) -> bool:
    """Whether a unit says percent: `Persen`, `%`, and the wrong but common `Persentase`."""
    return unit.strip().casefold() in _PERCENT_UNITS


def value_of(text: str, figures: tuple[Figure, ...], *, percent: bool = False) -> Reading:
    """The value that `text` gives to an indicator. `figures` are the numbers in it, `percent` what a bare one is.

    None for what is no single value: words, two numbers that are no range. `70,06 (BB)` is the number.
    """
    stripped = " ".join(text.split())
    if not stripped:
        return Reading()
    bound = _BOUND.match(stripped)
    rest = stripped[bound.end() :] if bound else stripped
    sign = bound["bound"].casefold() if bound else ""
    if not figures:
        return _worded(rest, sign)
    level = _LEVEL.fullmatch(rest)
    if level:
        return Reading(Value(ValueKind.GRADE, grade=rest.split("(")[0].strip()), "", sign)
    return _quantity(rest, figures, sign, percent)


def _worded(rest: str, sign: str) -> Reading:
    grade = _GRADE.fullmatch(rest)
    if grade:
        return Reading(Value(ValueKind.GRADE, grade=grade["grade"].upper()), "", sign)
    if rest.casefold() in review_words().language.grades:
        return Reading(Value(ValueKind.GRADE, grade=rest), "", sign)
    return Reading()


def _quantity(rest: str, figures: tuple[Figure, ...], sign: str, percent: bool) -> Reading:
    first = figures[0]
    if not rest.startswith(first.text):
        return Reading(bound=sign)
    tail = rest[len(first.text) :]
    if len(figures) == 2:
        joint = _RANGE_JOINT.match(tail)
        second = figures[1]
        if joint and tail[joint.end() :].startswith(second.text.lstrip("-–")) and abs(second.amount) >= first.amount:
            unit = tail[joint.end() + len(second.text.lstrip("-–")) :].strip()
            kind = _kind(second, unit, percent)
            return Reading(Value(kind, first.amount, abs(second.amount)), unit, sign)
        if not re.match(r"\s*\(", tail):
            return Reading(bound=sign)
    elif len(figures) > 2:
        return Reading(bound=sign)
    unit = re.sub(r"\(.*?\)", "", tail).strip(" .,;:") if not tail.startswith(("/", ":")) else ""
    if unit and not _UNIT.fullmatch(unit):
        unit = ""
    if len(unit.split()) > 5:
        return Reading(bound=sign)
    return Reading(Value(_kind(first, unit, percent), first.amount), unit, sign)


def _kind(figure: Figure, unit: str, percent: bool) -> ValueKind:
    return ValueKind.PERCENT if figure.percent or percent or is_percent_unit(unit) else ValueKind.NUMBER
