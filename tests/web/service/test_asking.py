"""Somebody asks on the public form: what the form takes, what it refuses, and the receipt shown once."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU
from tests.web.service.conftest import COMPLAINT, OBJECTION, PPID, PROMISED, TEXTS

from selaras.actions import _visits, tickets
from selaras.store import models as tables
from selaras.store.tickets import public_registers
from selaras.web.service import limits, stamps

PAGE = f"/publik/{BIRO}/layanan/ajukan/{PPID}/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def filled(visitor, page=PAGE, **more):
    shown = visitor.get(page).content.decode()
    stamp = html.unescape(re.search(r'name="cap" value="([^"]+)"', shown).group(1))
    return {"cap": stamp, "setuju": "1"} | {f"isi-{name}": text for name, text in TEXTS.items()} | more


def received(answer):
    text = answer.content.decode()
    return re.search(r'id="nomor-tiket">([^<]+)<', text).group(1), re.search(
        r'id="kode-rahasia"[^>]*>([^<]+)<', text
    ).group(1)


def test_a_request_comes_in_and_its_receipt_is_for_one_visitor(desk, visitor):
    answer = visitor.post(PAGE, filled(visitor, kabari="1"))
    assert answer.status_code == 200
    number, secret = received(answer)
    row = tables.RegisterRecord.objects.get(number=number)
    assert row.public
    assert tables.RegisterTicket.objects.get(record=row).email == TEXTS["surel"]
    assert row.events.filter(note=tickets.AGREED).exists()
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert secret not in repr(list(tables.AuditRecord.objects.values()))


def test_a_form_that_is_loaded_again_is_not_sent_twice(desk, visitor):
    given = filled(visitor)
    assert visitor.post(PAGE, given).status_code == 200
    assert visitor.post(PAGE, given).status_code == 409
    assert tables.RegisterRecord.objects.count() == 1


def test_without_consent_nothing_is_kept_and_what_was_typed_stays(desk, visitor):
    given = filled(visitor)
    del given["setuju"]
    answer = visitor.post(PAGE, given)
    assert answer.status_code == 422
    assert "Persetujuan pemrosesan data pribadi" in answer.content.decode()
    assert TEXTS["informasi"] in html.unescape(answer.content.decode())
    assert not tables.RegisterRecord.objects.exists()
    assert visitor.post(PAGE, given | {"setuju": "1"}).status_code == 200


def test_a_missing_field_is_named_beside_it(desk, visitor):
    answer = visitor.post(PAGE, filled(visitor, **{"isi-tujuan": "", "isi-surel": "bukan surel"}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_isi-tujuan"' in text
    answer = visitor.post(PAGE, filled(visitor, **{"isi-surel": "bukan surel"}))
    assert answer.status_code == 422
    assert 'href="#id_isi-surel"' in answer.content.decode()


def test_programs_are_refused(desk, visitor, monkeypatch):
    assert visitor.post(PAGE, filled(visitor, situs_web="http://a.example")).status_code == 422
    links = "http://a.example http://b.example http://c.example http://d.example"
    assert visitor.post(PAGE, filled(visitor, **{"isi-informasi": links})).status_code == 422
    assert visitor.post(PAGE, filled(visitor) | {"cap": "rekaan"}).status_code == 422
    given = filled(visitor)
    monkeypatch.setattr(stamps, "QUICKEST", 60)
    answer = visitor.post(PAGE, given)
    assert answer.status_code == 422
    assert "terlalu cepat" in answer.content.decode()
    monkeypatch.setattr(stamps, "QUICKEST", 0)
    again = html.unescape(re.search(r'name="cap" value="([^"]+)"', answer.content.decode()).group(1))
    assert visitor.post(PAGE, given | {"cap": again}).status_code == 200


def test_a_flood_is_refused_and_then_not_even_read(desk, visitor, monkeypatch):
    for _ in range(_visits.PER_HOUR):
        assert visitor.post(PAGE, filled(visitor)).status_code == 200
    assert visitor.post(PAGE, filled(visitor)).status_code == 422
    monkeypatch.setattr(limits, "_count", lambda *_: 1000)
    answer = visitor.post(PAGE, filled(visitor))
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "127.0.0.1" not in repr(list(tables.RegisterVisit.objects.values()))


def test_files_are_looked_at_like_evidence_and_lose_their_names(desk, visitor):
    file = SimpleUploadedFile("ktp-kenariwati.pdf", PDF, "application/pdf")
    number, _secret = received(visitor.post(PAGE, filled(visitor) | {"lampiran": [file]}))
    event = tables.RegisterRecord.objects.get(number=number).events.exclude(file="").get()
    assert event.file.endswith("-lampiran.pdf")
    assert "kenari" not in event.file
    for content, name in (
        (b"MZ\x90\x00" + b"\0" * 200, "surat.pdf"),
        (b"", "kosong.pdf"),
        (PDF + b"\0" * (6 << 20), "besar.pdf"),
    ):
        answer = visitor.post(PAGE, filled(visitor) | {"lampiran": [SimpleUploadedFile(name, content)]})
        assert answer.status_code == 422, name
    many = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]
    assert visitor.post(PAGE, filled(visitor) | {"lampiran": many}).status_code == 422
    assert tables.RegisterRecord.objects.count() == 1


def test_objection_and_complaint_have_forms_and_a_counter_service_has_none(desk, visitor):
    for code in (OBJECTION, COMPLAINT):
        assert visitor.get(f"/publik/{BIRO}/layanan/ajukan/{code}/").status_code == 200
    assert PROMISED in {item.code for item in public_registers(BIRO)}
    for code in (PROMISED, "disiplin_netralitas", "tiada"):
        assert visitor.get(f"/publik/{BIRO}/layanan/ajukan/{code}/").status_code == 404
    assert visitor.get(f"/publik/{KPU}/layanan/ajukan/{PPID}/").status_code == 404
    page = f"/publik/{BIRO}/layanan/ajukan/{COMPLAINT}/"
    given = {
        "cap": filled(visitor, page)["cap"],
        "setuju": "1",
        "isi-uraian": "Antrean terlalu lama.",
        "isi-rahasia": "on",
    }
    assert visitor.post(page, given).status_code == 200
    assert tables.RegisterRecord.objects.get(definition__code=COMPLAINT).content["rahasia"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(desk, visitor, method):
    assert getattr(visitor, method)(PAGE).status_code == 405
