"""Which table a sentence sends its reader to, and the tables of a number."""

from __future__ import annotations

import re

from selaras.review.report import Grid, Report, Sentence

_TABLE = re.compile(r"\btabel\s+((?:[0-9]+|[IVXL]+)(?:[.\-][0-9]+)*[a-z]?)\b", re.IGNORECASE)
_SHOWN = re.compile(
    r"\b(?:disajikan|tercantum|dapat dilihat|dimuat|termuat|tersaji|terlihat|dirinci|diuraikan|ditunjukkan)\b",
    re.IGNORECASE,
)


def table_referred(sentence: Sentence) -> str:
    """The number of the only table that the sentence names, empty if there is none or several."""
    numbers = {match[1].casefold() for match in _TABLE.finditer(sentence.text)}
    return numbers.pop() if len(numbers) == 1 else ""


def grids_of(report: Report, number: str) -> list[Grid]:
    """The table of that number, with all its parts; none if two tables share the number."""
    found = [grid for grid in report.grids if grid.table.label.casefold().split()[-1:] == [number.casefold()]]
    return found if len({id(grid.table) for grid in found}) == 1 else []


def shown_in(report: Report, sentence: Sentence, start: int) -> list[Grid]:
    """The table in which, as the sentence says after the character `start`, what stands before it is shown."""
    number = table_referred(sentence)
    rest = sentence.text[start:]
    return grids_of(report, number) if number and _TABLE.search(rest) and _SHOWN.search(rest) else []
