"""Numbers as Indonesians write them: reading by stated rules, printing in id-ID. Decimal only.

Reading decides per token, never per document, because one report mixes both styles. The rules, in order:

| written                                        | read as                                                      |
|------------------------------------------------|--------------------------------------------------------------|
| `-`, `–`, `n/a`, `tidak ada`, nothing          | no value (None); never zero                                  |
| `Rp -`                                         | asked: zero, or not filled in?                               |
| `Rp`, `Rp.`, `IDR` before, `rupiah` after      | money                                                        |
| `,-` `.-` `,--` `,=` or ` -` after             | money; the dash stands for "no cents"                        |
| `1.234-`, dash attached, no currency           | asked: minus, or the dash of rupiah?                         |
| `%` or `persen` after                          | percentage; 87,5% gives 87.5                                 |
| `ribu` … `triliun` after                       | times 1.000 … 1.000.000.000.000                              |
| `(…)`, or `-`, `−`, `–` attached before        | negative                                                     |
| both `.` and `,`, groups of three, last once   | the last one is the decimal mark: `1.234,5` and `1,234.5`    |
| one of them, repeated, groups of three         | thousands: `1.234.567`, `1,234,567`                          |
| no-break or thin spaces, groups of three       | thousands: `1 234 567,89`; an ordinary space is refused      |
| one of them, once, not three digits after it   | decimal mark: `87,5`, `87.5`, `1.2345`                       |
| the same, three digits after it, `0` before it | decimal mark: `0,875`                                        |
| the same, four or more digits before it        | decimal mark: `1234.567`; refused for money and counts       |
| the same, one to three digits before it        | two readings, `1.234`: settled by money or a hint, or asked  |
| a leading zero, `07.30`, `01.3`                | refused: a time or a code                                    |
| anything else, `1.23.456`, `12 orang`, `1,5E9` | refused                                                      |

Source of the rules: house conventions on numbers; the ambiguity of three digits is inferred from practice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NoReturn

from selaras.core.errors import AmbiguousNumber, Fault, UnreadableNumber
from selaras.core.place import NOWHERE, Place
from selaras.core.terbilang import spell

_SWAPPED = str.maketrans(",.", ".,")
MISSING_MARKS = frozenset({"", "-", "–", "n/a", "tidak ada"})
LONGEST = 24
"""More digits than this is no amount; it keeps every reading exact under the usual 28 digits of Decimal."""
MOST_OWN_PLACES = 6
"""A number with more decimals than this was divided, not measured."""
WIDE = Context(prec=80)
"""Room to round any quotient of two amounts; the usual 28 digits refuse one from 10²⁶ on."""


class NumberHint(StrEnum):
    """What is known about a token beside its text. It settles `1.234` and `1,234` and never changes another reading.

    RUPIAH, COUNT and PERCENT also refuse the sign of another kind. Where hint and currency sign contradict each
    other (`Rp1,234` as INDONESIAN), it is still asked. For a word of thousands or millions (`1.234 juta`) only
    INDONESIAN, ENGLISH and PERCENT settle anything.
    """

    RUPIAH = "rupiah"
    """Money: three digits after the mark are a group of thousands (cents have two)."""
    COUNT = "cacah"
    """Whole things, such as people or files: a group of thousands."""
    PERCENT = "persen"
    """Percentages of which the caller knows that they stay below 1.000: decimals."""
    INDONESIAN = "id-ID"
    """Written in our style, for instance by Selaras itself: dot for thousands, comma for decimals."""
    ENGLISH = "en"
    """Written in English style: comma for thousands, dot for decimals."""


def read_amount(text: str, *, hint: NumberHint | None = None, place: Place = NOWHERE) -> Decimal | None:
    """The number that `text` stands for by the table of this module; None only for a missing mark.

    Rupiah come in rupiah, percentages as 87.5 for `87,5%`. Written decimals are kept, trailing zeros too.
    Raises AmbiguousNumber, with the question to ask, when two readings exist and neither the text nor `hint`
    settles it; raises UnreadableNumber when there is none or the text contradicts `hint`.
    """
    token = read_token(text, hint=hint, place=place)
    return token.amount if token else None


def is_missing(text: str) -> bool:
    """Whether `text` is one of the marks for "no value"."""
    return _cleaned(text).casefold() in MISSING_MARKS


@dataclass(frozen=True, slots=True)
class Token:
    """A number as read, and whether it was written as money or as a percentage."""

    amount: Decimal
    money: bool = False
    percent: bool = False


def read_token(text: str, *, hint: NumberHint | None = None, place: Place = NOWHERE) -> Token | None:
    """Like `read_amount`, with the signs that stood beside the number."""
    if is_missing(text):
        return None
    shape = _shape(text, place)
    _check_hint(shape, hint, text, place)
    amount = shape.signed(_magnitude(shape, hint, text, place))
    if shape.dangling:
        question = f"Apakah “{text.strip()}” berarti minus {shape.body}, atau tanda “-” itu penutup rupiah?"
        _ask(text, place, question=question, remedy="Tulis minus di depan angka, atau hapus tanda “-” di belakangnya.")
    return Token(amount, money=shape.money, percent=shape.percent)


def format_number(value: Decimal, *, places: int | None = None) -> str:
    """`value` in id-ID: dot between thousands, decimal comma. `places` rounds half up; None keeps its own digits

    without trailing zeros, as far as `own_places` counts them.
    """
    return _formatted(value, places)


@lru_cache(maxsize=8192)
def _formatted(value: Decimal, places: int | None) -> str:
    """Equal numbers are written alike, and a page holds the same ones many times."""
    if places is None:
        places = own_places(value)
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=WIDE)
    text = f"{rounded.copy_abs():,.{places}f}".translate(_SWAPPED)
    return f"-{text}" if rounded < 0 else text


def own_places(value: Decimal) -> int:
    """How many decimals a number is printed with when nobody says so: its own, without trailing zeros.

    With more than six it is the result of a division (203 of 338 is 60,059…%) and gets two, or two that are not zero.
    """
    exponent = value.normalize(WIDE).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return places if places <= MOST_OWN_PLACES else max(2, 1 - value.adjusted())


def format_percent(value: Decimal, *, places: int | None = None) -> str:
    """`87,5%`: the percent sign attached."""
    return f"{format_number(value, places=places)}%"


def format_rupiah(value: Decimal, *, places: int = 0) -> str:
    """`Rp1.234.567`: the currency sign attached, no cents unless asked for."""
    text = format_number(value, places=places)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def format_range(lower: Decimal, upper: Decimal, *, places: int | None = None) -> str:
    """`5–7`: an en dash without spaces; `s.d.` where an end is negative, so that no dash reads as a minus."""
    ends = [format_number(end, places=places) for end in (lower, upper)]
    return (" s.d. " if lower < 0 or upper < 0 else "–").join(ends)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_FACTORS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_CURRENCY = r"(?P<currency>(?:rp|idr)\s?\.?)"
_BRACKETS = re.compile(rf"{_CURRENCY}?\s*\((?P<inside>[^()]*)\)", re.IGNORECASE)
_EMPTY_MONEY = re.compile(rf"{_CURRENCY}\s*[-–]", re.IGNORECASE)
_SHAPE = re.compile(
    rf"""(?P<minus>[-−–])? (?:{_CURRENCY}\s*)? (?P<inner_minus>[-−–])?
    (?P<body>[0-9][0-9.,\u00a0\u2007\u2009\u202f]*?)
    (?P<dash>\s*[.,](?:--?|–|=) | \s+[-–] | -)?
    (?:\s*(?P<scale>{"|".join(_FACTORS)}))?
    (?:\s*(?P<percent>%|persen) | \s*(?P<rupiah>rupiah))?""",
    re.IGNORECASE | re.VERBOSE,
)
_SPACED = re.compile(r"[1-9][0-9]{0,2}([\u00a0\u2007\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_BOTH = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,|(?:,[0-9]{3})+\.)[0-9]+")
_REPEATED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})+")
_LONE = re.compile(r"(?P<head>[0-9]+)(?P<mark>[.,])(?P<tail>[0-9]+)")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A token taken apart: the digits with their marks, and what stood around them."""

    body: str
    negative: bool
    money: bool
    percent: bool
    factor: int
    dangling: bool
    """A dash attached behind, with no currency: a minus, or the dash of rupiah."""

    def signed(self, magnitude: Decimal) -> Decimal:
        value = magnitude * self.factor if self.factor != 1 else magnitude
        return value.copy_negate() if self.negative and value else value


