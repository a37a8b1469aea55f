"""Every kind of record over the API, with the same checks, rights and refusals as everywhere."""

import pytest
from tests.api.conftest import Program
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role, Scope
from selaras.core.measurement.records import Realisation
from selaras.core.snapshot import RECORD_KINDS
from selaras.store import models as tables

AT = f"/agencies/{BIRO}/2024"


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.field)
def test_every_record_is_listed_and_can_be_saved_back_unchanged(kind, program, django_assert_max_num_queries):
    everyone = program(*(role for role in Role if role is not Role.READER))
    path = f"{AT}/{kind.field.replace('_', '-')}"
    everyone.get("/me")
    with django_assert_max_num_queries(10):
        answer = everyone.get(path, limit=3)
    assert answer.status_code == 200, answer.content
    for item in answer.json()["items"]:
        assert everyone.get(f"{path}/{item['id']}").json() == item
        if kind.record is Realisation or item["record"].get("year", 2024) != 2024:
            continue
        saved = everyone.send("put", path, item["record"])
        assert (saved.status_code, saved.json()) == (200, {"changes": []})


def test_without_a_good_token_nothing_is_told(inside):
    for secret in ("", "selaras_salah", "lain"):
        answer = Program(secret).get("/me")
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert "Bearer" in answer["WWW-Authenticate"]


def test_a_stranger_gets_404_and_a_token_without_the_scope_403(program):
    assert program(Role.PLANNER, agency=KPU).get(f"{AT}/units").status_code == 404
    reader = program(Role.PLANNER, scopes=[Scope.READ])
    unit = reader.get(f"{AT}/units").json()["items"][0]["record"]
    answer = reader.send("put", f"{AT}/units", unit | {"name": "Lain"})
    assert answer.status_code == 403
    assert "tidak berhak" in answer.json()["detail"]


def test_a_fault_says_where_what_and_how_to_mend_it(planner):
    answer = planner.send("put", f"{AT}/positions", {"code": "BARU", "title": "Jabatan Contoh", "unit": "TIDAK-ADA"})
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert fault["read"] == "TIDAK-ADA"
    assert fault["remedy"]
    assert not tables.Position.objects.filter(code="BARU").exists()


def test_what_does_not_have_the_shape_is_refused_before_anything_else(planner):
    answer = planner.send("put", f"{AT}/units", {"code": "BARU", "kind": "kapal"})
    assert answer.status_code == 422
    assert {fault["place"]["column"].rpartition(".")[2] for fault in answer.json()["faults"]} == {"name", "kind"}


def test_a_write_sent_twice_with_its_key_happens_once(planner):
    unit = {"code": "BARU", "name": "Subbagian Contoh", "parent": "", "kind": "unit"}
    first = planner.send("put", f"{AT}/units", unit, **{"Idempotency-Key": "satu"})
    again = planner.send("put", f"{AT}/units", unit, **{"Idempotency-Key": "satu"})
    assert first.json() == again.json()
    assert again["Idempotent-Replay"] == "true"
    assert tables.AuditRecord.objects.filter(action="menyimpan unit kerja").count() == 1
    other = planner.send("put", f"{AT}/units", unit | {"name": "Lain"}, **{"Idempotency-Key": "satu"})
    assert other.status_code == 422


def test_a_record_that_nobody_names_is_removed(planner):
    planner.send("put", f"{AT}/units", {"code": "BARU", "name": "Subbagian Contoh", "parent": "", "kind": "unit"})
    row = tables.Unit.objects.get(agency__code=BIRO, code="BARU").pk
    assert planner.send("delete", f"{AT}/units/{row}").status_code == 204
    assert planner.get(f"{AT}/units/{row}").status_code == 404
