"""Surveys of work culture inside: the list, the questionnaire out of a framework, and new waves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.culture_answers import withdraw_answers
from selaras.actions.culture_surveys import open_wave, remove_survey, save_survey
from selaras.core.access import Act
from selaras.core.culture.descriptives import Convention
from selaras.core.culture.frameworks import Asking, Framework
from selaras.core.culture.surveys import BUCKETS, Instrument, instrument
from selaras.core.errors import Refusal
from selaras.store.culture import frameworks_of, rules_on, studies_of
from selaras.store.culture_editions import names_of_scores
from selaras.store.culture_rows import framework_of
from selaras.store.culture_surveys import employees_by_unit, is_linked, survey_at, surveys_of
from selaras.store.models import Survey, Unit
from selaras.store.models.culture import SurveyMode, SurveyUse
from selaras.web.culture.frame import address, tabs
from selaras.web.culture.survey_frame import crumbs, today, wave_state
from selaras.web.culture.typed import shown_again
from selaras.web.gate import InsideRequest, inside

WEEKS_OPEN = 2
UNIT = "unit-"
"""What the field of a unit's number of employees begins with."""
EXAMPLES = {
    "kelompok jabatan": "Struktural\nFungsional\nPelaksana",
    "masa kerja": "Kurang dari 5 tahun\n5 sampai 15 tahun\nLebih dari 15 tahun",
    "jenis kelamin": "",
}


