"""The board of evaluations: every unit of an agency, or every agency, with state, score, change and what is open.

Six queries at most, however many units there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from selaras.core.access import Act, Actor, may, reach
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.rights import readable
from selaras.core.evaluation.scoring import Answers, Result, predicate_of, score
from selaras.core.evaluation.stages import COLUMN_OF, Column, State, TeamRole
from selaras.core.evaluation.template import Mode, Predicate, Template
from selaras.rulebook.lke import template_from, templates
from selaras.store.evaluations import DIGEST, INSTRUMENT, packed
from selaras.store.models import (
    Agency,
    Evaluation,
    EvaluationAnswer,
    EvaluationMember,
    EvaluationRequest,
    Recommendation,
    Unit,
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit (empty: the agency as a whole) in one year. Without an evaluation only its names are there.

    `score` and `predicate` are the final ones, else those of `column`: the latest column that is complete, or what
    there is of the first one. `answered` of `questions` are told for the column that is written now. `role` is that of
    the person who looks, in the team.
    """

    agency: str
    agency_name: str
    unit: str
    unit_name: str
    depth: int = 0
    evaluation: int | None = None
    template: str = ""
    state: State | None = None
    due: date | None = None
    column: Column | None = None
    score: Decimal | None = None
    predicate: Predicate | None = None
    last_score: Decimal | None = None
    last_predicate: str = ""
    answered: int = 0
    questions: int = 0
    open_requests: int = 0
    open_recommendations: int = 0
    role: TeamRole | None = None
    may_open: bool = False

    @property
    def change(self) -> Decimal | None:
        """The score less that of the year before; None where either is missing."""
        return None if self.score is None or self.last_score is None else self.score - self.last_score

    @property
    def open_questions(self) -> int:
        """How many questions of the present column nobody has answered."""
        return self.questions - self.answered

    @property
    def progress(self) -> Decimal:
        """The answered share of the present column in percent."""
        return Decimal(self.answered * 100) / self.questions if self.questions else Decimal(0)


def board(actor: Actor, year: int, agency: str | None = None) -> tuple[BoardRow, ...]:
    """The board of one year: every unit of an agency that the actor may see, or every agency as a whole.

    Units stand in the order of their tree, the agency as a whole first.
    """
    agencies = Agency.objects.visible_to(actor).order_by("name")
    if agency is not None:
        agencies = agencies.filter(code=agency)
    homes = [
        (pk, code, short or name) for pk, code, name, short in agencies.values_list("pk", "code", "name", "short_name")
    ]
    places = [
        (pk, code, name, *place) for pk, code, name in homes for place in [("", name, 0)] if _sees(actor, code, "")
    ]
    if agency is not None:
        for pk, code, name in homes:
            places += [(pk, code, name, *place) for place in _units(pk, year) if _sees(actor, code, place[0])]
    held = _Held(actor, year, [pk for pk, _, _ in homes], whole=agency is None)
    return tuple(held.row(*place) for place in places)


def _sees(actor: Actor, agency: str, unit: str) -> bool:
    units = reach(actor, Act.SEE, agency)
    return units is None or (bool(unit) and unit in units)


def _units(agency: int, year: int) -> list[tuple[str, str, int]]:
    """The units that exist in a year: code, name and depth, in the order of the tree."""
    lasts = Q(until__isnull=True) | Q(until__gte=date(year, 1, 1))
    began = Q(since__isnull=True) | Q(since__lte=date(year, 12, 31))
    rows = Unit.objects.filter(began & lasts, agency_id=agency).order_by("order", "sequence", "pk")
    below: dict[str, list[tuple[str, str]]] = {}
    names = {}
    for code, name, parent in rows.values_list("code", "name", "parent__code"):
        names[code] = name
        below.setdefault(parent or "", []).append((code, name))
    found: list[tuple[str, str, int]] = []
    tops = [item for parent, items in below.items() if parent not in names for item in items]
    waiting = [(code, name, 1) for code, name in reversed(tops)]
    seen = set()
    while waiting:
        code, name, depth = waiting.pop()
        if code not in seen:
            seen.add(code)
            found.append((code, name, depth))
            waiting += [(child, title, depth + 1) for child, title in reversed(below.get(code, []))]
    return found


