"""Surveys for the tests of their pages: opened, answered by link, closed."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import BIRO
from tests.web.culture.conftest import BASE

from selaras.actions import culture_answers as answering
from selaras.actions import culture_surveys as verbs
from selaras.store import models as tables
from selaras.store.culture_surveys import data_of, form_of

SURVEY, WAVE = "budaya-uji", "2024-1"
AT = {"agency": BIRO, "survey": SURVEY}
UNIT, OTHER = "BAG-RBA", "BIRO"
GROUPS = {"masa kerja": ["di bawah 5 tahun", "5 tahun atau lebih"]}


def at(*more, survey=SURVEY, wave=WAVE):
    return "/".join([f"{BASE}survei/{survey}/gelombang/{wave}", *more]) + "/"


def units(count=2):
    return list(tables.Unit.objects.filter(agency__code=BIRO).order_by("sequence").values_list("code", flat=True))[
        :count
    ]


def opened(by, population, *, wave=WAVE, framework="berakhlak", **more):
    """A wave that is open today with a link for everybody; the links by unit."""
    day = timezone.localdate()
    verbs.save_survey(
        by, agency=BIRO, code=SURVEY, title="Budaya kerja", framework=framework, notice="Untuk perbaikan cara kerja.",
        buckets=GROUPS, **more,
    )  # fmt: skip
    verbs.open_wave(by, **AT, code=wave, opens=day, closes=day + timedelta(days=7), population=population, year=2024)
    return verbs.issue_tickets(by, **AT, wave=wave, units=population)


def ticked(token, value=4):
    """The fields of the form with one answer throughout."""
    items = form_of(token, timezone.localdate()).questionnaire.items
    return {f"butir-{item.code}": str(value) for item in items}


def link(token):
    return reverse("survey:answer", args=(token,))


def answered(by, counts, *, wave=WAVE, value=lambda number: 3 + number % 3, comment="", **more):
    """A closed wave with so many answers by unit, none like its neighbour."""
    tokens = opened(by, dict(counts), wave=wave, **more)
    day = timezone.localdate()
    number = 0
    for listed in tokens.values():
        for token in listed:
            items = form_of(token, day).questionnaire.items
            answers = {item.code: min(5, value(number + at)) for at, item in enumerate(items)}
            answering.send_answers(
                by, token=token, answers=answers, day=day, comment=f"{comment} {number}" if comment else "",
                buckets={"masa kerja": GROUPS["masa kerja"][number % 2]},
            )  # fmt: skip
            number += 1
    verbs.close_wave(by, **AT, wave=wave)
    return tables.SurveyWave.objects.get(survey__code=SURVEY, code=wave)


def responses(wave):
    return data_of(wave).responses
