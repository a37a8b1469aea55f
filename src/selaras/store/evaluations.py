"""Evaluations out of the tables: who may see which, the sheet of one with all its columns, its result, its rows.

Reads only. Facts and signs that the system draws by itself stand in `store.evaluation_facts`, the board in
`store.evaluation_board`, recommendations in `store.recommendations`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from selaras.core.access import Act, Actor, reach
from selaras.core.errors import NotFound
from selaras.core.evaluation.copying import as_data
from selaras.core.evaluation.proposing import Beyond
from selaras.core.evaluation.rights import readable, roles_of
from selaras.core.evaluation.scoring import Answers, Result, score
from selaras.core.evaluation.stages import BEFORE, Beside, Column, Filled, State, TeamRole, side_by_side
from selaras.core.evaluation.template import Effort, Template
from selaras.core.org import AgencyKind
from selaras.rulebook.lke import template_for, template_from, templates
from selaras.store.models import (
    Agency,
    Evaluation,
    EvaluationAnswer,
    EvaluationMember,
    EvaluationProof,
    EvaluationRequest,
    EvaluationTemplate,
)

DIGEST, INSTRUMENT = "digest", "instrument"
"""What `Evaluation.content` holds: the instrument as data, and its fingerprint, by which equal ones are read once."""


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """An instrument that an agency may choose: official or its own, and how many evaluations were opened with it."""

    template: Template
    own: bool
    row: int | None
    changed_by: str = ""
    changed_at: Any = None
    used: int = 0


@dataclass(frozen=True)
class Sheet:
    """All that is filled in of one evaluation: answers of every column, evidence, requests, the team.

    `answers` are the rows by column and item; `proofs` by item (sub-component or criterion).
    """

    evaluation: Evaluation
    template: Template
    answers: Mapping[tuple[Column, str], EvaluationAnswer]
    proofs: Mapping[str, tuple[EvaluationProof, ...]]
    requests: tuple[EvaluationRequest, ...]
    team: tuple[EvaluationMember, ...]

    @cached_property
    def filled(self) -> dict[Column, Filled]:
        """Every column in which anything is filled in, in the order of the columns."""
        columns: dict[Column, list[EvaluationAnswer]] = {}
        for (column, _), row in self.answers.items():
            columns.setdefault(column, []).append(row)
        return {column: filled_from(self.template, columns[column]) for column in Column if column in columns}

    @cached_property
    def beside(self) -> Beside:
        """The columns side by side with their results and differences."""
        return side_by_side(self.template, self.filled)

    def only(self, columns: Iterable[Column]) -> Sheet:
        """The same sheet with some columns only: what a person may read."""
        kept = set(columns)
        rows = {key: row for key, row in self.answers.items() if key[0] in kept}
        return Sheet(self.evaluation, self.template, rows, self.proofs, self.requests, self.team)

    def given(self, column: Column) -> Answers:
        """The answers of a column; empty ones where nothing is filled in."""
        found = self.filled.get(column)
        return found.answers if found else Answers()

    def reasons(self, column: Column) -> Mapping[str, str]:
        """The reasons of a column by sub-component."""
        found = self.filled.get(column)
        return found.reasons if found else {}

    def beyond(self, column: Column) -> dict[str, Beyond]:
        """Evidence beyond the criteria by sub-component: the effort and years claimed, and what was attached to it."""
        found = {}
        for sub in self.template.subcomponents:
            row = self.answers.get((column, sub.code))
            codes = (sub.code, *(item.code for item in sub.criteria))
            titles = tuple(proof.title for code in codes for proof in self.proofs.get(code, ()))
            effort = Effort(row.effort) if row and row.effort else Effort.NONE
            found[sub.code] = Beyond(row.years if row else 0, effort, titles)
        return found

    def adoptable(
        self, column: Column, only: Collection[str] | None = None, *, criteria: bool = False
    ) -> tuple[EvaluationAnswer, ...]:
        """What a column can still take over from the one before it: answered there, and without an answer here.

        `only` narrows it to some items; `criteria` leaves sub-components out.
        """
        left = {sub.code for sub in self.template.subcomponents} if criteria else set()
        found = []
        for (other, item), row in self.answers.items():
            own = self.answers.get((column, item))
            if other is not BEFORE.get(column) or item in left or (only is not None and item not in only):
                continue
            if _is_answered(row) and not (own and _is_answered(own)):
                found.append(row)
        return tuple(found)

    @property
    def open_requests(self) -> int:
        """How many requests for documents are not closed."""
        return sum(request.closed_at is None for request in self.requests)

    @property
    def members(self) -> dict[str, TeamRole]:
        """The team by login."""
        return {member.user.username: TeamRole(member.role) for member in self.team}


def evaluations_of(actor: Actor, agency: str, year: int | None = None) -> QuerySet[Evaluation]:
    """The evaluations of an agency that an actor may see, by unit, without the texts of their instruments."""
    rows = Evaluation.objects.filter(agency__code=agency).filter(seen_by(actor, agency)).defer("content")
    rows = rows.select_related("agency", "unit")
    return rows if year is None else rows.filter(year=year)


def seen_by(actor: Actor, agency: str) -> Q:
    """Which rows with a unit an actor may see in an agency: those of the units that the roles reach."""
    units = reach(actor, Act.SEE, agency)
    return Q() if units is None else Q(unit__code__in=units)


def evaluation_at(actor: Actor, agency: str, pk: int) -> Evaluation:
    """One evaluation with its agency and unit. Raises NotFound where there is none that the actor may see."""
    found = evaluations_of(actor, agency).defer(None).filter(pk=pk).first()
    if found is None:
        raise NotFound("Evaluasi ini tidak ditemukan.")
    return found


def unit_of(evaluation: Evaluation) -> str:
    """The code of the unit that is evaluated; empty for the agency as a whole."""
    return evaluation.unit.code if evaluation.unit else ""


def key_of(evaluation: Evaluation) -> str:
    """The evaluation in words, as the history of values names it: year and unit, or agency."""
    return f"{evaluation.year} {unit_of(evaluation) or evaluation.agency.code}"


def team_of(evaluation: Evaluation) -> dict[str, TeamRole]:
    """The team by login, by one query."""
    rows = EvaluationMember.objects.filter(evaluation=evaluation).values_list("user__username", "role")
    return {login: TeamRole(role) for login, role in rows}


def teamless(agency: str, year: int | OuterRef) -> QuerySet[Evaluation]:
    """The evaluations of an agency and year, not yet final, for which nobody is named yet."""
    rows = Evaluation.objects.filter(agency__code=agency, year=year, team=None).defer("content")
    return rows.exclude(state=State.FINAL.value).select_related("agency", "unit")


def roles_in(actor: Actor, evaluation: Evaluation, team: Mapping[str, TeamRole] | None = None) -> frozenset[TeamRole]:
    """Who an actor is in an evaluation; one query unless the team is given."""
    members = team_of(evaluation) if team is None else team
    return roles_of(actor, evaluation.agency.code, unit_of(evaluation), members)


def columns_for(actor: Actor, evaluation: Evaluation) -> tuple[Column, ...]:
    """The columns that an actor may read."""
    return readable(actor, evaluation.agency.code, unit_of(evaluation), State(evaluation.state))


def template_of(evaluation: Evaluation) -> Template:
    """The instrument as it stood when the evaluation was opened. Raises Refusal if what is kept is damaged."""
    return _read(json.dumps(evaluation.content[INSTRUMENT], sort_keys=True))


def packed(template: Template) -> dict[str, Any]:
    """An instrument as `Evaluation.content` keeps it."""
    data = as_data(template)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return {DIGEST: hashlib.sha256(text.encode()).hexdigest(), INSTRUMENT: data}


def sheet_of(evaluation: Evaluation, *, proofs: bool = True, requests: bool = True, team: bool = True) -> Sheet:
    """Everything filled in of an evaluation, by four queries, however much it is; less for a page that needs less."""
    answers = {(Column(row.column), row.item): row for row in EvaluationAnswer.objects.filter(evaluation=evaluation)}
    found: dict[str, tuple[EvaluationProof, ...]] = {}
    for proof in EvaluationProof.objects.filter(evaluation=evaluation) if proofs else ():
        found[proof.item] = (*found.get(proof.item, ()), proof)
    asked = EvaluationRequest.objects.filter(evaluation=evaluation) if requests else ()
    members = EvaluationMember.objects.filter(evaluation=evaluation).select_related("user") if team else ()
    return Sheet(evaluation, template_of(evaluation), answers, found, tuple(asked), tuple(members))


def result_of(evaluation: Evaluation, column: Column) -> Result:
    """The result of one column, by one query; what nobody answered counts 0 and is named in it."""
    template = template_of(evaluation)
    rows = EvaluationAnswer.objects.filter(evaluation=evaluation, column=column.value)
    return score(template, filled_from(template, rows).answers)


def filled_from(template: Template, rows: Iterable[EvaluationAnswer]) -> Filled:
    """One column out of its rows."""
    subs = {sub.code for sub in template.subcomponents}
    letters: dict[str, str] = {}
    criteria: dict[str, str] = {}
    points: dict[str, Decimal] = {}
    reasons: dict[str, str] = {}
    for row in rows:
        if row.item in subs:
            letters |= {row.item: row.answer} if row.answer else {}
            points |= {row.item: row.points} if row.points is not None else {}
            reasons |= {row.item: row.reason} if row.reason else {}
        elif row.answer:
            criteria[row.item] = row.answer
    return Filled(Answers(letters, criteria, points), reasons)


def known_templates(agency: str) -> tuple[KnownTemplate, ...]:
    """Every instrument that an agency may choose, the official ones first, by two queries."""
    used: dict[str, int] = {}
    for code in Evaluation.objects.filter(agency__code=agency).values_list("template", flat=True):
        used[code] = used.get(code, 0) + 1
    official = [KnownTemplate(item, False, None, used=used.get(code, 0)) for code, item in templates().items()]
    rows = EvaluationTemplate.objects.filter(agency__code=agency)
    own = [
        KnownTemplate(own_template(row), True, row.pk, row.changed_by, row.changed_at, used.get(row.code, 0))
        for row in rows
    ]
    return (*official, *own)


def known_template(agency: str, code: str) -> Template:
    """An instrument by its code: the agency's own, or an official one. Raises NotFound."""
    row = EvaluationTemplate.objects.filter(agency__code=agency, code=code).first()
    if row is not None:
        return own_template(row)
    found = templates().get(code)
    if found is None:
        raise NotFound(f"Instrumen evaluasi {code} tidak ditemukan.")
    return found


def own_template(row: EvaluationTemplate) -> Template:
    """The instrument in a row of the agency's own. Raises Refusal if what is kept is damaged."""
    return _read(json.dumps(row.content, sort_keys=True))


def usual_template(agency: Agency, year: int) -> Template:
    """The national instrument for a year of performance. Raises Refusal for a year that none covers."""
    return template_for(year, AgencyKind(agency.kind))


def _is_answered(row: EvaluationAnswer) -> bool:
    return bool(row.answer) or row.points is not None


@lru_cache(maxsize=64)
def _read(text: str) -> Template:
    return template_from(json.loads(text))
