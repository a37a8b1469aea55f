"""Surveys: written, opened in waves, answered by link without an account, closed, computed and published.

A link and the answers given by it share no key, no order and no time. So sending answers leaves no audit record of its
own: the moment of each would be the key.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from selaras import __version__
from selaras.actions._culture import LONGEST_LINE, code_word, store_columns, words
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor
from selaras.core.culture.analyses import Analysis, compute
from selaras.core.culture.descriptives import Convention
from selaras.core.culture.frameworks import Part
from selaras.core.culture.privacy import Threshold
from selaras.core.culture.surveys import (
    BUCKETS,
    Response,
    check_buckets,
    check_response,
    hurried,
    instrument,
    spend,
    token_digest,
)
from selaras.core.culture.surveys import Invitation as Ticket
from selaras.core.culture.synthetic import synthetic_responses
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import known_framework, rules_on
from selaras.store.culture_rows import content_of, framework_of
from selaras.store.culture_surveys import (
    data_of,
    digest_of,
    edition_of,
    is_closed,
    parents_of,
    refuse_shut,
    results,
)
from selaras.store.models.culture import SurveyUse, random_key
from selaras.store.snapshot import find_agency

SURVEY, WAVE = "Survey", "SurveyWave"
MOST_TICKETS = 100_000
MOST_CHOICES = 12
LONGEST_COMMENT = 4000
TOKEN_BYTES = 24
LEAST_PER_UNIT = 1


def save_survey(
    by: Actor, *, agency: str, code: str, title: str, framework: str, study: str = "", notice: str = "",
    buckets: Mapping[str, Iterable[str]] | None = None, comments: bool = True, k_screen: int = 5, k_publish: int = 10,
    convention: Convention | None = None, use: SurveyUse = SurveyUse.CULTURE,
) -> tables.Survey:  # fmt: skip
    """Write a survey from the Likert questions of a framework, for a study or by itself.

    Once a wave was opened its questions and groups are fixed. Changes of the thresholds stand in the history. Raises
    Refusal (no items, groups that may not be asked for, thresholds), NotFound (framework, study), NotAllowed.
    """
    with traced(by, action="menyimpan survei", agency=agency, act=Act.STUDY) as trace:
        pk, _ = find_agency(agency)
        key = code_word(code, "survei")
        row = tables.Survey.objects.filter(agency=pk, code=key).first() or tables.Survey(
            agency_id=pk, code=key, created_by=by.name
        )
        known = known_framework(agency, framework, date.today()).framework
        instrument(known)
        Threshold(k_screen, k_publish)
        columns: dict[str, Any] = {
            "title": words(title, "judul", empty=False, most=LONGEST_LINE), "notice": words(notice, "pemberitahuan"),
            "comments": comments, "k_screen": k_screen, "k_publish": k_publish, "use": use.value,
            "convention": convention.value if convention else "", "study_id": _study(agency, study),
        }  # fmt: skip
        fixed = {"framework": framework, "content": content_of(known), "buckets": _buckets(buckets or {})}
        if row.pk is None or not row.waves.exists():
            columns |= fixed
        elif row.framework != framework or row.buckets != fixed["buckets"]:
            raise Refusal(
                "Survei tidak diubah.",
                Fault("survei sudah dibuka", Place(record=key), remedy="Buat survei baru untuk pertanyaan yang lain."),
            )
        trace["survey"] = key
        store_columns(trace, row, key, columns, kind=SURVEY)
        return row


def remove_survey(by: Actor, *, agency: str, code: str, reason: str) -> None:
    """Remove a survey that nobody has answered. Raises Refusal, NotFound, NotAllowed."""
    with _survey_held(by, agency, code, "menghapus survei") as (trace, row):
        why = words(reason, "alasan", empty=False)
        if tables.SurveyResponse.objects.filter(wave__survey=row).exists():
            raise Refusal("Survei tidak dihapus.", Fault("survei sudah dijawab", Place(record=code)))
        trace.changed(SURVEY, code, "", row.title, "", why)
        row.delete()


def open_wave(
    by: Actor, *, agency: str, survey: str, code: str, opens: date, closes: date, population: Mapping[str, int],
    year: int | None = None,
) -> tables.SurveyWave:  # fmt: skip
    """Open a wave from one day to another; `population` counts the employees by unit, whose links come later.

    Raises Refusal, NotFound (survey, unit), NotAllowed.
    """
    with _survey_held(by, agency, survey, "membuka gelombang survei") as (trace, row):
        key = code_word(code, "gelombang")
        if row.waves.filter(code=key).exists():
            raise Refusal("Gelombang tidak dibuka.", Fault("kode gelombang sudah dipakai", read=key))
        if closes < opens:
            raise Refusal("Gelombang tidak dibuka.", Fault("tutup mendahului buka", read=closes.isoformat()))
        wave = tables.SurveyWave.objects.create(
            survey=row, code=key, year=year or opens.year, opens=opens, closes=closes,
            population=_population(agency, population),
        )  # fmt: skip
        trace |= {"survey": survey, "wave": key, "employees": sum(wave.population.values())}
        trace.changed(WAVE, f"{survey} {key}", "", "", "baru")
        return wave


def issue_tickets(
    by: Actor, *, agency: str, survey: str, wave: str, units: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """New links by unit, as many as asked for; the tokens are given out this once, only their digests are kept.

    Never more than the unit has employees. Raises Refusal, NotFound, NotAllowed.
    """
    with _wave_held(by, agency, survey, wave, "membuat tautan survei") as (trace, row):
        given = dict[str, tuple[str, ...]]()
        rows = []
        for unit, count in units.items():
            there = tables.SurveyTicket.objects.filter(wave=row, unit=unit).count()
            most = int(row.population.get(unit, 0))
            if not 0 < count <= min(MOST_TICKETS, most - there):
                raise Refusal(
                    "Tautan tidak dibuat.",
                    Fault("jumlah tautan", Place(record=unit), str(count), f"1 sampai {max(most - there, 0)}"),
                )
            tokens = tuple(secrets.token_urlsafe(TOKEN_BYTES) for _ in range(count))
            given[unit] = tokens
            rows += [
                tables.SurveyTicket(key=random_key(), wave=row, unit=unit, digest=token_digest(token))
                for token in tokens
            ]
        rows.sort(key=lambda ticket: ticket.key)
        tables.SurveyTicket.objects.bulk_create(rows, batch_size=1000)
        trace |= {"survey": survey, "wave": wave, "tickets": len(rows)}
        return given


def send_answers(
    by: Actor,  # noqa: ARG001 (a verb like the others, though anybody with a link may send)
    *, token: str, answers: Mapping[str, int | None], day: date, buckets: Mapping[str, str] | None = None,
    comment: str = "", seconds: int | None = None,
) -> None:  # fmt: skip
    """Take one set of answers by its link: the link is spent, the answers stand under a random key, nothing joins them.

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
        tables.SurveyTicket.objects.filter(pk=ticket.pk).update(used=spent.used)
        _store_responses(wave, [response])
        _hide_transaction(wave, ticket.unit)


