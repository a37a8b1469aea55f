"""Uploaded evidence: told by its content, looked at by the scanner, and fixed with its value."""

import io
import sys
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from PIL import Image
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions import _keeping as keeping
from selaras.actions._content import CSV, JPEG, PDF, PNG, TEXT, WEBP, XLSX, kind_of
from selaras.actions.evidence import Upload, link_evidence, register_evidence, remove_evidence, upload_evidence
from selaras.actions.measurement import lock_realisation, record_realisation, submit_realisation, verify_realisation
from selaras.core.access import Role, acting
from selaras.core.errors import CannotRun, NotAllowed, NotFound, Refusal
from selaras.core.period import quarter
from selaras.core.value import percent
from selaras.store.evidence import folder
from selaras.store.models import AuditRecord, Evidence, FieldChange

pytestmark = pytest.mark.django_db

BY = acting("Contoh Pengisi", {Role.PLANNER}, {AGENCY.code})
OTHER = acting("Contoh Pemeriksa", {Role.PLANNER}, {AGENCY.code})
AT = {"agency": AGENCY.code, "indicator": "IKU-1", "period": quarter(2024, 3)}


@pytest.fixture(autouse=True)
def workspace(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.SCAN_COMMAND = ""
    fill(records())


def file(tmp_path, content, name="berkas.bin"):
    path = tmp_path / "unggahan"
    path.write_bytes(content)
    return Upload(path, name)


def picture(kind):
    target = io.BytesIO()
    Image.new("RGB", (2, 2)).save(target, kind)
    return target.getvalue()


def sheet():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def packed(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.exe", PDF), (picture("PNG"), "a.jpg", PNG), (picture("JPEG"), "a", JPEG),
        (picture("WEBP"), "a", WEBP), (sheet(), "a.zip", XLSX), (b"a;b\n1;2\n", "a.csv", CSV), ("é\n".encode(), "a", TEXT),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(tmp_path, content, name, kind):
    given = file(tmp_path, content, name)
    assert kind_of(given.path, given.name) is kind
    assert upload_evidence(BY, **AT, upload=given).target.endswith(kind.suffix)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0\1\2", b"MZ\x90\0", b"<!DOCTYPE html><p>", b"  <html>", b"\xef\xbb\xbf<svg xmlns=''>", b"<?xml version='1.0'?>",
        b"#!/bin/sh\n", b"teks <script>alert(1)</script>", b"\xff\xfe\x41", b"PK\x03\x04rusak", packed(a_dot_txt="x"),
        packed(_Content_Types="x"), b"<html>%PDF-1.7", b"{\\rtf1}",
    ],
)  # fmt: skip
def test_what_a_browser_or_machine_would_run_is_not_taken(tmp_path, content):
    with pytest.raises(Refusal, match="tidak disimpan"):
        upload_evidence(BY, **AT, upload=file(tmp_path, content, "laporan.pdf"))
    assert not folder(AGENCY.code).exists()
    assert "tidak disimpan" in AuditRecord.objects.last().details["refused"]


def test_a_workbook_with_macros_is_not_taken(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet())
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/vbaProject.bin", "x")
    assert kind_of(path, "a.xlsx") is None


def test_a_file_that_is_too_large_is_refused_with_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES", 10)
    with pytest.raises(Refusal) as refused:
        upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.7 lebih panjang"))
    assert "terlalu besar" in refused.value.faults[0].message


@pytest.mark.parametrize(("status", "problem"), [(1, Refusal), (2, CannotRun)])
def test_the_scanner_has_the_last_word(tmp_path, settings, status, problem):
    settings.SCAN_COMMAND = f"{sys.executable} -c 'import sys; sys.exit({status})'"
    with pytest.raises(problem):
        upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.7\n"))
    assert not Evidence.objects.filter(kind="berkas").exists()


def test_a_clean_file_is_kept_and_that_it_was_looked_at_too(tmp_path, settings):
    settings.SCAN_COMMAND = f"{sys.executable} -c pass"
    given = upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.7\n", "Notula_rapat.pdf"), dated=date(2024, 9, 3))
    assert given.title == "Notula rapat"
    assert AuditRecord.objects.last().details["scanned"] == "ya"
    settings.SCAN_COMMAND = "/tidak/ada"
    with pytest.raises(CannotRun, match="pemindai"):
        upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.6\n"))


def test_the_same_twice_is_refused_and_the_same_title_gets_a_number(tmp_path):
    upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.7\n", "a.pdf"))
    with pytest.raises(Refusal, match="sudah ada"):
        upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.7\n", "a.pdf"), title="lain")
    assert upload_evidence(BY, **AT, upload=file(tmp_path, b"%PDF-1.6\n", "a.pdf")).title == "a (2)"


def test_links_and_registers_are_kept_with_their_history():
    link_evidence(BY, **AT, address=" https://data.contoh.example/a ")
    register_evidence(BY, **AT, target="Map 3", title="Register")
    kept = Evidence.objects.filter(span="triwulan").values_list("kind", "title", "target")
    assert sorted(kept) == [
        ("register", "Register", "Map 3"), ("tautan", "data.contoh.example", "https://data.contoh.example/a"),
    ]  # fmt: skip
    remove_evidence(BY, **AT, title="Register", reason="keliru")
    last = FieldChange.objects.of(AGENCY.code, "Evidence").first()
    assert (last.before, last.after, last.reason) == ("Register", "", "keliru")
    with pytest.raises(NotFound):
        remove_evidence(BY, **AT, title="Register")


@pytest.mark.parametrize("address", ["", "contoh", "javascript:alert(1)", "http://a:b@contoh.example/"])
def test_only_addresses_of_the_web_are_links(address):
    with pytest.raises(Refusal):
        link_evidence(BY, **AT, address=address)


def test_a_register_needs_a_place():
    with pytest.raises(Refusal):
        register_evidence(BY, **AT, target=" ", title="Register")


def test_evidence_is_fixed_with_its_value():
    record_realisation(BY, **AT, value=percent(61))
    register_evidence(BY, **AT, target="Map 3", title="Register")
    submit_realisation(BY, **AT)
    verify_realisation(OTHER, **AT)
    with pytest.raises(Refusal, match="terverifikasi"):
        remove_evidence(BY, **AT, title="Register")
    register_evidence(BY, **AT, target="Map 4", title="Susulan")
    lock_realisation(OTHER, **AT)
    with pytest.raises(Refusal, match="terkunci"):
        register_evidence(BY, **AT, target="Map 5", title="Terlambat")


def test_who_may_not_measure_keeps_nothing(tmp_path):
    reader = acting("Contoh Pembaca", {Role.EVALUATOR}, {AGENCY.code})
    with pytest.raises(NotAllowed):
        upload_evidence(reader, **AT, upload=file(tmp_path, b"%PDF-1.7\n"))
    with pytest.raises(NotFound):
        upload_evidence(BY, **{**AT, "indicator": "LAIN"}, upload=file(tmp_path, b"%PDF-1.7\n"))
