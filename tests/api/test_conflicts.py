"""Reading again costs little, and nobody overwrites what somebody else changed."""

import json

import pytest
from tests.web.conftest import BIRO

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/agencies/{BIRO}/2024"


@pytest.fixture
def unit(planner):
    return planner.get(f"{AT}/units").json()["items"][0]["record"]


def test_the_same_answer_is_not_sent_twice(planner):
    for path in ("/me", f"{AT}/units", f"{AT}/figures", f"{AT}/editions", "/openapi.json"):
        first = planner.get(path)
        assert first["ETag"]
        again = planner.client.get(f"/api/v1{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = planner.client.get(f"/api/v1{path}", headers={"If-None-Match": '"lain"'})
        assert other.status_code == 200


def test_a_change_changes_the_fingerprint(planner, unit):
    before = planner.get(f"{AT}/units")["ETag"]
    planner.send("put", f"{AT}/units", unit | {"name": "Bagian Contoh"})
    assert planner.get(f"{AT}/units")["ETag"] != before


def test_who_changes_what_another_has_changed_is_told_both_values(program, planner, unit):
    other = program(Role.ADMINISTRATOR)
    assert other.send("put", f"{AT}/units", unit | {"name": "Nama Orang Lain", "seen": unit}).status_code == 200
    answer = planner.send("put", f"{AT}/units", unit | {"name": "Nama Saya", "seen": unit})
    assert answer.status_code == 409
    told = answer.json()
    (clash,) = told["clashes"]
    assert (clash["seen"], clash["stands"], clash["given"]) == (unit["name"], "Nama Orang Lain", "Nama Saya")
    assert told["changed_by"] == "contoh-administrator-biro-org"
    assert told["changed_at"]
    assert tables.Unit.objects.get(agency__code=BIRO, code=unit["code"]).name == "Nama Orang Lain"


def test_fields_that_nobody_else_changed_do_not_clash(program, planner, unit):
    program(Role.ADMINISTRATOR).send("put", f"{AT}/units", unit | {"name": "Nama Orang Lain"})
    seen = {name: value for name, value in unit.items() if name in {"code", "name", "order"}} | {
        "name": "Nama Orang Lain"
    }
    answer = planner.send("put", f"{AT}/units", unit | {"name": "Nama Saya", "seen": seen})
    assert (answer.status_code, len(answer.json()["changes"])) == (200, 1)


def test_a_record_that_was_removed_meanwhile_is_a_conflict(planner):
    made = {"code": "BARU", "name": "Subbagian Contoh", "parent": "", "kind": "unit"}
    planner.send("put", f"{AT}/units", made)
    row = tables.Unit.objects.get(agency__code=BIRO, code="BARU").pk
    planner.send("delete", f"{AT}/units/{row}")
    assert planner.send("put", f"{AT}/units", made | {"name": "Lain", "seen": made}).status_code == 409


@pytest.mark.parametrize("body", [
    b'{"code": "A\\u0000", "name": "x"}', b'{"code": "A\\ud800", "name": "x"}', b'{"code": "A", "name": "x", "order": NaN}',
    b"{", b"[" * 100_000, b"\xff\xfe", b'{"code": "A", "name": "x", "order": 1e999999}',
])  # fmt: skip
def test_a_body_that_cannot_be_read_is_told_and_does_no_harm(planner, body):
    answer = planner.client.put(f"/api/v1{AT}/units", body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("amount", ["1e999999999", "1e-999999999", "NaN", "Infinity", "9" * 60])
def test_a_number_that_nobody_can_mean_is_refused(planner, amount):
    line = next(item["record"] for item in planner.get(f"{AT}/budget-lines").json()["items"])
    for body in (json.dumps(line | {"amount": amount}), json.dumps(line).replace(f'"{line["amount"]}"', amount)):
        answer = planner.client.put(f"/api/v1{AT}/budget-lines", body, content_type="application/json")
        assert answer.status_code in {400, 422}


def test_digits_that_are_sent_as_a_number_are_all_kept(planner):
    line = next(item["record"] for item in planner.get(f"{AT}/budget-lines").json()["items"])
    body = json.dumps(line).replace(f'"{line["amount"]}"', "1234567890123.45")
    answer = planner.client.put(f"/api/v1{AT}/budget-lines", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["changes"][0]["after"].startswith("1234567890123.45")


def test_a_code_with_a_slash_can_be_addressed(planner, unit):
    assert planner.get("/agencies/A~2FB").status_code == 404
    assert planner.get("/agencies/A~00B").status_code == 422
    assert planner.get("/agencies/BIRO~2DORG").status_code == 200


def test_an_impossible_year_or_row_is_refused(planner):
    assert planner.get(f"/agencies/{BIRO}/99999999999999999999/units").status_code == 422
    assert planner.get(f"{AT}/units/99999999999999999999").status_code == 422
    assert planner.get(f"{AT}/units/9223372036854775807").status_code == 404
