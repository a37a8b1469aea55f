"""Search across everything that an actor may see, by one query: each hit with its kind, agency, title and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from selaras.core.access import Act, Actor, Role, may_somewhere, reach
from selaras.store import models as tables
from selaras.store.people_duties import readable_plans

MOST = 400
LONGEST_WORDS = 8
SNIPPET = 160


class Found(StrEnum):
    """The kinds of things that are searched, in the order in which they are shown."""

    INDICATOR = "indikator"
    NODE = "simpul"
    UNIT = "unit"
    POSITION = "jabatan"
    AGREEMENT = "perjanjian"
    OBSTACLE = "hambatan"
    RECOMMENDATION = "rekomendasi"
    SKP = "skp"
    REFORM = "rencana-aksi-rb"
    REPORT = "laporan"
    NARRATIVE = "narasi"
    RECORD = "rekaman"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `year` is 0 where it belongs to no year; `row` is its key in its table."""

    kind: Found
    rank: int
    agency: str
    agency_name: str
    year: int
    row: int
    code: str
    title: str
    text: str


def search(actor: Actor, words: str, *, first: str = "") -> list[Hit]:
    """Everything that holds every word, best first: equal codes, then titles that begin so, then the agency `first`.

    Only agencies in which the actor may look are searched. Takes one query; gives at most `MOST` hits.
    """
    wanted = words.split()[:LONGEST_WORDS]
    scope = _scope(actor)
    if not wanted or scope is None:
        return []
    one, *others = _parts(scope, wanted, " ".join(wanted), first, _advice(actor), readable_plans(actor))
    others.append(_records(_kept_records(actor), wanted, " ".join(wanted), first))
    rows = one.union(*others, all=True).order_by("hit_rank", "hit_agency", "hit_row")[:MOST]
    order = list(Found)
    hits = [Hit(Found(kind), *rest) for kind, *rest in rows]
    return sorted(hits, key=lambda hit: (order.index(hit.kind), hit.rank))


def _scope(actor: Actor) -> Q | None:
    """The agencies in which the actor may look; None for none at all."""
    if may_somewhere(actor, Act.SEE, ""):
        return Q()
    codes = [code for code in actor.agencies if may_somewhere(actor, Act.SEE, code)]
    return Q(agency__code__in=codes) if codes else None


def _advice(actor: Actor) -> Q:
    """The recommendations and reform actions that the actor may see: those of the units that the roles reach."""
    if may_somewhere(actor, Act.SEE, ""):
        return Q()
    found = Q(pk__in=[])
    for code in actor.agencies:
        if may_somewhere(actor, Act.SEE, code):
            units = reach(actor, Act.SEE, code)
            found |= Q(agency__code=code) & (Q() if units is None else Q(unit__code__in=units))
    return found


def _kept_records(actor: Actor) -> Q:
    """The records of registers that the actor may find: none of a restricted register, those of the units in reach.

    Who is an employee and nothing else finds records in the lists of the registers in which employees take part.
    """
    found = Q(pk__in=[])
    for agency in sorted({grant.agency for grant in actor.grants}):
        roles = {grant.role for grant in actor.grants if grant.agency == agency}
        if not roles - {Role.EMPLOYEE} or not may_somewhere(actor, Act.SEE_REGISTER, agency):
            continue
        units = reach(actor, Act.SEE_REGISTER, agency)
        own = Q(definition__agency__code=agency) if agency else Q()
        found |= own & (Q() if units is None else Q(unit__code__in=units))
    return found & Q(definition__restricted=False)


def _records(seen: Q, words: list[str], whole: str, first: str) -> QuerySet[Any, Any]:
    """Records by number or by what is not personal in them."""
    rows = tables.RegisterRecord.objects.filter(seen).annotate(own_text=Cast("content", TextField()))
    for word in words:
        rows = rows.filter(Q(number__icontains=word) | Q(own_text__icontains=word))
    own = Q(definition__agency__code=first)
    rank = Case(
        When(number__iexact=whole, then=0), When(own & Q(number__istartswith=whole), then=1), When(own, then=2),
        default=3, output_field=IntegerField(),
    )  # fmt: skip
    found = rows.order_by().annotate(
        hit_kind=Value(Found.RECORD.value, CharField()), hit_rank=rank, hit_agency=F("definition__agency__code"),
        hit_name=F("definition__agency__short_name"), hit_year=Cast(Value(0), IntegerField()), hit_row=F("pk"),
        hit_code=Cast("definition__code", TextField()), hit_title=Cast("number", TextField()),
        hit_text=Cast("definition__name", TextField()),
    )  # fmt: skip
    return found.values_list(*COLUMNS)