def _cleaned(text: str) -> str:
    return text.translate(_INVISIBLE).strip()


def _shape(text: str, place: Place) -> _Shape:
    cleaned = _cleaned(text)
    if _EMPTY_MONEY.fullmatch(cleaned):
        question = f"Apakah “{text.strip()}” berarti nol rupiah atau belum diisi?"
        _ask(text, place, question=question, remedy="Tulis 0 bila nol, atau kosongkan bila belum ada nilainya.")
    brackets = _BRACKETS.fullmatch(cleaned)
    inside = (brackets["currency"] or "") + brackets["inside"].strip() if brackets else cleaned
    found = _SHAPE.fullmatch(inside)
    if found is None:
        _refuse(text, place)
    signs = [bool(brackets), bool(found["minus"]), bool(found["inner_minus"])]
    percent, scale = bool(found["percent"]), found["scale"]
    currency = bool(found["currency"] or found["rupiah"])
    money = currency or bool(found["dash"])
    dangling = found["dash"] == "-" and not currency
    if sum([*signs, dangling]) > 1 or (percent and (money or scale)) or (scale and found["dash"]):
        _refuse(text, place)
    factor = _FACTORS[scale.casefold()] if scale else 1
    return _Shape(found["body"], any(signs), money, percent, factor, dangling)


