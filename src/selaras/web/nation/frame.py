"""What the pages of the nation share: who may open them, which side they are for, the results, years, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept, kept
from selaras.analytics.signs import MILLIONTHS
from selaras.core.access import Act, agencies_over, check_everywhere, may, over_several
from selaras.core.errors import NotFound
from selaras.core.numerals import format_number, format_percent, format_rupiah
from selaras.store.editions import published_editions
from selaras.store.nation import nation_folder, nation_kept
from selaras.web.gate import signed_in
from selaras.web.public.gateway import open_to_all
from selaras.web.public.gateway import shown as shown_to_all
from selaras.web.shell import NavItem

WAIT = 1.0
"""Seconds for which a page waits for results that are being computed before it says so: a small nation needs no more."""
ON_ONE_PAGE = 50
NONE = "–"
LONGEST_YEAR = 4


@dataclass(frozen=True, slots=True)
class Side:
    """For whom a page is: everybody (only what was published for everybody), or those inside.

    `agencies` are those that a role of some agencies reaches, say a province's; None is every agency.
    """

    public: bool
    agencies: frozenset[str] | None = None

    @property
    def space(self) -> str:
        """The name before the names of its addresses."""
        return "nation_public" if self.public else "nation"

    def url(self, name: str, *parts: object, **asked: object) -> str:
        """The address of a page of this side; empty values are not asked."""
        wanted = {key: value for key, value in asked.items() if value not in ("", None)}
        address = reverse(f"{self.space}:{name}", args=parts)
        return f"{address}?{urlencode(wanted)}" if wanted else address


PUBLIC = Side(True)
Inner = Callable[..., HttpResponse]


def for_insiders(
    act: Act = Act.SEE_NATION, *, methods: tuple[str, ...] = ("GET",), some: bool = False
) -> Callable[[Inner], Inner]:
    """A page for those whose role reaches every agency; with `some`, also for a role over several, which sees those.

    Others get 403, strangers are sent to sign in.
    """

    def decorate(view: Inner) -> Inner:
        @signed_in(methods=methods)
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not (some and over_several(request.actor, act)):
                check_everywhere(request.actor, act)
            return view(request, Side(False, agencies_over(request.actor, act)), *args, **kwargs)

        return opened

    return decorate


def with_data(view: Inner) -> Inner:
    """Hand the results to a page; while they are computed, or where there are none, say so instead."""

    @wraps(view)
    def opened(request: Any, side: Side, *args: Any, **kwargs: Any) -> HttpResponse:
        data = kept(nation_folder(), nation_kept(), public=side.public, wait=WAIT, agencies=side.agencies)
        if data is None:
            return waiting(request, side)
        if not data.partitions:
            return show(request, side, "nation/none.html", {"title": _("Data nasional")})
        return view(request, side, data, *args, **kwargs)

    return opened


def waiting(request: Any, side: Side) -> HttpResponse:
    """A page that says that the results are being computed, and asks again by itself."""
    answer = show(request, side, "nation/waiting.html", {"title": _("Sedang dihitung")})
    answer.status_code = 202
    answer["Retry-After"] = "5"
    return answer


def both(view: Inner) -> tuple[Inner, Inner]:
    """The same page for insiders and for everybody."""
    ready = with_data(view)

    @open_to_all
    @wraps(view)
    def public(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return ready(request, PUBLIC, *args, **kwargs)

    return for_insiders(some=True)(ready), public


def show(request: Any, side: Side, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page in the frame of its side."""
    common = {"layout": "base_public.html" if side.public else "base.html", "side": side, "public": side.public}
    if side.public:
        return shown_to_all(request, template, {**common, "nation_tabs": _tabs(request, side), **context})
    items = [NavItem(tab["url"], tab["title"], tab["icon"], tab["current"]) for tab in _tabs(request, side)]
    partly = "" if side.agencies is None else count(len(side.agencies))
    return render(request, template, {**common, "nav": items, "nation_tabs": [], "partly": partly, **context})


