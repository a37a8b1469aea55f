"""The LKE as a grid of cells with symbolic formulas: evaluated here exactly, spelled for a spreadsheet by whoever writes it.

Answers are inputs; values, points, sums and predicates are formulas over other cells, so that a changed answer changes the
score. `spelled` gives the text of a formula with addresses by the writer's choice; `evaluate` gives what the engine gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from selaras.core.evaluation.scoring import Answers, refuse_unknown
from selaras.core.evaluation.template import (
    FULL,
    ZERO,
    Answer,
    Criterion,
    Mode,
    Predicate,
    Subcomponent,
    Template,
)

_GUARD = 10  # decimals to which a binary number is first brought, so that halves are halves again


@dataclass(frozen=True, slots=True)
class Looked:
    """The value of an answer in percent: `cell` holds the letter; anything else counts 0."""

    cell: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weighted mean of cells in percent, times `weight` ÷ 100: the points of a sub-component.

    `places` rounds half up, None leaves it as it is.
    """

    cells: tuple[tuple[str, Decimal], ...]
    weight: Decimal
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The sum of cells; `places` rounds half up, None leaves it as it is."""

    cells: tuple[str, ...]
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The number of another cell, rounded half up to `places`; an empty one is 0."""

    cell: str
    places: int


@dataclass(frozen=True, slots=True)
class Graded:
    """The letter of the predicate of a score, lower bounds exclusive."""

    cell: str
    predicates: tuple[Predicate, ...]


