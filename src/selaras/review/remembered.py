"""Regulations as the register of memory has them: titles, what changed them, how many there can be. Little of it is certain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from selaras.review.citations import Cited, short_kind, title_words
from selaras.review.wordlists import table

Key = tuple[str, str, int]
_ALIKE = 84
_LEAST = 3
"""A title of fewer words must be equal as a whole; a longer one may be cut short or go on."""


@lru_cache(maxsize=1)
def titles() -> dict[Key, str]:
    """The titles of national regulations by short kind, number and year."""
    return {
        (short_kind(group["kind"]), str(number), int(year)): str(title)
        for group in table("register")["kind"]
        for number, year, title in group["entries"]
    }


@lru_cache(maxsize=1)
def confirmed() -> frozenset[Key]:
    """The regulations whose number, year and subject somebody has found stated; `source` of the data says where."""
    return frozenset(key_of(entry["regulation"]) for entry in table("register")["confirmed"])


@lru_cache(maxsize=1)
def changed() -> dict[Key, tuple[int, frozenset[Key]]]:
    """By which regulations one was changed, complete up to a year."""
    return {
        key_of(entry["regulation"]): (int(entry["until"]), frozenset(key_of(each) for each in entry["by"]))
        for entry in table("register")["amended"]
    }


def key_of(parts: Sequence[object]) -> Key:
    """Kind, number and year of the data as a key."""
    return short_kind(str(parts[0])), str(parts[1]), int(str(parts[2]))


def most(kind: str, year: int) -> int | None:
    """How many regulations of the kind the year brought at most; None if not known."""
    found = table("register")["most"].get(kind, {}).get(str(year))
    return int(found) if found is not None else None


def other_title(cited_title: str, title: str) -> bool:
    """Whether the titles are about different things; small differences belong to another rule.

    Either the whole words are unlike, or the cited title begins with at least two words that the other does not have,
    in the place of some that it has.
    """
    one, other = _words(cited_title), _words(title)
    if not one or not other:
        return False
    if fuzz.token_set_ratio(" ".join(one), " ".join(other)) < 70:
        return True
    length = min(len(one), len(other))
    foreign = [word for word in one[:length] if not _has(other, word)]
    lost = [word for word in other[:length] if not _has(one, word)]
    return len(foreign) >= 2 and bool(lost)


def holders(item: Cited) -> list[Key]:
    """The regulations to which the register gives the cited title, when it does not give it to the cited one.

    A title as a whole may belong to any number and year of its kind; one that is cut short, or goes on, only to one
    with the number or the year that is cited. Under another kind number and year must be the same. Of several only those
    of one title that are as near as the nearest: what has neither number nor year of the citation is no likely slip of it.
    """
    words = _words(item.title)
    if not words or item.key in titles():
        return []
    found = []
    for key, title in titles().items():
        known = _words(title)
        shared = (key[1] == item.number) + (key[2] == item.year)
        whole = known == words
        begins = min(len(known), len(words)) >= _LEAST and known[: len(words)] == words[: len(known)]
        if (key[0] == item.kind and (whole or (begins and shared == 1))) or (
            key[0] != item.kind and shared == 2 and (whole or begins)
        ):
            found.append((not whole, -shared, key))
    found.sort()
    return [key for *rank, key in found if rank == [*found[0][:2]] and titles()[key] == titles()[found[0][2]]]


@lru_cache(maxsize=4096)
def _words(title: str) -> tuple[str, ...]:
    """The words of a title without `Tahun`, which stands before years in some citations and not in others."""
    return tuple(word for word in title_words(title) if word != "tahun")


def _has(words: Sequence[str], wanted: str) -> bool:
    return any(fuzz.ratio(word, wanted) >= _ALIKE for word in words)