def _tabs(request: Any, side: Side) -> list[dict[str, Any]]:
    words = [
        ("overview", _("Nasional"), "home"), ("agencies", _("Instansi"), "org"),
        ("families", _("Indikator bersama"), "measure"), ("goals", _("Sasaran bersama"), "flag"),
    ]  # fmt: skip
    if not side.public:
        words.append(("signs", _("Tanda"), "alert"))
        if may(request.actor, Act.KEEP_BOOKS, ""):
            words.append(("books", _("Buku laporan"), "book"))
    words.append(("data", _("Data terbuka"), "download"))
    here = request.resolver_match.url_name if request.resolver_match else ""
    family = {
        "agency": "agencies",
        "indicator": "agencies",
        "family": "families",
        "goal": "goals",
        "sign": "signs",
        "book": "books",
    }
    return [
        {"title": title, "url": side.url(name), "icon": icon, "current": family.get(here, here) == name}
        for name, title, icon in words
    ]


# ---- years and filters -----------------------------------------------------------------------------------------------


def year_asked(request: HttpRequest, data: Kept) -> int:
    """The year that the address asks for, else the newest with an achievement. Raises NotFound for one without data."""
    years = sorted({one.year for one in data.partitions})
    text = request.GET.get("tahun", "")
    if not text:  # a year that has only begun shows nothing but dashes
        return max((row["year"] for row in data.rows("tahun") if row["with_figure"]), default=years[-1])
    if not (len(text) <= LONGEST_YEAR and text.isdecimal()) or int(text) not in years:
        raise NotFound(_("Belum ada data nasional tahun %(year)s.") % {"year": text[:10]})
    return int(text)


def year_choices(
    request: HttpRequest, data: Kept, year: int, found: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    """The years to choose from, with the rest of what the address asks: every year, or those in which a thing is `found`."""
    asked = {key: value for key, value in request.GET.items() if key not in {"tahun", "halaman", "format"} and value}
    return [
        {"title": str(one), "url": f"?{urlencode(asked | {'tahun': one})}", "current": one == year}
        for one in sorted({part.year for part in data.partitions} if found is None else {year, *found})
    ]


def kinds_of(data: Kept, year: int) -> list[str]:
    """The kinds of agency in a year."""
    return [row["agency_kind"] for row in data.rows("jenis") if row["year"] == year]


def paged(request: HttpRequest, rows: Sequence[Any]) -> Page[Any]:
    """The page of a long list that is asked for."""
    paginator: Paginator[Any] = Paginator(rows, ON_ONE_PAGE)
    page = paginator.get_page(request.GET.get("halaman"))
    page.shown_pages = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))  # type: ignore[attr-defined]
    return page


def sorted_by(request: HttpRequest, rows: list[dict[str, Any]], keys: Iterable[str], default: str) -> str:
    """Sort rows in place by the column that the address asks for; what has no value comes last. Gives the order."""
    order = request.GET.get("urut", default)
    if order.removeprefix("-") not in set(keys):
        order = default
    key, down = order.removeprefix("-"), order.startswith("-")
    known = [row for row in rows if row[key] is not None]
    known.sort(key=lambda row: row[key].casefold() if isinstance(row[key], str) else row[key], reverse=down)
    rows[:] = known + [row for row in rows if row[key] is None]
    return order


# ---- numbers ---------------------------------------------------------------------------------------------------------


def share(value: Decimal | None) -> str:
    """A percentage of two decimals; a dash where there is none."""
    return NONE if value is None else format_percent(value, places=2)


def share_of(millionths: int | None) -> str:
    """The same of millionths of a percent."""
    return NONE if millionths is None else share(Decimal(millionths) / MILLIONTHS)


def points(value: Decimal | None) -> str:
    """A difference of two percentages."""
    return NONE if value is None else _("%(n)s poin") % {"n": share(value).removesuffix("%").strip()}


def count(value: int | Decimal) -> str:
    """A count with its dots."""
    return format_number(Decimal(value), places=0)


def rupiah(value: Decimal | None) -> str:
    """An amount of money."""
    return NONE if value is None else format_rupiah(value)


def part(some: int, all_: int) -> Decimal | None:
    """A part of a whole in percent."""
    return Decimal(some) / all_ * 100 if all_ else None


def report_page(edition: Mapping[str, Any] | None) -> str:
    """The address of a published report: on the installation that published it, or here if it stands here; else nothing.

    What other installations tell is never a link unless it begins as the address of a page does.
    """
    if edition is None:
        return ""
    page = str(edition["page"] or "")
    if page.startswith(("https://", "http://")):
        return page
    here = published_editions(edition["agency"]).filter(year=edition["year"], snapshot_sha256=edition["sha256"])
    return reverse("public:report", args=(edition["agency"], edition["year"])) if here.exists() else ""
