"""The search: every kind of thing, only what the person may see, few queries."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Actor, Role, acting
from selaras.store import models as tables
from selaras.store.searching import SNIPPET, Found, around, search

AT = f"/i/{BIRO}/2024/cari/"
BOTH = acting("Contoh", {Role.PLANNER}, {BIRO, KPU})


def groups(client, query):
    return {group["key"]: group for group in client.get(AT, {"q": query}).context["groups"]}


def test_one_query_finds_every_kind(inside, django_assert_num_queries):
    agency = tables.Agency.objects.get(code=BIRO)
    tables.ReportEdition.objects.create(agency=agency, year=2024, kind="lkjip", span="tahun", state="draf")
    tables.Recommendation.objects.create(
        agency=agency, sequence=1, code="REK-2024-01", year=2024, stage="diberikan", text="Menyusun pohon kinerja."
    )
    tables.ReformAction.objects.create(
        agency=agency, sequence=1, code="RB-01", year=2024, title="Memetakan proses bisnis", area="tatalaksana"
    )
    found = set()
    for words in ("perpustakaan", "PK", "pegawai", "kepala", "lkjip 2024", "a"):
        with django_assert_num_queries(1):
            found |= {hit.kind for hit in search(BOTH, words, first=BIRO)}
    assert found == set(Found) - {
        Found.SKP,
        Found.RECORD,
    }  # there are none here; tests/web/people and registers search them


def test_the_page_costs_few_queries_and_every_hit_opens(planner, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = planner.get(AT, {"q": "organisasi"})
    for group in page.context["groups"]:
        assert planner.get(group["lines"][0]["url"], follow=True).status_code == 200, group["lines"][0]


def test_an_equal_code_stands_first_and_all_words_count(planner):
    assert groups(planner, "IKU-2")["indikator"]["lines"][0]["facts"].startswith("IKU-2")
    assert (
        groups(planner, "perpustakaan standar nasional")["indikator"]["count"]
        < groups(planner, "perpustakaan")["indikator"]["count"]
    )


def test_only_agencies_of_the_person_are_searched(inside):
    assert {hit.agency for hit in search(BOTH, "persentase")} == {BIRO, KPU}
    assert {hit.agency for hit in search(acting("Contoh", {Role.OWNER}, {KPU}), "persentase")} == {KPU}
    assert search(acting("Umum", {Role.READER}, {BIRO}), "persentase") == []
    assert search(Actor("Tamu"), "persentase") == []
    assert search(acting("Semua", {Role.REVIEWER}), "persentase", first=KPU)[0].agency == KPU


@pytest.mark.parametrize("words", ["", " ", "x", "%", "'; drop table", "tidak-ada-sama-sekali", "a " * 50])
def test_odd_words_break_nothing(words, planner):
    assert planner.get(AT, {"q": words}).status_code == 200


def test_all_of_one_kind_on_request(planner):
    page = planner.get(AT, {"q": "persen", "jenis": "indikator"})
    assert [group["key"] for group in page.context["groups"]] == ["indikator"]
    assert page.context["groups"][0]["more"] == 0


def test_strangers_the_public_nobody_and_other_methods(signed_in, planner):
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(AT).status_code == 404
    assert signed_in(Role.READER).get(AT).status_code == 403
    assert Client().get(AT)["Location"].startswith("/akun/login/")
    assert planner.post(AT).status_code == 405


def test_the_box_stands_on_every_page_inside(planner):
    assert f'action="{AT}"' in planner.get(f"/i/{BIRO}/2024/beranda/").content.decode()


@given(st.text(max_size=600), st.text(min_size=1, max_size=10))
def test_a_snippet_is_short_and_part_of_its_text(text, word):
    piece = around(text, word)
    core = piece.removeprefix("… ").removesuffix(" …")
    assert core.strip() in text
    assert len(core) <= SNIPPET
