"""Measuring, computing and composing by programs."""

from pathlib import Path

import pytest
from tests.web.conftest import BIRO

from selaras.core.access import Role
from selaras.store import models as tables

ROOT = Path(__file__).parents[2]
AT = f"/agencies/{BIRO}"
PERIOD = {"year": 2024, "span": "triwulan", "index": 1}


@pytest.fixture
def indicator(inside):
    """An indicator whose percentage is typed, not counted."""
    tables.Indicator.objects.filter(agency__code=BIRO, code="IP-III").update(value_kind="persen", unit="Persen")
    return "IP-III"


def test_a_realisation_goes_its_way_by_two_people(program, indicator):
    enters, verifies = program(Role.OWNER), program(Role.SUPERIOR)
    path = f"{AT}/indicators/{indicator}/realisation"
    value = {"kind": "persen", "amount": "87.5"}
    written = enters.send("put", path, {"period": PERIOD, "value": value}, **{"Idempotency-Key": "satu"})
    again = enters.send("put", path, {"period": PERIOD, "value": value}, **{"Idempotency-Key": "satu"})
    assert again.json() == written.json()
    assert (written.status_code, written.json()["value"]["amount"]) == (200, "87.5")
    clash = enters.send("put", path, {"period": PERIOD, "value": value | {"amount": "90"}, "seen": ""})
    assert clash.status_code == 409
    assert clash.json()["clashes"][0]["stands"] == "87,5%"
    assert enters.send("post", f"{path}/submit", {"period": PERIOD}).json()["status"] == "diajukan"
    assert enters.send("post", f"{path}/verify", {"period": PERIOD}).status_code == 403
    assert (
        verifies.send("post", f"{path}/verify", {"period": PERIOD}).json()["verified_by"] == "contoh-superior-biro-org"
    )
    assert verifies.send("post", f"{path}/lock", {"period": PERIOD}).json()["status"] == "terkunci"


def test_figures_come_with_formula_and_inputs(planner):
    answer = planner.get(f"{AT}/2024/figures")
    assert answer.status_code == 200
    assert {"formula", "inputs", "value"} <= set(answer.json()[0])


def test_findings_of_the_gates_are_listed(planner):
    assert planner.get(f"{AT}/2024/findings").json()[0]["code"]


def test_the_workbook_goes_out_and_comes_back_without_a_change(planner):
    book = planner.get(f"{AT}/2024/workbook")
    assert book.content[:2] == b"PK"
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("data.xlsx", book.content)
    answer = planner.client.post("/api/v1/workbooks?dry_run=true", {"file": file})
    assert answer.status_code == 200, answer.content
    assert answer.json()["changes_total"] == 0


def test_a_document_is_composed(planner):
    answer = planner.send("post", f"{AT}/2024/documents", {"kind": "lkjip", "format": "docx"})
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert planner.send("post", f"{AT}/2024/documents", {"kind": "entah"}).status_code == 422


def test_the_trail_is_for_those_who_may_read_it(program, planner):
    assert planner.get(f"{AT}/audit").status_code == 403
    assert program(Role.ADMINISTRATOR).get(f"{AT}/audit").json()["total"] > 0


def test_the_document_of_the_api_can_be_read_without_a_token(inside):
    from django.test import Client

    answer = Client().get("/api/v1/openapi.json")
    assert answer.json()["openapi"] == "3.1.0"


def test_evidence_is_kept_under_a_name_that_tells_its_content(program):
    from django.core.files.uploadedfile import SimpleUploadedFile

    owner = program(Role.OWNER)
    file = SimpleUploadedFile("../../Daftar Hadir.pdf", b"%PDF-1.7 contoh")
    answer = owner.client.post(f"/api/v1{AT}/evidence", {"file": file})
    assert answer.status_code == 201
    assert answer.json()["name"].endswith("-daftar-hadir.pdf")
