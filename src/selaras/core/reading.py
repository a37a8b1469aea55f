"""Reading the value of an indicator from text: a number, a percentage, a range, a grade, yes or no.

It stands apart from `core.numerals` because `core.value` prints with that module.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NoReturn

from selaras.core.errors import Fault, UnreadableNumber
from selaras.core.numerals import NumberHint, Token, is_missing, read_token
from selaras.core.place import NOWHERE, Place
from selaras.core.value import Value, ValueKind

YES_NO = {"ya": True, "tidak": False}
EXPECTED = {
    None: "angka, persen, rentang, predikat, atau Ya/Tidak",
    ValueKind.NUMBER: "angka seperti 1.234,5 atau rentang seperti 5–7",
    ValueKind.PERCENT: "persen seperti 87,5%",
    ValueKind.GRADE: "predikat seperti BB",
    ValueKind.YES_NO: "Ya atau Tidak",
}

_DASHED = re.compile(r"(?P<lower>.*[0-9%])\s*(?:-\s*(?=[0-9])|[–—]\s*(?=[-−]?[0-9]))(?P<upper>.+)")
_WORDED = re.compile(
    r"(?P<lower>.*[0-9%])\s*(?:\bs\.?\s?d\.?|\bs/d|\bsampai(?:\s+dengan)?|\bhingga)\s+(?P<upper>.+)", re.IGNORECASE
)
_GRADE_CODE = re.compile(r"[A-Z]{1,4}[+-]?")
_GRADE_TEXT = re.compile(r"[^\W\d_][\w +\-./]{0,39}")


def read_value(
    text: str,
    *,
    kind: ValueKind | None,
    grades: Collection[str] = (),
    hint: NumberHint | None = None,
    place: Place = NOWHERE,
) -> Value | None:
    """The value that `text` stands for, None for a missing mark (`-`, `n/a`, `tidak ada`, nothing).

    `kind` is what the indicator holds; None takes the kind from the text. `grades` are the labels of the scale:
    when given, a grade must be one of them and comes back as the scale writes it; without them any label is taken
    for kind GRADE, and only capitals such as `BB` or `WTP` when the kind is open. The kind of an indicator does
    not settle `1.234`: pass `hint` for that. Ranges are `5-7`, `5–7`, `5 s.d. 7`, `80–90%`.

    Raises UnreadableNumber when the text is none of this or of another kind, AmbiguousNumber when a number in it
    has two readings.
    """
    if is_missing(text):
        return None
    if kind is ValueKind.YES_NO or (kind is None and text.strip().casefold() in YES_NO):
        return _read_yes_no(text, place)
    if kind is ValueKind.GRADE or (kind is None and _looks_like_a_grade(text, grades)):
        return _read_grade(text, grades, place)
    return _read_quantity(text, kind, hint, place)


def _read_yes_no(text: str, place: Place) -> Value:
    flag = YES_NO.get(text.strip().casefold())
    if flag is None:
        _refuse(text, place, EXPECTED[ValueKind.YES_NO])
    return Value(ValueKind.YES_NO, flag=flag)


def _looks_like_a_grade(text: str, grades: Collection[str]) -> bool:
    if grades:
        return _known_grade(text, grades) is not None
    return bool(_GRADE_CODE.fullmatch(text.strip()))


def _known_grade(text: str, grades: Collection[str]) -> str | None:
    folded = " ".join(text.casefold().split())
    return next((grade for grade in grades if grade.casefold() == folded), None)


def _read_grade(text: str, grades: Collection[str], place: Place) -> Value:
    if grades:
        label = _known_grade(text, grades)
        if label is None:
            _refuse(text, place, "salah satu dari " + ", ".join(grades))
        return Value(ValueKind.GRADE, grade=label)
    label = " ".join(text.split())
    if not _GRADE_TEXT.fullmatch(label):
        _refuse(text, place, EXPECTED[ValueKind.GRADE])
    return Value(ValueKind.GRADE, grade=label)


def _read_quantity(text: str, kind: ValueKind | None, hint: NumberHint | None, place: Place) -> Value:
    span = _WORDED.fullmatch(text.strip()) or _DASHED.fullmatch(text.strip())
    ends = (span["lower"], span["upper"]) if span else (text,)
    tokens = [_read_end(end, text, kind=kind, hint=hint, place=place) for end in ends]
    if tokens[0].percent and not tokens[-1].percent:
        _refuse(text, place, "tanda % pada kedua ujung rentang atau pada ujung akhirnya")
    percent = kind is ValueKind.PERCENT or tokens[-1].percent
    if percent and kind is ValueKind.NUMBER:
        _refuse(text, place, "angka tanpa tanda %, karena indikator ini bukan persentase")
    if percent and any(token.money for token in tokens):
        _refuse(text, place, EXPECTED[ValueKind.PERCENT])
    lower, upper = tokens[0].amount, tokens[1].amount if span else None
    if upper is not None and upper < lower:
        _refuse(text, place, "rentang dari yang kecil ke yang besar")
    return Value(ValueKind.PERCENT if percent else ValueKind.NUMBER, lower, upper)


def _read_end(end: str, text: str, *, kind: ValueKind | None, hint: NumberHint | None, place: Place) -> Token:
    try:
        token = read_token(end, hint=hint, place=place)
    except UnreadableNumber:
        if kind is not None and end is text:
            raise
        token = None
    if token is None:
        _refuse(text, place, EXPECTED[kind])
    return token


def _refuse(text: str, place: Place, expected: str) -> NoReturn:
    raise UnreadableNumber(
        "Nilai tidak terbaca.",
        Fault(
            "Nilai tidak terbaca",
            place,
            read=text.strip()[:80],
            expected=expected,
            remedy="Tulis nilainya saja, tanpa satuan atau keterangan.",
        ),
    )
