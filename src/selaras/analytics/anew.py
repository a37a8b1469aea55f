"""Achievements computed anew from what the files hold: the formulas of `core.measurement` as expressions."""

from __future__ import annotations

from typing import Any

import ibis

from selaras.analytics.exact import number, with_percent, with_printed
from selaras.analytics.joining import PLACE, left
from selaras.analytics.opening import Nation
from selaras.analytics.schema import BANDS, DECIMAL
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import ValueKind

GRADE, YES_NO = ValueKind.GRADE.value, ValueKind.YES_NO.value
NONE, HUNDRED, NOUGHT, STRAIGHT, TWICE, INVERSE, POINT = range(7)
"""How an achievement comes about: not at all, 100, 0, or by one of four quotients."""


def achievements(nation: Nation) -> ibis.Table:
    """Every measurement with its achievement computed anew, held against what was published.

    Adds `raw_again` (before the cap), `achievement_again`, `reached_again`, `class_again`, `printed` and `agrees`.
    """
    return _classified(nation, achieved(nation.table("measurements")))


def achieved(found: ibis.Table) -> ibis.Table:
    """Adds the achievement by the formulas of `core.measurement.formulas`: one exact quotient of a part and a whole.

    Which formula holds is decided once for each row; one that rules 100 or 0 without dividing gives 1 ÷ 1 or 0 ÷ 1.
    """
    found = _ways(found)
    target, realised, goal, way, one = found.target, found.realised, found.goal_, found.way_, number(1)
    found = found.mutate(
        part_=ibis.cases(
            (way == STRAIGHT, realised),
            (way == INVERSE, goal),
            (way == TWICE, (goal + goal - realised).cast(DECIMAL)),
            (way == HUNDRED, one),
            (way == POINT, (target - (realised - target).abs()).cast(DECIMAL)),
            (way == NOUGHT, number(0)),
            else_=ibis.null(DECIMAL),
        ),
        whole_=ibis.cases((way == INVERSE, realised), ((way == HUNDRED) | (way == NOUGHT), one), else_=goal),
    )
    made = with_percent(found, "raw_again", found.part_, found.whole_).drop("part_", "whole_", "goal_", "way_")
    over = made.cap.notnull() & (made.raw_again > made.cap)
    return made.mutate(
        achievement_again=over.ifelse(made.cap, made.raw_again), reached_again=made.raw_again >= number(100)
    )


def _ways(found: ibis.Table) -> ibis.Table:
    """Adds the formula of each row, and the goal that its realisation is held against: the target or its upper end."""
    target, realised, upper, method = found.target, found.realised, found.target_upper, found.lower_method
    plain = ~found.target_kind.isin([GRADE, YES_NO])
    higher, ranged = (found.polarity == item.value for item in (Polarity.HIGHER, Polarity.RANGE))
    comparable = (
        (found.target_kind == found.realised_kind) & target.notnull() & realised.notnull()
        & (~plain | (found.realised_upper.isnull() & (ranged | upper.isnull())))
        & ((found.target_kind != GRADE) | higher)
    )  # fmt: skip
    above = plain & ranged & (realised > upper)
    found = found.mutate(above_=above.fill_null(False), comparable_=comparable.fill_null(False))
    found = found.mutate(goal_=found.above_.ifelse(found.target_upper, found.target))
    goal, one = found.goal_, _way(HUNDRED)
    straight = (target > 0).ifelse(_way(STRAIGHT), _way(NONE))
    both_zero = (goal == 0) & (realised == 0)
    down = found.above_ | (found.polarity == Polarity.LOWER.value)
    inverse = (method == LowerMethod.INVERSE.value) | (found.above_ & method.isnull())
    way = ibis.cases(
        (~found.comparable_, _way(NONE)),
        (found.target_kind == YES_NO, (target == realised).ifelse(one, _way(NOUGHT))),
        (higher, straight),
        (ranged & ~found.above_, ibis.cases(
            (upper.isnull(), ibis.cases((both_zero, one), (target > 0, _way(POINT)), else_=_way(NONE))),
            (realised >= target, one),
            else_=straight,
        )),
        (~down, _way(NONE)),
        (both_zero, (inverse | (method == LowerMethod.TWICE_TARGET.value)).ifelse(one, _way(NONE))),
        (goal <= 0, _way(NONE)),
        (inverse, ibis.cases((realised > 0, _way(INVERSE)), (realised == 0, one), else_=_way(NONE))),
        (method == LowerMethod.TWICE_TARGET.value, _way(TWICE)),
        else_=_way(NONE),
    )  # fmt: skip
    return found.mutate(way_=way).drop("above_", "comparable_")


def _way(which: int) -> Any:
    return ibis.literal(which, type="int8")


def _classified(nation: Nation, found: ibis.Table) -> ibis.Table:
    """Adds the printed achievement, its class on the agency's scale, and whether all is as published."""
    bands = nation.table("classes")
    columns: dict[str, Any] = {}
    for position in range(1, BANDS + 1):
        here = bands.position == position
        columns[f"label_{position}"] = here.ifelse(bands.label, ibis.null("string")).max()
        columns[f"lower_{position}"] = here.ifelse(bands.lower, ibis.null(DECIMAL)).max()
        columns[f"over_{position}"] = here.ifelse(bands.exclusive.ifelse(1, 0), ibis.null("int32")).max()
    wide = bands.group_by(PLACE).agg(**columns)
    made = left(with_printed(found, "printed", found.achievement_again), wide, PLACE)
    choices = []
    for position in range(1, BANDS + 1):
        lower, over = made[f"lower_{position}"], made[f"over_{position}"] == 1
        holds = lower.isnull() | (over & (made.printed > lower)) | (~over & (made.printed >= lower))
        choices.append(
            (made.printed.notnull() & made[f"label_{position}"].notnull() & holds, made[f"label_{position}"])
        )
    made = made.mutate(class_again=ibis.cases(*choices, else_=ibis.null("string"))).drop(*columns)
    same = [
        made.raw.identical_to(made.raw_again), made.achievement.identical_to(made.achievement_again),
        made.reached.identical_to(made.reached_again), made.class_label.identical_to(made.class_again),
    ]  # fmt: skip
    return made.mutate(agrees=same[0] & same[1] & same[2] & same[3])