Formula = Looked | Weighed | Added | Entered | Graded


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: a text, a number, an input (`choices` or `most` say what may be filled in) or a formula."""

    id: str = ""
    text: str = ""
    number: Decimal | None = None
    formula: Formula | None = None
    choices: tuple[str, ...] = ()
    most: Decimal | None = None
    places: int | None = None
    strong: bool = False

    @property
    def is_input(self) -> bool:
        """Whether people fill it in."""
        return bool(self.choices) or self.most is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet: heads, rows of as many cells as heads. `level` of each row: 0 total, 1 component, 2 sub-component, 3 criterion."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    levels: tuple[int, ...]

    def cell(self, name: str) -> GridCell:
        """The cell with this id."""
        return next(cell for row in self.rows for cell in row if cell.id == name)


def grid(template: Template, columns: Sequence[tuple[str, Answers]]) -> Grid:
    """The sheet of a template with one pair of cells (answer, points) for each column: its title and its answers.

    Ids are `answer:<column>:<code>`, `value:…`, `points:…`, with columns counted from 0; the total is
    `points:<column>:total`, the predicate `predicate:<column>`. Raises Refusal for answers the template does not know.
    """
    for _, answers in columns:
        refuse_unknown(template, answers)
    heads = ["Kode", "Uraian", "Bobot"]
    for title, _ in columns:
        heads += [f"{title}: jawaban", f"{title}: nilai (%)", f"{title}: skor"]
    made = list(_rows(template, [answers for _, answers in columns]))
    return Grid(template.title, tuple(heads), tuple(row for _, row in made), tuple(level for level, _ in made))


def evaluate(sheet: Grid) -> dict[str, Decimal | str]:
    """The value of every cell with an id, exactly: numbers as Decimal, letters as text. Rows may refer to later ones."""
    cells = {cell.id: cell for row in sheet.rows for cell in row if cell.id}
    done: dict[str, Decimal | str] = {}
    for name in cells:
        _value(name, cells, done)
    return done


def spelled(formula: Formula, where: Callable[[str], str]) -> str:
    """The formula as spreadsheets write it, with a leading equals sign; `where` gives the address of a cell by its id.

    A rounded formula first brings the binary number to ten decimals: points are quotients of small whole numbers, so
    nothing that is no half can become one.
    """
    if isinstance(formula, Looked):
        return f"={_nested(where(formula.cell), formula.answers)}"
    if isinstance(formula, Graded):
        tests = "".join(
            f'IF({where(formula.cell)}>{_raw(item.above)},"{item.letter}",' for item in formula.predicates[:-1]
        )
        return f'={tests}"{formula.predicates[-1].letter}"{")" * (len(formula.predicates) - 1)}'
    if isinstance(formula, Entered):
        return f"={_round(f'N({where(formula.cell)})', formula.places)}"
    if isinstance(formula, Added):
        return f"={_round(_sum(where(name) for name in formula.cells), formula.places)}"
    parts = "+".join(where(name) if weight == 1 else f"{where(name)}*{_raw(weight)}" for name, weight in formula.cells)
    whole = sum((weight for _, weight in formula.cells), ZERO)
    mean = parts if len(formula.cells) == 1 and whole == 1 else f"({parts})/{_raw(whole)}"
    return f"={_round(f'{mean}*{_raw(formula.weight)}/100', formula.places)}"


def _rows(template: Template, columns: Sequence[Answers]) -> Iterator[tuple[int, tuple[GridCell, ...]]]:
    places = template.rounding.places
    part = places if template.rounding.each_part else None
    for component in template.components:
        codes = [sub.code for sub in component.subcomponents]
        sums = [_sum_cells(index, component.code, codes, None) for index in range(len(columns))]
        yield 1, _row(component.code, component.title, component.weight, sums, strong=True)
        for sub in component.subcomponents:
            cells = [_sub_cells(template, sub, index, answers, part) for index, answers in enumerate(columns)]
            yield 2, _row(sub.code, sub.title, sub.weight, cells)
            for item in sub.criteria:
                probes = [_criterion_cells(template, item, index, answers) for index, answers in enumerate(columns)]
                yield 3, _row(item.code, item.text, None, probes)
    codes = [component.code for component in template.components]
    totals = [_sum_cells(index, "total", codes, places) for index in range(len(columns))]
    yield 0, _row("", "Nilai evaluasi AKIP", FULL, totals, strong=True)
    grades = [_grade_cells(template, index) for index in range(len(columns))]
    yield 0, _row("", "Predikat", None, grades, strong=True)


def _row(
    code: str, title: str, weight: Decimal | None, groups: Sequence[tuple[GridCell, ...]], *, strong: bool = False
) -> tuple[GridCell, ...]:
    head = (
        GridCell(text=code, strong=strong),
        GridCell(text=title, strong=strong),
        GridCell(number=weight, strong=strong),
    )
    return (*head, *(cell for group in groups for cell in group))


def _sum_cells(index: int, code: str, parts: Sequence[str], places: int | None) -> tuple[GridCell, ...]:
    added = Added(tuple(f"points:{index}:{part}" for part in parts), places)
    return GridCell(), GridCell(), GridCell(f"points:{index}:{code}", formula=added, places=places, strong=True)


def _grade_cells(template: Template, index: int) -> tuple[GridCell, ...]:
    graded = Graded(f"points:{index}:total", template.predicates)
    return GridCell(), GridCell(), GridCell(f"predicate:{index}", formula=graded, strong=True)


def _sub_cells(
    template: Template, sub: Subcomponent, index: int, answers: Answers, places: int | None
) -> tuple[GridCell, ...]:
    points = f"points:{index}:{sub.code}"
    if template.mode is Mode.CRITERIA:
        cells = tuple((f"value:{index}:{item.code}", item.weight) for item in sub.criteria)
        return GridCell(), GridCell(), GridCell(points, formula=Weighed(cells, sub.weight, places), places=places)
    answer, value = f"answer:{index}:{sub.code}", f"value:{index}:{sub.code}"
    if template.mode is Mode.POINTS:
        entered = GridCell(answer, number=answers.points.get(sub.code), most=sub.weight)
        added = Added((answer,)) if places is None else Entered(answer, places)
        return entered, GridCell(), GridCell(points, formula=added, places=places)
    scale = template.scale_of(sub)
    return (
        GridCell(answer, answers.letters.get(sub.code, ""), choices=scale.letters),
        GridCell(value, formula=Looked(answer, scale.answers)),
        GridCell(points, formula=Weighed(((value, Decimal(1)),), sub.weight, places), places=places),
    )


def _criterion_cells(template: Template, item: Criterion, index: int, answers: Answers) -> tuple[GridCell, ...]:
    given = answers.criteria.get(item.code, "")
    answer = f"answer:{index}:{item.code}"
    if template.mode is not Mode.CRITERIA:
        return GridCell(answer, given, choices=("terpenuhi", "sebagian", "belum")), GridCell(), GridCell()
    scale = template.scale_of(item)
    value = GridCell(f"value:{index}:{item.code}", formula=Looked(answer, scale.answers))
    return GridCell(answer, given, choices=scale.letters), value, GridCell()


def _value(name: str, cells: Mapping[str, GridCell], done: dict[str, Decimal | str]) -> Decimal | str:
    if name not in done:
        cell = cells[name]
        plain: Decimal | str = cell.text if cell.number is None else cell.number
        done[name] = plain if cell.formula is None else _worked(cell.formula, lambda other: _value(other, cells, done))
    return done[name]


def _worked(formula: Formula, value: Callable[[str], Decimal | str]) -> Decimal | str:
    if isinstance(formula, Looked):
        letter = value(formula.cell)
        return next((answer.value for answer in formula.answers if answer.letter == letter), ZERO)
    if isinstance(formula, Graded):
        points = _amount(value(formula.cell))
        return next((item.letter for item in formula.predicates if points > item.above), formula.predicates[-1].letter)
    if isinstance(formula, Entered):
        return _rounded(_amount(value(formula.cell)), formula.places)
    if isinstance(formula, Added):
        return _rounded(sum((_amount(value(name)) for name in formula.cells), ZERO), formula.places)
    reached = sum((_amount(value(name)) * weight for name, weight in formula.cells), ZERO)
    whole = sum((weight for _, weight in formula.cells), ZERO)
    return _rounded(reached * formula.weight / (whole * FULL), formula.places)


def _amount(value: Decimal | str) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _rounded(value: Decimal, places: int | None) -> Decimal:
    return value if places is None else value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _nested(address: str, answers: Sequence[Answer]) -> str:
    tests = "".join(f'IF({address}="{answer.letter}",{_raw(answer.value)},' for answer in answers)
    return f"{tests}0{')' * len(answers)}"


def _sum(addresses: Iterator[str]) -> str:
    return f"SUM({','.join(addresses)})"


def _round(text: str, places: int | None) -> str:
    return text if places is None else f"ROUND(ROUND({text},{_GUARD}),{places})"


def _raw(value: Decimal) -> str:
    return format(value.normalize(), "f")
