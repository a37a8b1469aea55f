"""What was published of studies and surveys, as the annual report reads it: counts, verdicts and shares, no person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

WHOLE = ""
HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class PublishedConclusion:
    """One conclusion with its verdict by the printed rule; `banner` says what its evidence does not show."""

    code: str
    statement: str
    verdict: str
    line: str
    banner: str = ""
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class PublishedAction:
    """One follow-up: what, by whom, until when (ISO day, empty where none is set)."""

    statement: str
    action: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class PublishedStudy:
    """One study as it was published; people as counts."""

    code: str
    title: str
    year: int
    framework: str
    methods: tuple[str, ...]
    informants: int
    accounts: int
    sources: int
    rule: str
    conclusions: tuple[PublishedConclusion, ...]
    claims: tuple[str, ...]
    flags: tuple[str, ...]
    actions: tuple[PublishedAction, ...]
    demo: str = ""


@dataclass(frozen=True, slots=True)
class PublishedScore:
    """One score of one group: shares in per cent with one decimal, the mean with two."""

    name: str
    n: int
    mean: Decimal
    negative: Decimal
    neutral: Decimal
    positive: Decimal


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """One group that may be published, "Seluruh responden" first; `index` is our own in per cent, None without one."""

    name: str
    people: int
    index: Decimal | None
    scores: tuple[PublishedScore, ...]


@dataclass(frozen=True, slots=True)
class PublishedSurvey:
    """One wave as it was published by the stricter threshold."""

    code: str
    title: str
    wave: str
    year: int
    threshold: int
    n: int
    population: int
    hidden_groups: bool
    synthetic: bool
    groups: tuple[PublishedGroup, ...]

    @property
    def share(self) -> Decimal | None:
        """The share of invited employees who answered, in per cent with one decimal, half up."""
        if not self.population:
            return None
        part = Decimal(min(self.n, self.population) * 100) / self.population
        return part.quantize(TENTH, rounding=ROUND_HALF_UP)


def study_from(data: Mapping[str, Any]) -> PublishedStudy:
    """A study out of its edition as it is kept."""
    names = {row["code"]: row["name"] for row in data.get("support", ())}
    return PublishedStudy(
        data["code"], data["title"], int(data["year"]), data["framework"], tuple(data["methods"]), int(data["informants"]),
        int(data["accounts"]), int(data["sources"]), data["rule"],
        tuple(
            PublishedConclusion(
                row["code"], row["statement"], row["verdict"], row["line"], row.get("banner", ""),
                row.get("override_reason", ""),
            )
            for row in data["conclusions"]
        ),
        tuple(names.get(code, code) for code in data["claims_without_evidence"]),
        tuple(row["message"] for row in data["flags"]),
        tuple(PublishedAction(row["statement"], row["action"], row["owner"], row["due"]) for row in data["actions"]),
        data.get("demo", ""),
    )  # fmt: skip


def survey_from(data: Mapping[str, Any], scores: Mapping[str, str], units: Mapping[str, str]) -> PublishedSurvey:
    """A wave out of its edition as it is kept, scores and units by their names and in the order of `scores` and `units`.

    A database may keep the parts of an edition in an order of its own.
    """
    groups = tuple(
        PublishedGroup(
            "Seluruh responden" if group == WHOLE else units.get(group, group),
            _people(data, group, found), _index(data, group),
            tuple(_score(scores.get(score, score), found[score]) for score in _in_order(found, scores)),
        )
        for group in _in_order(data["groups"], (WHOLE, *units))
        for found in [data["groups"][group]]
    )  # fmt: skip
    return PublishedSurvey(
        data["survey"], data["title"], data["wave"], int(data["year"]), int(data["threshold"]), int(data["n"]),
        int(data["population"]), bool(data["hidden_groups"]), bool(data["synthetic"]), groups,
    )  # fmt: skip


def _in_order(held: Mapping[str, Any], order: Iterable[str]) -> list[str]:
    """The keys of a part in an order that is given; those that it does not know come last."""
    places = {key: place for place, key in enumerate(order)}
    return sorted(held, key=lambda key: (places.get(key, len(places)), key))


def _people(data: Mapping[str, Any], group: str, found: Mapping[str, Any]) -> int:
    index = data["index"].get(group)
    if index is not None:
        return int(index["people"])
    return max((int(row["n"]) for row in found.values()), default=0)


def _index(data: Mapping[str, Any], group: str) -> Decimal | None:
    index = data["index"].get(group)
    return _percent(index["index"]) if index is not None else None


def _score(name: str, row: Mapping[str, Any]) -> PublishedScore:
    shares = (_percent(row[side]) for side in ("negative", "neutral", "positive"))
    return PublishedScore(name, int(row["n"]), _rounded(row["mean"], HUNDREDTH), *shares)


def _percent(share: float) -> Decimal:
    return _rounded(share * 100, TENTH)


def _rounded(value: float, step: Decimal) -> Decimal:
    """A float as it is printed, half up; its short form is taken so that 0.645 rounds as it reads."""
    return Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)
