"""Grades in order, and what they allow an achievement to be. Pure.

Ladders: evaluation of AKIP (Permenpan-RB 88/2021) and opinions of the audit board; grades of two ladders are not compared.
"""

from __future__ import annotations

from fractions import Fraction

LADDERS = (("AA", "A", "BB", "B", "CC", "C", "D"), ("WTP", "WDP", "TW", "TMP"))
"""Each from the best down. `TW` (tidak wajar) stands above `TMP` (no opinion given), as the board lists them."""
NEAREST, FARTHEST = Fraction(80), Fraction(125)
"""Within these an achievement may come from the scores behind two equal grades."""


def order(first: str, second: str) -> int | None:
    """1 where the first grade is better, 0 where both are one, -1 where it is worse; None on no common ladder."""
    one, two = first.strip().upper(), second.strip().upper()
    if one == two:
        return 0
    ladder = next((ladder for ladder in LADDERS if one in ladder and two in ladder), None)
    return None if ladder is None else (1 if ladder.index(one) < ladder.index(two) else -1)


def allows(target: str, realised: str, achievement: Fraction) -> bool:
    """Whether an achievement in percent can stand beside two grades; True where nothing can be said."""
    way = order(realised, target)
    if way is None:
        return True
    if way == 0:
        return NEAREST <= achievement <= FARTHEST
    return achievement >= 100 if way > 0 else achievement < 100
