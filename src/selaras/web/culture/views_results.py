"""Results of a closed wave: our own index beside the published national figures, groups that may be shown, waves, units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from selaras.core.access import Act
from selaras.core.culture.descriptives import Convention, ideal_band, mean_band, score_band
from selaras.core.culture.index import NAME, percent
from selaras.core.culture.surveys import BUCKETS, Instrument, instrument
from selaras.core.culture.telling import PATTERN, number, tell_change, tell_paired
from selaras.core.errors import NotFound
from selaras.core.numerals import format_number
from selaras.store.culture import rules_on
from selaras.store.culture_board import beside_of, indices_of
from selaras.store.culture_editions import names_of_scores
from selaras.store.culture_results import WHOLE, WaveResults, results_of
from selaras.store.culture_rows import framework_of
from selaras.store.culture_statistics import waves_compared
from selaras.store.culture_surveys import is_linked, units_named, wave_at
from selaras.store.models import SurveyWave
from selaras.web.culture.frame import address, tabs
from selaras.web.culture.survey_frame import (
    crumbs,
    group_name,
    index_rows,
    index_words,
    national_rows,
    share_words,
    spread_row,
    today,
    wave_tabs,
)
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import exported

UNITS = "unit"


@inside(Act.READ_STUDY)
def page(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """What a wave says, as it may be shown: whole, by unit or by one coarse group."""
    place, by = request.place, _by(request)
    found = results_of(request.actor, place.code, survey, wave, today(), by=by)
    framework = framework_of(found.wave.survey)
    questionnaire = instrument(framework)
    names = names_of_scores(framework)
    units = units_named(place.code, found.groups) if by == UNITS else {}
    if request.GET.get("format") == "xlsx":
        heads = [
            _("Kelompok"),
            _("Skor"),
            _("n"),
            _("Rata-rata"),
            _("Simpangan baku"),
            _("Negatif"),
            _("Netral"),
            _("Positif"),
        ]
        return exported(request, f"hasil {survey} {wave}", heads, _cells(found, names, units))
    whole = found.groups.get(WHOLE, {})
    return render(request, "culture/survey_results.html", {
        "head": _head(request, found.wave, "results"), "found": found, "rate": share_words(found.share),
        "index": index_words(found.index.get(WHOLE)), "index_name": NAME, "caution": PATTERN, "sentence": _sentence(found),
        "values": index_rows(found.index[WHOLE], names) if WHOLE in found.index else [],
        "national": national_rows(rules_on(today()).national),
        "scores": [
            spread_row(names[score], spread) | {"band": _band(found.wave, questionnaire, spread)}
            for score, spread in whole.items()
        ],
        "convention": found.wave.survey.convention,
        "groups": [
            {"name": group_name(group, units), "index": index_words(found.index.get(group)),
             "rows": [spread_row(names[score], spread) for score, spread in scores.items()]}
            for group, scores in found.groups.items() if group != WHOLE
        ],
        "by": by, "choices": _choices(found.wave, by), "care": _care(found),
        "items": _items(questionnaire, found), "comments": Counter(found.comments).items(),
        "k_publish": found.wave.survey.k_publish,
    })  # fmt: skip


@inside(Act.READ_STUDY)
def compared(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """A wave beside an earlier one: every score with its difference where both may be shown."""
    place, day = request.place, today()
    later = results_of(request.actor, place.code, survey, wave, day)
    others = [
        row for row in later.wave.survey.waves.all()
        if row.pk != later.wave.pk and row.opens <= later.wave.opens and (row.closed_at is not None or row.closes < day)
    ]  # fmt: skip
    asked = request.GET.get("dengan", others[-1].code if others else "")
    if asked and asked not in {row.code for row in others}:
        raise NotFound(_("Gelombang %(wave)s tidak dapat dibandingkan.") % {"wave": asked})
    changes = waves_compared(request.actor, place.code, survey, asked, wave, day) if asked else ()
    framework = framework_of(later.wave.survey)
    names = names_of_scores(framework)
    if request.GET.get("format") == "xlsx":
        heads = [
            _("Skor"),
            _("n sebelum"),
            _("n sesudah"),
            _("Selisih"),
            _("Batas bawah 95%"),
            _("Batas atas 95%"),
            _("p"),
            _("g Hedges"),
        ]
        return exported(request, f"antargelombang {survey} {asked} {wave}", heads, (
            [names[item.score], item.before, item.after, item.change.difference, item.change.low, item.change.high,
             item.change.p, item.change.size]
            for item in changes if item.change is not None
        ))  # fmt: skip
    return render(request, "culture/survey_compared.html", {
        "head": _head(request, later.wave, "waves-compared"), "others": others, "asked": asked,
        "changes": [
            {
                "name": names[item.score], "told": tell_change(names[item.score], item.change) if item.change else "",
                "difference": _signed(item.change.difference) if item.change else "",
                "low": number(item.change.low, 2) if item.change else "",
                "high": number(item.change.high, 2) if item.change else "",
                "p": number(item.change.p) if item.change else "", "before": item.before if item.change else "",
                "after": item.after if item.change else "", "size": number(item.change.size, 2) if item.change else "",
                "paired": tell_paired(names[item.score], item.paired) if item.paired else "",
            }
            for item in changes
        ],
        "k": later.wave.survey.k_screen, "caution": PATTERN, "is_linked": is_linked(later.wave.survey),
    })  # fmt: skip


@inside(Act.READ_STUDY)
def beside(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """Culture beside achievement of the same units: two facts, and no claim that one explains the other."""
    place = request.place
    row = wave_at(request.actor, place.code, survey, wave)
    rows = beside_of(request.actor, place.code, survey, wave, place.year, today())
    if request.GET.get("format") == "xlsx":
        heads = [
            _("Unit kerja"),
            _("Responden"),
            NAME,
            _("Indikator mencapai target"),
            _("Indikator terukur"),
            _("Persen"),
        ]
        return exported(request, f"budaya dan capaian {survey} {wave}", heads, (
            [line.name, line.people, line.index, line.reached, line.measured, line.share] for line in rows
        ))  # fmt: skip
    return render(request, "culture/survey_beside.html", {
        "head": _head(request, row, "beside"), "index_name": NAME,
        "rows": [
            {"name": line.name, "people": line.people, "index": format_number(line.index, places=1), "value": line.index,
             "reached": line.reached, "measured": line.measured,
             "share": "–" if line.share is None else f"{format_number(line.share, places=1)}%", "share_value": line.share or 0}
            for line in rows
        ],
        "k": row.survey.k_screen, "year": place.year,
    })  # fmt: skip


@inside(Act.READ_STUDY)
def index(request: InsideRequest) -> HttpResponse:
    """Our own index of the newest closed wave, against the wave before, beside the published national figures."""
    place = request.place
    wave, found, before = indices_of(request.actor, place.code, place.year, today())
    national = rules_on(today()).national
    names: dict[str, str] = {}
    if wave is not None:
        framework = framework_of(wave.survey)
        names = names_of_scores(framework)
    if request.GET.get("format") == "xlsx" and found is not None:
        heads = [_("Nilai"), _("Persen positif"), _("Jawaban"), _("Butir")]
        return exported(request, NAME, heads, (
            [names.get(item.value, item.value), percent(item.positive), item.answered, item.items] for item in found.values
        ))  # fmt: skip
    change = ""
    if found is not None and before is not None:
        change = _signed(float(percent(found.index) - percent(before.index)), 1)
    return render(request, "culture/survey_index.html", {
        "tabs": tabs(request, "index"), "wave": wave, "index": found, "name": NAME, "shown": index_words(found),
        "before": index_words(before) if before else "", "change": change,
        "values": index_rows(found, names) if found else [], "national": national_rows(national),
        "newest": national_rows(national)[-1] if national else None, "context": _context(found, names, national),
        "results_url": address(request, "results", wave.survey.code, wave.code) if wave else "",
        "surveys_url": address(request, "surveys"), "closed": format_date(wave.closes) if wave else "",
    })  # fmt: skip


def _context(index: Any, names: dict[str, str], national: tuple[Any, ...]) -> list[dict[str, str]]:
    """Our values beside the national ones of the same name; only where both ask about the same values."""
    if index is None:
        return []
    detailed = [item for item in national if item.values]
    if not detailed:
        return []
    other = detailed[-1].values
    rows = []
    for item in index.values:
        name = names.get(item.value, item.value)
        value = other.get(name, other.get(item.value))
        if value is not None:
            rows.append({"name": name, "ours": share_words(item.positive), "national": format_number(value, places=1),
                         "year": str(detailed[-1].year)})  # fmt: skip
    return rows


def _head(request: InsideRequest, wave: SurveyWave, current: str) -> dict[str, Any]:
    """What stands above the pages of one wave."""
    survey = wave.survey
    return {
        "title": survey.title, "wave": wave.code, "synthetic": survey.synthetic, "tabs": wave_tabs(request, wave, current),
        "days": f"{format_date(wave.opens)} – {format_date(wave.closes)}",
        "crumbs": crumbs(
            request, (survey.title, address(request, "survey", survey.code)),
            (wave.code, address(request, "wave", survey.code, wave.code)), (_("Hasil"), ""),
        ),
    }  # fmt: skip


def _by(request: InsideRequest) -> str:
    """The breakdown that is asked for. Raises NotFound."""
    asked = request.GET.get("menurut", UNITS)
    if asked not in {UNITS, *BUCKETS}:
        raise NotFound(_("Kelompok %(name)s tidak dikenal.") % {"name": asked})
    return asked


def _choices(wave: SurveyWave, by: str) -> list[dict[str, Any]]:
    named = [(UNITS, _("Unit kerja")), *((name, name.capitalize()) for name in wave.survey.buckets)]
    return [{"title": title, "url": f"?menurut={name}", "current": name == by} for name, title in named]


def _sentence(found: WaveResults) -> str:
    """The result in one plain sentence, without a cause."""
    index = found.index.get(WHOLE)
    if index is None:
        return ""
    best = max(index.values, key=lambda item: item.positive)
    least = min(index.values, key=lambda item: item.positive)
    framework = framework_of(found.wave.survey)
    names = names_of_scores(framework)
    return _(
        "Dari %(n)s responden, rata-rata %(share)s jawaban bernada positif. Paling tinggi %(best)s (%(high)s), paling rendah "
        "%(least)s (%(low)s). Angka ini menggambarkan penilaian responden pada saat survei."
    ) % {
        "n": found.n, "share": share_words(index.index), "best": names[best.value], "high": share_words(best.positive),
        "least": names[least.value], "low": share_words(least.positive),
    }  # fmt: skip


def _band(wave: SurveyWave, questionnaire: Instrument, spread: Any) -> str:
    """The name of a score by the convention of the survey; empty without one."""
    convention, points = wave.survey.convention, questionnaire.scale.points
    if convention == Convention.MEAN:
        return mean_band(spread.mean, points)
    if convention == Convention.SCORE:
        return score_band(Fraction(spread.mean) / points, points)
    if convention == Convention.IDEAL:
        return ideal_band(spread.mean, 1, points)
    return ""


def _care(found: WaveResults) -> list[dict[str, str]]:
    """How carefully the wave was answered: counts only, and small ones as "fewer than"."""
    if found.care is None:
        return []
    said = [
        (_("Jawaban sama dari awal sampai akhir"), found.care.straight), (_("Terlalu cepat untuk dibaca"), found.care.hurried),
        (_("Tidak lengkap"), found.care.incomplete),
    ]  # fmt: skip
    return [{"name": name, "count": _coarse(count, found.threshold)} for name, count in said]


def _coarse(count: int, k: int) -> str:
    """A count of persons; one to k - 1 are not told exactly."""
    return str(count) if count == 0 or count >= k else _("kurang dari %(k)s") % {"k": k}


def _items(questionnaire: Instrument, found: WaveResults) -> list[dict[str, Any]]:
    """Each statement with how often each answer was given, as it was ticked."""
    made = []
    for item in questionnaire.items:
        counts = found.distributions.get(item.code)
        whole = sum(counts.values()) if counts else 0
        made.append({
            "code": item.code, "text": item.text, "reverse": item.reverse, "n": whole,
            "counts": [
                {"label": label, "count": counts[value], "share": format_number(Decimal(counts[value] * 100) / whole, places=1)}
                for value, label in enumerate(questionnaire.scale.labels, 1)
            ] if counts and whole else [],
        })  # fmt: skip
    return made


def _cells(found: WaveResults, names: dict[str, str], units: dict[str, str]) -> Iterable[list[Any]]:
    for group, scores in found.groups.items():
        for score, item in scores.items():
            yield [
                group_name(group, units), names[score], item.n, item.mean, item.deviation, percent(item.negative),
                percent(item.neutral), percent(item.positive),
            ]  # fmt: skip


def _signed(value: float, places: int = 2) -> str:
    return f"{'+' if value > 0 else ''}{number(value, places)}"
