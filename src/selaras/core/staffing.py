"""The register of employees counted: by group and education, by status and sex, as reports print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selaras.core.org import Education, Employee, Employment, Sex


@dataclass(frozen=True, slots=True)
class Cross:
    """A table of counts with its sums: `rows` holds label, counts by column, and the row's sum."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    whole: int


def by_group_and_education(people: Sequence[Employee]) -> Cross:
    """Groups in the order of the register against the levels of education that occur, lowest first."""
    ordered = sorted(people, key=lambda person: person.order)
    levels = [level for level in Education if any(person.education is level for person in people)]
    return _cross(
        dict.fromkeys(person.group for person in ordered),
        [level.value for level in levels],
        Counter((person.group, person.education.value) for person in people),
    )


def by_status_and_sex(people: Sequence[Employee]) -> Cross:
    """Status of employment against sex."""
    statuses = [status.value for status in Employment if any(person.status is status for person in people)]
    counts = Counter((person.status.value, person.sex.value) for person in people)
    return _cross(statuses, [sex.value for sex in Sex], counts)


def _cross(rows: Iterable[str], columns: Sequence[str], counts: Counter[tuple[str, str]]) -> Cross:
    made = []
    for row in rows:
        cells = tuple(counts[row, column] for column in columns)
        made.append((row, cells, sum(cells)))
    totals = tuple(sum(cells[index] for _, cells, _ in made) for index in range(len(columns)))
    return Cross(tuple(columns), tuple(made), totals, sum(totals))
