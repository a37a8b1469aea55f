"""Invented answers for demonstration, the same for the same seed; every screen that shows them says so."""

from __future__ import annotations

import random
from collections.abc import Sequence

from selaras.core.culture.frameworks import Part
from selaras.core.culture.surveys import Instrument, Response

LABEL = "data sintetis"


def synthetic_responses(
    instrument: Instrument, units: Sequence[str], *, n: int, seed: int, parts: dict[str, Part] | None = None
) -> tuple[Response, ...]:
    """`n` invented responses: scores of factors are drawn, outcomes lean on them, items scatter around their score.

    `parts` says by score group what is a factor and what an outcome; without it nothing leans on anything.
    """
    draw = random.Random(seed)  # noqa: S311 - demonstration data, not a secret
    groups = instrument.groups()
    return tuple(
        _one(instrument, list(groups), units[number % len(units)], draw, parts or {}, number) for number in range(n)
    )


def _one(
    instrument: Instrument, groups: list[str], unit: str, draw: random.Random, parts: dict[str, Part], number: int
) -> Response:
    middle = (instrument.scale.points + 1) / 2
    levels = {group: draw.gauss(0.4, 0.7) for group in groups}
    factors = [group for group in groups if parts.get(group) is Part.FACTOR]
    for group in groups:
        if parts.get(group) is Part.OUTCOME and factors:
            levels[group] = 0.3 * levels[group] + sum(0.7 * levels[factor] for factor in factors) / len(factors) ** 0.5
    answers: dict[str, int | None] = {}
    for item in instrument.items:
        value = round(middle + levels[item.group] + draw.gauss(0, 0.8))
        value = max(1, min(instrument.scale.points, value))
        answers[item.code] = instrument.scale.turned(value) if item.reverse else value
    return Response(f"sintetis-{number:04}", instrument.framework, unit, answers, {}, comment=LABEL)