def close_wave(by: Actor, *, agency: str, survey: str, wave: str) -> int:
    """Close a wave for good: unused links end, answers are laid down anew in random order. How many answered.

    Raises Refusal, NotFound, NotAllowed.
    """
    with _wave_held(by, agency, survey, wave, "menutup gelombang survei") as (trace, row):
        row.closed_at, row.closed_by = timezone.now(), by.name
        row.save()
        responses = data_of(row).responses
        tables.SurveyResponse.objects.filter(wave=row).delete()
        _store_responses(row, responses)
        trace |= {"survey": survey, "wave": wave}
        trace.changed(WAVE, f"{survey} {wave}", "Status", "terbuka", "ditutup")
        return len(responses)


def run_statistics(
    by: Actor, *, agency: str, survey: str, wave: str, kind: Analysis, params: Mapping[str, str] | None = None
) -> tables.StatisticsRun:
    """Compute one thing on a closed wave and keep it with its data's digest; the same again on the same data is the same.

    `params` as `core.culture.analyses.compute`. Raises Refusal where the data do not carry it, NotFound, NotAllowed.
    """
    with _wave_held(by, agency, survey, wave, "menghitung statistik survei", closed=True) as (trace, row):
        data, given = data_of(row), dict(params or {})
        if len(data.responses) < row.survey.k_screen:
            raise Refusal(
                "Statistik tidak dihitung.", Fault("responden terlalu sedikit", expected=f"mulai {row.survey.k_screen}")
            )
        found = compute(kind, data.questionnaire, data.answers, given)
        made = tables.StatisticsRun.objects.create(
            wave=row, kind=kind.value, params=given, input_sha256=digest_of(data.answers, given), version=__version__,
            result=found.result, told=list(found.told), by=by.name,
        )  # fmt: skip
        trace |= {"survey": survey, "wave": wave, "kind": kind.value, "input": made.input_sha256}
        return made


def publish_wave(by: Actor, *, agency: str, survey: str, wave: str) -> dict[str, Any]:
    """Publish the results of a closed wave by the stricter threshold, frozen as they stand. Raises Refusal, NotAllowed."""
    with traced(by, action="menerbitkan hasil survei", agency=agency, act=Act.PUBLISH_STUDY) as trace:
        row = _wave_row(agency, survey, wave)
        if not is_closed(row, date.today()):
            raise Refusal("Hasil survei tidak diterbitkan.", Fault("gelombang masih dibuka", Place(record=wave)))
        row.edition = edition_of(results(data_of(row), parents_of(agency), publish=True))
        row.published_at, row.published_by = timezone.now(), by.name
        row.save()
        trace |= {"survey": survey, "wave": wave, "groups": len(row.edition["groups"])}
        trace.changed(WAVE, f"{survey} {wave}", "Status", "ditutup", "terbit")
        return dict(row.edition)


