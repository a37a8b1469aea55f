"""Public pages and open data: only what is published, without people, safe for spreadsheets, kept by caches."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import BIRO, KPU

from selaras.actions.editions import approve, freeze, publish, send_to_review, withdraw
from selaras.core.access import Role, acting
from selaras.core.errors import Refusal
from selaras.documents.package import ACTIVE, safe_cell
from selaras.store import models as tables
from selaras.store.editions import read_edition_file, standing_licence
from selaras.store.models.work import ReviewState
from selaras.store.snapshot import load_snapshot

WRITER = acting("Penulis Contoh", {Role.REPORTER})
HEAD = acting("Pimpinan Contoh", {Role.LEADER})


def release(agency, year, kind="lkjip"):
    edition = freeze(WRITER, agency=agency, year=year, kind=kind)
    if kind == "lkjip":
        case = send_to_review(WRITER, agency=agency, edition=edition.pk)
        tables.ReviewCase.objects.filter(pk=case.pk).update(state=ReviewState.DONE.value)
    approve(HEAD, agency=agency, edition=edition.pk)
    return publish(HEAD, agency=agency, edition=edition.pk)


@pytest.fixture(scope="module")
def released(samples, django_db_blocker, tmp_path_factory):
    """The first sample agency's report, published once for all tests of the module."""
    folder = tmp_path_factory.mktemp("publik")
    with django_db_blocker.unblock(), override_settings(DATA=folder):
        return folder, release(BIRO, 2024).pk


@pytest.fixture
def edition(released, inside, settings):
    settings.DATA, pk = released
    return tables.ReportEdition.objects.select_related("agency").get(pk=pk)


@pytest.fixture
def nothing(inside):
    """A world in which nothing was published yet."""
    tables.ReviewCase.objects.all().delete()
    tables.ReportEdition.objects.all().delete()


@pytest.fixture
def citizen():
    return Client()


PAGES = ("", "verifikasi/", f"{BIRO}/", f"{BIRO}/2024/", f"{BIRO}/2024/indikator/IKU-1/", "peta-situs.xml")
DATA = ("data.json", "data.csv", "indikator/IKU-1/data.json", "indikator/IKU-1/data.csv")


def test_every_page_opens_without_sign_in_cookie_or_many_queries(edition, citizen, django_assert_max_num_queries):
    for page in (*PAGES, *(f"{BIRO}/2024/{name}" for name in DATA)):
        with django_assert_max_num_queries(4):
            answer = citizen.get(f"/publik/{page}")
        assert answer.status_code == 200, page
        assert not answer.cookies, page
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_nothing_is_public_before_it_is_published_nor_after_it_is_withdrawn(nothing, citizen):
    made = freeze(WRITER, agency=BIRO, year=2024, kind="lkjip")
    name = next(iter(made.files))
    pages = [f"{BIRO}/", f"{BIRO}/2024/", f"{BIRO}/2024/data.csv", f"{BIRO}/2024/berkas/{made.pk}/{name}"]
    for page in pages:
        assert citizen.get(f"/publik/{page}").status_code == 404
    assert BIRO not in citizen.get("/publik/").content.decode()
    send_to_review(WRITER, agency=BIRO, edition=made.pk)
    tables.ReviewCase.objects.update(state=ReviewState.DONE.value)
    approve(HEAD, agency=BIRO, edition=made.pk)
    publish(HEAD, agency=BIRO, edition=made.pk)
    assert citizen.get(f"/publik/{BIRO}/2024/").status_code == 200
    assert citizen.get(f"/publik/{BIRO}/2024/berkas/{made.pk}/{name}").status_code == 404
    withdraw(HEAD, agency=BIRO, edition=made.pk, reason="Keliru.")
    for page in pages:
        assert citizen.get(f"/publik/{page}").status_code == 404


def test_live_changes_do_not_reach_the_public(edition, citizen):
    before = citizen.get(f"/publik/{BIRO}/2024/data.csv").content
    tables.Realisation.objects.filter(agency__code=BIRO, value_kind="persen").update(value_amount=1)
    tables.Indicator.objects.filter(agency__code=BIRO).update(name="Nama lain")
    assert citizen.get(f"/publik/{BIRO}/2024/data.csv").content == before


