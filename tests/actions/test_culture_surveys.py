"""Surveys: anonymous by design, suppressed everywhere, computed and kept; nothing lays an answer beside a link."""

import csv
import io
import random
from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.actions.staffed import CODE
from tests.actions.studying import NOBODY, audit, team

from selaras.actions import culture_answers as answering
from selaras.actions import culture_statistics as computing
from selaras.actions import culture_surveys as verbs
from selaras.actions.culture_demo import load_demo
from selaras.actions.culture_exchange import export_survey
from selaras.core.culture.analyses import Analysis
from selaras.core.culture.surveys import linking_fields, token_digest
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.culture_board import beside_of, board_of
from selaras.store.culture_results import WHOLE, labelled_units, results, results_of
from selaras.store.culture_statistics import runs_of, waves_compared
from selaras.store.culture_surveys import (
    data_of,
    form_of,
    progress_of,
    published_waves,
    surveys_of,
    tickets_of,
    wave_at,
)
from selaras.store.models.culture import SurveyMode

pytestmark = pytest.mark.django_db
SURVEY, WAVE = "berakhlak-2024", "2024-1"
DAY, LATER = date(2024, 5, 10), date(2024, 7, 1)
AT = {"agency": CODE, "survey": SURVEY}


@pytest.fixture
def who():
    return team()


def opened(who, population, *, wave=WAVE, buckets=None, opens=date(2024, 5, 1)):
    verbs.save_survey(
        who["ketua"], agency=CODE, code=SURVEY, title="Budaya kerja", framework="berakhlak", notice="Jawaban anonim.",
        buckets=buckets or {"masa kerja": ["di bawah 5 tahun", "5 tahun atau lebih"]},
    )  # fmt: skip
    verbs.open_wave(
        who["ketua"], **AT, code=wave, opens=opens, closes=opens + timedelta(days=30), population=population
    )
    return verbs.issue_tickets(who["ketua"], **AT, wave=wave, units=population)


def answers_of(token, value=4, day=DAY):
    return {item.code: value for item in form_of(token, day).questionnaire.items}


def send(token, day=DAY, **more):
    given = more.pop("answers", None) or answers_of(token, more.pop("value", 4), day)
    answering.send_answers(NOBODY, token=token, answers=given, day=day, **more)


def test_a_form_is_answered_once_without_an_account_and_without_a_record(who):
    (token, *_) = opened(who, {"SEK": 12})["SEK"]
    before = len(audit())
    form = form_of(token, DAY)
    assert (len(form.questionnaire.items), form.unit, form.buckets) == (
        21, "SEK", {"masa kerja": ("di bawah 5 tahun", "5 tahun atau lebih")},
    )  # fmt: skip
    send(token, buckets={"masa kerja": "5 tahun atau lebih"}, comment="Baik.", seconds=12)
    assert len(audit()) == before
    row = tables.SurveyResponse.objects.get()
    assert (row.unit, row.hurried, row.comment) == ("SEK", True, "Baik.")
    for act in (lambda: form_of(token, DAY), lambda: send(token, answers=row.answers)):
        with pytest.raises(Refusal, match="sudah dipakai"):
            act()
    with pytest.raises(NotFound):
        form_of("x" * 32, DAY)


