"""Which sentences can hold an expression, by an index of a report's words: most rules look for words that few sentences have.

What an expression must begin with is read off its source; one whose beginning cannot be told is searched for everywhere.
So are the words without which it cannot match. The index only leaves out sentences in which nothing can be found: the
answer is that of a search through all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from selaras.review.report import Report, Sentence, SentenceKind

WORD = re.compile(r"\w+")
_AT_WORD = re.compile(r"(?:\\b|\(\?<!(?:\\w|\[\\w[^\]]*\])\))+")
_GROUP = re.compile(r"\((?:\?:|\?i:|\?P<\w+>)?(?!\?)")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{[0-9]*,?[0-9]*\})\??")
_OPTIONAL = re.compile(r"[?*]|\{0?,|\{0\}")
_RUNNING = (SentenceKind.TEXT, SentenceKind.ITEM)
_CODED = re.compile(r"\\[xuUN0-9]")
SHORTEST = 3
"""So many letters a word has at least that is looked up because an expression cannot do without it."""
FEW = 48
"""So few sentences are searched at once."""


@dataclass(frozen=True, slots=True)
class Concordance:
    """The words of a report in small letters, each on a line of `words` that begins at `starts`, with its sentences."""

    words: str
    starts: tuple[int, ...]
    sentences: tuple[list[int], ...]
    known: dict[str, set[int]] = field(default_factory=dict, compare=False, repr=False)

    def holding(self, head: str) -> set[int]:
        """The numbers of the sentences that have a word with these letters in it; a line break before them: as its first."""
        found = self.known.get(head)
        if found is None:
            found = self.known[head] = self._holding(head)
        return found

    def _holding(self, head: str) -> set[int]:
        at, found = self.words.find(head), set[int]()
        while at >= 0:
            word = bisect_right(self.starts, at + head.startswith("\n")) - 1
            found.update(self.sentences[word])
            at = self.words.find(head, self.words.find("\n", at + 1))
        return found


def concordance(report: Report) -> Concordance:
    """The index of all sentences of a report, made once."""
    found: Concordance = report.once("concordance", _made)
    return found


def saying(report: Report, wanted: re.Pattern[str], *, running: bool = False) -> list[Sentence]:
    """The sentences in which `wanted` is found, in reading order; `running` leaves out headings, cells and captions."""
    known: dict[re.Pattern[str], list[Sentence]] = report.once("saying", lambda _: {})
    found = known.get(wanted)
    if found is None:
        found = known[wanted] = [sentence for sentence in _possible(report, wanted) if wanted.search(sentence.text)]
    return [sentence for sentence in found if sentence.kind in _RUNNING] if running else [*found]


def matches(
    report: Report, wanted: re.Pattern[str], *, running: bool = False
) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Every place where `wanted` is found, with its sentence, in reading order; `running` as for `saying`."""
    for sentence in saying(report, wanted, running=running):
        for match in wanted.finditer(sentence.text):
            yield sentence, match


def says(report: Report, wanted: re.Pattern[str]) -> bool:
    """Whether any sentence holds `wanted`."""
    return any(wanted.search(sentence.text) for sentence in _possible(report, wanted))


def _possible(report: Report, wanted: re.Pattern[str]) -> Sequence[Sentence]:
    heads, index = beginnings(wanted), concordance(report)
    left = None if heads is None else set[int]().union(*map(index.holding, heads))
    for ways in needed(wanted) if left is None or len(left) > FEW else ():
        there = set[int]().union(*map(index.holding, ways))
        left = there if left is None else left & there
    return report.sentences if left is None else [report.sentences[number] for number in sorted(left)]


def _made(report: Report) -> Concordance:
    where: dict[str, list[int]] = {}
    for number, sentence in enumerate(report.sentences):
        for word in set(WORD.findall(sentence.text.casefold())):
            where.setdefault(word, []).append(number)
    lines = "\n".join(("", *where, ""))
    starts = accumulate((len(word) + 1 for word in where), initial=1)
    return Concordance(lines, tuple(starts)[:-1], tuple(where.values()))


@lru_cache(maxsize=1024)
def beginnings(wanted: re.Pattern[str]) -> frozenset[str] | None:
    """The letters, small, with which a match begins, with a line break before them where a word must begin there too.

    None where the source does not tell.
    """
    if wanted.flags & re.VERBOSE:
        return None
    found: set[str] = set()
    for part in _alternatives(wanted.pattern):
        anchor = _AT_WORD.match(part)
        heads = _heads(part[anchor.end() :] if anchor else part)[0]
        if "" in heads:
            return None
        found |= {"\n" * bool(anchor) + head.casefold() for head in heads}
    return frozenset(found)


