"""The gate of every page inside: who asks, for which agency and year, and whether the page may open at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from selaras.core.access import Act, Actor, check_somewhere, may_somewhere
from selaras.core.errors import NotFound
from selaras.store import models as tables
from selaras.store.nips import Sight, sight_of
from selaras.store.years import years_of_work

FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True)
class AgencyPage:
    """The agency and year of a page, and who looks at it."""

    pk: int
    code: str
    name: str
    short_name: str
    kind: str
    year: int
    actor: Actor

    @cached_property
    def can(self) -> dict[str, bool]:
        """For each right, by its name in `Act`, whether the person has it for some part of the agency."""
        return {act.name: may_somewhere(self.actor, act, self.code) for act in Act}

    @cached_property
    def sight(self) -> Sight:
        """What the person sees of the NIPs in the agency."""
        return sight_of(self.actor, self.code)

    @cached_property
    def years(self) -> dict[int, bool]:
        """The years to choose from, the last first, each with whether its work has begun; the open one is among them."""
        return dict(sorted(({self.year: False} | years_of_work(self.pk)).items(), reverse=True))

    @property
    def has_begun(self) -> bool:
        """Whether work on the open year has begun."""
        return self.years[self.year]


class InsideRequest(HttpRequest):
    """The request of a page inside: with the actor, the agency and the year. Only for type checkers."""

    actor: Actor
    place: AgencyPage
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Door:
    """What a page says of its own door: the right that opens it (None: whoever is signed in), and its methods."""

    act: Act | None
    methods: tuple[str, ...]


View = TypeVar("View", bound=Callable[..., HttpResponse])


def inside(act: Act = Act.SEE, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page of one agency and year (`agency` and `year` in its address), open to those who may do `act` there.

    Somebody who is not signed in is sent to sign in; a stranger to the agency gets 404; a colleague without the
    right gets 403. What the page changes is checked again by its verb, also for the unit.
    """

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def opened(request: Any, agency: str, year: int, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            check_somewhere(request.actor, act, agency)
            request.place = _page(request.actor, agency, year)
            return view(request, *args, **kwargs)

        opened.door = Door(act, methods)  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return decorate


def signed_in(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page for everybody who is signed in, about no agency in particular."""

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        opened.door = Door(None, methods)  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return decorate


def _page(actor: Actor, code: str, year: int) -> AgencyPage:
    row = tables.Agency.objects.filter(code=code).values_list("pk", "code", "name", "short_name", "kind").first()
    if row is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(_("Instansi %(code)s tahun %(year)s tidak ditemukan.") % {"code": code, "year": year})
    return AgencyPage(*row, year=year, actor=actor)


class CodeConverter:
    """A code of the agency's own in an address: any text, with what an address cannot hold written as `~2F`."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The code that stands in an address."""
        return unquote(value.replace("~", "%"), errors="strict")

    def to_url(self, value: object) -> str:
        """A code as it stands in an address."""
        text = quote(str(value), safe="").replace("~", "%7E")
        return (text if text.strip(".") else text.replace(".", "%2E")).replace("%", "~")
