"""A closed wave computed and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from selaras import __version__
from selaras.actions._culture_waves import WAVE, wave_held, wave_row
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.culture.analyses import Analysis, compute
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture_results import edition_of, results
from selaras.store.culture_statistics import digest_of
from selaras.store.culture_surveys import data_of, is_closed, parents_of


def run_statistics(
    by: Actor, *, agency: str, survey: str, wave: str, kind: Analysis, params: Mapping[str, str] | None = None
) -> tables.StatisticsRun:
    """Compute one thing on a closed wave and keep it with its data's digest; the same again on the same data is the same.

    `params` as `core.culture.analyses.compute`. Raises Refusal where the data do not carry it, NotFound, NotAllowed.
    """
    with wave_held(by, agency, survey, wave, "menghitung statistik survei", closed=True) as (trace, row):
        data, given = data_of(row), dict(params or {})
        if len(data.responses) < row.survey.k_screen:
            raise Refusal(
                "Statistik tidak dihitung.", Fault("responden terlalu sedikit", expected=f"mulai {row.survey.k_screen}")
            )
        found = compute(kind, data.questionnaire, data.answers, given, least=row.survey.k_screen)
        made = tables.StatisticsRun.objects.create(
            wave=row, kind=kind.value, params=given, input_sha256=digest_of(data.answers, given), version=__version__,
            result=found.result, told=list(found.told), by=by.name,
        )  # fmt: skip
        trace |= {"survey": survey, "wave": wave, "kind": kind.value, "input": made.input_sha256}
        return made


def publish_wave(by: Actor, *, agency: str, survey: str, wave: str) -> dict[str, Any]:
    """Publish the results of a closed wave by the stricter threshold, frozen as they stand. Raises Refusal, NotAllowed."""
    with traced(by, action="menerbitkan hasil survei", agency=agency, act=Act.PUBLISH_STUDY) as trace:
        row = wave_row(agency, survey, wave)
        if not is_closed(row, date.today()):
            raise Refusal("Hasil survei tidak diterbitkan.", Fault("gelombang masih dibuka", Place(record=wave)))
        row.edition = edition_of(results(data_of(row), parents_of(agency), publish=True))
        row.published_at, row.published_by = timezone.now(), by.name
        row.save()
        trace |= {"survey": survey, "wave": wave, "groups": len(row.edition["groups"])}
        trace.changed(WAVE, f"{survey} {wave}", "Status", "ditutup", "terbit")
        return dict(row.edition)
