"""Two waves of a survey side by side, and the computations kept with a wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from selaras.core.access import Actor
from selaras.core.culture.answers import Answers
from selaras.core.culture.descriptives import PairedChange, WaveChange, compare, compare_paired
from selaras.core.culture.privacy import (
    change_shown,
)
from selaras.core.culture.runs import AnalysisRun, input_digest
from selaras.core.culture.surveys import (
    paired,
)
from selaras.core.errors import Fault, Refusal
from selaras.store.culture_results import scores_of
from selaras.store.culture_surveys import WaveData, data_of, is_closed, wave_at
from selaras.store.models import StatisticsRun, SurveyWave


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One score in two waves; `change` is None where it may not be shown."""

    score: str
    before: int
    after: int
    change: WaveChange | None
    paired: PairedChange | None = None
    """The same people in both waves, where respondents agreed to be linked."""


def waves_compared(
    actor: Actor, agency: str, survey: str, before: str, after: str, day: date
) -> tuple[ScoreChange, ...]:
    """Every score in two closed waves, with its difference where both are large enough and not nearly the same people.

    Raises Refusal while one is open, NotFound.
    """
    first, second = (wave_at(actor, agency, survey, code) for code in (before, after))
    for row in (first, second):
        if not is_closed(row, day):
            raise Refusal("Gelombang belum dapat dibandingkan.", Fault("gelombang masih dibuka", read=row.code))
    k = first.survey.k_screen
    was, now = data_of(first), data_of(second)
    left, right = scores_of(was), scores_of(now)
    made = []
    for score in left:
        one, two = ([value for value in side.get(score, ()) if value is not None] for side in (left, right))
        ok = change_shown(len(one), len(two), k) and len(one) > 1 and len(two) > 1
        made.append(
            ScoreChange(
                score,
                len(one),
                len(two),
                compare(one, two, k=k) if ok else None,
                _paired(was, now, left[score], right.get(score, ()), k),
            )
        )
    return tuple(made)


def _paired(
    was: WaveData, now: WaveData, before: tuple[float | None, ...], after: tuple[float | None, ...], k: int
) -> PairedChange | None:  # fmt: skip
    codes = ([row.repeat for row in side.responses] for side in (was, now))
    first, second = (zip(own, values, strict=False) for own, values in zip(codes, (before, after), strict=True))
    pairs = paired(first, second, k=k)
    if len({after - before for before, after in pairs}) < 2:
        return None  # nobody, too few, or all alike: nothing that could be tested
    return compare_paired(pairs)


def runs_of(wave: SurveyWave) -> tuple[tuple[StatisticsRun, bool], ...]:
    """The computations kept with a wave, newest first, each with whether it is out of date. Two queries."""
    rows = list(StatisticsRun.objects.filter(wave=wave))
    answers = data_of(wave).answers if rows else None
    return tuple((row, answers is not None and run_record(row).stale(answers)) for row in rows)


def run_record(row: StatisticsRun) -> AnalysisRun:
    """A kept computation as a value."""
    return AnalysisRun(row.kind, row.params, row.input_sha256, row.version, row.result)


def digest_of(answers: Answers, params: Mapping[str, str]) -> str:
    """The digest by which a computation is known again."""
    return input_digest(answers, params)
