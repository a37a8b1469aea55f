"""Verification by programs: a file handed in, the answer asked for, anchors for those who may."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from selaras.actions import _verifying_runner
from selaras.actions.anchors import anchor_trail
from selaras.actions.verifying import work_off
from selaras.core.access import Actor, Role, operator


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """The work is done by the test itself."""
    monkeypatch.setattr(_verifying_runner, "launch", lambda _data, _waiting: None)


def test_a_file_is_handed_in_and_its_answer_fetched(program):
    reader = program(Role.READER)
    upload = SimpleUploadedFile("surat.pdf", b"%PDF-1.7 rusak", "application/pdf")
    made = reader.client.post("/api/v1/verifications", {"file": upload})
    assert made.status_code == 202, made.content
    code = json.loads(made.content)["code"]
    assert reader.get(f"/verifications/{code}").json()["state"] == "menunggu"
    work_off(Actor("uji"))
    done = reader.get(f"/verifications/{code}").json()
    assert done["result"]["verdict"]["outcome"] == "tidak dapat diperiksa"
    assert reader.get("/verifications/tidak-ada-kode-yang-begini").status_code == 404
    empty = SimpleUploadedFile("kosong.pdf", b"", "application/pdf")
    assert reader.client.post("/api/v1/verifications", {"file": empty}).status_code == 422


def test_anchors_are_for_who_looks_after_the_whole_installation(program):
    anchor_trail(operator("Contoh"))
    assert program(Role.ADMINISTRATOR).get("/audit/anchors").status_code == 403
