"""Lines of one column as paragraphs: which line goes on with the one above it, and which stands alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from selaras.documents.read.headings import CHAPTER, DECIMAL, LEADERS, LISTED, PICTURE, TABLE_LABEL
from selaras.documents.read.lines import Bounds, Grid, Line, Role
from selaras.documents.read.pdf_lines import Strip, joined

_INDENT = 5.0  # points
_LOOSE = 1.12  # of the usual distance of lines: more parts paragraphs
_ROOM = 0.3  # of the column: what a line may leave free before a label that is not parted
_CITING = re.compile(
    r"\b(?:tabel|gambar|grafik|lampiran|nomor|no\.|pasal|ayat|bab|butir|angka|huruf|halaman)$", re.IGNORECASE
)
_ASIDE = re.compile(r"\(\d{1,3}\)\s+[^\W\d_A-Z]|\d{1,2}\.\d{1,2}\s+[^\W\d_A-Z]")
"""A figure amid a sentence that looks like the number of an item or a section."""
_MARK = re.compile(r"[-–•*▪‣·✓➢❖o]|\(?[\w.]{1,6}[.)](?:[-–]\w{1,2}[.)])?|\w+:|[IVX]+")
_LED = re.compile(r"(?:[.·…_‧∙]\s?){3,}(?:(?:[IVXL]{1,5}|[A-Z])?\s?[–-]\s?)?(?:\d{1,4}|[ivxl]{1,7})$", re.IGNORECASE)
_BROKEN = re.compile(r"[^\W\d_]-$|[\w.)]/$")
_LABEL = re.compile(r"^[^:]{1,40}\s:\s")


def paragraphs(lines: list[Strip], page: int, sides: tuple[float, float], walls: Sequence[Bounds]) -> list[Line | Grid]:
    """The lines with their place among the others. `sides` are the edges of the column, `walls` what text runs round."""
    if not lines:
        return []
    leading = _leading(lines)
    rights = [_right_edge(line, lines, sides[1], walls) for line in lines]
    out: list[Line | Grid] = []
    for number, line in enumerate(lines):
        step = leading[round(line.size)]
        before = lines[number - 1] if number else None
        after = lines[number + 1] if number + 1 < len(lines) else None
        goes_on = before is not None and _goes_on(before, line, step, rights[number - 1], sides)
        out.append(_line(line, page, sides, goes_on=goes_on, alone=_alone(before, line, after, step)))
    return _mended(out)


def _leading(lines: Sequence[Strip]) -> dict[int, float]:
    """The distance between the lines of a paragraph for each font size."""
    steps: dict[int, list[float]] = {round(line.size): [] for line in lines}
    for before, line in pairwise(lines):
        if line.middle > before.middle and abs(line.size - before.size) <= 0.6:
            steps[round(line.size)].append(line.middle - before.middle)
    return {size: _common(found) for size, found in steps.items()}


def _common(steps: list[float]) -> float:
    """The most frequent step, to half a point; the smaller one of two."""
    counts = Counter(round(2 * step) for step in steps)
    near = {step: counts[step] + counts[step - 1] + counts[step + 1] for step in counts}
    best = max(near, key=lambda step: (near[step], -step), default=0)
    return best / 2 if near.get(best, 0) > 1 else median(steps or [0.0])


def _right_edge(line: Strip, lines: Sequence[Strip], right: float, walls: Sequence[Bounds]) -> float:
    """Where the line would have ended at the latest: the column's edge, or that of the lines beside a call-out."""
    for wall in walls:
        if (
            wall[0] > line.left + 20
            and wall[1] - line.size < line.middle < wall[3] + line.size
            and line.right < wall[0] + 5
        ):
            return (
                max(it.right for it in lines if wall[1] < it.middle < wall[3] and it.right < wall[0] + 5)
                if any(wall[1] < it.middle < wall[3] and it.right < wall[0] + 5 for it in lines)
                else right
            )
    return right


def _alone(before: Strip | None, line: Strip, after: Strip | None, step: float) -> bool:
    return all(
        other is None or abs(other.middle - line.middle) > max(1.35 * step, 1.6 * line.size)
        for other in (before, after)
    )


def _goes_on(before: Strip, line: Strip, step: float, right: float, sides: tuple[float, float]) -> bool:
    """Whether a line is of the paragraph of the line before it."""
    text, last = line.text, before.text
    if not _alike(before, line, step) or _LED.search(last) or CHAPTER.fullmatch(last):
        return False
    stopped = last[-1] in ".:;!?"
    amid = _CITING.search(last) or (not stopped and _ASIDE.match(text))
    if any(pattern.match(text) for pattern in (LISTED, DECIMAL, CHAPTER, _LABEL)) and not amid:
        return False
    if LEADERS.search(text):
        return not stopped and not TABLE_LABEL.match(text) and not PICTURE.match(text)
    set_apart = line.bold or (line.italic and before.italic)  # a heading may have a semicolon in it
    open_ended = not stopped or (last[-1] == ";" and set_apart)
    if not _centred(line, sides) and ((open_ended and text[0].islower()) or last[-1] == ","):
        return True
    if line.left > before.left + _INDENT and not _hangs(before, line) and not _centred(line, sides):
        return False
    room, needed = right - before.right, line.words[0].right - line.left + 0.3 * line.size
    if TABLE_LABEL.match(text) or PICTURE.match(text):
        return not stopped and not line.bold and not _centred(line, sides) and room < _ROOM * (right - before.left)
    return room < needed


def _alike(before: Strip, line: Strip, step: float) -> bool:
    """One style, and no more space between the lines than is usual."""
    gap = line.middle - before.middle
    near = 0 < gap <= min(max(_LOOSE * step + 0.5, 1.15 * line.size), 3 * line.size)
    heavy = line.bold == before.bold or line.words[0].bold == before.words[-1].bold
    return near and abs(line.size - before.size) <= 0.6 and heavy and not line.words[0].turned


def _hangs(before: Strip, line: Strip) -> bool:
    """The line stands below the text of an item or behind the colon of a label."""
    words = before.words
    return any(
        abs(after.left - line.left) < 4
        for word, after in pairwise(words)
        if word.text.endswith(":") or (word is words[0] and _MARK.fullmatch(word.text))
    )


def _centred(line: Strip, sides: tuple[float, float]) -> bool:
    left, right = line.left - sides[0], sides[1] - line.right
    return abs(left - right) < 6 and left > 12


def _line(line: Strip, page: int, sides: tuple[float, float], *, goes_on: bool, alone: bool) -> Line:
    text = line.text
    role = Role.ENTRY if _LED.search(text) else Role.UNKNOWN
    return Line(
        text, page=page, bold=line.bold, italic=line.italic, centred=_centred(line, sides), size=line.size, bounds=line.bounds,
        continues=goes_on, alone=alone, role=role,
    )  # fmt: skip


def _mended(items: list[Line | Grid]) -> list[Line | Grid]:
    """Words broken at a line end made whole: the rest of the word moves up to its beginning."""
    out: list[Line | Grid] = []
    for item in items:
        last = out[-1] if out else None
        if isinstance(item, Line) and isinstance(last, Line) and item.continues and _BROKEN.search(last.text):
            head, _, rest = item.text.partition(" ")
            out[-1] = replace(last, text=joined(last.text, head))
            if rest:
                out.append(replace(item, text=rest))
            continue
        out.append(item)
    return out
