"""Results of a closed wave as they may be shown or published: groups that reveal nobody, distributions, comments."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from selaras.core.access import Actor
from selaras.core.culture.answers import Answers
from selaras.core.culture.descriptives import Spread, score_spread, spread
from selaras.core.culture.index import InternalIndex, internal_index
from selaras.core.culture.privacy import (
    Threshold,
    comments_shown,
    distribution_shown,
    shown_beside,
    shown_in_tree,
)
from selaras.core.culture.surveys import (
    BUCKETS,
    Care,
    Response,
    care,
    scores,
)
from selaras.core.errors import Fault, Refusal
from selaras.store.culture import rules_on
from selaras.store.culture_surveys import WaveData, data_of, is_closed, parents_of, threshold_of, wave_at
from selaras.store.models import SurveyWave

WHOLE = ""
"""The group that is everybody."""


@dataclass(frozen=True)
class WaveResults:
    """The results of a closed wave as they may be shown on a screen (or published, by the stricter threshold).

    `groups` holds only groups that may be shown; "" is everybody. `hidden` says that there are others.
    """

    wave: SurveyWave
    threshold: int
    n: int
    population: int
    by: str
    groups: Mapping[str, Mapping[str, Spread]]
    hidden: bool
    index: Mapping[str, InternalIndex]
    care: Care | None
    distributions: Mapping[str, Mapping[int, int]]
    comments: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """The share of employees who answered; None without a population."""
        return Fraction(min(self.n, self.population), self.population) if self.population else None


def results_of(
    actor: Actor, agency: str, survey: str, wave: str, day: date, *, by: str = "unit", publish: bool = False
) -> WaveResults:
    """The results of a closed wave by unit or by one coarse group, suppressed. Three queries.

    Raises Refusal while the wave is open, below the threshold, and for a group that is not asked for; NotFound.
    """
    row = wave_at(actor, agency, survey, wave)
    if not is_closed(row, day):
        raise Refusal(
            "Hasil survei belum dapat dibaca.",
            Fault(
                "gelombang masih dibuka",
                expected=f"setelah {row.closes.isoformat()}",
                remedy="Tutup gelombangnya dahulu.",
            ),
        )
    return results(data_of(row), parents_of(agency), by=by, publish=publish)


def results(data: WaveData, parents: Mapping[str, str], *, by: str = "unit", publish: bool = False) -> WaveResults:
    """What may be shown of a wave by one breakdown. Raises Refusal."""
    threshold = threshold_of(data.wave.survey)
    k, n = (threshold.publish if publish else threshold.screen), len(data.responses)
    if n < k:
        raise Refusal(
            "Hasil survei tidak ditampilkan.",
            Fault("responden terlalu sedikit", read=f"kurang dari {k}", expected=f"mulai {k}"),
        )
    everybody = range(n)
    members = _members(data, parents, by, k, everybody)
    named = {_group(response, by) for response in data.responses} - {""}
    points, table = data.questionnaire.scale.points, scores_of(data)
    answered = {
        score: _members(data, parents, by, k, [place for place in everybody if values[place] is not None])
        for score, values in table.items()
    }
    indices = {
        group: index
        for group, places in members.items()
        if all(group in found for found in answered.values()) and (index := _index(data, places, k)) is not None
    }
    groups = {
        group: {
            score: _spread(data, score, values, places, places if group in indices else answered[score][group], points)
            for score, values in table.items()
            if group in answered[score]
        }
        for group, places in members.items()
    }
    return WaveResults(
        data.wave, k, n, sum(data.wave.population.values()), by, groups, bool(named - members.keys()),
        indices, care(data.questionnaire, data.responses, rules_on(data.wave.opens).care), _distributions(data, threshold),
        _comments(data, threshold),
    )  # fmt: skip


def _spread(
    data: WaveData, score: str, values: Sequence[float | None], places: Iterable[int], heard: Iterable[int], points: int
) -> Spread:  # fmt: skip
    """One score of a group; its shares are those that the index is made of where the group has one. Where it has none,
    only those with a complete score are heard, who are enough to be shown by themselves.
    """
    own = [values[place] for place in places]
    if data.questionnaire.scale.fixed_total is not None:
        return spread(own, points)
    part = Answers(data.answers.items, tuple(data.answers.rows[place] for place in heard))
    return score_spread(own, (part.column(code) for code in data.questionnaire.groups()[score]), points)


def _group(response: Response, by: str) -> str:
    return response.unit if by == "unit" else response.buckets.get(by, "")


def _members(
    data: WaveData, parents: Mapping[str, str], by: str, k: int, places: Iterable[int]
) -> dict[str, list[int]]:
    """Who of these people belongs to every group that may be shown, everybody ("") among them; a unit holds all below.

    Breakdowns stand in one order, units first: a group of a later one is shown only where it cannot be laid beside one
    of an earlier one to find a few people. So it makes no difference which is looked at first.
    """
    if by != "unit" and by not in BUCKETS:
        raise Refusal(
            "Hasil survei tidak ditampilkan.", Fault("kelompok tidak dikenal", read=by, expected=" | ".join(BUCKETS))
        )
    listed = list(places)
    if len(listed) < k:
        return {}
    made = {WHOLE: listed} | _unit_members(data, parents, k, listed)
    if by == "unit":
        return made
    published = [frozenset(rows) for rows in made.values()]
    for name in BUCKETS:
        own = _own(data, name, listed)
        visible = sorted(shown_beside({key: frozenset(rows) for key, rows in own.items()}, published, k) - {""})
        if name == by:
            return {WHOLE: listed} | {group: own[group] for group in visible}
        published += [frozenset(own[group]) for group in visible]
    return {WHOLE: listed}


def _own(data: WaveData, by: str, places: Iterable[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in places:
        found.setdefault(_group(data.responses[place], by), []).append(place)
    return found


def labelled_units(data: WaveData, parents: Mapping[str, str]) -> frozenset[str]:
    """The units that may stand beside single answers in a file: those whose own people, without the units below, may
    be published as a group of their own beside the results by unit.
    """
    k, everybody = data.wave.survey.k_publish, range(len(data.responses))
    published = [frozenset(rows) for rows in _members(data, parents, "unit", k, everybody).values()]
    own = {unit: frozenset(rows) for unit, rows in _own(data, "unit", everybody).items()}
    return shown_beside(own, published, k) - {""}


def _unit_members(data: WaveData, parents: Mapping[str, str], k: int, places: list[int]) -> dict[str, list[int]]:
    own = _own(data, "unit", places)
    tree = {unit: parents.get(unit, "") for unit in dict.fromkeys((*parents, *own)) if unit}
    visible = shown_in_tree(tree, {unit: len(rows) for unit, rows in own.items()}, k)
    made: dict[str, list[int]] = {}
    for unit, rows in own.items():
        at, seen = unit, set()
        while at and at not in seen:
            seen.add(at)
            if at in visible:
                made.setdefault(at, []).extend(rows)
            at = tree.get(at, "")
    return {unit: sorted(made[unit]) for unit in tree if unit in made}


def scores_of(data: WaveData) -> dict[str, tuple[float | None, ...]]:
    """The scores of every respondent, by construct or value; the shares themselves where 100 points were divided."""
    if data.questionnaire.scale.fixed_total is not None:
        return {code: data.answers.column(code) for code in data.answers.items}
    return scores(data.questionnaire, data.answers)


def _index(data: WaveData, places: list[int], k: int) -> InternalIndex | None:
    if data.questionnaire.scale.fixed_total is not None:
        return None
    part = Answers(data.answers.items, tuple(data.answers.rows[place] for place in places))
    try:
        return internal_index(data.questionnaire, part, data.questionnaire.groups(), least=k)
    except Refusal:
        return None  # a score that nobody of the group answered: it has no index


def _distributions(data: WaveData, threshold: Threshold) -> dict[str, dict[int, int]]:
    """How often every answer was given to an item, as it was ticked; only where that gives nobody away."""
    made = {}
    for item in data.questionnaire.items:
        counts = Counter(value for row in data.responses if (value := row.answers.get(item.code)) is not None)
        if counts and distribution_shown(counts.values(), threshold):
            made[item.code] = {value: counts.get(value, 0) for value in range(1, data.questionnaire.scale.points + 1)}
    return made


def _comments(data: WaveData, threshold: Threshold) -> tuple[str, ...]:
    """Free text, shuffled, without any group; only by the stricter threshold."""
    found = [row.comment for row in data.responses if row.comment.strip()]
    if not comments_shown(len(data.responses), threshold):
        return ()
    random.SystemRandom().shuffle(found)
    return tuple(found)


def spread_data(found: Spread) -> dict[str, Any]:
    """One group of answers as plain data for publication: counts and floats."""
    return {
        "n": found.n, "mean": found.mean, "positive": float(found.positive), "neutral": float(found.neutral),
        "negative": float(found.negative),
    }  # fmt: skip


def edition_of(found: WaveResults) -> dict[str, Any]:
    """Results as they are published; no comment, no distribution, no coarse group, only what the threshold lets out."""
    survey = found.wave.survey
    return {
        "survey": survey.code, "title": survey.title, "wave": found.wave.code, "year": found.wave.year,
        "synthetic": survey.synthetic, "threshold": found.threshold, "n": found.n, "population": found.population,
        "hidden_groups": found.hidden,
        "groups": {
            group: {score: spread_data(item) for score, item in scores_.items()} for group, scores_ in found.groups.items()
        },
        "index": {
            group: {"name": item.name, "index": float(item.index), "people": item.people,
                    "values": {value.value: float(value.positive) for value in item.values}}
            for group, item in found.index.items()
        },
    }  # fmt: skip
