"""The public service pages: each works, shows counts only, and no canary of a personal field anywhere."""

import io
import logging
import re
import zipfile

import pytest
from tests.web.conftest import BIRO, KPU
from tests.web.service.conftest import CANARY, MAIL, PHONE, PPID, PUBLIC, TEXTS, TODAY, finished

from selaras.actions import service_surveys as surveys
from selaras.actions import tickets
from selaras.actions.register_files import export_records
from selaras.core.access import Actor, Role
from selaras.core.errors import NotAllowed
from selaras.core.registers import definition
from selaras.rulebook.registers import presets
from selaras.store import models as tables
from selaras.store.users import actor_of

ROOT = f"/publik/{BIRO}/layanan/"
PAGES = (
    "/publik/layanan/", ROOT, f"{ROOT}standar/", f"{ROOT}data/", f"{ROOT}data/{PPID}.csv", f"{ROOT}data/{PPID}.json",
    f"{ROOT}tahunan/{PPID}/{TODAY.year}/", f"{ROOT}kepuasan/", f"{ROOT}kepuasan/SKM-1/", f"{ROOT}tiket/",
    f"{ROOT}ajukan/{PPID}/",
)  # fmt: skip
SECRETS = (CANARY, CANARY.split()[0], MAIL, PHONE)


@pytest.fixture
def everything(desk, ticket, survey, norm):
    finished(desk, ticket.number)
    open_one = tickets.open_ticket(PUBLIC, agency=BIRO, register=PPID, texts=TEXTS, email=MAIL, source="198.51.100.8")
    tickets.write_message(
        PUBLIC,
        agency=BIRO,
        number=open_one.number,
        secret=open_one.secret,
        text=f"Saya {CANARY} {PHONE}",
    )
    tickets.rate_service(
        PUBLIC, agency=BIRO, number=ticket.number, secret=ticket.secret, comment=CANARY,
        answers=dict.fromkeys(("sigap", "mudah", "akurat", "ramah", "terampil"), 4),
    )  # fmt: skip
    surveys.publish_round(desk.pengelola, agency=BIRO, code="SKM-1", published=True)
    return open_one


@pytest.mark.parametrize("page", PAGES)
def test_each_page_works_names_nobody_and_leaves_no_cookie(everything, visitor, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(50 if "tahunan" in page else 20 if "data/" in page else 12):
        answer = visitor.get(page)
    assert answer.status_code == 200, page
    assert not answer.cookies
    text = answer.content.decode()
    assert not any(secret in text for secret in SECRETS), page
    assert everything.number not in text
    assert visitor.head(page).status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if "tiket" not in page and "ajukan" not in page])
def test_pages_to_read_take_nothing(everything, visitor, page):
    assert visitor.post(page).status_code == 405


def test_what_is_not_there_is_not_found(everything, visitor):
    for page in (
        "data/tiada.csv",
        "data/tiada.json",
        "tahunan/tiada/",
        f"tahunan/{PPID}/1999/",
        "kepuasan/tiada/",
        "kepuasan/tiada/lembar.pdf",
        "isi/SKM-1/salah/",
        "isi/tiada/salah/",
    ):
        assert visitor.get(ROOT + page).status_code == 404, page
    for page in ("", "standar/", "data/", "kepuasan/", "tiket/"):
        assert visitor.get(f"/publik/TIDAK-ADA/layanan/{page}").status_code == 404
    assert visitor.get(f"/publik/{KPU}/layanan/").status_code == 404


def test_counts_and_promises_are_those_of_the_registers(everything, visitor):
    text = visitor.get(ROOT).content.decode()
    assert re.search(r'data-label="Masuk">2<', text)
    assert re.search(r'data-label="Selesai">1<', text)
    assert visitor.get(f"{ROOT}tahunan/{PPID}/").status_code == 302
    year = visitor.get(f"{ROOT}tahunan/{PPID}/{TODAY.year}/").content.decode()
    assert "dikabulkan seluruhnya" in year
    promises = visitor.get(f"{ROOT}standar/").content.decode()
    assert "Layanan INFO" in promises
    assert "Layanan RAHASIA" not in promises
    assert "Tiga orang" not in promises