def test_unknown_things_are_404_and_writing_is_405(edition, citizen):
    for page in ("ENTAH/", f"{BIRO}/1999/", f"{KPU}/2022/", f"{BIRO}/2024/indikator/ENTAH/"):
        assert citizen.get(f"/publik/{page}").status_code == 404
    for page in PAGES[:1] + PAGES[2:]:
        assert citizen.post(f"/publik/{page}").status_code == 405


def test_no_person_stands_on_any_public_page_or_file(edition, citizen):
    snapshot = load_snapshot(BIRO, 2024)
    people = {who.name for who in (*snapshot.tenures, *snapshot.employees) if who.name}
    people |= {who.nip for who in (*snapshot.tenures, *snapshot.employees) if who.nip}
    assert people
    seen = [citizen.get(f"/publik/{page}").content.decode() for page in (*PAGES, f"{BIRO}/2024/data.json")]
    page = next(name for name in edition.files if name.startswith("publik/") and name.endswith(".html"))
    seen.append(read_edition_file(BIRO, edition.files[page], "html").decode())
    assert not [secret for secret in people for text in seen if secret in text]


def test_files_are_given_as_registered_and_only_to_save(edition, citizen):
    for name, sha256 in edition.files.items():
        if name.startswith("publik/") and not name.endswith(".json"):
            short = name.removeprefix("publik/")
            sent = citizen.get(f"/publik/{BIRO}/2024/berkas/{edition.pk}/{short}")
            assert sent["Content-Disposition"].startswith("attachment")
            assert sent["X-Content-Type-Options"] == "nosniff"
            assert sent["ETag"] == f'"{sha256}"'
            again = citizen.get(sent.wsgi_request.path, headers={"If-None-Match": sent["ETag"]})
            assert again.status_code == 304