def _check_hint(shape: _Shape, hint: NumberHint | None, text: str, place: Place) -> None:
    if shape.percent and hint in {NumberHint.RUPIAH, NumberHint.COUNT}:
        _refuse(text, place, expected=f"{hint}, bukan persen")
    if shape.money and hint in {NumberHint.PERCENT, NumberHint.COUNT}:
        _refuse(text, place, expected=f"{hint}, bukan rupiah")


def _magnitude(shape: _Shape, hint: NumberHint | None, text: str, place: Place) -> Decimal:
    body = shape.body
    if _SPACED.fullmatch(body):
        whole = re.sub(r"\s", "", body)
        return _number(whole.replace(",", "."), text, place)
    if _BOTH.fullmatch(body):
        thousands_mark = min(".,", key=body.rfind)
        return _number(body.replace(thousands_mark, "").replace(",", "."), text, place)
    if _REPEATED.fullmatch(body):
        return _number(re.sub(r"[.,]", "", body), text, place)
    lone = _LONE.fullmatch(body)
    if not lone and not _DIGITS.fullmatch(body):
        _refuse(text, place)
    if re.match("0[0-9]", body):
        _refuse(text, place, remedy="Angka tidak diawali nol; kode dan jam tidak dibaca sebagai angka.")
    if lone and len(lone["tail"]) == 3 and lone["head"] != "0":
        return _three_digits(lone, shape, hint, text, place)
    return _number(body.replace(",", "."), text, place)


def _three_digits(lone: re.Match[str], shape: _Shape, hint: NumberHint | None, text: str, place: Place) -> Decimal:
    """The only place where two readings exist: one mark with exactly three digits after it."""
    head, mark, tail = lone["head"], lone["mark"], lone["tail"]
    whole_units = shape.factor == 1 and (shape.money or hint in {NumberHint.RUPIAH, NumberHint.COUNT})
    if len(head) > 3:
        if whole_units:
            _refuse(text, place)
        return _number(f"{head}.{tail}", text, place)
    readings = {True: Decimal(head + tail), False: Decimal(f"{head}.{tail}")}
    votes = {True} if whole_units else set()
    if hint in {NumberHint.INDONESIAN, NumberHint.ENGLISH}:
        votes.add((mark == ".") is (hint is NumberHint.INDONESIAN))
    elif hint is NumberHint.PERCENT:
        votes.add(False)
    if len(votes) != 1:
        _ask_which(readings[True], readings[False], shape, text, place)
    return readings[votes.pop()]


def _ask_which(thousands: Decimal, decimals: Decimal, shape: _Shape, text: str, place: Place) -> NoReturn:
    unit = " persen" if shape.percent else ""
    big, small = (spell(shape.signed(reading)) + unit for reading in (thousands, decimals))
    question = f"Apakah “{text.strip()}” berarti {big} atau {small}?"
    clear = f"{thousands} atau {str(decimals).replace('.', ',')}0"
    _ask(text, place, question=question, remedy=f"Tulis {clear} agar jelas.")


def _number(plain: str, text: str, place: Place) -> Decimal:
    if sum(map(str.isdigit, plain)) > LONGEST:
        _refuse(text, place, expected=f"angka paling panjang {LONGEST} digit")
    return Decimal(plain)


def _refuse(
    text: str,
    place: Place,
    *,
    expected: str = "angka seperti 1.234.567,89 atau 87,5",
    remedy: str = "Tulis angkanya saja: titik untuk ribuan, koma untuk desimal.",
) -> NoReturn:
    fault = Fault("Angka tidak terbaca", place, read=text.strip()[:80], expected=expected, remedy=remedy)
    raise UnreadableNumber("Angka tidak terbaca.", fault)


def _ask(text: str, place: Place, *, question: str, remedy: str) -> NoReturn:
    message, expected = "Angka dapat dibaca dua cara", "angka dengan satu arti"
    fault = Fault(message, place, read=text.strip()[:80], expected=expected, remedy=f"{question} {remedy}")
    raise AmbiguousNumber(f"{message}.", fault, question=question)
