"""The public code of an issued document: short enough to type from paper, too many to guess, no letters that look alike."""

from __future__ import annotations

from collections.abc import Iterable

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without 0 and O, 1, I and L, and U; 30 of them, so ten letters are one of 590 trillion."""
LENGTH = 10
_GROUP = 5
_IGNORED = str.maketrans("", "", " -.–\t")


def code_of(draws: Iterable[int]) -> str:
    """The code of ten random numbers, each from 0 to 29 (by `secrets.randbelow(30)`). Raises ValueError for too few."""
    drawn = [LETTERS[draw] for _, draw in zip(range(LENGTH), draws, strict=False)]
    if len(drawn) != LENGTH:
        raise ValueError("a code needs ten draws")
    return "".join(drawn)


def shown(code: str) -> str:
    """A code as it is printed: `7KQ2M-XW9TP`."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"


def typed(text: str) -> str:
    """A code as somebody typed it, made regular; empty if it cannot be one."""
    code = text.strip().upper().translate(_IGNORED)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""
