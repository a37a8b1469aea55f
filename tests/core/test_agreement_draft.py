"""An agreement drafted from the plan, sealed, compared and put into the cascade: without any database."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.agreements import Agreement
from selaras.core.agreements.cascade import cascade, is_head
from selaras.core.agreements.differences import of_lines, of_programmes
from selaras.core.agreements.drafting import draft
from selaras.core.agreements.seal import seal
from selaras.core.finding import Severity
from selaras.core.org import Position
from selaras.core.planning import IndicatorLevel
from selaras.core.reporting.agreement_gate import disagreements, narrowed, plan_of
from selaras.core.reporting.figures import Figures
from selaras.core.value import percent


def drafted(snapshot, law, position, *, head=False, levels=()):
    plan = plan_of(Figures(snapshot, law))
    return draft(plan, agreement="PK-X", position=position, head=head, levels=levels)


def test_the_head_promises_the_top_level_with_the_targets_of_the_rkt(biro, law):
    made = drafted(biro, law, "KABIRO", head=True)
    assert [(line.indicator, line.target.shown()) for line in made.lines] == [("IKU-1", "87%"), ("IKU-2", "56%")]
    assert [item.node for item in made.programmes] == ["I", "II", "III", "IV"]
    assert made.programmes[0].amount == Figures(biro, law).budget["I"]


def test_a_subordinate_promises_what_the_position_answers_for(biro, law):
    made = drafted(biro, law, "KABAG-KAJ")
    assert {line.indicator for line in made.lines} == {"IK-IV.A", "ISK-IV.A.1", "ISK-IV.A.2", "ISK-IV.A.3"}
    assert [item.node for item in made.programmes] == ["IV.A"]
    narrow = drafted(biro, law, "KABAG-KAJ", levels={IndicatorLevel.KEGIATAN})
    assert [line.indicator for line in narrow.lines] == ["IK-IV.A"]


def test_the_sasaran_of_a_line_is_the_one_above_its_programme(biro, law):
    titles = {node.code: node.title for node in biro.nodes}
    assert {line.sasaran for line in drafted(biro, law, "KABAG-KAJ").lines} == {titles["S1"]}


def test_an_indicator_without_target_is_left_out_and_named(biro, law):
    bare = dataclasses.replace(biro, targets=tuple(t for t in biro.targets if t.indicator != "IK-IV.A"))
    made = drafted(bare, law, "KABAG-KAJ")
    assert "IK-IV.A" not in {line.indicator for line in made.lines}
    assert [item.code for item in made.without_target] == ["IK-IV.A"]


def test_a_fresh_draft_passes_its_own_gate(snapshot, law):
    """What is left is what the plan itself must mend, or what it asks besides; never an error of the agreement."""
    for position in snapshot.positions:
        if position.outside:
            continue
        head = is_head(position, snapshot.positions, snapshot.settings.signatory)
        made = drafted(snapshot, law, position.code, head=head)
        agreement = Agreement("PK-X", snapshot.year, position.code, position.superior)
        fresh = dataclasses.replace(
            snapshot, agreements=(agreement,), agreement_lines=made.lines, agreement_programmes=made.programmes
        )
        found = disagreements(Figures(fresh, law), agreement)
        assert {item.code for item in found if item.severity is not Severity.INFO} <= {"GATE-PLAN-UNIT"}, position.code
        assert all(item.severity is not Severity.ERROR and item.suggestion for item in found if item.code != "GATE-IKU")


def test_the_seal_changes_with_every_promise_and_with_nothing_else(biro):
    agreement = biro.agreements[0]
    lines, programmes = biro.agreement_lines, biro.agreement_programmes
    first = seal(agreement, lines, programmes, agency="BIRO")
    assert seal(agreement, reversed(lines), reversed(programmes), agency="BIRO") == first
    assert seal(dataclasses.replace(agreement, signed_on=None), lines, programmes, agency="BIRO") == first
    others = [
        seal(agreement, [dataclasses.replace(lines[0], target=percent(1)), *lines[1:]], programmes, agency="BIRO"),
        seal(agreement, lines[1:], programmes, agency="BIRO"),
        seal(agreement, lines, programmes[1:], agency="BIRO"),
        seal(dataclasses.replace(agreement, superior=""), lines, programmes, agency="BIRO"),
        seal(agreement, lines, programmes, agency="LAIN"),
    ]
    assert len({first, *others}) == 6


def test_two_versions_stand_side_by_side(biro):
    lines, programmes = biro.agreement_lines, biro.agreement_programmes
    changed = [dataclasses.replace(lines[0], target=percent(90))]
    rows = of_lines(lines, changed)
    assert [(row.left, row.right, row.changed) for row in rows] == [("87%", "90%", True), ("60%", "", True)]
    assert not any(row.changed for row in of_programmes(programmes, programmes))


def test_the_narrowed_snapshot_holds_one_promiser_up_to_one_version(biro, law):
    first = biro.agreements[0]
    later = dataclasses.replace(first, code="PK-2", version=1, reason=next(iter(type_of_reason())))
    other = Agreement("PK-L", biro.year, "KABAG-KAJ", "KABIRO")
    whole = dataclasses.replace(biro, agreements=(first, later, other))
    assert Figures(narrowed(whole, first), law).agreement == first
    assert Figures(narrowed(whole, later), law).agreement == later
    assert Figures(narrowed(whole, other), law).agreement == other


def type_of_reason():
    from selaras.core.agreements import RevisionReason

    return RevisionReason


CODES = st.sampled_from(["A", "B", "C", "D", "E"])


@given(st.lists(st.tuples(CODES, st.sampled_from(["", "A", "B", "C", "D", "E", "X"])), unique_by=lambda item: item[0]))
def test_the_cascade_loses_no_position_and_ends(pairs):
    positions = [Position(code, code, superior=superior) for code, superior in pairs]
    rungs = [rung for top in cascade(positions, ()) for rung in top.walk()]
    assert sorted(rung.position.code for rung in rungs) == sorted(code for code, _ in pairs)
