"""The satisfaction survey: answers of nobody, exact results, plan, publication; service standards with their records."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.actions.desk import DAY, PPID, PUBLIC, TODAY, answered, asked, office
from tests.actions.staffed import CODE

from selaras.actions import service_norms
from selaras.actions import service_surveys as verbs
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.registers.survey import SurveyAction
from selaras.store import service_surveys as store

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    made = office()
    verbs.save_round(
        made["desk"], agency=CODE, code="SKM-1", title="SKM", survey="skm", since=DAY, until=TODAY,
        services=["Loket", "Laman"], population=100,
    )  # fmt: skip
    return made


def given(who, value, service="Loket", **more):
    answers = {item.code: value for item in store.find_round(CODE, "SKM-1").survey.elements}
    verbs.record_response(who, agency=CODE, code="SKM-1", service=service, answers=answers, **more)


def test_answers_become_a_result_by_service_and_element(who):
    for value, service in ((4, "Loket"), (3, "Loket"), (2, "Laman")):
        given(who["desk"], value, service, traits={"pendidikan": "S1"})
    sheet = store.round_sheet(who["leader"], CODE, "SKM-1")
    assert (sheet.result.respondents, sheet.result.converted, sheet.result.band.letter) == (3, Decimal("75.00"), "C")
    assert {name: result.converted for name, result in sheet.services.items()} == {
        "Laman": Decimal("50.00"), "Loket": Decimal("87.50"),
    }  # fmt: skip
    assert (sheet.needed, sheet.traits) == (80, {"pendidikan": {"S1": 3}})
    assert len(sheet.findings) == 9


def test_the_public_form_needs_its_word_and_keeps_no_person(who):
    secret = verbs.open_round(who["desk"], agency=CODE, code="SKM-1")
    given(PUBLIC, 4, secret=secret)
    with pytest.raises(NotFound):
        given(PUBLIC, 4, secret="0000-0000-0000-0000")
    with pytest.raises(NotFound):
        given(PUBLIC, 4)
    with pytest.raises(Refusal, match="tidak disimpan"):
        given(PUBLIC, 4, secret=secret, traits={"nama": "Warga Rekaan"})
    with pytest.raises(Refusal):
        given(PUBLIC, 5, secret=secret)
    with pytest.raises(NotAllowed):
        given(who["owner"], 4)


def test_the_lowest_elements_ask_for_a_plan_and_the_result_is_published(who):
    with pytest.raises(Refusal, match="tidak diterbitkan"):
        verbs.publish_round(who["admin"], agency=CODE, code="SKM-1", published=True)
    given(who["desk"], 3, suggestion="Tambah kursi.")
    with pytest.raises(NotFound):
        store.public_sheet(CODE, "SKM-1")
    lowest = store.round_sheet(who["desk"], CODE, "SKM-1").result.lowest(3)
    verbs.save_plan(
        who["desk"], agency=CODE, code="SKM-1",
        plan=[SurveyAction(item.element.code, "Perbaiki", "Sekretaris", TODAY) for item in lowest],
    )  # fmt: skip
    sheet = store.round_sheet(who["desk"], CODE, "SKM-1")
    assert not sheet.findings
    verbs.finish_action(who["desk"], agency=CODE, code="SKM-1", action=sheet.plan[0].pk, on=TODAY)
    verbs.publish_round(who["admin"], agency=CODE, code="SKM-1", published=True)
    public = store.public_sheet(CODE, "SKM-1")
    assert (public.suggestions, public.result.respondents) == ((), 1)


def test_a_standard_is_held_against_its_components_and_the_records(who):
    answered(who["desk"], asked(who["desk"]), DAY + timedelta(days=1))
    asked(who["desk"])
    service_norms.save_norm(
        who["desk"], agency=CODE, service="PPID", name="Permohonan informasi", statements={}, register=PPID,
        deadline="jawab",
    )  # fmt: skip
    components, [line] = store.norms_of(who["leader"], CODE, TODAY)
    assert (line.result.stated, len(line.result.missing)) == (0, len(components))
    if DAY.year == TODAY.year:
        assert (line.result.served, line.result.in_time, line.result.overdue) == (1, 100, 1)
    with pytest.raises(Refusal):
        service_norms.save_norm(who["desk"], agency=CODE, service="x", name="x", statements={"tiada": "x"})
    service_norms.remove_norm(who["desk"], agency=CODE, service="PPID")
