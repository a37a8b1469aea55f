"""Instruments of an agency's own: copied, changed with every check, carried as files, removed."""

import pytest
from tests.actions.evaluating import CODE, opened, people
from tests.store.example import YEAR, records
from tests.store.filling import fill

from selaras.actions import evaluation_templates as verbs
from selaras.actions.evaluations import open_evaluation
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.copying import as_data
from selaras.rulebook.lke import templates
from selaras.rulebook.lke_toml import from_toml, to_toml
from selaras.store import models as tables
from selaras.store.evaluations import known_template, known_templates, template_of

pytestmark = pytest.mark.django_db
NATIONAL = "permenpan-rb-88-2021"


@pytest.fixture
def who():
    fill(records())
    return people()


@pytest.fixture
def own(who):
    verbs.copy_template(who["ketua"], agency=CODE, base=NATIONAL, code="misal-1", title="LKE Kota Misal")
    return as_data(known_template(CODE, "misal-1"))


@pytest.mark.parametrize("code", sorted(templates()))
def test_every_instrument_comes_back_from_its_file_as_it_was(code):
    made = from_toml(to_toml(templates()[code]), "berkas.toml")
    assert as_data(made) == as_data(templates()[code])


def test_a_copy_is_changed_checked_and_told_in_the_history(who, own):
    own["components"][0]["subcomponents"][0]["weight"] = "7"
    own["components"][0]["subcomponents"][1]["weight"] = "8"
    verbs.save_template(who["ketua"], agency=CODE, code="misal-1", content=own)
    changes = tables.FieldChange.objects.filter(kind="EvaluationTemplate", field__contains="weight")
    assert {(item.before, item.after) for item in changes} == {("6", "7"), ("9", "8")}
    assert str(known_template(CODE, "misal-1").subcomponent("1.a").weight) == "7"


def test_an_unsound_one_is_refused_with_all_its_faults(who, own):
    own["components"][0]["subcomponents"][0]["weight"] = "7"
    own["components"][1]["weight"] = "31"
    with pytest.raises(Refusal) as refused:
        verbs.save_template(who["ketua"], agency=CODE, code="misal-1", content=own)
    assert len(refused.value.faults) >= 2
    with pytest.raises(Refusal):
        verbs.save_template(who["ketua"], agency=CODE, code="misal-1", content={"code": "misal-1"})


def test_what_somebody_else_changed_meanwhile_is_a_conflict(who, own):
    with pytest.raises(Conflict):
        verbs.save_template(who["ketua"], agency=CODE, code="misal-1", content=own, seen="2020-01-01T00:00:00+00:00")


def test_codes_are_unique_and_official_ones_stay_as_they_are(who, own):
    for code in ("misal-1", NATIONAL, " "):
        with pytest.raises(Refusal, match="tidak disimpan"):
            verbs.copy_template(who["ketua"], agency=CODE, base=NATIONAL, code=code, title="x")
    with pytest.raises(NotFound, match="instrumen resmi"):
        verbs.save_template(who["ketua"], agency=CODE, code=NATIONAL, content=own)
    with pytest.raises(NotAllowed):
        verbs.copy_template(who["unit"], agency=CODE, base=NATIONAL, code="lain", title="x")


def test_an_open_evaluation_keeps_the_instrument_that_it_was_opened_with(who, own):
    row = open_evaluation(who["ketua"], agency=CODE, year=YEAR, template="misal-1")
    own["title"] = "Berubah"
    verbs.save_template(who["ketua"], agency=CODE, code="misal-1", content=own)
    row.refresh_from_db()
    assert template_of(row).title == "LKE Kota Misal"
    with pytest.raises(Refusal, match="masih dipakai"):
        verbs.remove_template(who["ketua"], agency=CODE, code="misal-1")


def test_it_is_carried_as_a_file_and_replaced_only_on_purpose(who, own):
    content = verbs.export_template(who["unit"], agency=CODE, code="misal-1")
    with pytest.raises(Refusal, match="sudah ada"):
        verbs.import_template(who["ketua"], agency=CODE, content=content, name="misal.toml")
    assert verbs.import_template(who["ketua"], agency=CODE, content=content, name="misal.toml", replace=True)
    verbs.remove_template(who["ketua"], agency=CODE, code="misal-1")
    assert verbs.import_template(who["ketua"], agency=CODE, content=content, name="misal.toml").code == "misal-1"
    for broken in (b"x = [", b"\xff\xfe", b"a = 1", content + content):
        with pytest.raises(Refusal):
            verbs.import_template(who["ketua"], agency=CODE, content=broken, name="rusak.toml")


def test_the_list_tells_official_and_own_ones_and_how_often_they_are_used(who, own, django_assert_num_queries):
    opened(who)
    with django_assert_num_queries(2):
        found = {item.template.code: item for item in known_templates(CODE)}
    assert found["misal-1"].own
    assert (found[NATIONAL].own, found[NATIONAL].used) == (False, 1)
