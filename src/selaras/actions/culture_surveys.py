"""Surveys: written, opened in waves by link, closed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._culture import LONGEST_LINE, code_word, store_columns, words
from selaras.actions._culture_waves import SURVEY, WAVE, store_responses, survey_held, wave_held
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.culture.descriptives import Convention
from selaras.core.culture.privacy import Threshold
from selaras.core.culture.surveys import (
    BUCKETS,
    check_buckets,
    instrument,
    token_digest,
)
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import known_framework
from selaras.store.culture_rows import content_of
from selaras.store.culture_surveys import data_of
from selaras.store.models.culture import SurveyMode, SurveyUse, random_key
from selaras.store.snapshot import find_agency

MOST_TICKETS = 100_000


MOST_CHOICES = 12


TOKEN_BYTES = 24


LEAST_PER_UNIT = 1


def save_survey(
    by: Actor, *, agency: str, code: str, title: str, framework: str, study: str = "", notice: str = "",
    buckets: Mapping[str, Iterable[str]] | None = None, comments: bool = True, k_screen: int = 5, k_publish: int = 10,
    convention: Convention | None = None, use: SurveyUse = SurveyUse.CULTURE, mode: SurveyMode = SurveyMode.ANONYMOUS,
) -> tables.Survey:  # fmt: skip
    """Write a survey from the Likert questions of a framework, for a study or by itself.

    Once a wave was opened its questions, groups and mode are fixed. Changes of the thresholds stand in the history. Raises
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
        fixed = {
            "framework": framework,
            "content": content_of(known),
            "buckets": _buckets(buckets or {}),
            "mode": mode.value,
        }
        if row.pk is None or not row.waves.exists():
            columns |= fixed
        elif (row.framework, row.buckets, row.mode) != (framework, fixed["buckets"], mode.value):
            raise Refusal(
                "Survei tidak diubah.",
                Fault("survei sudah dibuka", Place(record=key), remedy="Buat survei baru untuk pertanyaan yang lain."),
            )
        trace["survey"] = key
        store_columns(trace, row, key, columns, kind=SURVEY)
        return row


def remove_survey(by: Actor, *, agency: str, code: str, reason: str) -> None:
    """Remove a survey that nobody has answered. Raises Refusal, NotFound, NotAllowed."""
    with survey_held(by, agency, code, "menghapus survei") as (trace, row):
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
    with survey_held(by, agency, survey, "membuka gelombang survei") as (trace, row):
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
    with wave_held(by, agency, survey, wave, "membuat tautan survei") as (trace, row):
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


def close_wave(by: Actor, *, agency: str, survey: str, wave: str) -> int:
    """Close a wave for good: unused links end, answers are laid down anew in random order. How many answered.

    Raises Refusal, NotFound, NotAllowed.
    """
    with wave_held(by, agency, survey, wave, "menutup gelombang survei") as (trace, row):
        row.closed_at, row.closed_by = timezone.now(), by.name
        row.save()
        responses = data_of(row).responses
        tables.SurveyResponse.objects.filter(wave=row).delete()
        store_responses(row, responses)
        trace |= {"survey": survey, "wave": wave}
        trace.changed(WAVE, f"{survey} {wave}", "Status", "terbuka", "ditutup")
        return len(responses)


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
