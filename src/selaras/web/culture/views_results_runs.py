"""Statistics on a closed wave: computed once, kept as they were, told in plain words with their assumptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions.culture_statistics import run_statistics
from selaras.core.access import Act
from selaras.core.culture.analyses import Analysis
from selaras.core.culture.answers import Gaps
from selaras.core.culture.frameworks import Framework, Part
from selaras.core.culture.regression import LEAST
from selaras.core.culture.reliability import ItemRule
from selaras.core.culture.surveys import Instrument, instrument
from selaras.core.culture.telling import too_small_for_regression
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.culture_editions import names_of_scores
from selaras.store.culture_results import results_of
from selaras.store.culture_rows import framework_of
from selaras.store.culture_statistics import run_record, runs_of
from selaras.store.models import StatisticsRun, SurveyWave
from selaras.web.culture.frame import address
from selaras.web.culture.run_tables import tables_of
from selaras.web.culture.survey_frame import crumbs, today, wave_tabs
from selaras.web.culture.typed import shown_again
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import exported

PARAMS = {Analysis.ITEMS: "aturan", Analysis.RELIABILITY: "kosong", Analysis.REGRESSION: "hasil"}
"""The one choice that a computation has, where it has one."""


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def runs(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """What can be computed on a wave, why something cannot, and what was computed."""
    place = request.place
    if request.method == "POST":
        return _run(request, survey, wave)
    found = results_of(request.actor, place.code, survey, wave, today())
    framework = framework_of(found.wave.survey)
    questionnaire = instrument(framework)
    listed = runs_of(found.wave)
    return render(request, "culture/survey_runs.html", {
        **_head(request, found.wave), "n": found.n, "may": place.can["STUDY"], "doubt": _doubt(questionnaire, found.n),
        "kinds": _kinds(framework, questionnaire, found.n),
        "runs": [_line(request, row, stale, survey, wave) for row, stale in listed],
    })  # fmt: skip


@inside(Act.READ_STUDY)
def run(request: InsideRequest, survey: str, wave: str, run: int) -> HttpResponse:
    """One computation as it was kept: sentences first, then the tables, then how it was made."""
    found = results_of(request.actor, request.place.code, survey, wave, today())
    row, stale = next(((row, stale) for row, stale in runs_of(found.wave) if row.pk == run), (None, False))
    if row is None:
        raise NotFound(_("Perhitungan ini tidak ditemukan."))
    framework = framework_of(found.wave.survey)
    questionnaire = instrument(framework)
    names = names_of_scores(framework)
    tables = tables_of(Analysis(row.kind), row.result, names, questionnaire)
    asked = request.GET.get("format", "")
    if asked:
        number = request.GET.get("tabel", "1")
        if asked != "xlsx" or not number.isdecimal() or not 1 <= int(number) <= len(tables):
            raise NotFound(_("Tabel ini tidak ada."))
        table = tables[int(number) - 1]
        return exported(request, f"{row.kind} {survey} {wave}", table.heads, table.exact)
    return render(request, "culture/survey_run.html", {
        **_head(request, found.wave, row.kind), "run": _line(request, row, stale, survey, wave),
        "told": [_named(line, names) for line in row.told],
        "tables": tables, "n": found.n, "record": run_record(row), "legend": names.items(),
    })  # fmt: skip


def _named(sentence: str, names: Mapping[str, str]) -> str:
    """A kept sentence with the names of scores for their codes; codes of items, which begin alike, stay."""
    codes = "|".join(re.escape(code) for code in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w.])({codes})(?!\w|\.\w)", lambda found: names[found[1]], sentence) if codes else sentence


def _run(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    asked = request.POST.get("jenis", "")
    if asked not in set(Analysis):
        raise Refusal(_("Perhitungan tidak dikenal."), Fault("jenis", read=asked, expected=" | ".join(Analysis)))
    choice = PARAMS.get(Analysis(asked), "")
    given = {choice: request.POST[choice]} if choice and request.POST.get(choice) else {}
    for name, known in (("aturan", ItemRule), ("kosong", Gaps)):
        if name in given and given[name] not in set(known):
            raise Refusal(
                _("Pilihan perhitungan tidak dikenal."), Fault(name, read=given[name], expected=" | ".join(known))
            )
    made = run_statistics(
        request.actor, agency=request.place.code, survey=survey, wave=wave, kind=Analysis(asked), params=given
    )
    messages.success(request, _("Perhitungan disimpan."))
    return redirect(address(request, "run", survey, wave, made.pk))


def _head(request: InsideRequest, wave: SurveyWave, kind: str = "") -> dict[str, Any]:
    survey = wave.survey
    here = address(request, "runs", survey.code, wave.code)
    return {
        "wave": wave, "survey": survey, "tabs": wave_tabs(request, wave, "runs"),
        "crumbs": crumbs(
            request, (survey.title, address(request, "survey", survey.code)),
            (wave.code, address(request, "wave", survey.code, wave.code)),
            *([(_("Statistik"), here), (kind, "")] if kind else [(_("Statistik"), "")]),
        ),
    }  # fmt: skip


def _doubt(questionnaire: Instrument, n: int) -> str:
    """Why some of the buttons are switched off."""
    if questionnaire.scale.fixed_total is not None:
        return _(
            "Jumlah jawaban instrumen ini selalu tetap, sehingga reliabilitas, korelasi, dan regresi tidak berlaku."
        )
    return too_small_for_regression(n) if n < LEAST else ""


def _kinds(framework: Framework, questionnaire: Instrument, n: int) -> list[dict[str, Any]]:
    """Each computation with what it answers, its choices, and whether the data can carry it."""
    names = names_of_scores(framework)
    outcomes = {node.code for node in framework.constructs() if node.part is Part.OUTCOME}
    shared = questionnaire.scale.fixed_total is not None
    ordered = sorted(names.items(), key=lambda item: item[0] not in outcomes)
    told = {
        Analysis.ITEMS: (_("Uji butir"), _("Apakah setiap butir sejalan dengan skornya?"),
                         [("aturan", _("Aturan"), [(rule.value, rule.value) for rule in ItemRule])]),
        Analysis.RELIABILITY: (_("Reliabilitas"), _("Apakah butir-butir satu skor ajek? Alfa Cronbach dan omega McDonald."),
                               [("kosong", _("Jawaban kosong"), [(rule.value, rule.value) for rule in Gaps])]),
        Analysis.FACTORABILITY: (_("Kelayakan faktor"), _("Apakah butir cukup berkaitan? KMO dan uji Bartlett."), []),
        Analysis.DESCRIPTIVES: (_("Deskripsi"), _("Rata-rata, simpangan, dan bagian jawaban positif setiap butir dan skor."), []),
        Analysis.CORRELATION: (_("Korelasi"), _("Seberapa searah dua skor? Pearson dan Spearman."), []),
        Analysis.REGRESSION: (_("Regresi berganda"), _("Bagaimana satu skor bergerak bersama skor lain? Dengan uji asumsi klasik."),
                              [("hasil", _("Skor yang dijelaskan"), ordered)]),
    }  # fmt: skip
    off = {
        Analysis.REGRESSION: shared or n < LEAST or len(names) < 2, Analysis.CORRELATION: shared or len(names) < 2,
        Analysis.ITEMS: shared, Analysis.RELIABILITY: shared, Analysis.FACTORABILITY: shared,
    }  # fmt: skip
    return [
        {"kind": kind.value, "title": title, "asks": asks, "choices": choices, "off": off.get(kind, False)}
        for kind, (title, asks, choices) in told.items()
    ]


def _line(request: InsideRequest, row: StatisticsRun, stale: bool, survey: str, wave: str) -> dict[str, Any]:
    when = localtime(row.at)
    return {
        "kind": row.kind, "when": f"{format_date(when.date())} {when:%H.%M}", "by": row.by, "stale": stale, "version": row.version,
        "told": row.told[0] if row.told else "", "url": address(request, "run", survey, wave, row.pk), "digest": row.input_sha256,
        "params": _params(row.params),
    }  # fmt: skip


def _params(params: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in params.items())
