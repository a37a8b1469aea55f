"""Numbers in cells and sentences: every token read by the rules of `core.numerals`, with its sign and its decimals."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from selaras.core.errors import AmbiguousNumber, UnreadableNumber
from selaras.core.numerals import NumberHint, Token, read_token
from selaras.core.place import NOWHERE, Place
from selaras.review.report import Figure

_TOKEN = re.compile(
    r"""(?<![\w/])(?:(?P<currency>(?:Rp|IDR)\s?\.?)\s*)?
    (?P<minus>(?<![\w.,)%])[-−–](?=[0-9]))?
    (?P<body>[0-9](?:[0-9.,]*[0-9])?)(?![\w/]*[0-9]*[/])
    (?P<dash>\s*[.,](?:--?|–|=)(?![0-9])|\s?-(?=\s*$)|\s-(?=\s*\())?
    (?P<scale>\s*(?:ribu|juta|mil[iy]ar|tril[iy]un)\b)?
    (?P<percent>\s*(?:%|persen\b))?""",
    re.IGNORECASE | re.VERBOSE,
)
_GLUED = re.compile(r"(?<=[a-z])(?=Rp\.?\s?[0-9])")
_TWO_READINGS = re.compile(r"[-−–]?([0-9]{1,3})[.,]([0-9]{3})\s*%?")
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_FACTORS = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12}


LONGEST = 4000
"""A longer text is no cell and no sentence, and is not searched for numbers."""


class Numbers(NamedTuple):
    """The figures of a text in order, and the digits in it that make up no number."""

    figures: tuple[Figure, ...]
    malformed: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


NONE = Numbers((), (), ())


def figures_in(
    text: str, place: Place = NOWHERE, *, money: bool = False, percent: bool = False, years: bool = True
) -> Numbers:
    """The numbers of `text`. `money` and `percent` say what a bare number in this column is.

    Codes, and words with digits in them (`D3`, `ISO20000`), are none. `years` says whether a bare year counts.
    A number that can be read two ways is read as Indonesians write it and marked as doubtful.
    """
    if len(text) > LONGEST or not _DIGIT.search(text):
        return NONE
    if "Rp" in text:
        text = _GLUED.sub(" ", text)
    figures: list[Figure] = []
    malformed: list[str] = []
    spans: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        if not years and _is_year(found):
            continue
        figure = _figure(found, place, money, percent)
        if figure is None:
            if not _is_code(found["body"]):
                malformed.append(found[0].strip())
            continue
        figures.append(figure)
        spans.append(found.span())
    return Numbers(tuple(figures), tuple(malformed), tuple(spans))


def _is_year(found: re.Match[str]) -> bool:
    marked = found["currency"] or found["percent"] or found["scale"] or found["dash"]
    return not marked and bool(_YEAR.fullmatch(found["body"]))


def _is_code(body: str) -> bool:
    """`1.01.02`, `07.30`, `02`: numbers of programmes, times, days; no amounts that were written badly."""
    groups = re.split("[.,]", body)
    return body[0] == "0" or (len(groups) > 2 and max(map(len, groups)) < 3) or (len(groups) == 1 and len(body) > 15)


def _figure(found: re.Match[str], place: Place, money: bool, percent: bool) -> Figure | None:
    signed = bool(found["currency"] or found["dash"])
    is_percent = bool(found["percent"]) or (percent and not signed)
    written, hint = _written(found), _hint(found, money=money, percent=is_percent)
    token, doubtful = _read(written, hint)
    if token is None:
        return None
    scale = _FACTORS.get((found["scale"] or "").strip().casefold(), 0)
    amount = token.amount
    exponent = amount.as_tuple().exponent
    decimals = max(0, -exponent if isinstance(exponent, int) else 0) - scale
    if scale:
        amount = (amount * Decimal(10) ** scale).normalize() + Decimal(0)
    is_money = signed or (money and not is_percent)
    return Figure(amount, decimals, is_percent, is_money, found[0].strip(), place, doubtful)


def _written(found: re.Match[str]) -> str:
    """The token without its scale, which is applied here so that the printed digits are known."""
    dash = ",-" if found["dash"] else ""
    return f"{found['minus'] or ''}{'Rp' if found['currency'] else ''}{found['body']}{dash}"


def _hint(found: re.Match[str], *, money: bool, percent: bool) -> NumberHint | None:
    if found["scale"]:
        return NumberHint.INDONESIAN
    if found["currency"] or found["dash"]:
        return None
    if percent:
        return NumberHint.PERCENT
    return NumberHint.RUPIAH if money else None


def _read(written: str, hint: NumberHint | None) -> tuple[Token | None, bool]:
    try:
        return read_token(written, hint=hint), False
    except AmbiguousNumber:
        return _read_as_indonesian(written), True
    except UnreadableNumber:
        return None, False


def _read_as_indonesian(written: str) -> Token | None:
    try:
        return read_token(written, hint=NumberHint.INDONESIAN)
    except (AmbiguousNumber, UnreadableNumber):
        return None


def settled(figures: tuple[Figure, ...], exact: Decimal | None) -> tuple[Figure, ...]:
    """The only figure of a cell, read as the exact number behind it says where `1.389` has two readings."""
    if exact is None or len(figures) != 1 or not (found := _TWO_READINGS.fullmatch(figures[0].text)):
        return figures
    thousands, fraction = Decimal(found[1] + found[2]), Decimal(f"{found[1]}.{found[2]}")
    distances = [min(abs(abs(exact) * factor - reading) for factor in (1, 100)) for reading in (thousands, fraction)]
    amount, decimals = (thousands, 0) if distances[0] < distances[1] else (fraction, 3)
    signed = amount.copy_negate() if figures[0].amount < 0 else amount
    return (replace(figures[0], amount=signed, decimals=decimals, doubtful=False),)