def fill_synthetic(by: Actor, *, agency: str, survey: str, wave: str, n: int = 80, seed: int = 2026) -> int:
    """Fill a wave with invented answers, for demonstration only; the survey is marked as synthetic for ever.

    Raises Refusal for a survey that somebody has answered, NotFound, NotAllowed.
    """
    with _wave_held(by, agency, survey, wave, "mengisi jawaban sintetis") as (trace, row):
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
        _store_responses(row, synthetic_responses(questionnaire, units, n=n, seed=seed, parts=parts))
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


def _store_responses(wave: tables.SurveyWave, responses: Iterable[Response]) -> None:
    """Write answers under new random keys, in the order of these keys."""
    rows = [
        tables.SurveyResponse(
            key=random_key(), wave=wave, unit=item.unit, answers=dict(item.answers), buckets=dict(item.buckets),
            comment=item.comment, hurried=item.hurried,
        )
        for item in responses
    ]  # fmt: skip
    tables.SurveyResponse.objects.bulk_create(sorted(rows, key=lambda row: row.key), batch_size=1000)


def _hide_transaction(wave: tables.SurveyWave, unit: str) -> None:
    """PostgreSQL notes in every row which transaction wrote it: a spent link would carry the same mark as its answers.

    Touching all answers of the unit gives them one mark; closing the wave lays everything down anew.
    """
    if connection.vendor == "postgresql":
        rows = tables.SurveyResponse.objects.filter(wave=wave, unit=unit)
        for key, comment in rows.values_list("key", "comment"):
            tables.SurveyResponse.objects.filter(key=key).update(comment=comment)


@contextmanager
def _survey_held(by: Actor, agency: str, survey: str, action: str) -> Iterator[tuple[Trace, tables.Survey]]:
    with traced(by, action=action, agency=agency, act=Act.STUDY) as trace:
        row = tables.Survey.objects.select_for_update().filter(agency__code=agency, code=survey).first()
        if row is None:
            raise NotFound(f"Survei {survey} tidak ditemukan.")
        yield trace, row


@contextmanager
def _wave_held(
    by: Actor, agency: str, survey: str, wave: str, action: str, *, closed: bool = False
) -> Iterator[tuple[Trace, tables.SurveyWave]]:
    with traced(by, action=action, agency=agency, act=Act.STUDY) as trace:
        row = _wave_row(agency, survey, wave)
        if closed and not is_closed(row, date.today()):
            raise Refusal("Gelombang survei masih dibuka.", Fault("gelombang belum ditutup", Place(record=wave)))
        if not closed and row.closed_at is not None:
            raise Refusal("Gelombang survei sudah ditutup.", Fault("gelombang ditutup", Place(record=wave)))
        yield trace, row


def _wave_row(agency: str, survey: str, wave: str) -> tables.SurveyWave:
    rows = tables.SurveyWave.objects.select_related("survey").select_for_update(of=("self",))
    row = rows.filter(survey__agency__code=agency, survey__code=survey, code=wave).first()
    if row is None:
        raise NotFound(f"Gelombang {wave} pada survei {survey} tidak ditemukan.")
    return row


def _study(agency: str, code: str) -> int | None:
    if not code:
        return None
    pk = tables.Study.objects.filter(agency__code=agency, code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(f"Studi {code} tidak ditemukan.")
    return pk


def _buckets(given: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    made, faults = {}, []
    for name, choices in given.items():
        listed = [text for item in choices if (text := item.strip())]
        if name not in BUCKETS or not 2 <= len(set(listed)) == len(listed) <= MOST_CHOICES:
            faults.append(Fault("kelompok tidak sah", Place(record=name), ", ".join(listed)[:200], " | ".join(BUCKETS)))
        faults += [fault for item in listed for fault in check_buckets({name: item})]
        made[name] = listed
    if faults:
        raise Refusal("Survei tidak disimpan.", *faults)
    return made


def _population(agency: str, given: Mapping[str, int]) -> dict[str, int]:
    known = set(tables.Unit.objects.filter(agency__code=agency).values_list("code", flat=True))
    if strange := sorted(set(given) - known):
        raise NotFound(f"Unit {', '.join(strange)} tidak ditemukan.")
    wrong = [unit for unit, people in given.items() if not LEAST_PER_UNIT <= people <= MOST_TICKETS]
    if wrong or not given:
        raise Refusal(
            "Gelombang tidak dibuka.",
            Fault("jumlah pegawai per unit", read=", ".join(wrong), expected="mulai 1 pada setiap unit"),
        )
    return dict(given)
