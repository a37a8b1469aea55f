"""One evaluation as a person opens it: what of it may be read, the column that may be written, the frame of its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.access import Act, may
from selaras.core.calendar import format_date
from selaras.core.errors import NotFound
from selaras.core.evaluation.rights import EVALUATORS, readable
from selaras.core.evaluation.stages import COLUMN_OF, Column, State, TeamRole, may_write
from selaras.core.evaluation.template import Component, Mode, Template
from selaras.store.carried import OpenedRow, opened_row
from selaras.store.evaluations import Sheet, roles_in, sheet_of, unit_of
from selaras.store.models import Evaluation
from selaras.web.core_words import word
from selaras.web.evaluation.words import COLUMNS, SHORT, STATES, TONES, listed, points, steps_of, ways_from
from selaras.web.gate import InsideRequest

View = TypeVar("View", bound=Callable[..., HttpResponse])


class OtherYear(NotFound):
    """An evaluation of another year than the open one, which the person may see."""

    def __init__(self, year: int) -> None:
        super().__init__(_("Evaluasi ini tidak ditemukan."))
        self.year = year


def in_its_year(view: View) -> View:
    """A page of an evaluation that is also reached from another year: duties lead to what earlier years left open."""

    @wraps(view)
    def opened(request: InsideRequest, evaluation: int, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = view(request, evaluation, **kwargs)
        except OtherYear as other:
            match = request.resolver_match
            if request.method != "GET" or match is None:
                raise
            here = {"agency": request.place.code, "year": other.year, "evaluation": evaluation}
            return redirect(reverse(match.view_name, kwargs=here | kwargs))
        return answer

    return opened  # type: ignore[return-value]


@dataclass(frozen=True)
class Opened:
    """An evaluation with what the person may read of it (`sheet`), who the person is in it, and what may be written."""

    row: Evaluation
    sheet: Sheet
    roles: frozenset[TeamRole]
    columns: tuple[Column, ...]
    may_evaluate: bool
    told: OpenedRow

    @property
    def template(self) -> Template:
        """The instrument."""
        return self.sheet.template

    @property
    def state(self) -> State:
        """How far it is."""
        return State(self.row.state)

    @property
    def is_member(self) -> bool:
        """Whether the person is of the team."""
        return bool(self.roles & EVALUATORS)

    @property
    def is_unit(self) -> bool:
        """Whether the person fills in the unit's self-assessment."""
        return TeamRole.UNIT in self.roles

    @property
    def writable(self) -> Column | None:
        """The column that the person may write now."""
        column = COLUMN_OF.get(self.state)
        return column if column and may_write(column, self.state, self.roles) else None

    def adoptable(self, component: Component | None = None) -> int:
        """How many criteria the person may still take over from the column before, of one component or of all."""
        if self.writable is None or self.template.mode is not Mode.ANSWER:
            return 0
        only = items_of(component) if component else None
        return len(self.sheet.adoptable(self.writable, only, criteria=True))

    @property
    def shown(self) -> Column:
        """The column that the page is about: the one that may be written, else the last one with an answer."""
        if self.writable:
            return self.writable
        filled = [column for column in self.columns if column in self.sheet.filled]
        return filled[-1] if filled else Column.SELF

    @property
    def begun(self) -> tuple[Column, ...]:
        """The columns that tables show: those with an answer, and the one that the page is about."""
        return tuple(column for column in self.columns if column in self.sheet.filled or column is self.shown)

    @property
    def name(self) -> str:
        """Who is evaluated."""
        return self.row.unit.name if self.row.unit else self.row.agency.name

    def component(self, code: str) -> Component:
        """A component of the instrument, the first one without a code. Raises NotFound."""
        listed = self.template.components
        found = next((item for item in listed if item.code == code), None) if code else listed[0]
        if found is None:
            raise NotFound(_("Komponen %(code)s tidak ada dalam instrumen ini.") % {"code": code})
        return found

    def address(self, page: str = "sheet", *more: Any, **query: str) -> str:
        """The address of a page of this evaluation."""
        url = reverse(f"evaluation:{page}", args=(self.row.agency.code, self.row.year, self.row.pk, *more))
        return f"{url}?{urlencode(query)}" if query else url

    def component_of(self, item: str) -> Component:
        """The component in which a sub-component or criterion stands. Raises NotFound."""
        for component in self.template.components:
            for sub in component.subcomponents:
                if item == sub.code or any(item == criterion.code for criterion in sub.criteria):
                    return component
        raise NotFound(_("Sub-komponen atau kriteria %(code)s tidak ada dalam instrumen ini.") % {"code": item})


