"""A survey or a wave held for a change, and how answers are laid down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor
from selaras.core.culture.surveys import (
    Response,
)
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture_surveys import is_closed
from selaras.store.models.culture import random_key

SURVEY, WAVE = "Survey", "SurveyWave"


@contextmanager
def survey_held(by: Actor, agency: str, survey: str, action: str) -> Iterator[tuple[Trace, tables.Survey]]:
    with traced(by, action=action, agency=agency, act=Act.STUDY) as trace:
        row = tables.Survey.objects.select_for_update().filter(agency__code=agency, code=survey).first()
        if row is None:
            raise NotFound(f"Survei {survey} tidak ditemukan.")
        yield trace, row


@contextmanager
def wave_held(
    by: Actor, agency: str, survey: str, wave: str, action: str, *, closed: bool = False
) -> Iterator[tuple[Trace, tables.SurveyWave]]:
    with traced(by, action=action, agency=agency, act=Act.STUDY) as trace:
        row = wave_row(agency, survey, wave)
        if closed and not is_closed(row, date.today()):
            raise Refusal("Gelombang survei masih dibuka.", Fault("gelombang belum ditutup", Place(record=wave)))
        if not closed and row.closed_at is not None:
            raise Refusal("Gelombang survei sudah ditutup.", Fault("gelombang ditutup", Place(record=wave)))
        yield trace, row


def wave_row(agency: str, survey: str, wave: str) -> tables.SurveyWave:
    rows = tables.SurveyWave.objects.select_related("survey").select_for_update(of=("self",))
    row = rows.filter(survey__agency__code=agency, survey__code=survey, code=wave).first()
    if row is None:
        raise NotFound(f"Gelombang {wave} pada survei {survey} tidak ditemukan.")
    return row


def store_responses(wave: tables.SurveyWave, responses: Iterable[Response]) -> None:
    """Write answers under new random keys, in the order of these keys."""
    rows = [
        tables.SurveyResponse(
            key=random_key(), wave=wave, unit=item.unit, answers=dict(item.answers), buckets=dict(item.buckets),
            comment=item.comment, hurried=item.hurried, repeat=item.repeat,
        )
        for item in responses
    ]  # fmt: skip
    tables.SurveyResponse.objects.bulk_create(sorted(rows, key=lambda row: row.key), batch_size=1000)
