"""SKPs and the reform over the API: the own file, a subordinate's, feedback and realisation, progress and units."""

import pytest
from tests.api.conftest import Program
from tests.web.conftest import BIRO

from selaras.actions import people as plans
from selaras.actions import people_agreeing
from selaras.actions.tokens import create_token
from selaras.core.access import Actor, Grant, Role, Scope
from selaras.store import models as tables

pytestmark = pytest.mark.usefixtures("inside")
AT = f"/agencies/{BIRO}"


def holder(login, position, scopes=(Scope.PEOPLE,)):
    agency = tables.Agency.objects.get(code=BIRO)
    user = tables.User.objects.create(username=login, name=f"Contoh {login}")
    tables.RoleGrant.objects.create(user=user, role=Role.SUPERIOR.value, agency=agency)
    tenure = tables.Tenure.objects.filter(agency=agency, position__code=position).first()
    tables.Seat.objects.create(user=user, tenure=tenure)
    tables.Tenure.objects.filter(pk=tenure.pk).update(since=None, until=None)
    return Program(create_token(Actor(user.name, login=login), name="uji", scopes=list(scopes))[1])


@pytest.fixture
def head(inside):
    by = Actor("Kepala", (Grant(Role.LEADER, BIRO),), "kepala", frozenset({(BIRO, "KABIRO")}))
    plan = plans.create_plan(by, agency=BIRO, year=2024, position="KABIRO", code="SKP-KABIRO")
    people_agreeing.propose(by, agency=BIRO, code=plan.code)
    above = Actor("Asisten", (Grant(Role.SUPERIOR, BIRO),), "asisten", frozenset({(BIRO, "ASISTEN")}))
    people_agreeing.agree(above, agency=BIRO, code=plan.code)
    return holder("kabiro", "KABIRO")


def test_the_person_reads_the_own_file_and_writes_what_is_not_measured(head):
    assert [item["code"] for item in head.get(f"{AT}/2024/skp/mine").json()] == ["SKP-KABIRO"]
    file = head.get(f"{AT}/skp/SKP-KABIRO").json()
    assert (file["state"], file["standing"], file["rows"][0]["target"]) == ("disepakati", ["pegawai"], "87%")
    period = {"year": 2024, "span": "tahun", "index": 1}
    typed = head.send(
        "put", f"{AT}/skp/SKP-KABIRO/results/1", {"period": period, "realised": {"kind": "persen", "amount": "90"}}
    )
    assert typed.status_code == 422
    told = head.send(
        "put", f"{AT}/skp/SKP-KABIRO/results/1", {"period": period, "text": "Lihat laporan.", "evidence": ["LHE"]}
    )
    assert told.json()["evidence"] == ["LHE"]


def test_the_superior_gives_feedback_and_sees_the_subordinate(head):
    above = holder("asisten", "ASISTEN")
    assert "SKP-KABIRO" in {item["code"] for item in above.get(f"{AT}/2024/skp/subordinates").json()}
    made = above.send("post", f"{AT}/skp/SKP-KABIRO/feedback", {"text": "Pertahankan.", "kind": "apresiasi", "row": 1})
    assert (made.status_code, made.json()["giver"]) == (201, "ASISTEN")
    assert [item["text"] for item in head.get(f"{AT}/skp/SKP-KABIRO").json()["feedback"]] == ["Pertahankan."]


def test_nobody_else_finds_the_file_and_no_other_scope_opens_it(head, program):
    assert program(Role.ADMINISTRATOR).get(f"{AT}/skp/SKP-KABIRO").status_code == 404
    user = tables.User.objects.get(username="kabiro")
    narrow = Program(create_token(Actor(user.name, login="kabiro"), name="baca", scopes=[Scope.READ])[1])
    assert narrow.get(f"{AT}/skp/SKP-KABIRO").status_code == 403


def test_the_reform_is_read_with_its_formula_and_written(program):
    planner = program(Role.PLANNER)
    found = planner.get(f"{AT}/2024/reform").json()
    assert (found["index"]["value"], found["index"]["predicate_status"]) == ("93.46", "from memory")
    assert "bukan capaian" in found["index"]["attribution"]
    unit = tables.Unit.objects.filter(agency__code=BIRO).first().code
    saved = planner.send("put", f"{AT}/2024/reform/units", {"units": [{"unit": unit, "value": "85.5"}]}).json()
    assert saved["good"] == 1
    tables.ReformAction.objects.create(
        agency=tables.Agency.objects.get(code=BIRO),
        year=2024,
        code="RB-01",
        title="Contoh",
        area="tata-laksana",
        first=2,
        root_cause="Contoh",
    )
    at = f"{AT}/2024/reform/actions/RB-01/progress/1"
    assert planner.send("put", at, {"realised": "1"}).status_code == 422
    assert planner.send("put", at, {"realised": "1", "evidence": ["SK"]}).json()["realised"] == "1"
    assert planner.get(f"{AT}/2024/reform").json()["actions"][0]["achievement"][0] == "50.00"