def items_of(component: Component) -> frozenset[str]:
    """The codes of everything in a component that is answered."""
    parts = component.subcomponents
    return frozenset(code for sub in parts for code in (sub.code, *(item.code for item in sub.criteria)))


def open_sheet(
    request: InsideRequest, pk: int, *, proofs: bool = True, requests: bool = False, team: bool = False
) -> Opened:
    """One evaluation of the open agency and year, with as much of its papers as a page needs.

    Raises NotFound for another one, or one that is not to be seen.
    """
    place = request.place
    told = opened_row(request.actor, place.code, pk)
    row = told.row
    if row.year != place.year:
        raise OtherYear(row.year)
    whole = sheet_of(row, proofs=proofs, requests=requests, team=team)
    unit = unit_of(row)
    columns = readable(request.actor, place.code, unit, State(row.state))
    roles = roles_in(request.actor, row, {request.actor.login: told.role} if told.role else {})
    return Opened(row, whole.only(columns), roles, columns, may(request.actor, Act.EVALUATE, place.code, unit), told)


def frame(opened: Opened, current: str) -> dict[str, Any]:
    """What stands around every page of one evaluation: title, state, scores, ways on, tabs."""
    row = opened.row
    state = opened.state
    tone, icon = TONES[state]
    return {
        "opened": opened, "row": row, "title": opened.name, "template": opened.template,
        "subtitle": listed([opened.row.unit.code if opened.row.unit else _("instansi secara keseluruhan"), opened.template.title]),
        "state_words": STATES[state], "state_tone": tone, "state_icon": icon, "steps": steps_of(state),
        "ways": ways_from(state, opened.roles), "may_reopen": state is State.FINAL and TeamRole.LEAD in opened.roles,
        "may_discard": state is State.DRAFT and opened.may_evaluate,
        "closed": format_date(localtime(row.closed_at).date()) if row.closed_at else "",
        "due": format_date(row.due) if row.due and state is State.DRAFT else "",
        "tabs": _tabs(opened, current), "scores": scores_of(opened), "is_evaluator": opened.may_evaluate,
        "may_print": opened.may_evaluate or state is State.FINAL,
    }  # fmt: skip


def short_title(title: str) -> str:
    """The title of a component without the words that all of them share, for a tab."""
    return title.replace(" Akuntabilitas Kinerja", "").replace(" Kinerja", "")


def scores_of(opened: Opened) -> list[dict[str, Any]]:
    """The score of every column in which something is filled in, with its predicate and what is missing."""
    found = []
    for column, result in opened.sheet.beside.results.items():
        found.append({
            "column": COLUMNS[column], "short": SHORT[column], "score": points(opened.template, result.total),
            "predicate": result.predicate.letter, "name": word(result.predicate.name), "tone": result.predicate.tone,
            "missing": len(result.missing), "is_current": column is opened.shown, "share": str(result.total),
        })  # fmt: skip
    return found


def moved(opened: Opened, after: Column | None = None) -> Decimal | None:
    """By how much the shown column differs from the self-assessment; None where either is missing."""
    results = opened.sheet.beside.results
    last = results.get(after or opened.shown)
    own = results.get(Column.SELF)
    return last.total - own.total if last and own and last is not own else None


def _tabs(opened: Opened, current: str) -> list[dict[str, Any]]:
    result = opened.sheet.beside.results.get(opened.shown)
    missing = result.missing if result else tuple(sub.code for sub in opened.template.subcomponents)
    tabs = [{"title": _("Ringkasan"), "url": opened.address(), "current": current == "summary"}]
    for number, component in enumerate(opened.template.components, 1):
        codes = items_of(component)
        left = sum(code in codes for code in missing)
        tabs.append({
            "title": f"{number}. {short_title(word(component.title))}", "url": opened.address("component", component.code),
            "current": current == component.code, "count": left or "",
        })  # fmt: skip
    others = [("differences", _("Perbedaan")), ("team", _("Tim & dokumen"))]
    others += [("letter", _("LHE"))] if opened.may_evaluate or opened.state is State.FINAL else []
    for page, title in others:
        count = opened.told.open_requests or "" if page == "team" else ""
        tabs.append({"title": title, "url": opened.address(page), "current": current == page, "count": count})
    return tabs