def _parts(scope: Q, words: list[str], whole: str, first: str, advice: Q, files: Q) -> Iterator[QuerySet[Any, Any]]:
    def part(
        kind: Found, rows: Any, fields: list[str], *, code: str, title: str, text: str = "", year: str = ""
    ) -> Any:
        held = rows.filter(scope)
        for word in words:
            held = held.filter(_any(fields, word, year))
        own = Q(agency__code=first)
        named = [When(Q(**{f"{code}__iexact": whole}), then=0)]
        rank = Case(
            *named, When(own & Q(**{f"{title}__istartswith": whole}), then=1), When(own, then=2), default=3,
            output_field=IntegerField(),
        )  # fmt: skip
        found = held.order_by().annotate(
            hit_kind=Value(kind.value, CharField()), hit_rank=rank, hit_agency=F("agency__code"),
            hit_name=F("agency__short_name"), hit_year=Cast(F(year) if year else Value(0), IntegerField()),
            hit_row=F("pk"), hit_code=Cast(code, TextField()), hit_title=Cast(title, TextField()),
            hit_text=Cast(F(text) if text else Value(""), TextField()),
        )  # fmt: skip
        return found.values_list(*COLUMNS)

    every = {table: table.objects.all() for table in SEARCHED}
    yield part(
        Found.INDICATOR, every[tables.Indicator], ["code", "name", "definition", "source"],
        code="code", title="name", text="unit",
    )  # fmt: skip
    yield part(Found.NODE, every[tables.Node], ["code", "title", "number"], code="code", title="title", text="level")
    yield part(Found.UNIT, every[tables.Unit], ["code", "name"], code="code", title="name")
    yield part(Found.POSITION, every[tables.Position], ["code", "title"], code="code", title="title", text="unit__name")
    yield part(
        Found.AGREEMENT, every[tables.Agreement], ["code", "promiser__title", "reason_note"],
        code="code", title="promiser__title", year="year",
    )  # fmt: skip
    yield part(
        Found.OBSTACLE, every[tables.Obstacle], ["code", "obstacle", "constraint", "follow_up"],
        code="code", title="obstacle", text="follow_up", year="year",
    )  # fmt: skip
    yield part(
        Found.RECOMMENDATION, every[tables.Recommendation].filter(advice), ["code", "text", "action"],
        code="code", title="text", text="action", year="year",
    )  # fmt: skip
    yield part(
        Found.SKP, every[tables.SkpPlan].filter(files).annotate(whose=Coalesce("employee__name", "position__title")),
        ["code", "whose", "position__title"], code="code", title="whose", text="position__title", year="year",
    )  # fmt: skip
    yield part(
        Found.REFORM, every[tables.ReformAction].filter(advice), ["code", "title", "root_cause", "output"],
        code="code", title="title", text="root_cause", year="year",
    )  # fmt: skip
    yield part(
        Found.REPORT,
        every[tables.ReportEdition],
        ["kind", "note"],
        code="kind",
        title="kind",
        text="state",
        year="year",
    )
    yield part(
        Found.NARRATIVE, every[tables.Narrative], ["section", "text"],
        code="section", title="section", text="text", year="year",
    )  # fmt: skip


SEARCHED: tuple[Any, ...] = (
    tables.Indicator, tables.Node, tables.Unit, tables.Position, tables.Agreement, tables.Obstacle, tables.Recommendation,
    tables.SkpPlan, tables.ReformAction, tables.ReportEdition, tables.Narrative,
)  # fmt: skip
COLUMNS = (
    "hit_kind", "hit_rank", "hit_agency", "hit_name", "hit_year", "hit_row", "hit_code", "hit_title", "hit_text",
)  # fmt: skip


def _any(fields: list[str], word: str, year: str) -> Q:
    """Some field holds the word, or it is the year of the record."""
    found = Q(**{year: int(word)}) if year and len(word) == 4 and word.isascii() and word.isdigit() else Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


def around(text: str, words: str) -> str:
    """The part of a long text around the first word that it holds."""
    folded = text.casefold()
    at = min((place for word in words.casefold().split() if (place := folded.find(word)) >= 0), default=0)
    start = max(0, at - SNIPPET // 3)
    if start:  # begin with a whole word
        start = min(text.find(" ", start) + 1 or start, at)
    end = start + SNIPPET
    if end < len(text):
        end = max(text.rfind(" ", start, end), at + 1)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