class _Held:
    """What the tables hold for a board, read at once."""

    def __init__(self, actor: Actor, year: int, agencies: list[int], *, whole: bool) -> None:
        self.actor = actor
        rows = Evaluation.objects.filter(agency__in=agencies, year__in=(year - 1, year))
        if whole:
            rows = rows.filter(unit__isnull=True)
        self.now: dict[tuple[int, str], dict[str, Any]] = {}
        self.before: dict[tuple[int, str], dict[str, Any]] = {}
        for row in _columns(rows, actor):
            (self.now if row["year"] == year else self.before)[row["agency_id"], row["unit__code"] or ""] = row
        working = [row for row in self.now.values() if row["state"] != State.FINAL.value]
        self.templates = _templates(row for row in self.now.values())
        asked = {code for row in working for code in _questions(self.templates[row["digest"]])}
        self.answers = _answers([row["pk"] for row in working], asked)
        self.recommendations = _recommendations(agencies)

    def row(self, pk: int, agency: str, agency_name: str, unit: str, unit_name: str, depth: int) -> BoardRow:
        """The line of one unit."""
        may_evaluate = may(self.actor, Act.EVALUATE, agency, unit)
        may_open = may_evaluate or may(self.actor, Act.ASSESS, agency, unit)
        last = self.before.get((pk, unit), {})
        told: dict[str, Any] = {
            "last_score": last.get("score"), "last_predicate": last.get("predicate", ""),
            "open_recommendations": self.recommendations.get((pk, unit), 0), "may_open": may_open,
        }  # fmt: skip
        row = self.now.get((pk, unit))
        if row is None:
            return BoardRow(agency, agency_name, unit, unit_name, depth, **told)
        state = State(row["state"])
        template = self.templates[row["digest"]]
        columns = self.answers.get(row["pk"], {})
        present = COLUMN_OF.get(state, Column.FINAL)
        seen = readable(self.actor, agency, unit, state)
        column, total, predicate = _score(template, row, {name: columns[name] for name in columns if name in seen})
        codes = _questions(template) if present in seen else ()
        given = columns.get(present, {})
        # What quality control and the lead leave empty they agree to.
        agreed = state in {State.EVALUATED, State.CONTROLLED, State.FINAL}
        answered = len(codes) if agreed else sum(code in given for code in codes)
        return BoardRow(
            agency, agency_name, unit, unit_name, depth, row["pk"], row["template"], state, row["due"], column, total,
            predicate, answered=answered, questions=len(codes), open_requests=row["asked"],
            role=TeamRole(row["my_role"]) if row["my_role"] else None, **told,
        )  # fmt: skip


def _columns(rows: Any, actor: Actor) -> Iterable[dict[str, Any]]:
    asked = EvaluationRequest.objects.filter(evaluation=OuterRef("pk"), closed_at__isnull=True).order_by()
    mine = EvaluationMember.objects.filter(evaluation=OuterRef("pk"), user__username=actor.login)
    count = Subquery(asked.values("evaluation").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    found: Iterable[dict[str, Any]] = rows.annotate(
        asked=Coalesce(count, 0), my_role=Subquery(mine.values("role")[:1]), digest=F(f"content__{DIGEST}")
    ).values(
        "pk", "agency_id", "unit__code", "year", "template", "digest", "state", "due", "score", "predicate", "asked",
        "my_role",
    )  # fmt: skip
    return found


def _templates(rows: Iterable[Mapping[str, Any]]) -> dict[str, Template]:
    """The instruments by fingerprint; those that are not shipped as they are by one query."""
    wanted = {row["digest"]: row["pk"] for row in rows}
    found = {digest: template for digest, template in _shipped().items() if digest in wanted}
    others = [pk for digest, pk in wanted.items() if digest not in found]
    if others:
        for content in Evaluation.objects.filter(pk__in=others).values_list("content", flat=True):
            found[content[DIGEST]] = template_from(content[INSTRUMENT])
    return found


@cache
def _shipped() -> dict[str, Template]:
    return {packed(template)[DIGEST]: template for template in templates().values()}


def _answers(evaluations: list[int], items: Collection[str]) -> dict[int, dict[Column, dict[str, Any]]]:
    """The answers that count, by evaluation, column and item."""
    found: dict[int, dict[Column, dict[str, Any]]] = {}
    if not evaluations:
        return found
    columns = {column.value: column for column in Column}
    given = ~Q(answer="") | Q(points__isnull=False)
    rows = EvaluationAnswer.objects.filter(given, evaluation__in=evaluations, item__in=items)
    for pk, column, item, answer, points in rows.order_by().values_list(
        "evaluation_id", "column", "item", "answer", "points"
    ):
        found.setdefault(pk, {}).setdefault(columns[column], {})[item] = answer if points is None else points
    return found


def _recommendations(agencies: list[int]) -> dict[tuple[int, str], int]:
    rows = Recommendation.objects.filter(agency__in=agencies).exclude(stage=Stage.VERIFIED.value).order_by()
    counts = rows.values_list("agency_id", "unit__code").annotate(n=Count("pk"))
    return {(agency, unit or ""): count for agency, unit, count in counts}


def _questions(template: Template) -> tuple[str, ...]:
    """The codes of what must be answered."""
    parts = template.criteria if template.mode is Mode.CRITERIA else template.subcomponents
    return tuple(part.code for part in parts)


def _score(
    template: Template, row: Mapping[str, Any], columns: Mapping[Column, Mapping[str, Any]]
) -> tuple[Column | None, Decimal | None, Predicate | None]:
    """The final score, else that of the latest complete column, else of what there is of the first."""
    if row["score"] is not None:
        return Column.FINAL, row["score"], predicate_of(template, row["score"])
    results = [(column, _result(template, columns[column])) for column in Column if column in columns]
    complete = [pair for pair in results if pair[1].complete]
    if not results:
        return None, None, None
    column, result = complete[-1] if complete else results[0]
    return column, result.total, result.predicate


def _result(template: Template, given: Mapping[str, Any]) -> Result:
    if template.mode is Mode.CRITERIA:
        return score(template, Answers(criteria={code: given[code] for code in _questions(template) if code in given}))
    subs = {code: given[code] for code in _questions(template) if code in given}
    if template.mode is Mode.POINTS:
        return score(template, Answers(points=subs))
    return score(template, Answers(letters=subs))