@lru_cache(maxsize=1024)
def needed(wanted: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Letters, small, that stand in every match, inside one word each: of each set one. Empty where the source does not tell."""
    if wanted.flags & re.VERBOSE or _CODED.search(wanted.pattern):
        return ()
    parts = _alternatives(wanted.pattern)
    if len(parts) == 1:
        return tuple(_needs(parts[0]))
    ways = _ways(parts)
    return (ways,) if ways else ()


def _ways(parts: Sequence[str]) -> frozenset[str]:
    """The longest letters that each of the alternatives needs; empty if one needs none."""
    best = [max(_needs(part), key=lambda ways: min(map(len, ways)), default=frozenset[str]()) for part in parts]
    return frozenset[str]().union(*best) if all(best) else frozenset()


def _needs(source: str) -> list[frozenset[str]]:
    """The letters that a sequence without alternatives cannot match without, of each set one."""
    found, run, at = [], "", 0
    while at < len(source):
        start, group = at, _GROUP.match(source, at)
        at = _after(source, at)
        quantifier = _QUANTIFIER.match(source, at)
        if quantifier is None and source[start].isalnum():
            run += source[start].casefold()
            continue
        found.append(frozenset({run}))
        run, inner = "", source[group.end() : at - 1] if group else ""
        if inner and not (quantifier and _OPTIONAL.match(quantifier[0])):
            found.append(_ways(_alternatives(inner)))
        at = quantifier.end() if quantifier else at
    found.append(frozenset({run}))
    return [ways for ways in found if ways and min(map(len, ways)) >= SHORTEST]


def _heads(source: str) -> tuple[set[str], bool]:
    """The letters with which a sequence begins, in each of its ways, and whether that is all of it."""
    heads, at = {""}, 0
    while at < len(source):
        start, (items, whole, at) = at, _item(source, at)
        quantifier = _QUANTIFIER.match(source, at)
        if quantifier is None:
            if not items:
                return heads, False
            heads = {head + item for head in heads for item in items}
            if not whole:
                return heads, False
            continue
        if not _OPTIONAL.match(quantifier[0]):
            return {head + item for head in heads for item in items or {""}}, False
        if start and source[start] != "(":
            return heads, False
        after = _heads(source[quantifier.end() :])[0]
        there = {item + rest for item in items for rest in after} if whole and quantifier[0] == "?" else items
        return {head + item for head in heads for item in {*(there or {""}), *after}}, False
    return heads, True


def _item(source: str, at: int) -> tuple[set[str], bool, int]:
    """The ways in which the item at `at` begins (none if it can be anything), whether they are all of it, and its end."""
    group = _GROUP.match(source, at)
    if group:
        end = _closing(source, at)
        ways = [_heads(part) for part in _alternatives(source[group.end() : end])]
        return {head for heads, _ in ways for head in heads}, all(whole for _, whole in ways), end + 1
    if source[at].isalnum():
        return {source[at]}, True, at + 1
    if source[at] == "[":
        return set(), False, _class_end(source, at) + 1
    if source[at] == "(":
        return set(), False, _closing(source, at) + 1
    return set(), False, at + (2 if source[at] == "\\" else 1)


def _alternatives(source: str) -> list[str]:
    """The parts of an expression between the bars that stand in no group."""
    parts, start, at = [], 0, 0
    while at < len(source):
        if source[at] == "|":
            parts.append(source[start:at])
            start = at + 1
        at = _after(source, at)
    return [*parts, source[start:]]


def _closing(source: str, at: int) -> int:
    """Where the group that opens at `at` closes."""
    at += 1
    while source[at] != ")":
        at = _after(source, at)
    return at


def _after(source: str, at: int) -> int:
    """Behind the character, escape, class or group at `at`."""
    if source[at] == "\\":
        return at + 2
    if source[at] == "[":
        return _class_end(source, at) + 1
    return _closing(source, at) + 1 if source[at] == "(" else at + 1


def _class_end(source: str, at: int) -> int:
    """The bracket that closes a class; one right behind the opening belongs to the class."""
    at += 2 if source[at + 1] == "^" else 1
    at += source[at] == "]"
    while source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at
