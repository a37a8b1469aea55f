"""What an SKP waits for: whose step is next, and until when, told to each person who has one to take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.deadlines import last_day
from selaras.core.duties import Item, Work
from selaras.core.law import Source
from selaras.core.people.skp import SkpPlan, SkpState, periods
from selaras.core.period import Period


class DueKind(StrEnum):
    """The steps of a year's plans that have a last day."""

    SETTING = "penetapan"
    RATING = "penilaian"


@dataclass(frozen=True, slots=True)
class DueRule:
    """The last day for a step, `years_after` the year of the plan."""

    kind: DueKind
    years_after: int
    month: int
    day_of_month: int
    source: Source

    def day(self, year: int) -> date:
        """The last day for the plans of a year."""
        return date(year + self.years_after, self.month, self.day_of_month)


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that is not final, as it stands for one person: what the person is to it, and how far the ratings came.

    `title` says whose it is. `rated` is the number of the last period of its cycle that was rated (0 for none),
    `until` the last day for an objection to the rating of the year; None while there is none.
    """

    plan: SkpPlan
    title: str
    own: bool = False
    assesses: bool = False
    above: bool = False
    rated: int = 0
    until: date | None = None


def due_on(rules: Mapping[DueKind, DueRule], kind: DueKind, year: int) -> date | None:
    """The last day for a step of the plans of a year; None where no rule says so."""
    return rules[kind].day(year) if kind in rules else None


def waiting(item: OpenPlan, login: str, due: Mapping[DueKind, DueRule], today: date) -> Iterator[Item]:
    """The steps of a plan that wait for the person with the account `login`, on a day."""
    plan = item.plan
    by = due_on(due, DueKind.SETTING, plan.year)
    if plan.state is SkpState.DRAFT and item.own:
        yield _item(Work.FILL_SKP, item, login, by)
    elif plan.state is SkpState.PROPOSED and item.assesses and not item.own:
        yield _item(Work.AGREE_SKP, item, login, by, f"Tahun {plan.year}")
    elif plan.state is SkpState.AGREED and item.assesses and not item.own:
        period = _unrated(item, today)
        if period is not None:
            last = due_on(due, DueKind.RATING, plan.year) if period == Period(plan.year) else None
            yield _item(Work.RATE_SKP, item, login, last, period.name)
    elif plan.state is SkpState.EVALUATED:
        yield from _evaluated(item, login, today)
    elif plan.state is SkpState.OBJECTED and item.above and not item.own and not item.assesses:
        yield _item(Work.DECIDE_OBJECTION, item, login, None)


def _unrated(item: OpenPlan, today: date) -> Period | None:
    """The year once the plan has ended, else the last period that has ended, if nobody rated it."""
    if item.plan.until < today:
        return Period(item.plan.year)
    over = [period for period in periods(item.plan) if last_day(period) < today]
    return over[-1] if over and over[-1].index > item.rated else None


def _evaluated(item: OpenPlan, login: str, today: date) -> Iterator[Item]:
    """The person answers within the days for an objection; afterwards the assessor makes the rating final."""
    over = item.until is not None and item.until < today
    if item.own and not over:
        yield _item(Work.ANSWER_RATING, item, login, item.until)
    elif item.assesses and not item.own and over:
        yield _item(Work.FINISH_SKP, item, login, None, f"Tahun {item.plan.year}")


def _item(work: Work, item: OpenPlan, login: str, due: date | None, group: str = "") -> Item:
    plan = item.plan
    return Item(work, plan.code, item.title, group, plan.unit, login=login, due=due)
