"""A ticket followed by number and secret, up to its rating; a wrong secret is told as a number there is not."""

import html
import io
import re
import time

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU
from tests.web.service.conftest import CANARY, MAIL, PHONE, PROMISED, TODAY, finished
from tests.web.service.test_asking import PDF

from selaras.actions import register_records as records
from selaras.actions import tickets
from selaras.store import models as tables
from selaras.web.service import limits

DOOR = f"/publik/{BIRO}/layanan/tiket/"


def key(ticket, **more):
    return {"nomor": ticket.number, "kode": ticket.secret} | more


def stamped(visitor, ticket, **more):
    text = visitor.post(DOOR, key(ticket)).content.decode()
    return key(ticket, cap=html.unescape(re.search(r'name="cap" value="([^"]+)"', text).group(1)), **more)


def words_of(answer):
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_owner_sees_how_it_stands_and_nobody_is_named(ticket, visitor):
    answer = visitor.post(DOOR, key(ticket))
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Permohonan Anda telah kami terima" in text
    assert "paling lambat" in text
    assert not any(canary in text for canary in (CANARY, MAIL, PHONE))
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["", "pesan/", "nilai/", "surat/", "berkas/"])
def test_a_wrong_secret_and_an_unknown_number_get_one_answer(ticket, visitor, page):
    answers = set()
    for number, secret in ((ticket.number, "0000-0000-0000-0000"), ("9999/PI/I/2020", ticket.secret), ("x", "")):
        answer = visitor.post(DOOR + page, {"nomor": number, "kode": secret, "urutan": "1"})
        answers.add((answer.status_code, answer.content.decode().replace(f'value="{number}"', "")))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_many_wrong_secrets_cost_time_and_never_keep_the_owner_out(ticket, visitor):
    for number in (ticket.number, "9999/PI/I/2020"):
        told = [visitor.post(DOOR, {"nomor": number, "kode": "0000-0000-0000-0000"}).status_code for _ in range(6)]
        assert told == [404] * 5 + [429], number
    assert visitor.post(DOOR, key(ticket)).status_code == 200


def test_a_refusal_is_never_quick(ticket, visitor, monkeypatch):
    monkeypatch.setattr(limits, "SLOWEST", 0.3)
    for number in (ticket.number, "9999/PI/I/2020"):
        began = time.monotonic()
        visitor.post(DOOR, {"nomor": number, "kode": "0000-0000-0000-0000"})
        assert time.monotonic() - began >= 0.3


def test_the_secret_stands_in_no_address_and_the_door_opens_by_post_only(ticket, visitor):
    answer = visitor.get(DOOR, key(ticket))
    assert answer.status_code == 200
    assert "Permohonan Anda" not in answer.content.decode()
    assert visitor.get(DOOR + "pesan/").status_code == 405
    assert visitor.post(f"/publik/{KPU}/layanan/tiket/", key(ticket)).status_code == 404
    assert visitor.post("/publik/TIDAK-ADA/layanan/tiket/", key(ticket)).status_code == 404


def test_both_sides_write_and_files_go_along(ticket, visitor, desk):
    given = stamped(visitor, ticket, pesan="Ini keterangan tambahan.", lampiran=SimpleUploadedFile("aku.pdf", PDF))
    answer = visitor.post(DOOR + "pesan/", given)
    assert answer.status_code == 200
    assert "Ini keterangan tambahan." in answer.content.decode()
    again = visitor.post(DOOR + "pesan/", given)
    assert again.status_code == 200
    row = tables.RegisterRecord.objects.get(number=ticket.number)
    assert row.events.filter(kind="pesan dari pemohon").count() == 1
    order = re.search(r'name="urutan" value="(\d+)"', answer.content.decode()).group(1)
    file = visitor.post(DOOR + "berkas/", key(ticket, urutan=order))
    assert b"".join(file.streaming_content) == PDF
    assert "attachment" in file["Content-Disposition"]
    assert "sandbox" in file["Content-Security-Policy"]
    for wrong in ("9", "1", "x", "9" * 30):
        assert visitor.post(DOOR + "berkas/", key(ticket, urutan=wrong)).status_code == 404
    assert visitor.post(DOOR + "pesan/", stamped(visitor, ticket, pesan="")).status_code == 422
    tickets.answer_client(
        desk.petugas, agency=BIRO, register="permohonan_informasi", number=ticket.number, text="Besok siap."
    )
    assert "Besok siap." in visitor.post(DOOR, key(ticket)).content.decode()


def test_letters_come_when_the_matter_is_ready_for_them(ticket, visitor, desk):
    receipt = visitor.post(DOOR + "surat/", key(ticket, surat="tanda_terima"))
    assert receipt["Content-Type"] == "application/pdf"
    assert CANARY in words_of(receipt).replace("\r\n", " ").replace("\n", " ")
    assert visitor.post(DOOR + "surat/", key(ticket, surat="penolakan")).status_code == 404
    finished(desk, ticket.number)
    assert "Pemberitahuan tertulis" in visitor.post(DOOR, key(ticket)).content.decode()


def test_a_finished_service_is_rated_once(ticket, visitor, desk):
    finished(desk, ticket.number)
    given = stamped(visitor, ticket, komentar="Cepat.") | {
        f"unsur-{name}": "4" for name in ("sigap", "mudah", "akurat", "ramah")
    }
    answer = visitor.post(DOOR + "nilai/", given | {"unsur-terampil": "9"})
    assert answer.status_code == 422
    answer = visitor.post(DOOR + "nilai/", given | {"unsur-terampil": "3"})
    assert answer.status_code == 200
    assert "Terima kasih" in answer.content.decode()
    assert tables.RegisterRating.objects.get().answers["terampil"] == 3
    assert "Nilai layanan kami" not in visitor.post(DOOR, key(ticket)).content.decode()


def test_a_changed_promise_is_told(desk, visitor):
    number = records.open_record(
        desk.petugas, agency=BIRO, register=PROMISED,
        texts={"nama": CANARY, "layanan": "Surat", "tanggal_janji": TODAY.isoformat()},
    )  # fmt: skip
    ticket = tickets.give_ticket(desk.petugas, agency=BIRO, register=PROMISED, number=number)
    assert "berubah dari" not in visitor.post(DOOR, key(ticket)).content.decode()
    records.change_record(
        desk.petugas, agency=BIRO, register=PROMISED, number=number, texts={"tanggal_janji": "2030-01-02"}, reason="Dinas luar",
    )  # fmt: skip
    text = visitor.post(DOOR, key(ticket)).content.decode()
    assert "Tanggal yang dijanjikan berubah dari" in text
    assert "2 Januari 2030" in text
    assert "Dinas luar" not in text


def test_too_many_tries_from_one_address_are_turned_away(ticket, visitor, monkeypatch):
    monkeypatch.setattr(limits, "_count", lambda *_: 41)
    answer = visitor.post(DOOR, key(ticket))
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
