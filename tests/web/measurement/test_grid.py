"""The grid of realisations: what it shows, and cells saved one by one."""

import pytest
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.core.measurement.records import Progress
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/pengukuran/"


def cell(client, indicator="IP-I", period="triwulan-1", seen="", **parts):
    return client.post(f"{AT}sel/", {"indikator": indicator, "periode": period, "terlihat": seen, **parts})


def stored(indicator="IP-I", span="triwulan", index=1):
    return tables.Realisation.objects.filter(
        agency__code=BIRO, indicator__code=indicator, year=2024, span=span, index=index
    ).first()


def test_the_grid_shows_indicators_under_their_sasaran(planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        page = planner.get(AT)
    assert page.status_code == 200
    assert page.context["page"].paginator.count == 38
    text = page.content.decode()
    assert "IKU-1" in text
    assert "TW III" in text
    assert "Sangat Tinggi" in text


@pytest.mark.parametrize("span", ["triwulan", "semester", "bulan", "tahun"])
def test_every_length_of_periods_has_its_columns(planner, span):
    page = planner.get(AT, {"periode": span})
    assert len(page.context["heads"]) == {"triwulan": 5, "semester": 3, "bulan": 13, "tahun": 1}[span]


def test_filters_by_words_unit_state_and_iku(planner):
    def count(**asked):
        return planner.get(AT, asked).context["page"].paginator.count

    assert count(cari="perpustakaan") < 38
    assert 0 < count(unit="BAG-KAJ") < 38
    assert count(keadaan="diajukan") == 1
    assert count(iku="1") == 2
    assert count(keadaan="kosong") == 2


def test_who_answers_for_a_unit_sees_that_unit_first(signed_in, django_assert_max_num_queries):
    owner = signed_in(Role.OWNER, unit="BAG-KAJ", name="contoh-kaj")
    owner.get(AT)
    with django_assert_max_num_queries(12):
        mine = owner.get(AT)
    assert {line.line.unit for _node, lines in mine.context["groups"] for line in lines} == {"BAG-KAJ"}
    assert owner.get(AT, {"cakupan": "semua"}).context["page"].paginator.count == 38


def test_a_cell_is_saved_and_told(planner):
    answer = cell(planner, indicator="IP-III", nilai="25,5")
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert said["inputs"]["nilai"] == {"text": "25,5", "exact": "25,5"}
    assert said["seen"] == "25,5"
    assert "25,5" in said["words"]
    assert stored("IP-III").status == Progress.DRAFT.value


def test_numerator_and_denominator_make_the_value(planner):
    said = cell(planner, indicator="IKU-1", pembilang="203", penyebut="338").json()
    assert said["seen"] == "203 dari 338"
    assert said["beside"].startswith("60,06")


def test_an_ambiguous_number_is_asked_and_not_saved(planner):
    answer = cell(planner, indicator="IT-1", nilai="1.234")
    assert answer.status_code == 422
    said = answer.json()
    assert "?" in said["words"]
    assert [choice["text"] for choice in said["choices"]] == ["1234", "1,2340"]
    assert stored("IT-1") is None
    assert cell(planner, indicator="IT-1", nilai="1,2340").status_code == 200


def test_what_cannot_be_read_is_refused_with_its_reason(planner):
    answer = cell(planner, nilai="dua puluh")
    assert answer.status_code == 422
    assert "dua puluh" in answer.json()["words"]


def test_an_emptied_cell_is_erased_and_undone(planner):
    assert cell(planner, nilai="30").status_code == 200
    assert cell(planner, seen="30%", nilai="").status_code == 200
    assert stored() is None
    assert cell(planner, nilai="30%", alasan="Urungkan").status_code == 200
    assert tables.FieldChange.objects.filter(field="Realisasi").last().reason == "Urungkan"


def test_two_people_are_shown_both_values(planner, signed_in):
    other = signed_in(Role.ADMINISTRATOR)
    assert cell(other, nilai="40").status_code == 200
    answer = cell(planner, seen="", nilai="41")
    assert answer.status_code == 409
    said = answer.json()
    assert (said["mine"], said["theirs"], said["by"]) == ("41%", "40%", "Contoh Administrator")
    assert cell(planner, seen=said["stands"]["seen"], nilai="41").status_code == 200


def test_an_outlier_is_told_at_entry_and_saved_all_the_same(planner):
    assert cell(planner, nilai="20").status_code == 200
    said = cell(planner, period="triwulan-2", nilai="80").json()
    assert any("lebih tinggi" in remark for remark in said["remarks"])


def test_a_value_that_is_no_draft_stays(planner):
    answer = cell(planner, indicator="IKU-2", period="tahun-1", seen="56%", pembilang="1", penyebut="2")
    assert answer.status_code == 422
    assert "diajukan" in answer.json()["words"]


def test_the_grid_is_exported(planner):
    sheet = planner.get(AT, {"format": "xlsx", "unit": "BAG-KAJ"})
    assert sheet.content[:2] == b"PK"
    assert sheet["Content-Disposition"].startswith("attachment")


def test_bulk_steps_tell_what_became_of_each(planner, signed_in):
    cell(planner, nilai="25")
    given = {"langkah": "ajukan", "periode": "triwulan-1", "pilih": ["IP-I", "IP-II"]}
    page = planner.post(f"{AT}langkah/", given)
    assert (page.context["done"], page.context["all"]) == (1, 2)
    assert "belum diisi" in page.content.decode()
    superior = signed_in(Role.SUPERIOR)
    page = superior.post(f"{AT}langkah/", {"langkah": "verifikasi", "periode": "semua", "pilih": "IP-I"})
    assert page.context["done"] == 1
    assert stored().status == Progress.VERIFIED.value


def test_the_usual_refusals(planner, signed_in):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(AT).status_code == 404
    assert Client().get(AT).status_code == 302
    assert planner.post(AT).status_code == 405
    assert planner.get(f"{AT}sel/").status_code == 405
    assert planner.get(f"{AT}langkah/").status_code == 405
    assert cell(planner, indicator="LAIN", nilai="1").status_code == 404
    assert planner.post(f"{AT}langkah/", {"langkah": "terbang", "pilih": "IP-I"}).status_code == 404
    reader = signed_in(Role.EVALUATOR)
    assert reader.get(AT).status_code == 200
    assert cell(reader, nilai="1").status_code == 403
    assert reader.post(f"{AT}langkah/", {"langkah": "ajukan", "pilih": "IP-I"}).status_code == 403
    elsewhere = signed_in(Role.OWNER, unit="BAG-KAJ", name="contoh-kaj")
    assert cell(elsewhere, nilai="1").status_code == 403
