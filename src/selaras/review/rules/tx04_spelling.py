"""Kata atau istilah resmi salah tulis.

Mengapa: istilah yang salah (“perjanjian kerja”, “Rancangan Strategis”) berarti hal lain; salah ketik mengurangi kepercayaan.
Peraturan: EYD; Permenpan-RB 53/2014 (istilah).
Salah: Presentase, Kementrian, Rancangan Strategis.
Benar: Persentase, Kementerian, Rencana Strategis.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import eq
from typing import Any

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.misspelled import slips
from selaras.review.prose import any_of, around, cells_of, quoted
from selaras.review.report import Report, SentenceKind
from selaras.review.wordlists import table

CODE = "TX04"
KINDS = ("typo", "naming", "legal-basis")

_TWICE = re.compile(r"\b([A-Za-z]{4,})\s+\1\b")
_REAL_PAIRS = frozenset(
    {
        "masing",
        "rata",
        "tahun",
        "satu",
        "orang",
        "bersama",
        "sungguh",
        "hati",
        "lain",
        "mata",
        "benar",
        "kira",
        "lambat",
        "sewaktu",
        "sama",
        "terus",
        "cita",
        "undang",
        "baru",
    }
)


_LETTERS = re.compile("[a-z]*")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile("[a-z]+")
_ALTERNATIVES = re.compile(r"\|(?![^(]*\))")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The word list and slips of one letter, each word once with all its places; words that stand twice."""
    found: dict[int, list[Place]] = defaultdict(list)
    written: dict[int, str] = {}
    entries = table("spelling")["word"]
    texts = list(_texts(report))
    times = Counter(text for text, _ in texts)
    runs = {text: _RUN.findall(text.casefold()) for text in times}
    said = {text: frozenset(words) for text, words in runs.items()}
    doubled = {text for text, words in runs.items() if any(map(eq, words, words[1:]))}
    possible = _possible(sorted(set().union(*said.values())))
    asked = {
        text: sorted({number for word in words & possible.keys() for number in possible[word]})
        for text, words in said.items()
        if not words.isdisjoint(possible)
    }
    faulty = asked.keys() | doubled
    for text, place in [each for each in texts if each[0] in faulty]:
        for number in asked.get(text, ()):
            for match in _expression(entries[number]["wrong"]).finditer(text):
                written.setdefault(number, match[0])
                found[number].append(quoted(around(text, *match.span(), width=30), place))
        for match in _TWICE.finditer(text) if text in doubled else ():
            if match[1].casefold() not in _REAL_PAIRS:
                yield Finding(
                    CODE,
                    "typo",
                    Severity.INFO,
                    f"Kata berulang: “{match[0]}”",
                    stated=match[0],
                    expected=match[1],
                    places=(quoted(around(text, *match.span(), width=30), place),),
                    suggestion="Hapus satu.",
                )
    for number, places in found.items():
        yield _finding(entries[number], written[number], places)
    yield from _slips(texts, said, runs, times)


def _slips(
    texts: Sequence[tuple[str, Place]],
    said: dict[str, frozenset[str]],
    runs: dict[str, list[str]],
    times: Counter[str],
) -> Iterator[Finding]:
    """Words that the list does not hold, but that are one letter away from an official term."""
    for slip in slips((text, runs[text], many) for text, many in times.items()):
        wrong = any_of([slip.wrong])
        own = set(_RUN.findall(slip.wrong.casefold()))
        holding = [(text, place) for text, place in texts if own <= said[text]]
        spots = [
            (match, text, place) for text, place in holding for match in wrong.finditer(text) if not _told(text, match)
        ]
        if spots:
            places = [quoted(around(text, *match.span(), width=30), place) for match, text, place in spots]
            yield _finding({"right": slip.right}, spots[0][0][0], places)


def _told(text: str, match: re.Match[str]) -> bool:
    """Whether the word list has told of this place."""
    return any(other.start() < match.end() and match.start() < other.end() for other in _any_wrong().finditer(text))


def _finding(entry: dict[str, Any], written: str, places: list[Place]) -> Finding:
    times = f" ({len(places)} kali)" if len(places) > 1 else ""
    return Finding(
        CODE,
        entry.get("kind", "typo"),
        Severity(entry.get("severity", "info")),
        f"“{written}”{times}: tulis {entry['right']}",
        stated=written,
        expected=entry["right"],
        places=tuple(places[:20]),
        regulation="EYD",
        suggestion=f"Ganti dengan {entry['right']}.",
    )


@lru_cache(maxsize=1)
def _any_wrong() -> re.Pattern[str]:
    return any_of([entry["wrong"] for entry in table("spelling")["word"]])


def _possible(said: Sequence[str]) -> dict[str, set[int]]:
    """Of these sorted words those with which an entry may begin, each with the entries."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, heads in enumerate(_heads()):
        for head in heads:
            at = bisect_left(said, head)
            while at < len(said) and said[at].startswith(head):
                found[said[at]].add(number)
                at += 1
    return found


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, ...], ...]:
    """The letters with which each alternative of an entry begins."""
    plain = [re.sub(r"\(\?<!.*?\)", "", entry["wrong"]) for entry in table("spelling")["word"]]
    return tuple(tuple((_LETTERS.match(part) or [""])[0] for part in _ALTERNATIVES.split(wrong)) for wrong in plain)


@lru_cache(maxsize=256)
def _expression(wrong: str) -> re.Pattern[str]:
    return any_of([wrong])


def _texts(report: Report) -> Iterator[tuple[str, Place]]:
    for sentence in report.sentences:
        yield sentence.text, sentence.place
    wordy: dict[str, list[Place]] = defaultdict(list)
    for sentence in report.sentences:
        if sentence.kind is SentenceKind.CELL:
            wordy[sentence.text].append(sentence.place)
    for grid in report.grids:
        for cell in cells_of(report, grid):
            if _LETTER.search(cell.text) and cell.place not in wordy.get(cell.text, ()):
                yield cell.text, cell.place
        for column in grid.columns:
            yield column.header, grid.place