def test_a_result_is_public_only_once_it_was_published(desk, survey, visitor):
    assert visitor.get(f"{ROOT}kepuasan/SKM-1/").status_code == 404
    assert visitor.get(f"{ROOT}kepuasan/SKM-1/lembar.pdf").status_code == 404
    surveys.publish_round(desk.pengelola, agency=BIRO, code="SKM-1", published=True)
    text = visitor.get(f"{ROOT}kepuasan/SKM-1/").content.decode()
    assert "81,25" in text
    assert "terlalu sedikit" in text
    assert visitor.get(f"{ROOT}kepuasan/SKM-1/lembar.pdf")["Content-Type"] == "application/pdf"


def test_open_data_hold_no_personal_field_of_any_preset(everything, visitor):
    body = visitor.get(f"{ROOT}data/{PPID}.json").json()
    personal = {field.name for field in presets()[PPID].fields if field.personal}
    assert body["metadata"]["records"] == 2
    assert not personal & set(body["metadata"]["fields"])
    assert not personal & {name for row in body["records"] for name in row}
    assert definition.NUMBER not in repr(body)


def test_nothing_personal_is_logged_or_audited(desk, visitor, caplog):
    with caplog.at_level(logging.DEBUG):
        one = tickets.open_ticket(PUBLIC, agency=BIRO, register=PPID, texts=TEXTS, email=MAIL, source="198.51.100.7")
        visitor.post(f"{ROOT}tiket/", {"nomor": one.number, "kode": one.secret})
        visitor.post(f"{ROOT}ajukan/{PPID}/", {"isi-nama": CANARY})
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    told = repr(
        [*tables.AuditRecord.objects.values(), *tables.FieldChange.objects.values(), *tables.Notice.objects.values()]
    )
    for secret in (*SECRETS, one.secret):
        assert secret not in ours
        assert secret not in told


def test_exports_without_right_hold_no_personal_field(everything, desk, signed_in):
    owner = signed_in(Role.OWNER, name="pemilik")
    base = f"/i/{BIRO}/2024/skm/"
    for page in ("", "survei/SKM-1/", "standar/", "laporan/"):
        text = owner.get(base + page).content.decode()
        assert not any(secret in text for secret in (MAIL, PHONE)), page
    for form in ("pdf", "docx", "xlsx"):
        answer = owner.post(f"{base}laporan/{PPID}/{form}/")
        assert answer.status_code == 200
        assert CANARY.encode() not in answer.content
    assert owner.post(f"{base}survei/SKM-1/jawaban.csv").status_code == 403
    keeper = signed_in(Role.SERVICE, name="petugas")
    answers = keeper.post(f"{base}survei/SKM-1/jawaban.csv").content.decode()
    assert CANARY not in answers
    assert answers.count("\n") == 9


def test_pages_inside_hold_no_personal_field_for_who_may_not_read_it(everything, desk, signed_in, tmp_path):
    owner = signed_in(Role.OWNER, name="pemilik")
    one = Actor("pemilik", tuple(actor_of(tables.User.objects.get(username="pemilik"), TODAY).grants), login="pemilik")
    base = f"/i/{BIRO}/{TODAY.year}/register/{PPID}/"
    number = everything.number.replace("/", "~2F")
    for page in ("", f"rekaman/{number}/", "angka/", "laporan-tahunan/"):
        answer = owner.get(base + page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert not any(secret in text for secret in SECRETS), page
    for suffix in ("csv", "json", "xlsx"):
        path = tmp_path / f"register.{suffix}"
        export_records(one, agency=BIRO, register=PPID, path=path)
        content = path.read_bytes()
        if suffix == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        assert not any(secret.encode() in content for secret in SECRETS), suffix
    with pytest.raises(NotAllowed):
        export_records(one, agency=BIRO, register=PPID, path=tmp_path / "semua.csv", personal=True)
