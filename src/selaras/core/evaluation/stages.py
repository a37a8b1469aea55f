"""The four columns of an evaluation side by side, how far it is, and who of the team may write and decide what.

The team is that of an APIP assignment: penanggung jawab, pengendali mutu, ketua tim, anggota. Which of them writes which
column is the usual division of work; no text that we have fixes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from selaras.core.errors import NotAllowed, Refusal
from selaras.core.evaluation.scoring import Answers, Result, score
from selaras.core.evaluation.template import Mode, Subcomponent, Template
from selaras.core.numerals import format_number


class Column(StrEnum):
    """Whose answers a column holds, in the order in which they are made."""

    SELF = "penilaian mandiri"
    EVALUATOR = "evaluator"
    CONTROL = "pengendalian mutu"
    FINAL = "keputusan akhir"


class State(StrEnum):
    """How far an evaluation is."""

    DRAFT = "draf"
    SUBMITTED = "diajukan"
    EVALUATED = "dievaluasi"
    CONTROLLED = "dikendalikan"
    FINAL = "final"


class TeamRole(StrEnum):
    """Who a person is in one evaluation: of the unit itself, or of the team."""

    UNIT = "unit kerja"
    MEMBER = "anggota"
    CHIEF = "ketua tim"
    CONTROLLER = "pengendali mutu"
    LEAD = "penanggung jawab"


WRITERS: dict[Column, tuple[State, frozenset[TeamRole]]] = {
    Column.SELF: (State.DRAFT, frozenset({TeamRole.UNIT})),
    Column.EVALUATOR: (State.SUBMITTED, frozenset({TeamRole.MEMBER, TeamRole.CHIEF})),
    Column.CONTROL: (State.EVALUATED, frozenset({TeamRole.CONTROLLER})),
    Column.FINAL: (State.CONTROLLED, frozenset({TeamRole.LEAD})),
}
"""In which state a column is written, and by whom."""

MOVES: dict[tuple[State, State], frozenset[TeamRole]] = {
    (State.DRAFT, State.SUBMITTED): frozenset({TeamRole.UNIT}),
    (State.SUBMITTED, State.DRAFT): frozenset({TeamRole.MEMBER, TeamRole.CHIEF}),
    (State.SUBMITTED, State.EVALUATED): frozenset({TeamRole.CHIEF}),
    (State.EVALUATED, State.SUBMITTED): frozenset({TeamRole.CONTROLLER}),
    (State.EVALUATED, State.CONTROLLED): frozenset({TeamRole.CONTROLLER}),
    (State.CONTROLLED, State.EVALUATED): frozenset({TeamRole.LEAD}),
    (State.CONTROLLED, State.FINAL): frozenset({TeamRole.LEAD}),
}
"""From which state to which, and by whom; a way back needs a note."""

COLUMN_OF: dict[State, Column] = {state: column for column, (state, _) in WRITERS.items()}
"""The column that is written in a state; a final evaluation has none."""

BEFORE: dict[Column, Column] = {
    Column.EVALUATOR: Column.SELF, Column.CONTROL: Column.EVALUATOR, Column.FINAL: Column.CONTROL,
}  # fmt: skip
"""The column that each column looks at, and takes over from what it agrees with."""


def may_write(column: Column, state: State, roles: frozenset[TeamRole]) -> bool:
    """Whether somebody with these roles in the evaluation may write a column now."""
    when, who = WRITERS[column]
    return state is when and bool(roles & who)


def refuse_writing(column: Column, state: State, roles: frozenset[TeamRole]) -> None:
    """Raise NotAllowed for another role, Refusal at another time."""
    when, who = WRITERS[column]
    if not roles & who:
        raise NotAllowed(f"Kolom {column} diisi oleh {_named(who)}.")
    if state is not when:
        raise Refusal(f"Kolom {column} diisi saat evaluasi berstatus {when}; sekarang {state}.")


def next_states(state: State, roles: frozenset[TeamRole]) -> tuple[State, ...]:
    """Where somebody with these roles may take the evaluation from here, forward first."""
    return tuple(
        after for after in reversed(State) if (state, after) in MOVES and roles & MOVES[state, after]
    )  # fmt: skip


def refuse_moving(before: State, after: State, roles: frozenset[TeamRole], note: str = "") -> None:
    """Raise Refusal for a way that does not exist or a return without a note, NotAllowed for another role."""
    who = MOVES.get((before, after))
    if who is None:
        raise Refusal(f"Evaluasi berstatus {before} tidak dapat menjadi {after}.")
    if not roles & who:
        raise NotAllowed(f"Status {after} ditetapkan oleh {_named(who)}.")
    if is_return(before, after) and not note.strip():
        raise Refusal("Pengembalian memerlukan catatan.")


def is_return(before: State, after: State) -> bool:
    """Whether a move goes back."""
    order = list(State)
    return order.index(after) < order.index(before)


def refuse_mixed_team(roles: Mapping[str, frozenset[TeamRole]]) -> None:
    """Refuse a team in which one person (by name or account) judges the own work.

    Who is of the unit is not of the team, and who writes the evaluator's column does not control or decide it.
    """
    for person, held in roles.items():
        writes = held & WRITERS[Column.EVALUATOR][1]
        judges = held & {TeamRole.CONTROLLER, TeamRole.LEAD}
        if TeamRole.UNIT in held and len(held) > 1:
            raise Refusal(
                f"{person} berasal dari unit yang dievaluasi dan tidak dapat menjadi {_named(held - {TeamRole.UNIT})}."
            )
        if writes and judges:
            raise Refusal(f"{person} tidak dapat menjadi {_named(writes)} sekaligus {_named(judges)}.")


@dataclass(frozen=True, slots=True)
class Filled:
    """One column as filled: its answers, and the reasons by sub-component."""

    answers: Answers
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """One sub-component in one column: the answer as written (letter, or points where no letter is given), points, reason."""

    answer: str
    points: Decimal
    reason: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One sub-component across the columns; `difference` is the last answered column minus the self-assessment.

    It is None where either was not answered.
    """

    part: Subcomponent
    spots: Mapping[Column, Spot]
    difference: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether two columns answer differently."""
        answered = [spot for spot in self.spots.values() if spot.answered]
        return len({(spot.answer, spot.points) for spot in answered}) > 1

    @property
    def unexplained(self) -> tuple[Column, ...]:
        """Columns that differ from the answered column before them and give no reason."""
        there = [column for column in Column if column in self.spots and self.spots[column].answered]
        return tuple(
            after
            for before, after in pairwise(there)
            if self.spots[before].points != self.spots[after].points and not self.spots[after].reason.strip()
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """The columns side by side: a line per sub-component, and the result of each column that is there."""

    lines: tuple[Line, ...]
    results: Mapping[Column, Result]

    @property
    def differences(self) -> tuple[Line, ...]:
        """The lines in which columns differ: the table of differences."""
        return tuple(line for line in self.lines if line.differs)

    @property
    def current(self) -> Result | None:
        """The result of the latest column with an answer."""
        there = [self.results[column] for column in Column if column in self.results and _begun(self.results[column])]
        return there[-1] if there else None


def side_by_side(template: Template, columns: Mapping[Column, Filled]) -> Beside:
    """Score every column and lay them side by side. Raises Refusal for answers that the template does not know."""
    results = {column: score(template, columns[column].answers) for column in Column if column in columns}
    lines = tuple(_line(template, sub, columns, results) for sub in template.subcomponents)
    return Beside(lines, results)


def refuse_unexplained(beside: Beside) -> None:
    """Refuse a sheet in which a column differs from the one before it without a reason."""
    lacking = [f"{line.part.code} ({', '.join(line.unexplained)})" for line in beside.lines if line.unexplained]
    if lacking:
        raise Refusal(f"Perubahan jawaban belum diberi alasan: {'; '.join(lacking)}.")


def _line(
    template: Template, sub: Subcomponent, columns: Mapping[Column, Filled], results: Mapping[Column, Result]
) -> Line:
    spots = {column: _spot(template, sub, columns[column], result) for column, result in results.items()}
    answered = [spot for column, spot in spots.items() if column is not Column.SELF and spot.answered]
    own = spots.get(Column.SELF)
    difference = answered[-1].points - own.points if answered and own and own.answered else None
    return Line(sub, spots, difference)


def _spot(template: Template, sub: Subcomponent, filled: Filled, result: Result) -> Spot:
    part = result.part(sub.code)
    letterless = template.mode is not Mode.ANSWER and part.answered
    answer = format_number(template.rounding.rounded(part.points)) if letterless else part.answer
    return Spot(answer, part.points, filled.reasons.get(sub.code, ""), part.answered)


def _begun(result: Result) -> bool:
    return any(part.answered for component in result.components for part in component.parts)


def _named(roles: frozenset[TeamRole]) -> str:
    return " atau ".join(role.value for role in TeamRole if role in roles)
