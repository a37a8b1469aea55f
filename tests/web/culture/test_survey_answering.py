"""Answering by link: no account, no cookie, no trace; once only; every wrong form is said in plain words and loses nothing."""

import logging

import pytest
from django.test import Client
from tests.web.culture.surveyed import SURVEY, UNIT, link, opened, ticked

from selaras.actions import culture as frames
from selaras.actions import culture_surveys as verbs
from selaras.store import models as tables
from selaras.store.models.culture import SurveyMode


@pytest.fixture
def token(team):
    return opened(team.actor("ketua"), {UNIT: 6})[UNIT][0]


def given():
    return tables.SurveyResponse.objects.filter(wave__survey__code=SURVEY)


def test_the_form_opens_without_account_or_cookie_and_says_what_is_kept(token, django_assert_max_num_queries):
    browser = Client()
    with django_assert_max_num_queries(2):
        answer = browser.get(link(token))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    for words in ("Apa yang disimpan", "Tidak disimpan", "alamat IP", "tidak dapat diubah atau ditarik", "1 dari 21"):
        assert words in page
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in answer["X-Robots-Tag"]


def test_answers_are_taken_once_and_leave_no_trace(token, caplog):
    browser, before = Client(), tables.AuditRecord.objects.count()
    with caplog.at_level(logging.DEBUG):
        sent = browser.post(
            link(token), ticked(token) | {"detik": "240", "kelompok-0": "di bawah 5 tahun", "komentar": "Baik."}
        )
    assert sent.status_code == 302
    assert not sent.cookies
    assert browser.get(sent["Location"]).status_code == 200
    row = given().get()
    assert (row.unit, row.buckets, row.comment, row.hurried) == (
        UNIT,
        {"masa kerja": "di bawah 5 tahun"},
        "Baik.",
        False,
    )
    assert tables.AuditRecord.objects.count() == before
    assert token not in caplog.text
    assert "127.0.0.1" not in caplog.text
    for answer in (browser.get(link(token)), browser.post(link(token), {})):
        assert answer.status_code == 422
        assert "sudah dipakai" in answer.content.decode()
    assert given().count() == 1


def test_an_unknown_link_is_not_found_and_a_closed_wave_is_told(token, team):
    assert Client().get(link("x" * 32)).status_code == 404
    assert Client().get(link("pendek")).status_code == 404
    verbs.close_wave(team.actor("ketua"), agency="BIRO-ORG", survey=SURVEY, wave="2024-1")
    shut = Client().get(link(token))
    assert shut.status_code == 422
    assert "tidak dibuka" in shut.content.decode()
    assert Client().put(link(token)).status_code == 405


@pytest.mark.parametrize(
    "wrong", [{"butir-BP.1.L": "9"}, {"butir-BP.1.L": "banyak"}, {"kelompok-0": "karangan"}, {"komentar": "x" * 5000}]
)
def test_what_does_not_fit_is_said_and_nothing_that_was_filled_in_is_lost(wrong, token):
    answer = Client().post(link(token), ticked(token) | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Jawaban belum dapat dikirim" in page
    assert page.count('value="4" checked') >= 20
    assert not tables.SurveyTicket.objects.filter(used=True).exists()


def test_an_empty_form_is_refused_and_skipped_questions_are_not(token):
    assert Client().post(link(token), {}).status_code == 422
    few = dict(list(ticked(token).items())[:3]) | {"butir-BP.2.L": "tidak-tahu"}
    assert Client().post(link(token), few).status_code == 302
    answers = given().get().answers
    assert sum(value is not None for value in answers.values()) in {2, 3}


def test_the_code_of_a_slip_can_be_typed_in(token):
    browser = Client()
    assert browser.get("/survei/").status_code == 200
    assert browser.post("/survei/", {"kode": ""}).status_code == 200
    for typed in (token, f" http://contoh.test{link(token)} "):
        answer = browser.post("/survei/", {"kode": typed})
        assert answer.status_code == 302
        assert answer["Location"] == link(token)


def test_shared_points_that_do_not_add_up_are_refused(team):
    by = team.actor("ketua")
    frames.copy_framework(by, agency="BIRO-ORG", base="nilai-fungsi-faktor", code="bagi-nilai", title="Bagi nilai")
    row = tables.CultureFramework.objects.get(code="bagi-nilai")
    content = row.content
    content["scale"]["fixed_total"] = 100
    tables.CultureFramework.objects.filter(pk=row.pk).update(content=content)
    token = opened(by, {UNIT: 6}, framework="bagi-nilai")[UNIT][0]
    page = Client().get(link(token)).content.decode()
    assert "Bagi 100 angka" in page
    assert Client().post(link(token), ticked(token, 7)).status_code == 422
    fields = ticked(token, 0)
    nodes = {}
    for name in fields:
        nodes.setdefault(name.rpartition(".")[0], []).append(name)
    for names in nodes.values():
        fields[names[0]] = "100"
    assert Client().post(link(token), fields).status_code == 302


def test_a_survey_that_can_be_linked_says_so_before_the_first_question_and_asks_for_an_own_code(team):
    token = opened(team.actor("ketua"), {UNIT: 12}, mode=SurveyMode.LINKED)[UNIT][0]
    browser = Client()
    page = browser.get(link(token)).content.decode()
    for words in ("tidak anonim", "sidik kode Anda", "Jawaban dapat ditarik", 'name="kode-sendiri"'):
        assert words in page
    assert "tidak dapat dikenali lagi" not in page
    refused = browser.post(link(token), ticked(token) | {"kode-sendiri": "199001012015031001"})
    assert refused.status_code == 422
    assert "bukan NIP" in refused.content.decode()
    assert browser.post(link(token), ticked(token) | {"kode-sendiri": "si17-de"}).status_code == 302
    assert len(given().get().repeat) == 64
