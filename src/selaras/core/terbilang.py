"""Terbilang: numbers in Indonesian words, and words back into numbers. Decimal only.

`spell` writes `se-` only before puluh, belas, ratus and a block of exactly one thousand that begins the number
or follows a larger block (1.001.000 is `satu juta seribu`); juta and above take `satu`. Decimals are read digit
by digit after `koma`, trailing zeros kept. Source: house conventions on terbilang (from memory, to be confirmed).
"""

from __future__ import annotations

import re
from decimal import Decimal

from selaras.core.errors import Fault, UnreadableNumber
from selaras.core.place import NOWHERE, Place

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
LIMIT = Decimal(10) ** (3 * len(SCALES))


def spell(value: Decimal) -> str:
    """`value` in words: `sembilan puluh delapan koma lima nol` for 98.50, `minus tiga` for -3.

    Raises ValueError for what is not finite or reaches 10^18, for which practice has no agreed word.
    """
    if not value.is_finite() or abs(value) >= LIMIT:
        raise ValueError(f"{value} cannot be spelled: it must be finite and below 10^{3 * len(SCALES)}")
    whole, _, decimals = f"{value.copy_abs():f}".partition(".")
    words = [_spell_whole(int(whole))]
    if decimals:
        words += ["koma", *(DIGITS[int(digit)] for digit in decimals)]
    return " ".join(["minus", *words] if value < 0 else words)


def spell_rupiah(value: Decimal) -> str:
    """Money in words: `seribu rupiah`, with cents `seribu rupiah lima puluh sen`; fractions of a sen by `koma`."""
    words, _, _ = spell(value).partition(" koma ")
    cents = f"{value:f}".partition(".")[2].rstrip("0")
    if len(cents) > 2:
        return f"{spell(value)} rupiah"
    return f"{words} rupiah {_spell_whole(int(cents.ljust(2, '0')))} sen" if cents else f"{words} rupiah"


def spell_percent(value: Decimal) -> str:
    """A percentage in words, `sembilan puluh delapan koma lima nol persen` for 98.50."""
    return f"{spell(value)} persen"


def unspell(text: str, *, place: Place = NOWHERE) -> Decimal:
    """The number that the words stand for; a closing `rupiah`, `sen` or `persen` is read and left out.

    Capitals, missing or extra spaces (`limapuluh`), hyphens, `milyar`, `satu ratus`, `min` and `kurang` are
    accepted. Words that do not make up one number, such as `sembilan puluh delapan limapuluh persen` with its
    `koma` missing, raise UnreadableNumber.
    """
    found = _NUMBER.fullmatch(_symbols(text))
    if found is None or not found["whole"]:
        fault = Fault(
            "Bilangan dengan huruf tidak terbaca",
            place,
            read=text.strip()[:120],
            expected="kata bilangan seperti “sembilan puluh delapan koma lima nol”",
            remedy="Periksa apakah ada kata yang hilang, misalnya “koma”, atau salah urut.",
        )
        raise UnreadableNumber("Bilangan dengan huruf tidak terbaca.", fault)
    whole = sum(_value_of(found[symbol] or "") * 1000**power for power, symbol in enumerate(_BLOCK_NAMES))
    decimals = found["decimals"] or (f"{_value_of(found['sen']):02}" if found["sen"] else "")
    number = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return number.copy_negate() if found["minus"] and number else number


def _spell_whole(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    words: list[str] = []
    for power in reversed(range(len(SCALES))):
        block = number // 1000**power % 1000
        if block:
            words.append(_spell_scaled(block, power))
    return " ".join(words)


def _spell_scaled(block: int, power: int) -> str:
    if power == 1 and block == 1:
        return "seribu"
    return f"{_spell_block(block)} {SCALES[power]}".strip()


def _spell_block(block: int) -> str:
    """A block from 1 to 999."""
    hundreds, rest = divmod(block, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{DIGITS[hundreds]} ratus")
    if rest:
        words.append(_spell_below_hundred(rest))
    return " ".join(words)


def _spell_below_hundred(rest: int) -> str:
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return DIGITS[ones]
    if tens == 1:
        return ("sepuluh", "sebelas")[ones] if ones < 2 else f"{DIGITS[ones]} belas"
    return f"{DIGITS[tens]} puluh {DIGITS[ones]}" if ones else f"{DIGITS[tens]} puluh"


# Reading: every word becomes one symbol, and a number is a pattern of symbols. No word of the vocabulary is the
# beginning of two others joined, so spaces carry no meaning and may be lost. `se-` before a scale stands alone in its
# block ("s"), so that "dua puluh seribu" is refused.
_SYMBOLS = {
    **{word: str(digit) for digit, word in enumerate(DIGITS)},
    "puluh": "p", "belas": "b", "ratus": "r", "ribu": "K", "juta": "J", "miliar": "M", "milyar": "M",
    "triliun": "T", "trilyun": "T", "kuadriliun": "Q", "koma": ",", "minus": "-", "kurang": "-", "min": "-",
    "rupiah": "u", "persen": "%", "sen": "c",
}  # fmt: skip
_ONE_OF_TEN = "se(?=puluh|belas|ratus)"
_ONE_OF_SCALE = "se(?=ribu|juta|mil[iy]ar|tril[iy]un|kuadriliun)"
_WORD = re.compile(
    f"(?P<one>{_ONE_OF_TEN})|(?P<alone>{_ONE_OF_SCALE})|" + "|".join(sorted(_SYMBOLS, key=len, reverse=True)) + "|."
)
_TENS = "(?:[1-9]p[1-9]?|[1-9]b|[1-9])"
_BLOCK = f"(?:(?:[1-9]r)?{_TENS}|[1-9]r)"
_BLOCK_NAMES = ("ones", "K", "J", "M", "T", "Q")
_NUMBER = re.compile(
    r"(?P<minus>-)?(?P<whole>0|"
    + "".join(f"(?:(?P<{scale}>{_BLOCK}|s){scale})?" for scale in reversed(_BLOCK_NAMES[1:]))
    + rf"(?P<ones>{_BLOCK})?)(?:,(?P<decimals>[0-9]+)[u%]?|[u%]|u(?P<sen>{_TENS})c)?"
)


def _symbols(text: str) -> str:
    joined = re.sub(r"[\s\-]", "", text.casefold())
    return "".join(
        "1" if word["one"] else "s" if word["alone"] else _SYMBOLS.get(word[0], "?") for word in _WORD.finditer(joined)
    )


def _value_of(block: str) -> int:
    """The value of a block of symbols: `4r5p1` is 451, `2b` is 12."""
    if block == "s":
        return 1
    value, digit = 0, 0
    for symbol in block:
        if symbol.isdigit():
            digit = int(symbol)
            continue
        value += {"r": 100 * digit, "p": 10 * digit, "b": 10 + digit}[symbol]
        digit = 0
    return value + digit
