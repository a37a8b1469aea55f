"""Answers of a survey: sent by link without an account, withdrawn by the code of the respondent, invented for a demonstration.

A link and the answers given by it share no key, no order and no time. So sending answers leaves no audit record of its
own: the moment of each would be the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import connection, transaction

from selaras.actions._culture_waves import store_responses, survey_held, wave_held
from selaras.core.access import Actor
from selaras.core.culture.frameworks import Part
from selaras.core.culture.surveys import Invitation as Ticket
from selaras.core.culture.surveys import (
    Response,
    check_buckets,
    check_response,
    hurried,
    instrument,
    own_code,
    spend,
    token_digest,
)
from selaras.core.culture.synthetic import synthetic_responses
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import rules_on
from selaras.store.culture_rows import framework_of
from selaras.store.culture_surveys import is_linked, refuse_shut, repeat_of

LONGEST_COMMENT = 4000


def send_answers(
    by: Actor,  # noqa: ARG001 (a verb like the others, though anybody with a link may send)
    *, token: str, answers: Mapping[str, int | None], day: date, buckets: Mapping[str, str] | None = None,
    comment: str = "", seconds: int | None = None, own: str = "",
) -> None:  # fmt: skip
    """Take one set of answers by its link: the link is spent, the answers stand under a random key, nothing joins them.

    In a survey whose answers can be linked, `own` is the code that the respondent made up: only a keyed digest is kept.
    `seconds` is what the respondent's device says it took; only whether that is too fast is kept. No account, no audit
    record. Raises NotFound for an unknown link, Refusal for a used one, a closed wave and answers that do not fit.
    """
    with transaction.atomic():
        rows = tables.SurveyTicket.objects.select_for_update(of=("self",)).select_related("wave__survey")
        ticket = rows.filter(digest=token_digest(token)).first() if 20 <= len(token) <= 200 else None
        if ticket is None:
            raise NotFound("Tautan survei ini tidak dikenal.")
        wave = ticket.wave
        spent = spend(Ticket(ticket.digest, wave.survey.code, ticket.unit, ticket.used))
        refuse_shut(wave, day)
        response = _response(wave, ticket.unit, answers, buckets or {}, comment, seconds)
        response = replace(response, repeat=_repeat(wave, own))
        tables.SurveyTicket.objects.filter(pk=ticket.pk).update(used=spent.used)
        store_responses(wave, [response])
        _hide_transaction(wave, ticket.unit)


def withdraw_answers(by: Actor, *, agency: str, survey: str, own: str) -> int:
    """Delete what one respondent answered in all waves of a survey, by the code that the person made up. How many.

    The code stands nowhere, not in the audit record either; published editions stay as they were. Raises Refusal in an
    anonymous survey, NotFound where no answer has that code, NotAllowed.
    """
    with survey_held(by, agency, survey, "menarik jawaban survei") as (trace, row):
        if not is_linked(row):
            raise Refusal(
                "Jawaban tidak ditarik.", Fault("survei anonim", remedy="Jawaban anonim tidak dapat dikenali lagi.")
            )
        rows = tables.SurveyResponse.objects.filter(wave__survey=row, repeat=repeat_of(row, own_code(own)))
        if not (count := rows.count()):
            raise NotFound("Tidak ada jawaban dengan kode itu pada survei ini.")
        rows.delete()
        trace |= {"survey": survey, "answers": count}
        return count


def fill_synthetic(by: Actor, *, agency: str, survey: str, wave: str, n: int = 80, seed: int = 2026) -> int:
    """Fill a wave with invented answers, for demonstration only; the survey is marked as synthetic for ever.

    Raises Refusal for a survey that somebody has answered, NotFound, NotAllowed.
    """
    with wave_held(by, agency, survey, wave, "mengisi jawaban sintetis") as (trace, row):
        answered = tables.SurveyResponse.objects.filter(wave__survey=row.survey)
        if answered.exists() and not row.survey.synthetic:
            raise Refusal("Jawaban sintetis tidak diisikan.", Fault("survei sudah dijawab", Place(record=survey)))
        units = sorted(row.population)
        if not units or not 1 <= n <= 10_000:
            raise Refusal(
                "Jawaban sintetis tidak diisikan.", Fault("unit atau jumlah", read=str(n), expected="1 sampai 10000")
            )
        row.survey.synthetic = True
        row.survey.save()
        framework = framework_of(row.survey)
        questionnaire = instrument(framework)
        parts: dict[str, Part] = {item.group: framework.node(item.construct).part for item in questionnaire.items}
        store_responses(row, synthetic_responses(questionnaire, units, n=n, seed=seed, parts=parts))
        trace |= {"survey": survey, "wave": wave, "responses": n}
        return n


def _response(
    wave: tables.SurveyWave, unit: str, answers: Mapping[str, int | None], buckets: Mapping[str, str], comment: str,
    seconds: int | None,
) -> Response:  # fmt: skip
    survey = wave.survey
    questionnaire = instrument(framework_of(survey))
    faults = [*check_response(questionnaire, answers), *check_buckets(buckets)]
    for name, value in buckets.items():
        if name not in survey.buckets or value not in (*survey.buckets[name], ""):
            faults.append(Fault("pilihan kelompok tidak dikenal", Place(record=name), value[:80]))
    if not any(value is not None for value in answers.values()):
        faults.append(Fault("jawaban kosong", expected="satu jawaban atau lebih"))
    if len(comment) > LONGEST_COMMENT or (comment.strip() and not survey.comments):
        faults.append(
            Fault("komentar terlalu panjang atau tidak diminta", expected=f"paling panjang {LONGEST_COMMENT} huruf")
        )
    if faults:
        raise Refusal("Jawaban belum dapat dikirim.", *faults)
    quick = seconds is not None and hurried(seconds, len(questionnaire.items), rules_on(wave.opens).care)
    kept = {name: value for name, value in buckets.items() if value}
    return Response("", survey.code, unit, dict(answers), kept, comment.strip().replace("\x00", ""), quick)


def _repeat(wave: tables.SurveyWave, typed: str) -> str:
    """What joins these answers to those of other waves; empty in an anonymous survey. Raises Refusal."""
    if not is_linked(wave.survey):
        return ""
    repeat = repeat_of(wave.survey, own_code(typed))
    if tables.SurveyResponse.objects.filter(wave=wave, repeat=repeat).exists():
        raise Refusal(
            "Jawaban belum dapat dikirim.",
            Fault("kode sendiri sudah dipakai", Place(record="kode sendiri"), remedy="Buat kode lain yang lebih khas."),
        )
    return repeat


def _hide_transaction(wave: tables.SurveyWave, unit: str) -> None:
    """PostgreSQL notes in every row which transaction wrote it: a spent link would carry the same mark as its answers.

    Touching all answers of the unit gives them one mark; closing the wave lays everything down anew.
    """
    if connection.vendor == "postgresql":
        rows = tables.SurveyResponse.objects.filter(wave=wave, unit=unit)
        for key, comment in rows.values_list("key", "comment"):
            tables.SurveyResponse.objects.filter(key=key).update(comment=comment)
