"""Through the year and at its end: feedback, realisation, ratings, objection, the predicate of the organisation."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.actions.staffed import CODE, HEAD, STAFF, agreed, filled, team
from tests.store.example import YEAR

from selaras.actions import people_agreeing, people_objection
from selaras.actions import people_rating as verbs
from selaras.actions.people_organisation import decide_organisation
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.people.feedback import FeedbackKind, Occasion
from selaras.core.people.objection import Outcome
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.core.people.skp import SkpState
from selaras.core.period import Period, quarter
from selaras.core.value import number, percent
from selaras.store import models as tables
from selaras.store.people import plan_of, realisations_of
from selaras.store.people_organisation import organisation_of
from selaras.store.people_reports import distribution_of

pytestmark = pytest.mark.django_db
ALL = Period(YEAR)


@pytest.fixture
def who():
    return filled()


def rated(who, results=Rating.ABOVE, behaviour=Rating.ABOVE):
    agreed(who)
    return verbs.assess(
        who["sekretaris"],
        agency=CODE,
        code=STAFF,
        period=ALL,
        results=results,
        behaviour=behaviour,
        reason="Melampaui.",
    )


def test_dialogue_and_feedback_are_kept_with_day_and_evidence_and_told_to_the_other(who):
    agreed(who)
    verbs.add_dialogue(
        who["sekretaris"], agency=CODE, code=STAFF, occasion=Occasion.PLANNING, topic="Target", agreed="12"
    )
    verbs.give_feedback(
        who["sekretaris"], agency=CODE, code=STAFF, text="Rapi sekali.", kind=FeedbackKind.APPRECIATION, row=1,
        evidence=["https://contoh.example/bukti", "https://contoh.example/bukti"],
    )  # fmt: skip
    verbs.give_feedback(who["pegawai"], agency=CODE, code=STAFF, text="Terima kasih.")
    with pytest.raises(NotAllowed):
        verbs.give_feedback(who["pegawai"], agency=CODE, code=STAFF, text="Hebat.", kind=FeedbackKind.APPRECIATION)
    file = plan_of(who["pegawai"], CODE, STAFF)
    assert [(item.row, item.giver, len(item.evidence)) for item in file.feedback] == [
        (1, "SEKRETARIS", 1),
        (None, "P-1", 0),
    ]
    assert file.dialogues[0].parties == ("P-1", "SEKRETARIS")
    assert not tables.FieldChange.objects.filter(after__contains="Rapi sekali").exists()
    with pytest.raises(Refusal, match="belum tiba"):
        verbs.give_feedback(
            who["sekretaris"], agency=CODE, code=STAFF, text="Nanti.", on=timezone.localdate() + timedelta(days=1)
        )
    with pytest.raises(NotFound):
        verbs.give_feedback(who["sekretaris"], agency=CODE, code=STAFF, text="Baris?", row=99)


def test_the_realisation_of_a_measured_row_is_not_typed(who):
    team(who)
    people_agreeing.propose(who["kepala"], agency=CODE, code=HEAD)
    people_agreeing.agree(who["sekda"], agency=CODE, code=HEAD)
    with pytest.raises(Refusal, match="tidak diketik"):
        verbs.record_result(who["kepala"], agency=CODE, code=HEAD, order=1, period=ALL, realised_value=percent(99))
    verbs.record_result(
        who["kepala"], agency=CODE, code=HEAD, order=1, period=ALL, text="Lihat register.", evidence=["Register"]
    )
    verbs.record_result(who["kepala"], agency=CODE, code=HEAD, order=2, period=ALL, realised_value=number(11))
    drawn = realisations_of(CODE, plan_of(who["kepala"], CODE, HEAD), ALL)
    assert (drawn[1].shown, drawn[1].measured, drawn[1].evidence) == ("85,00%", True, ("Register",))
    assert (drawn[2].shown, drawn[2].measured) == ("11", False)
    with pytest.raises(Refusal, match="bukan periode"):
        verbs.record_result(
            who["kepala"], agency=CODE, code=HEAD, order=2, period=Period(YEAR - 1), realised_value=number(1)
        )
    assert verbs.record_result(who["kepala"], agency=CODE, code=HEAD, order=2, period=ALL) is None


def test_the_predicate_follows_from_the_matrix_and_periods_change_no_state(who):
    agreed(who)
    verbs.assess(
        who["sekretaris"],
        agency=CODE,
        code=STAFF,
        period=quarter(YEAR, 1),
        results=Rating.AS_EXPECTED,
        behaviour=Rating.AS_EXPECTED,
    )
    assert plan_of(who["pegawai"], CODE, STAFF).plan.state is SkpState.AGREED
    _, found = verbs.assess(
        who["sekretaris"], agency=CODE, code=STAFF, period=ALL, results=Rating.BELOW, behaviour=Rating.AS_EXPECTED
    )
    assert "SKP-RATE-REASON" in {item.code for item in found}
    file = plan_of(who["pegawai"], CODE, STAFF)
    assert (file.plan.state, file.predicate, len(file.assessments)) == (
        SkpState.EVALUATED,
        Predicate.NEEDS_IMPROVEMENT,
        2,
    )
    for stranger in ("pegawai", "rekan", "kepala", "staffing"):
        with pytest.raises((NotAllowed, NotFound)):
            verbs.assess(
                who[stranger], agency=CODE, code=STAFF, period=ALL, results=Rating.ABOVE, behaviour=Rating.ABOVE
            )


def test_an_objection_goes_to_the_assessor_s_superior_whose_decision_is_final(who):
    rated(who, Rating.BELOW, Rating.BELOW)
    with pytest.raises(NotFound):
        plan_of(who["kepala"], CODE, STAFF)
    with pytest.raises(NotAllowed):
        people_objection.file_objection(who["sekretaris"], agency=CODE, code=STAFF, reason="Keberatan.")
    people_objection.file_objection(who["pegawai"], agency=CODE, code=STAFF, reason="Bukti tidak dilihat.")
    assert plan_of(who["kepala"], CODE, STAFF).standing == {"atasan pejabat penilai"}
    with pytest.raises(NotAllowed):
        people_objection.decide_objection(
            who["sekretaris"], agency=CODE, code=STAFF, outcome=Outcome.KEPT, ground="Tetap."
        )
    with pytest.raises(Refusal, match="tidak diputus"):
        people_objection.decide_objection(
            who["kepala"], agency=CODE, code=STAFF, outcome=Outcome.CHANGED, ground="Diubah."
        )
    people_objection.decide_objection(
        who["kepala"], agency=CODE, code=STAFF, outcome=Outcome.CHANGED, ground="Bukti cukup.",
        results=Rating.AS_EXPECTED, behaviour=Rating.AS_EXPECTED,
    )  # fmt: skip
    file = plan_of(who["pegawai"], CODE, STAFF)
    assert (file.plan.state, file.predicate, file.annual.results) == (SkpState.FINAL, Predicate.GOOD, Rating.BELOW)
    with pytest.raises(Refusal):
        verbs.give_feedback(who["sekretaris"], agency=CODE, code=STAFF, text="Terlambat.")


def test_a_late_objection_is_refused_with_its_last_day(who):
    rated(who)
    long_ago = timezone.localdate() - timedelta(days=40)
    tables.SkpAssessment.objects.update(on=long_ago)
    with pytest.raises(Refusal) as refused:
        people_objection.file_objection(who["pegawai"], agency=CODE, code=STAFF, reason="Terlambat.")
    assert "paling lambat" in str(refused.value)


def test_the_person_accepts_and_the_assessor_waits_for_the_deadline(who):
    rated(who)
    with pytest.raises(Refusal, match="belum dapat"):
        people_objection.finalise(who["sekretaris"], agency=CODE, code=STAFF)
    assert people_objection.finalise(who["pegawai"], agency=CODE, code=STAFF).state is SkpState.FINAL


def test_the_predicate_of_the_organisation_is_decided_by_a_named_person_above_it(who):
    team(who)
    view = organisation_of(CODE, ALL, "DINAS", Rating.AS_EXPECTED)
    assert (view.head, view.superior) == ("KEPALA", "SEKDA")
    given = {"agency": CODE, "period": ALL, "unit": "DINAS", "expectation": Rating.AS_EXPECTED}
    with pytest.raises(NotAllowed):
        decide_organisation(who["sekda"], **given, predicate=OrganisationPredicate.GOOD, decider="WALI")
    with pytest.raises(Refusal, match="belum dapat ditetapkan"):
        decide_organisation(
            who["kepala"], **given, predicate=OrganisationPredicate.GOOD, decider="KEPALA", reason="Saya."
        )
    with pytest.raises(Refusal, match="tidak ditetapkan"):
        decide_organisation(
            who["sekretaris"], **given, predicate=OrganisationPredicate.GOOD, decider="SEKRETARIS", reason="Saya."
        )
    with pytest.raises(NotAllowed):
        decide_organisation(who["pegawai"], **given, predicate=OrganisationPredicate.GOOD, decider="ANALIS")
    made = decide_organisation(
        who["sekda"], **given, predicate=OrganisationPredicate.GOOD, decider="SEKDA", reason="Layanan membaik."
    )
    assert (made.decider_name, made.predicate) == ("Contoh Sekda", OrganisationPredicate.GOOD)
    assert organisation_of(CODE, ALL, "DINAS").decision.reason == "Layanan membaik."
    headless = given | {"unit": "KECIL"}
    with pytest.raises(Refusal, match="tidak ditetapkan"):  # nobody is known to stand above a unit without a head
        decide_organisation(
            who["sekda"], **headless, predicate=OrganisationPredicate.GOOD, decider="SEKDA", reason="Layanan membaik."
        )


def test_counts_of_few_people_stand_with_the_unit_above_but_not_for_who_rated_them_all(who):
    rated(who)
    lines = {line.unit: line for line in distribution_of(who["kepala"], CODE, YEAR)}
    assert [line.counts for line in lines.values()] == [None] * 4
    assert lines["SEK"].people == 2
    own = {line.unit: line for line in distribution_of(who["sekretaris"], CODE, YEAR)}
    assert own["SEK"].counts == (1, 0, 0, 0, 0)
    with pytest.raises(NotAllowed):
        distribution_of(who["pegawai"], CODE, YEAR)