@pytest.mark.parametrize(
    "more",
    [
        {"answers": {"TIADA": 3}}, {"buckets": {"NIP": "19700101 199503 1 001"}}, {"buckets": {"masa kerja": "tiga"}},
        {"day": date(2024, 8, 1)}, {"comment": "x" * 5000}, {"answers": {"BP.1.L": 9}}, {"answers": {"BP.1.L": None}},
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused_and_the_link_stays(who, more):
    (token, *_) = opened(who, {"SEK": 12})["SEK"]
    good = answers_of(token)
    day = more.pop("day", DAY)
    with pytest.raises(Refusal):
        answering.send_answers(NOBODY, token=token, day=day, **({"answers": good} | more))
    assert not tables.SurveyResponse.objects.exists()
    assert not tables.SurveyTicket.objects.filter(used=True).exists()


def rank_correlation(order, keys):
    ranks = {key: place for place, key in enumerate(sorted(keys))}
    n = len(order)
    return 1 - 6 * sum((place - ranks[key]) ** 2 for place, key in enumerate(order)) / (n * (n * n - 1))


def test_no_order_of_any_column_joins_links_and_answers(who):
    tokens = list(opened(who, {"SEK": 60})["SEK"])[:50]
    order = []
    for number, token in enumerate(tokens):
        answers = answers_of(token, 1 + number % 5)
        send(token, answers=answers, comment=str(number))
        order.append(tables.SurveyResponse.objects.get(comment=str(number)).key)
    assert linking_fields() == frozenset()
    assert abs(rank_correlation(order, order)) < 0.5
    tickets = {field.name for field in tables.SurveyTicket._meta.fields}
    responses = {field.name for field in tables.SurveyResponse._meta.fields}
    assert tickets & responses == {"key", "wave", "unit"}
    assert not [field for model in (tables.SurveyTicket, tables.SurveyResponse) for field in model._meta.fields
                if "Date" in type(field).__name__ or "Time" in type(field).__name__]  # fmt: skip
    given = dict(tables.SurveyTicket.objects.values_list("digest", "key"))
    assert not set(given.values()) & set(order), "keys are drawn apart"
    ticket_order = [given[token_digest(token)] for token in tokens]
    assert abs(rank_correlation(ticket_order, ticket_order)) < 0.5
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid, key FROM store_surveyresponse ORDER BY rowid")
            assert all(place == key for place, key in cursor.fetchall()), "the place in the file is the random key"
    assert not set(tables.AuditRecord.objects.values_list("action", flat=True)) & {"mengirim jawaban"}


def test_results_stay_hidden_while_a_wave_is_open_and_below_the_threshold(who):
    tokens = opened(who, {"SEK": 12, "KECIL": 4})
    for token in tokens["SEK"][:4]:
        send(token)
    with pytest.raises(Refusal, match="masih dibuka"):
        results_of(who["ketua"], CODE, SURVEY, WAVE, DAY)
    with pytest.raises(Refusal, match="terlalu sedikit"):
        results_of(who["ketua"], CODE, SURVEY, WAVE, LATER)
    verbs.close_wave(who["ketua"], **AT, wave=WAVE)
    with pytest.raises(Refusal, match="sudah ditutup"):
        verbs.close_wave(who["ketua"], **AT, wave=WAVE)
    wave = wave_at(who["ketua"], CODE, SURVEY, WAVE)
    shown = progress_of(wave)
    assert shown == {"KECIL": None, "SEK": None}, "beside the share of all, the one would give the other away"
    assert tickets_of(wave) == {"SEK": (12, 12), "KECIL": (4, 4)}


def filled_units(who, counts):
    """Answers by unit below DINAS, straight into a wave by links."""
    tables.Unit.objects.bulk_create(
        tables.Unit(agency=tables.Agency.objects.get(code=CODE), code=f"U{n}", name=f"Unit {n}",
                    parent=tables.Unit.objects.get(code="DINAS"), kind=tables.Unit.objects.get(code="DINAS").kind, sequence=90 + n)
        for n in range(len(counts))
    )  # fmt: skip
    tokens = opened(who, {f"U{n}": max(count, 1) for n, count in enumerate(counts)})
    dice = random.Random(7)
    for n, count in enumerate(counts):
        for token in tokens[f"U{n}"][:count]:
            send(token, value=dice.randint(1, 5), comment=f"komentar {n}")
    verbs.close_wave(who["ketua"], **AT, wave=WAVE)


def test_a_score_that_few_of_a_group_answered_is_not_found_by_subtracting(who):
    wave = linked_wave(who, "x", {"SEK": 10, "DINAS": 6}, mode=SurveyMode.ANONYMOUS)
    rows = tables.SurveyResponse.objects.filter(wave=wave, unit="DINAS").order_by("key")
    items = sorted(rows[0].answers)
    first = [item for item in items if item.startswith(items[0].split(".")[0])]
    for row in rows[:4]:
        tables.SurveyResponse.objects.filter(pk=row.pk).update(answers=row.answers | dict.fromkeys(first))
    parents = {"SEK": "", "DINAS": ""}
    found = results(data_of(wave), parents)
    hidden = [score for score in found.groups[WHOLE] if score not in found.groups.get("DINAS", {})]
    assert hidden, "two people of the unit answered it"
    for score in hidden:
        assert score not in found.groups.get("SEK", {}), "all less the other unit would be those two"
    assert "DINAS" not in found.index


def test_a_file_names_no_unit_of_few_people_under_a_large_one(who, tmp_path):
    wave = linked_wave(who, "x", {"DINAS": 2, "SEK": 12}, mode=SurveyMode.ANONYMOUS)
    data = data_of(wave)
    assert labelled_units(data, {"SEK": "DINAS", "DINAS": ""}) == frozenset(), (
        "two heads of the whole would stand named"
    )
    assert "DINAS" not in export_survey(who["ketua"], **AT, wave="x", output=tmp_path).read_text("utf-8")


def linked_wave(
    who, code, population, *, mode=SurveyMode.LINKED, opens=date(2024, 5, 1), own=lambda n: f"SI{n:02}DE", up=0
):
    verbs.save_survey(
        who["ketua"],
        agency=CODE,
        code=SURVEY,
        title="Budaya kerja",
        framework="berakhlak",
        notice="Rahasia.",
        mode=mode,
    )
    verbs.open_wave(
        who["ketua"], **AT, code=code, opens=opens, closes=opens + timedelta(days=30), population=population
    )
    given, number = verbs.issue_tickets(who["ketua"], **AT, wave=code, units=population), 0
    for listed in given.values():
        for token in listed:
            items = form_of(token, opens).questionnaire.items
            answers = {
                item.code: min(5, 1 + (number + at) % 4 + up * (number % 3 > 0)) for at, item in enumerate(items)
            }
            answering.send_answers(NOBODY, token=token, answers=answers, day=opens, own=own(number))
            number += 1
    verbs.close_wave(who["ketua"], **AT, wave=code)
    return tables.SurveyWave.objects.get(survey__code=SURVEY, code=code)


def test_answers_of_a_confidential_survey_are_paired_by_a_code_that_stands_nowhere(who, tmp_path):
    linked_wave(who, "a", {"SEK": 12})
    linked_wave(who, "b", {"SEK": 12}, opens=date(2024, 6, 1), up=1)
    changes = waves_compared(who["ketua"], CODE, SURVEY, "a", "b", date(2024, 9, 1))
    assert {item.paired.n for item in changes if item.paired} == {12}
    kept = set(tables.SurveyResponse.objects.values_list("repeat", flat=True))
    assert len(kept) == 12
    assert all(len(item) == 64 for item in kept)
    for text in (export_survey(who["ketua"], **AT, wave="a", output=tmp_path).read_text("utf-8"), str(audit())):
        assert "SI01DE" not in text
        assert not any(item in text for item in kept)


def test_a_code_serves_once_in_a_wave_and_its_owner_may_withdraw(who):
    wave = linked_wave(who, "a", {"SEK": 12}, own=lambda n: f"si {n:02} de")
    with pytest.raises(NotFound, match="Tidak ada jawaban"):
        answering.withdraw_answers(who["ketua"], **AT, own="AB99CD")
    assert answering.withdraw_answers(who["ketua"], **AT, own="SI03DE") == 1
    assert tables.SurveyResponse.objects.filter(wave=wave).count() == 11
    verbs.open_wave(who["ketua"], **AT, code="c", opens=DAY, closes=LATER, population={"SEK": 2})
    first, second = verbs.issue_tickets(who["ketua"], **AT, wave="c", units={"SEK": 2})["SEK"]
    answering.send_answers(NOBODY, token=first, answers=answers_of(first), day=DAY, own="SI03DE")
    with pytest.raises(Refusal, match="belum dapat dikirim"):
        answering.send_answers(NOBODY, token=second, answers=answers_of(second), day=DAY, own="SI-03-DE")
    with pytest.raises(Refusal, match="belum dapat dikirim"):
        answering.send_answers(NOBODY, token=second, answers=answers_of(second), day=DAY)


def test_an_anonymous_survey_keeps_no_code_and_stays_anonymous_once_opened(who):
    linked_wave(who, "a", {"SEK": 12}, mode=SurveyMode.ANONYMOUS)
    assert set(tables.SurveyResponse.objects.values_list("repeat", flat=True)) == {""}
    with pytest.raises(Refusal, match="tidak ditarik"):
        answering.withdraw_answers(who["ketua"], **AT, own="SI03DE")
    with pytest.raises(Refusal, match="tidak diubah"):
        verbs.save_survey(
            who["ketua"], agency=CODE, code=SURVEY, title="x", framework="berakhlak", mode=SurveyMode.LINKED
        )


@pytest.mark.parametrize(
    ("counts", "screen", "printed"),
    [
        ((12, 7, 3), {12}, {12}), ((12, 7, 3, 2), {12, 7}, {12}), ((12, 7, 3, 4), {12, 7}, {12}), ((12, 7, 2, 1), {12}, {12}),
        ((20, 3), set(), set()),
    ],
)  # fmt: skip
def test_the_suppression_vectors_hold_on_screen_in_print_in_files_and_in_the_edition(
    who, counts, screen, printed, tmp_path
):
    filled_units(who, counts)
    size = {f"U{n}": count for n, count in enumerate(counts)}
    on_screen = results_of(who["ketua"], CODE, SURVEY, WAVE, LATER)
    assert {size[unit] for unit in on_screen.groups if unit in size} == screen
    assert {size[unit] for unit in on_screen.index if unit in size} == screen
    edition = computing.publish_wave(who["pimpinan"], **AT, wave=WAVE)
    assert {size[unit] for unit in edition["groups"] if unit in size} == printed
    assert {size[unit] for unit in edition["index"] if unit in size} == printed
    path = export_survey(who["ketua"], **AT, wave=WAVE, output=tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig").split("\r\n\r\n")[0])))
    assert len(rows) == sum(counts)
    assert {size[row["unit"]] for row in rows if row["unit"]} <= printed
    assert "komentar" not in path.read_text("utf-8")
    assert [row.code for row in published_waves(CODE)] == [WAVE]
    assert len(on_screen.comments) == sum(counts)


def test_comments_need_ten_people_and_come_without_a_group(who):
    tokens = opened(who, {"SEK": 9})["SEK"]
    for token in tokens:
        send(token, comment="pendapat")
    found = results_of(who["ketua"], CODE, SURVEY, WAVE, LATER)
    assert found.comments == ()
    assert found.distributions == {}, "all said the same and are fewer than ten"
    assert found.care.straight == 9
    assert found.share == 1


def test_only_who_may_publish_does_and_readers_of_studies_read(who):
    filled_units(who, (12,))
    with pytest.raises(NotAllowed):
        computing.publish_wave(who["ketua"], **AT, wave=WAVE)
    with pytest.raises(NotAllowed):
        surveys_of(who["pegawai"], CODE)
    with pytest.raises(NotFound):
        surveys_of(who["ketua"], "LAIN")
    with pytest.raises(NotAllowed):
        verbs.issue_tickets(who["perencana"], **AT, wave=WAVE, units={"U0": 1})


def test_a_wave_gives_out_no_more_links_than_there_are_people(who):
    opened(who, {"SEK": 3})
    with pytest.raises(Refusal):
        verbs.issue_tickets(who["ketua"], **AT, wave=WAVE, units={"SEK": 1})
    assert all(len(digest) == 64 for digest in tables.SurveyTicket.objects.values_list("digest", flat=True))


def test_questions_are_fixed_once_a_wave_is_open_and_thresholds_have_a_floor(who):
    opened(who, {"SEK": 3})
    with pytest.raises(Refusal, match="sudah dibuka"):
        verbs.save_survey(who["ketua"], agency=CODE, code=SURVEY, title="x", framework="layanan-smart")
    with pytest.raises(Refusal, match="Ambang"):
        verbs.save_survey(who["ketua"], agency=CODE, code="lain", title="x", framework="berakhlak", k_screen=2)
    with pytest.raises(Refusal, match="kelompok tidak sah"):
        verbs.save_survey(
            who["ketua"], agency=CODE, code="lain", title="x", framework="berakhlak", buckets={"agama": ["a", "b"]}
        )


def test_demo_answers_are_synthetic_and_every_computation_is_kept_and_repeatable(who):
    load_demo(who["ketua"], agency=CODE, year=2024, codes=("setda-musi-banyuasin",))
    survey = tables.Survey.objects.get()
    assert survey.synthetic
    at = {"agency": CODE, "survey": survey.code, "wave": "2024-1"}
    found = results_of(who["ketua"], CODE, survey.code, "2024-1", LATER)
    groups = set(found.groups[""])
    for group, index in found.index.items():  # what a table says of the scores is what the index beside it is made of
        assert {item.value: item.positive for item in index.values} == {
            score: item.positive for score, item in found.groups[group].items()
        }
    outcome = next(name for name in groups if name.upper().startswith(("Y", "KN")))
    params = {Analysis.REGRESSION: {"hasil": outcome}}
    for kind in Analysis:
        made = [computing.run_statistics(who["ketua"], **at, kind=kind, params=params.get(kind)) for _ in range(2)]
        assert made[0].input_sha256 == made[1].input_sha256
        assert made[0].result == made[1].result
        assert made[0].told or kind is Analysis.DESCRIPTIVES
    told = tables.StatisticsRun.objects.filter(kind=Analysis.REGRESSION.value).first().told
    assert "Hubungan, bukan sebab-akibat" in told[-1]
    wave = wave_at(who["ketua"], CODE, survey.code, "2024-1")
    assert not any(stale for _, stale in runs_of(wave))
    tables.SurveyResponse.objects.filter(wave=wave).first().delete()
    assert all(stale for _, stale in runs_of(wave))


def test_waves_are_compared_only_where_the_change_gives_nobody_away(who):
    tokens = opened(who, {"SEK": 30})["SEK"]
    for number, token in enumerate(tokens[:20]):
        send(token, value=3 + number % 2)
    for wave, count in (("2024-2", 28), ("2024-3", 22)):
        verbs.open_wave(
            who["ketua"], **AT, code=wave, opens=date(2024, 9, 1), closes=date(2024, 9, 30), population={"SEK": 30}
        )
        for number, token in enumerate(verbs.issue_tickets(who["ketua"], **AT, wave=wave, units={"SEK": count})["SEK"]):
            send(token, day=date(2024, 9, 2), value=4 + number % 2)
    day = date(2024, 12, 1)
    shown = waves_compared(who["ketua"], CODE, SURVEY, WAVE, "2024-2", day)
    assert all(item.change is not None and item.change.difference == pytest.approx(1) for item in shown)
    assert all(item.change is None for item in waves_compared(who["ketua"], CODE, SURVEY, WAVE, "2024-3", day))


def test_culture_stands_beside_achievement_of_the_same_units(who):
    filled_units(who, (12, 12))
    board = board_of(who["ketua"], CODE, 2024, LATER)
    assert board.index.people == 24
    rows = {row.unit: row for row in beside_of(who["ketua"], CODE, SURVEY, WAVE, 2024, LATER)}
    assert (rows["DINAS"].reached, rows["DINAS"].measured, rows["DINAS"].people) == (1, 1, 24)
    assert (rows["U0"].measured, rows["U0"].share) == (0, None)


def test_the_columns_of_the_tables_are_those_of_the_core():
    from selaras.core.culture.surveys import Response

    assert {field.name for field in fields(Response)} - {"survey"} <= {
        field.name for field in tables.SurveyResponse._meta.fields
    }