def test_caches_may_keep_pages_and_ask_again(edition, citizen):
    for page in (f"{BIRO}/2024/", f"{BIRO}/2024/data.json", f"{BIRO}/2024/indikator/IKU-1/"):
        first = citizen.get(f"/publik/{page}")
        assert first["Cache-Control"].startswith("public")
        assert first["Last-Modified"]
        assert citizen.get(f"/publik/{page}", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_open_data_say_what_they_are(edition, citizen):
    body = json.loads(citizen.get(f"/publik/{BIRO}/2024/indikator/IKU-1/data.json").content)
    meta, item = body["metadata"], body["indicator"]
    assert {"title", "period", "published_at", "licence", "data_sha256", "source"} <= set(meta)
    assert {"unit", "polarity", "formula", "source", "target", "realisation", "achievement"} <= set(item)
    assert item["target"] == {"shown": "87%", "value": "87", "kind": "persen"}


def test_csv_has_one_line_per_indicator_and_year_in_utf8(edition, citizen):
    content = citizen.get(f"/publik/{BIRO}/2024/data.csv").content
    assert content.startswith("\ufeff".encode())
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    this = [line for line in lines if line["periode"] == "2024"]
    assert [line["indikator_kode"] for line in this] == ["IKU-1", "IKU-2"]
    assert this[0]["capaian_persen"] == "100.00"
    assert len(this[0]["sha256_data"]) == 64


@given(st.text(max_size=20))
def test_no_cell_begins_a_formula_unless_it_is_a_number(words):
    cell = safe_cell(words)
    assert not cell.startswith(ACTIVE) or cell.removeprefix("-").replace(".", "", 1).isdecimal()
    assert cell.removeprefix("'") == words or cell == words


@pytest.mark.parametrize("code", ["-12.5", "-3"])
def test_negative_numbers_stay_numbers(code):
    assert safe_cell(code) == code


def test_the_list_is_searched_by_name_and_place(edition, citizen):
    for words, found in (("biro", True), ("denpasar", True), ("tidak ada", False), ("%", False)):
        assert (BIRO in citizen.get("/publik/", {"cari": words}).content.decode()) is found, words


def test_agreements_stand_beside_the_report(edition, citizen):
    release(BIRO, 2024, "pk")
    page = citizen.get(f"/publik/{BIRO}/").content.decode()
    assert "Perjanjian kinerja" in page
    assert "-publik.pdf" in page


def test_a_file_is_recognised_by_its_content_and_not_kept(edition, citizen, settings):
    name, sha256 = next((n, s) for n, s in edition.files.items() if n.endswith("-publik.pdf"))
    content = read_edition_file(BIRO, sha256, "pdf")
    before = sum(1 for path in settings.DATA.rglob("*") if path.is_file())
    told = citizen.post("/publik/verifikasi/", {"berkas": SimpleUploadedFile("lain.pdf", content)})
    assert told.context["found"][0]["name"] == name.removeprefix("publik/")
    other = citizen.post("/publik/verifikasi/", {"berkas": SimpleUploadedFile("lain.pdf", content + b" ")})
    assert other.context["found"] == []
    assert citizen.get("/publik/verifikasi/", {"sha256": sha256.upper()}).context["found"]
    assert citizen.post("/publik/verifikasi/", {"sha256": "abc"}).status_code == 422
    assert citizen.post("/publik/verifikasi/").status_code == 422
    assert sum(1 for path in settings.DATA.rglob("*") if path.is_file()) == before
    withdraw(HEAD, agency=BIRO, edition=edition.pk, reason="Keliru.")
    assert citizen.get("/publik/verifikasi/", {"sha256": sha256}).context["found"][0]["withdrawn"]


def test_search_engines_find_the_public_pages_and_nothing_else(edition, citizen):
    robots = citizen.get("/robots.txt").content.decode()
    assert "Disallow: /\n" in robots
    assert "Allow: /publik/" in robots
    assert f"/publik/{BIRO}/2024/</loc>" in citizen.get("/publik/peta-situs.xml").content.decode()


def test_the_other_sample_agency_can_publish_too(inside, citizen):
    release(KPU, 2022)
    page = citizen.get(f"/publik/{KPU}/2022/")
    assert page.status_code == 200
    for goal in page.context["data"]["goals"]:
        for item in goal["indicators"]:
            assert citizen.get(f"/publik/{KPU}/2022/indikator/{item['code']}/").status_code == 200


def test_the_terms_are_proposed_until_the_agency_chooses_and_then_stand(edition, citizen):
    told = citizen.get(f"/publik/{BIRO}/2024/data.json").json()["metadata"]["licence"]
    assert (told["code"], told["status"]) == ("CC-BY-4.0", "bawaan, belum ditetapkan instansi")
    page = citizen.get(f"/publik/{BIRO}/2024/").content.decode()
    assert told["url"] in page
    assert told["status"] in page
    with pytest.raises(Refusal, match="Lisensi"):
        publish_next("MILIK-SENDIRI")
    publish_next("CC0-1.0")
    assert standing_licence(BIRO) == "CC0-1.0"
    csv_page = citizen.get(f"/publik/{BIRO}/2024/data.csv").content.decode()
    assert "CC0-1.0" in csv_page
    assert "CC-BY-4.0" not in csv_page
    publish_next("")
    told = citizen.get(f"/publik/{BIRO}/2024/data.json").json()["metadata"]["licence"]
    assert (told["code"], told["status"]) == ("CC0-1.0", "ditetapkan instansi")


def test_the_terms_are_chosen_on_a_page_of_their_own_and_stand_on_the_public_one(edition, citizen, signed_in):
    at = f"/i/{BIRO}/2024/laporan/lisensi/"
    head = signed_in(Role.LEADER)
    assert "Instansi belum menetapkan lisensi." in head.get(at).content.decode()
    assert head.post(at, {"lisensi": "MILIK-SENDIRI"}).status_code == 422
    assert signed_in(Role.TREASURER).get(at).status_code == 403
    assert signed_in(Role.LEADER, agency=KPU, name="contoh-asing").get(at).status_code == 404
    assert head.post(at, {"lisensi": "CC0-1.0"}).status_code == 302
    assert "Instansi belum menetapkan lisensi." not in head.get(at).content.decode()
    page = citizen.get(f"/publik/{BIRO}/").content.decode()
    assert "publicdomain/zero" in page
    assert tables.FieldChange.objects.get(kind="Agency", key=BIRO).after == "CC0-1.0"
    assert tables.AuditRecord.objects.filter(action="menetapkan lisensi data terbuka").count() == 3 - 1


def publish_next(licence):
    row = tables.Realisation.objects.filter(agency__code=BIRO, value_amount__isnull=False).first()
    tables.Realisation.objects.filter(pk=row.pk).update(note=f"{row.note}.")
    made = freeze(WRITER, agency=BIRO, year=2024, kind="lkjip")
    send_to_review(WRITER, agency=BIRO, edition=made.pk)
    tables.ReviewCase.objects.update(state=ReviewState.DONE.value)
    approve(HEAD, agency=BIRO, edition=made.pk)
    publish(HEAD, agency=BIRO, edition=made.pk, licence=licence)