class SurveyForm(forms.Form):
    """A survey: its questionnaire, what it says beforehand, which coarse groups it asks for, and its thresholds."""

    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    code = forms.CharField(
        label=gettext_lazy("Kode"), max_length=80,
        help_text=gettext_lazy("Pendek, tanpa spasi, misalnya budaya-2025."),
    )  # fmt: skip
    framework = forms.ChoiceField(
        label=gettext_lazy("Kerangka"),
        help_text=gettext_lazy("Butir Likert pada kerangka ini menjadi kuesioner, tetap sejak gelombang pertama dibuka."),
    )  # fmt: skip
    study = forms.ChoiceField(label=gettext_lazy("Bagian dari studi"), required=False)
    notice = forms.CharField(
        label=gettext_lazy("Pemberitahuan bagi responden"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Tujuan, jenis data, lama penyimpanan, dan kepada siapa bertanya."),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("Kerahasiaan"), required=False,
        choices=[(item.value, item.value.capitalize()) for item in SurveyMode],
        help_text=gettext_lazy("Yang dapat dihubungkan bukan anonim; responden diberi tahu pada halaman pertama."),
    )  # fmt: skip
    comments = forms.BooleanField(label=gettext_lazy("Minta komentar bebas di akhir"), required=False, initial=True)
    k_screen = forms.IntegerField(
        label=gettext_lazy("Ambang layar"), min_value=3, max_value=100, initial=5,
        help_text=gettext_lazy("Kelompok yang lebih kecil tidak ditampilkan."),
    )  # fmt: skip
    k_publish = forms.IntegerField(
        label=gettext_lazy("Ambang terbit"), min_value=3, max_value=100, initial=10,
        help_text=gettext_lazy("Berlaku untuk publikasi, ekspor, dan komentar."),
    )  # fmt: skip
    convention = forms.ChoiceField(
        label=gettext_lazy("Cara menamai skor"), required=False,
        choices=[("", gettext_lazy("Tanpa nama golongan")), *((item.value, item.value) for item in Convention)],
    )  # fmt: skip

    def __init__(self, request: InsideRequest, row: Survey | None, **given: Any) -> None:
        super().__init__(**given)
        place = request.place
        known = [item.framework for item in frameworks_of(place.code, today())]
        fit = [item for item in known if any(item.questions(Asking.LIKERT))]
        self.fields["framework"].choices = [  # type: ignore[attr-defined]
            (item.code, f"{item.name} ({_items(item)})") for item in fit
        ]
        self.fields["study"].choices = [  # type: ignore[attr-defined]
            ("", _("Berdiri sendiri")), *((line.row.code, line.row.title) for line in studies_of(request.actor, place.code))
        ]  # fmt: skip
        for name in BUCKETS:
            self.fields[_bucket(name)] = forms.CharField(
                label=_("Kelompok: %(name)s") % {"name": name}, required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Satu pilihan per baris; kosongkan bila tidak ditanyakan."),
            )  # fmt: skip
        if row is not None:
            self.fields["code"].disabled = True

    def buckets(self) -> dict[str, list[str]]:
        """The coarse groups that were filled in."""
        given = {name: self.cleaned_data[_bucket(name)].splitlines() for name in BUCKETS}
        return {name: [line.strip() for line in lines if line.strip()] for name, lines in given.items() if any(lines)}

    def groups(self) -> list[Any]:
        """The fields of the coarse groups, for the template."""
        return [self[_bucket(name)] for name in BUCKETS]


class WaveForm(forms.Form):
    """A wave: its days; the employees of each unit stand beside."""

    code = forms.CharField(label=gettext_lazy("Kode gelombang"), max_length=80)
    opens = forms.DateField(label=gettext_lazy("Dibuka"))
    closes = forms.DateField(label=gettext_lazy("Ditutup"))


@inside(Act.READ_STUDY)
def surveys(request: InsideRequest) -> HttpResponse:
    """All surveys of the agency with their waves."""
    place, day = request.place, today()
    rows = [row for row in surveys_of(request.actor, place.code) if row.use == SurveyUse.CULTURE.value]
    return render(request, "culture/survey_list.html", {
        "surveys": [
            {
                "row": row, "url": address(request, "survey", row.code),
                "waves": [
                    {"row": wave, "state": wave_state(wave, day), "url": address(request, "wave", row.code, wave.code)}
                    for wave in reversed(row.waves.all())
                ],
            }
            for row in rows
        ],
        "tabs": tabs(request, "surveys"), "may": place.can["STUDY"], "new_url": address(request, "survey-new"),
    })  # fmt: skip


@inside(Act.STUDY, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """A new survey."""
    return _form(request, None)


@inside(Act.STUDY, methods=("GET", "POST"))
def edit(request: InsideRequest, survey: str) -> HttpResponse:
    """Change a survey; its questions only as long as no wave was opened."""
    return _form(request, survey_at(request.actor, request.place.code, survey))


@inside(Act.READ_STUDY)
def page(request: InsideRequest, survey: str) -> HttpResponse:
    """One survey: its waves and the questionnaire as respondents see it."""
    place, day = request.place, today()
    row = survey_at(request.actor, place.code, survey)
    framework = framework_of(row)
    questionnaire = instrument(framework)
    waves = list(row.waves.all())
    return render(request, "culture/survey.html", {
        "survey": row, "crumbs": crumbs(request, (row.title, "")), "may": place.can["STUDY"],
        "edit_url": address(request, "survey-edit", survey), "remove_url": address(request, "survey-remove", survey),
        "withdraw_url": address(request, "survey-withdraw", survey) if is_linked(row) else "",
        "wave_url": address(request, "wave-new", survey), "framework": framework, "scale": questionnaire.scale,
        "count": len(questionnaire.items), "groups": _groups(framework, questionnaire),
        "waves": [
            {"row": wave, "state": wave_state(wave, day), "url": address(request, "wave", survey, wave.code),
             "people": sum(wave.population.values())}
            for wave in reversed(waves)
        ],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, survey: str) -> HttpResponse:
    """Remove a survey that nobody has answered."""
    remove_survey(request.actor, agency=request.place.code, code=survey, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Survei dihapus."))
    return redirect(address(request, "surveys"))


@inside(Act.STUDY, methods=("GET", "POST"))
def new_wave(request: InsideRequest, survey: str) -> HttpResponse:
    """Open a wave: from when to when, and how many employees each unit has."""
    place, day = request.place, today()
    row = survey_at(request.actor, place.code, survey)
    units = list(Unit.objects.filter(agency_id=place.pk).order_by("sequence", "pk").values_list("code", "name"))
    known = employees_by_unit(place.code)
    opens = max(day, day.replace(year=place.year)) if (day.month, day.day) != (2, 29) else day
    form = WaveForm(
        data=request.POST or None,
        initial={"code": f"{place.year}-{row.waves.count() + 1}", "opens": opens, "closes": opens + timedelta(weeks=WEEKS_OPEN)},
    )  # fmt: skip
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            made = open_wave(
                request.actor, agency=place.code, survey=survey, code=form.cleaned_data["code"], year=place.year,
                opens=form.cleaned_data["opens"], closes=form.cleaned_data["closes"],
                population=_population(request, [code for code, _name in units]),
            )  # fmt: skip
        except Refusal as refused:
            if not refused.faults:
                raise
            problem = refused
        else:
            messages.success(request, _("Gelombang dibuat. Buat tautannya, lalu bagikan."))
            return redirect(address(request, "wave", survey, made.code))
    return render(request, "culture/survey_wave_new.html", {
        "survey": row, "form": form, "problem": problem,
        "units": [
            {"code": code, "name": name, "field": f"{UNIT}{code}",
             "people": request.POST.get(f"{UNIT}{code}", str(known.get(code, "")))}
            for code, name in units
        ],
        "crumbs": crumbs(request, (row.title, address(request, "survey", survey)), (_("Gelombang baru"), "")),
        "back_url": address(request, "survey", survey),
    }, status=422 if problem or form.errors else 200)  # fmt: skip


def _form(request: InsideRequest, row: Survey | None) -> HttpResponse:
    place = request.place
    form = SurveyForm(request, row, data=request.POST or None, initial=_initial(request, row))
    problem = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = save_survey(
                request.actor, agency=place.code, code=row.code if row else given["code"], title=given["title"],
                framework=given["framework"], study=given["study"], notice=given["notice"], buckets=form.buckets(),
                comments=given["comments"], k_screen=given["k_screen"], k_publish=given["k_publish"],
                convention=Convention(given["convention"]) if given["convention"] else None,
                mode=SurveyMode(given["mode"] or SurveyMode.ANONYMOUS),
            )  # fmt: skip
        except Refusal as refused:
            if not refused.faults:
                raise
            problem = refused
        else:
            messages.success(request, _("Survei disimpan."))
            return redirect(address(request, "survey", made.code))
    title = _("Ubah survei") if row else _("Survei baru")
    return render(request, "culture/survey_form.html", {
        "form": form, "problem": problem, "title": title, "fixed": row is not None and bool(row.waves.all()),
        "crumbs": crumbs(request, (title, "")),
        "back_url": address(request, "survey", row.code) if row else address(request, "surveys"),
    }, status=422 if problem or form.errors else 200)  # fmt: skip


def _initial(request: InsideRequest, row: Survey | None) -> dict[str, Any]:
    if row is None:
        rules = rules_on(today()).threshold
        return {
            "code": f"budaya-{request.place.year}", "notice": _notice(request), "study": request.GET.get("studi", ""),
            "k_screen": rules.screen, "k_publish": rules.publish,
            **{_bucket(name): text for name, text in EXAMPLES.items()},
        }  # fmt: skip
    return {
        "title": row.title, "code": row.code, "framework": row.framework, "study": row.study.code if row.study else "",
        "notice": row.notice, "comments": row.comments, "k_screen": row.k_screen, "k_publish": row.k_publish,
        "convention": row.convention, "mode": row.mode, **{_bucket(name): "\n".join(row.buckets.get(name, ())) for name in BUCKETS},
    }  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def withdraw(request: InsideRequest, survey: str) -> HttpResponse:
    """Delete the answers of somebody who tells the code that the person made up."""
    count = withdraw_answers(
        request.actor, agency=request.place.code, survey=survey, own=request.POST.get("kode-sendiri", "")
    )
    messages.success(request, _("%(n)s jawaban dihapus. Perhitungan lama menjadi kedaluwarsa.") % {"n": count})
    return redirect(address(request, "survey", survey))


def _notice(request: InsideRequest) -> str:
    """A first text of the notice, with the parts that the law on personal data asks for."""
    return _(
        "Survei ini dipakai untuk mengevaluasi budaya kerja di %(agency)s dan memperbaiki cara kerja. Tidak ada jawaban "
        "yang dinilai benar atau salah, dan jawaban tidak dipakai untuk menilai orang. Hasil disajikan sebagai kelompok. "
        "Data disimpan sampai laporan evaluasi selesai dan mengikuti jadwal retensi arsip. Pertanyaan tentang survei ini "
        "dapat disampaikan kepada tim penilai budaya kerja."
    ) % {"agency": request.place.name}


def _bucket(name: str) -> str:
    return f"kelompok-{name.replace(' ', '-')}"


def _items(framework: Framework) -> str:
    count = sum(1 for _node in framework.questions(Asking.LIKERT))
    return _("%(n)s butir") % {"n": count}


def _groups(framework: Framework, questionnaire: Instrument) -> list[dict[str, Any]]:
    names = names_of_scores(framework)
    items = {item.code: item for item in questionnaire.items}
    return [
        {"code": code, "name": names[code], "items": [items[item] for item in listed]}
        for code, listed in questionnaire.groups().items()
    ]


def _population(request: InsideRequest, units: list[str]) -> dict[str, int]:
    """The employees by unit as typed; a unit without a number does not take part."""
    found = {}
    for unit in units:
        text = request.POST.get(f"{UNIT}{unit}", "").strip()
        if text and text != "0":
            found[unit] = int(text) if text.isdecimal() and len(text) < 8 else -1  # -1 is refused by its unit
    return found
