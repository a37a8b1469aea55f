"""Words to lines: what stands on one baseline, how broken words and numbers are joined, the text of a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter, itemgetter

from selaras.documents.read.lines import Bounds, tidy
from selaras.documents.read.pdf_sheet import Word

_SAME_LINE = 0.45  # of the font size: how far the middles of words on one line may be apart
_BACK = 4  # lines above in which a word may still stand
_NO_SPACE = 0.1  # of the font size: words so close are one word in two styles
_PADDING = 14.0  # points at both sides of a cell together, at most
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")
_SPREAD = 4  # single letters in a row are no words
_LEAST_SPREAD = 3  # nor are so few, if they stand close
_HAIR = 0.25  # of the font size: less than a space
_EVEN = 0.15
_NUMBER_END = re.compile(r"(?:^|\s)((?:Rp\.?)?\(?\d[\d.,]*)$", re.IGNORECASE)
_NUMBER_START = re.compile(r"^([\d.,]+(?:,-|\)|%)?)(?=\s|$)")
_WHOLE = re.compile(
    r"(?:rp\.?)?\(?\d{1,3}(?:\.\d{3})+(?:,\d{1,2}|,-)?\)?%?|(?:rp\.?)?\(?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?\)?%?",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}%?")


@dataclass(eq=False)
class Strip:
    """Words on one baseline, from left to right."""

    words: list[Word]

    @cached_property
    def left(self) -> float:
        """Left edge."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Right edge."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def middle(self) -> float:
        """Half height."""
        return (self.top + self.bottom) / 2

    @cached_property
    def bounds(self) -> Bounds:
        """The box."""
        return self.left, self.top, self.right, self.bottom

    @cached_property
    def size(self) -> float:
        """The font size of most of its characters."""
        return weighted((word.size, len(word.text)) for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether most of its characters are bold."""
        heavy = sum(len(word.text) for word in self.words if word.bold)
        return 2 * heavy > sum(len(word.text) for word in self.words)

    @cached_property
    def italic(self) -> bool:
        """Whether most of its characters are italic."""
        slanting = sum(len(word.text) for word in self.words if word.italic)
        return 2 * slanting > sum(len(word.text) for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words with one space between them."""
        return spaced(self.words)


def weighted(pairs: Iterable[tuple[float, int]]) -> float:
    """The value, to a tenth, with the greatest weight; 0 if there is none."""
    weights: dict[float, int] = {}
    for value, weight in pairs:
        weights[round(value, 1)] = weights.get(round(value, 1), 0) + weight
    return max(weights, key=lambda value: weights[value], default=0.0)


def spaced(words: Sequence[Word]) -> str:
    """The text of words on one line; parts of one word in two styles are not spaced."""
    text, last = "", None
    for word in _unspread(words):
        close = last is not None and not word.spaced and word.left - last.right < _NO_SPACE * min(word.size, last.size)
        text += word.text if not text or close else f" {word.text}"
        last = word
    return tidy(text)


def _unspread(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a line, single letters with even gaps between them joined: words that were spread out.

    Where one word was, so were its neighbours of two letters: `B A B  I V`.
    """
    if sum(_single(word) for word in words) < _LEAST_SPREAD:
        return words
    runs: list[list[Word]] = []
    for word in words:
        goes_on = bool(runs) and _single(word) and _single(runs[-1][-1]) and _evenly(runs[-1], word)
        if goes_on:
            runs[-1].append(word)
        else:
            runs.append([word])
    gaps = [run[1].left - run[0].right for run in runs if _is_spread(run)]
    return [word for run in runs for word in (_one(run) if gaps and _has_gap(run, gaps[0]) else run)]


def _single(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def _is_spread(run: Sequence[Word]) -> bool:
    """Four letters in a row, or three with hardly any space between them."""
    near = len(run) >= _LEAST_SPREAD and run[1].left - run[0].right < _HAIR * run[0].size
    return near or len(run) >= _SPREAD


def _has_gap(run: Sequence[Word], gap: float) -> bool:
    return len(run) > 1 and abs(run[1].left - run[0].right - gap) < _EVEN * run[0].size


def _one(run: Sequence[Word]) -> list[Word]:
    return [replace(run[0], text="".join(it.text for it in run), right=run[-1].right, stops=())]


def _evenly(letters: Sequence[Word], word: Word) -> bool:
    gap = word.left - letters[-1].right
    if len(letters) == 1:
        return gap < 0.8 * word.size
    first = letters[1].left - letters[0].right
    return abs(gap - first) < _EVEN * word.size


def strips(words: Sequence[Word]) -> list[Strip]:
    """Words gathered to lines, from top to bottom; words that run in another direction come last, by their place."""
    bands: list[list[Word]] = []
    middles: list[float] = []
    upright = [((word.top + word.bottom) / 2, word.left, word) for word in words if not word.turned]
    for middle, _, word in sorted(upright, key=itemgetter(0, 1)):
        near, at = _SAME_LINE * word.size, len(bands) - 1
        last = max(-1, at - _BACK)
        while at > last and abs(middles[at] - middle) >= near:
            at -= 1
        if at == last:
            bands.append([word])
            middles.append(middle)
        else:
            bands[at].append(word)
            middles[at] += (middle - middles[at]) / len(bands[at])
    found = [Strip(sorted(band, key=attrgetter("left"))) for band in bands]
    return _numbered(found) + [Strip(band) for band in _turned(words)]


def _numbered(lines: list[Strip]) -> list[Strip]:
    """Item numbers that stand half a line below their text are put before it."""
    for number in range(1, len(lines)):
        above, line = lines[number - 1], lines[number]
        if line.right < above.left + 2 and line.top < above.bottom - 0.2 * line.size and _ITEM.fullmatch(line.text):
            lines[number - 1 : number + 1] = [line, above]
    return lines


def _turned(words: Sequence[Word]) -> list[list[Word]]:
    """Words that run up or down the page, in reading order of lines side by side, joined as they came."""
    bands: list[list[Word]] = []
    for word in words:
        if not word.turned:
            continue
        if bands and abs(bands[-1][-1].middle[0] - word.middle[0]) < word.size * 0.5:
            bands[-1].append(word)
        else:
            bands.append([word])
    return bands


def cell_text(words: Sequence[Word], width: float, known: Collection[str] = ()) -> str:
    """The text of a cell: its lines in order, words and numbers that were broken at a line end made whole.

    `width` is the cell's width in points: a number goes on in the next line if it is not whole by itself or its line
    fills the cell. `known` are words that stand unbroken elsewhere in the document.
    """
    text, room = "", 0.0
    for strip in strips(words):
        line = strip.text
        text = joined(text, line, tight=room < max(2.0, 0.7 * strip.size) + _PADDING, known=known) if text else line
        room = width - (strip.right - strip.left)
    return tidy(text)


def joined(text: str, line: str, *, tight: bool = False, known: Collection[str] = ()) -> str:
    """`text` and the line below it. A hyphen at the end is dropped where it only broke a word."""
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha():
        return (text if keeps_hyphen(text, line) else text[:-1]) + line
    if re.search(r"[\w.)]/$|\w–$", text) and line[0].isalnum():
        return text + line
    if _number_goes_on(text, line, tight=tight):
        return text + line
    tail, head = text.rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0]
    if tight and tail == text and tail.isalpha() and head.islower() and _one_word(tail, head, known):
        return text + line
    return f"{text} {line}"


def keeps_hyphen(text: str, line: str) -> bool:
    """Whether the hyphen belongs to the word: doubled words, before capitals and figures, a dash by itself."""
    before = re.split(r"[\s(\"“]", text[:-1])[-1].casefold()
    after = re.split(r"[^\w]", line, maxsplit=1)[0].casefold()
    if not before or not after or not line[0].islower():
        return True
    if len(after) >= 3 and after[:4] in before:
        return True
    return before in {"non", "pra", "anti", "se", "pasca", "ex", "e", "sub"} or (
        after in {"nya", "an"} and "-" in before
    )


def _number_goes_on(text: str, line: str, *, tight: bool) -> bool:
    end, start = _NUMBER_END.search(text), _NUMBER_START.match(line)
    if not end or not start:
        return False
    first, second = end[1], start[1]
    if _WHOLE.fullmatch(first + second):
        broken = not _WHOLE.fullmatch(first) or (second[0] in ".," and len(second) > 1)
        return broken and (first[-1] in ".," or second[0] in ".," or bool(re.search(r"[.,]", first)))
    return tight and bool(_DECIMAL.fullmatch(first + second)) and bool(re.search(r"[.,]", first)) and len(second) <= 2


def _one_word(tail: str, head: str, known: Collection[str]) -> bool:
    whole = re.split(r"[^\w]", head, maxsplit=1)[0]
    return (tail + whole).casefold() in known and tail.casefold() not in known
