"""Indicators of which one table changes a word: the same list otherwise, one name with another word in it.

Only a word for a word counts. Words left out, abbreviations, inflections and misspellings are no other wording, nor are
names that any table lists side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from selaras.review.chains import alike
from selaras.review.likeness import fold, is_short_for
from selaras.review.report import Grid, IndicatorClaim, Report, Role, Sentence, SentenceKind, TableKind
from selaras.review.subjects import tokens

MOST_CHANGED = 2
"""So many words may stand for so many others."""
FEWEST_KEPT = 3
KEPT = 0.6
"""So much of the longer name must stay the same."""
ONE_WORD = 78
"""From this likeness on two words are spellings or inflections of one."""
_PREFIXES = ("", "di", "ter", "ber", "ke", "se", "per", "me", "mem", "men", "meng", "pe", "pem", "pen", "peng")
_NASALS = (("ny", "s"), ("ng", "k"), ("m", "p"), ("n", "t"))
SHORTEST = 4
STEM = 5
"""So many letters make a stem."""
OF_OTHERS = (TableKind.SUPPORT, TableKind.PROGRAMMES, TableKind.BUDGET)
"""Tables of the indicators of programmes, which may repeat those of the unit in other words."""
VALUES = (Role.TARGET, Role.REALISATION, Role.FINAL_TARGET)


@dataclass
class Wording:
    """One wording of an indicator with every place that lists it and the values that stand beside it."""

    name: str
    words: tuple[str, ...]
    claims: list[IndicatorClaim] = field(default_factory=list)
    values: list[IndicatorClaim] = field(default_factory=list)

    @cached_property
    def grids(self) -> dict[int, Grid]:
        """The tables that list it; asked for when all its claims are known."""
        return {id(claim.grid): claim.grid for claim in self.claims}


@dataclass(frozen=True, slots=True)
class Reworded:
    """A wording that stands where the other tables have another one."""

    odd: Wording
    usual: Wording


def wordings(report: Report) -> list[Wording]:
    """Every wording of the indicators of the unit, in reading order."""
    found: dict[str, Wording] = {}
    for claim in report.indicators:
        if claim.grid.kind in OF_OTHERS or not claim.name.strip():
            continue
        known = found.setdefault(fold(claim.name), Wording(claim.name, tokens(claim.name)))
        if claim.role is Role.INDICATOR:
            known.claims.append(claim)
        elif claim.role in VALUES and claim.value is not None:
            known.values.append(claim)
    return [wording for wording in found.values() if wording.claims]


def reworded(known: Sequence[Wording]) -> Iterator[Reworded]:
    """Each wording that has a word of another one changed, and stands in its place in a table with the same list."""
    listed: dict[int, set[str]] = defaultdict(set)
    for wording in known:
        for grid in wording.grids:
            listed[grid].add(fold(wording.name))
    for odd in known:
        usual = [
            other
            for other in known
            if other is not odd
            and _is_usual(other, odd)
            and is_changed(odd.words, other.words)
            and not set(odd.grids) & set(other.grids)
            and _in_its_place(odd, other, listed)
        ]
        if usual:
            yield Reworded(odd, max(usual, key=lambda wording: len(wording.grids)))


def headings(report: Report, known: Sequence[Wording]) -> Iterator[tuple[Sentence, Wording]]:
    """Headings that name an indicator with a word changed, though no table lists it so."""
    names = {wording.words for wording in known}
    for sentence in report.sentences:
        if sentence.kind is not SentenceKind.HEADING:
            continue
        said = tokens(sentence.text.rsplit(":", 1)[-1])
        ends = [said[start:] for start in range(3) if len(said) - start >= FEWEST_KEPT]
        if not ends or any(end in names for end in ends):
            continue
        for wording in known:
            if any(is_changed(end, wording.words) for end in ends if end[:1] == wording.words[:1]):
                yield sentence, wording
                break


def is_changed(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one or two words of a name stand for as many others, all else being equal."""
    if abs(len(first) - len(second)) >= MOST_CHANGED:
        return False
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    if not (0 < len(left) <= MOST_CHANGED and 0 < len(right) <= MOST_CHANGED):
        return False
    kept = start + end
    if kept < FEWEST_KEPT or kept < KEPT * max(len(first), len(second)):
        return False
    return not _is_one_word(left, right)


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words the two begin with alike."""
    return next(
        (at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
        min(len(first), len(second)),
    )


def _is_one_word(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the differing words are spellings, inflections or abbreviations of one another, or only numbers and grades."""
    one, two = "".join(left), "".join(right)
    if min(len(one), len(two)) < 3 or any(word.isdigit() for word in (*left, *right)):
        return True
    return is_short_for(left, right) or _is_inflected(one, two)


def _is_inflected(one: str, two: str) -> bool:
    """Whether two words are spelled nearly alike, or share their stem: `dipelihara`, `terpelihara`."""
    stem = SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size
    long = stem >= STEM and stem >= KEPT * max(len(one), len(two))
    return long or fuzz.ratio(one, two) >= ONE_WORD or bool(_stems(one) & _stems(two))


@lru_cache(maxsize=2048)
def _stems(word: str) -> frozenset[str]:
    """All that may be left of a word without its affixes; `menata` may come of `tata`, as `n` takes the place of `t`."""
    bare = {word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)}
    for prefix in ("me", "pe"):
        rest = word.removeprefix(prefix)
        bare |= {first + rest[len(nasal) :] for nasal, first in _NASALS if rest != word and rest.startswith(nasal)}
    ends = {rest.removesuffix(suffix) for rest in bare for suffix in ("", "nya", "kan", "an")}
    return frozenset(stem for stem in ends if len(stem) >= SHORTEST)


def _is_usual(other: Wording, odd: Wording) -> bool:
    """Whether more tables have the other wording, or as many and the agreement is one of them."""
    more, fewer = len(other.grids), len(odd.grids)
    return more > fewer or (more == fewer and _is_promised(other) and not _is_promised(odd))


def _is_promised(wording: Wording) -> bool:
    return any(grid.kind is TableKind.AGREEMENT for grid in wording.grids.values())


def _in_its_place(odd: Wording, usual: Wording, listed: dict[int, set[str]]) -> bool:
    """Whether a table of the odd wording lists the rest of what a table of the usual one lists, or gives it its values."""
    if any(alike(one.value, two.value) for one, two in _same_years(odd.values, usual.values)):
        return True
    if _same_years(odd.values, usual.values) and not _shares_goal(odd, usual):
        return False
    own, theirs = fold(odd.name), fold(usual.name)
    pairs = ((listed[mine] - {own}, listed[other] - {theirs}) for mine in odd.grids for other in usual.grids)
    return any(
        (min(len(one), len(two)) and 2 * len(one & two) >= min(len(one), len(two)))
        or (not one and not two and _shares_goal(odd, usual))
        for one, two in pairs
    )


def _same_years(
    first: Iterable[IndicatorClaim], second: Sequence[IndicatorClaim]
) -> list[tuple[IndicatorClaim, IndicatorClaim]]:
    return [(one, two) for one in first for two in second if one.role is two.role and one.year == two.year]


def _shares_goal(odd: Wording, usual: Wording) -> bool:
    goals = {fold(claim.sasaran) for claim in usual.claims if claim.sasaran.strip()}
    return any(fold(claim.sasaran) in goals for claim in odd.claims if claim.sasaran.strip())
