"""Statistics of a wave on its pages: computed once, kept, told in plain words, exported, and refused where data are thin."""

import time

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO
from tests.web.culture.conftest import BALI, BASE
from tests.web.culture.surveyed import AT, SURVEY, UNIT, WAVE, answered, at

from selaras.actions import culture_answers as answering
from selaras.actions import culture_surveys as verbs
from selaras.core.culture.analyses import Analysis
from selaras.store import models as tables

DEMO = f"{BASE}survei/{BALI}-survei/gelombang/2024-1/statistik/"


@pytest.mark.parametrize("kind", list(Analysis))
def test_each_computation_is_made_kept_and_shown(kind, team, django_assert_max_num_queries):
    made = team.lead.post(DEMO, {"jenis": kind.value, "hasil": "KN"})
    assert made.status_code == 302, made.content.decode()[-1500:]
    with django_assert_max_num_queries(12):
        page = team.lead.get(made["Location"])
    text = page.content.decode()
    assert page.status_code == 200
    assert "Sidik data" in text
    assert "menyebabkan" not in text
    assert team.lead.get(DEMO).content.decode().count("cell-main") == 1
    again = team.lead.post(DEMO, {"jenis": kind.value, "hasil": "KN"})
    one, two = tables.StatisticsRun.objects.order_by("pk")
    assert (one.input_sha256, one.result) == (two.input_sha256, two.result)
    exported = team.leader.get(again["Location"] + "?format=xlsx&tabel=1")
    assert exported.status_code in {200, 403}
    assert team.lead.get(again["Location"] + "?format=xlsx&tabel=99").status_code == 404


def test_the_regression_says_hubungan_shows_its_assumptions_and_no_cause(team):
    made = team.lead.post(DEMO, {"jenis": "regresi", "hasil": "KN"})
    text = team.lead.get(made["Location"]).content.decode()
    for word in (
        "Breusch-Pagan",
        "Glejser",
        "VIF",
        "Normalitas sisaan",
        "selang kepercayaan 95%",
        "Hubungan, bukan sebab-akibat",
    ):
        assert word in text


def test_a_late_answer_marks_a_computation_as_out_of_date(team):
    team.lead.post(DEMO, {"jenis": "deskripsi"})
    row = tables.SurveyResponse.objects.filter(wave__survey__code=f"{BALI}-survei").first()
    tables.SurveyResponse.objects.filter(pk=row.pk).update(answers=dict.fromkeys(row.answers, 1))
    assert "kedaluwarsa" in team.lead.get(DEMO).content.decode()


def test_with_nineteen_people_the_regression_is_switched_off_and_says_why(team):
    answered(team.actor("ketua"), {UNIT: 19})
    page = team.lead.get(at("statistik")).content.decode()
    assert "19 responden lengkap, diperlukan sekurang-kurangnya 20" in page
    assert "disabled" in page
    assert team.lead.post(at("statistik"), {"jenis": "regresi", "hasil": "BP"}).status_code == 422


def test_an_unknown_computation_or_choice_is_refused(team):
    assert team.lead.post(DEMO, {"jenis": "sihir"}).status_code == 422
    assert team.lead.post(DEMO, {"jenis": "uji butir", "aturan": "sesuka hati"}).status_code == 422
    assert team.lead.post(DEMO, {"jenis": "regresi", "hasil": "TIADA"}).status_code == 422
    assert team.planner.post(DEMO, {"jenis": "deskripsi"}).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize(("people", "limit"), [(1000, 4), (5000, 10)])
def test_long_statistics_do_not_block_a_page(people, limit, team):
    by = team.actor("ketua")
    verbs.save_survey(by, agency=BIRO, code=SURVEY, title="Besar", framework="nilai-fungsi-faktor", notice="Uji.")
    day = timezone.localdate()
    verbs.open_wave(by, **AT, code=WAVE, opens=day, closes=day, population={UNIT: people}, year=2024)
    answering.fill_synthetic(by, **AT, wave=WAVE, n=people)
    verbs.close_wave(by, **AT, wave=WAVE)
    for kind in Analysis:  # the machine's other work does not count
        began = time.process_time()
        assert team.lead.post(at("statistik"), {"jenis": kind.value, "hasil": "KN"}).status_code == 302
        assert time.process_time() - began < limit, kind
