"""The plan through its verbs: moves that fit, sheets of targets, copies, weights and budgets, with conflicts and history."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction

from selaras.actions.exchange import load_workbook
from selaras.actions.planning import (
    copy_budget,
    copy_targets,
    key_of,
    move_node,
    save_budget,
    save_node,
    save_supports,
    save_targets,
    save_weights,
)
from selaras.core.access import Actor, Grant, Role, acting, operator
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.period import Period
from selaras.core.planning import BudgetLine, BudgetVersion, FundSource, Node, NodeLevel, PlanDocument, Support, Target
from selaras.core.value import percent
from selaras.store import models as tables

BIRO = "BIRO-ORG"
ROOT = Path(__file__).parents[2]
PLANNER = acting("Perencana Contoh", {Role.PLANNER}, [BIRO])
READER = acting("Evaluator Contoh", {Role.EVALUATOR}, [BIRO])


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_workbook(operator("Contoh"), path=ROOT / "examples" / "biro-organisasi-2024.xlsx")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def here(sample, db):
    """The sample, each test with its own changes."""


def rkt(code, amount, year=2024):
    return Target(code, Period(year), PlanDocument.RKT, percent(amount))


def stored(code, document, year=2024):
    return tables.Target.objects.get(
        agency__code=BIRO, indicator__code=code, document=document, year=year, span="tahun"
    ).value_amount


def last_act():
    return tables.AuditRecord.objects.order_by("-pk").first()


def test_a_node_moves_with_all_below_it_and_leaves_one_record_and_its_history():
    before = tables.AuditRecord.objects.count()
    move_node(PLANNER, agency=BIRO, node="IV.B.5", parent="IV.A", reason="satu rumpun")
    assert tables.Node.objects.get(agency__code=BIRO, code="IV.B.5").parent.code == "IV.A"
    assert tables.AuditRecord.objects.count() == before + 1
    change = tables.FieldChange.objects.of(BIRO, "Node", "IV.B.5").first()
    assert (change.before, change.after, change.reason) == ("IV.B", "IV.A", "satu rumpun")


@pytest.mark.parametrize(
    ("node", "parent", "words"),
    [
        ("IV", "IV.A", "dirinya sendiri"),
        ("IV.A", "IV.A", "dirinya sendiri"),
        ("IV.A", "I.A", "tidak dapat berada di bawah"),
        ("S1", "IV", "dirinya sendiri"),
    ],
)
def test_it_refuses_a_move_that_makes_a_circle_or_does_not_fit_the_level(node, parent, words):
    with pytest.raises(Refusal, match="tidak disimpan") as refused:
        move_node(PLANNER, agency=BIRO, node=node, parent=parent)
    assert words in refused.value.faults[0].message
    assert "refused" in last_act().details
    assert tables.Node.objects.get(agency__code=BIRO, code=node).parent_id != parent


def test_it_refuses_an_unknown_node_or_parent():
    for node, parent in (("entah", "S1"), ("IV", "entah")):
        with pytest.raises(NotFound):
            move_node(PLANNER, agency=BIRO, node=node, parent=parent)


def test_a_move_over_somebody_elses_move_is_a_conflict():
    move_node(PLANNER, agency=BIRO, node="IV.B.5", parent="IV.A")
    with pytest.raises(Conflict):
        move_node(PLANNER, agency=BIRO, node="IV.B.5", parent="I.A", seen="IV.B")


def test_a_level_that_no_longer_stands_above_its_children_is_refused():
    node = Node("IV", NodeLevel.KEGIATAN, "Program Penataan Organisasi", "S1", "BIRO")
    with pytest.raises(Refusal) as refused:
        save_node(PLANNER, agency=BIRO, node=node)
    assert "bawahannya" in refused.value.faults[0].message


def test_a_planner_of_one_unit_moves_only_what_that_unit_owns():
    one = Actor("Satu Unit", (Grant(Role.PLANNER, BIRO, frozenset({"BAG-KAJ"})),))
    move_node(one, agency=BIRO, node="IV.A.3", parent="IV.B")
    with pytest.raises(NotAllowed):
        move_node(one, agency=BIRO, node="IV.B.1", parent="IV.A")


def test_a_sheet_of_targets_is_stored_by_one_act_and_an_emptied_cell_is_removed():
    plan = [Target("IKU-1", Period(2025), PlanDocument.RENSTRA, percent(89))]
    old = Target("IKU-2", Period(2026), PlanDocument.RENSTRA, percent(60))
    before = tables.AuditRecord.objects.count()
    save_targets(PLANNER, agency=BIRO, given=plan, removed=[old], seen={key_of(plan[0]): "", key_of(old): "60%"})
    assert stored("IKU-1", "Renstra", 2025) == 89
    assert not tables.Target.objects.filter(indicator__code="IKU-2", document="Renstra", year=2026).exists()
    assert tables.AuditRecord.objects.count() == before + 1
    assert tables.FieldChange.objects.of(BIRO, "Target", key_of(old)).first().before == "60%"


def test_a_new_target_comes_after_all_others_and_a_changed_one_keeps_its_place():
    ranks = dict(tables.Target.objects.filter(agency__code=BIRO).values_list("pk", "sequence"))
    given = [Target("IKU-1", Period(2025), PlanDocument.RENSTRA, percent(89)), rkt("IP-I", 99)]
    save_targets(PLANNER, agency=BIRO, given=given)
    after = dict(tables.Target.objects.filter(agency__code=BIRO).values_list("pk", "sequence"))
    assert {pk: after[pk] for pk in ranks} == ranks
    new = (set(after) - set(ranks)).pop()
    assert after[new] > max(ranks.values())


def test_a_target_that_somebody_changed_meanwhile_is_shown_and_nothing_is_stored():
    save_targets(PLANNER, agency=BIRO, given=[rkt("IP-I", 90)])
    with pytest.raises(Conflict) as clash:
        save_targets(
            PLANNER, agency=BIRO, given=[rkt("IP-I", 95), rkt("IP-II", 95)],
            seen={key_of(rkt("IP-I", 1)): "100%", key_of(rkt("IP-II", 1)): "80%"},
        )  # fmt: skip
    assert [(item.seen, item.stands, item.given) for item in clash.value.clashes] == [("100%", "90%", "95%")]
    assert stored("IP-II", "RKT") == 80


def test_a_departure_from_the_renstra_needs_a_reason_which_stands_in_the_history():
    target = rkt("IKU-1", 85)
    with pytest.raises(Refusal) as refused:
        save_targets(PLANNER, agency=BIRO, given=[target])
    assert refused.value.faults[0].place.record == key_of(target)
    save_targets(PLANNER, agency=BIRO, given=[target], reasons={key_of(target): "anggaran dipotong"})
    change = tables.FieldChange.objects.of(BIRO, "Target", key_of(target)).first()
    assert (change.before, change.after, change.reason) == ("87%", "85%", "anggaran dipotong")


def test_a_reason_can_be_given_afterwards():
    target = rkt("IKU-1", 85)
    save_targets(PLANNER, agency=BIRO, given=[target], reasons={key_of(target): "sementara"})
    save_targets(PLANNER, agency=BIRO, given=[target], reasons={key_of(target): "anggaran dipotong"})
    change = tables.FieldChange.objects.of(BIRO, "Target", key_of(target)).first()
    assert (change.before, change.after, change.reason) == ("85%", "85%", "anggaran dipotong")


def test_wrong_targets_are_all_named_and_none_is_stored():
    given = [rkt("IT-1", 5), rkt("TIDAK-ADA", 5), rkt("IP-I", 50)]
    with pytest.raises(Refusal) as refused:
        save_targets(PLANNER, agency=BIRO, given=given)
    assert len(refused.value.faults) == 2
    assert stored("IP-I", "RKT") == 100


def test_the_renstra_is_copied_into_the_rkt_where_it_is_missing_or_where_chosen():
    tables.Target.objects.filter(indicator__code="IKU-1", document="RKT").delete()
    save_targets(PLANNER, agency=BIRO, given=[rkt("IKU-2", 55)], reasons={key_of(rkt("IKU-2", 1)): "alasan"})
    copy_targets(PLANNER, agency=BIRO, year=2024)
    assert (stored("IKU-1", "RKT"), stored("IKU-2", "RKT")) == (87, 55)
    assert last_act().details["copied"] == 1
    copy_targets(PLANNER, agency=BIRO, year=2024, indicators=["IKU-2"], overwrite=True)
    assert stored("IKU-2", "RKT") == 56
    with pytest.raises(Refusal, match="dapat disalin"):
        copy_targets(PLANNER, agency=BIRO, year=2024)


def test_weights_are_exactly_what_was_given_and_together_100():
    save_weights(PLANNER, agency=BIRO, indicator="IKU-1", weights={"IP-I": Decimal(40), "IP-II": Decimal(60)})
    save_weights(PLANNER, agency=BIRO, indicator="IKU-1", weights={"IP-II": Decimal(70), "IP-III": Decimal(30)})
    rows = tables.WeightedPart.objects.filter(indicator__code="IKU-1").values_list("part__code", "weight")
    assert dict(rows) == {"IP-II": 70, "IP-III": 30}
    with pytest.raises(Refusal) as refused:
        save_weights(PLANNER, agency=BIRO, indicator="IKU-1", weights={"IP-I": Decimal(40), "IKU-1": Decimal(50)})
    assert len(refused.value.faults) == 2
    save_weights(PLANNER, agency=BIRO, indicator="IKU-1", weights={})
    assert not tables.WeightedPart.objects.exists()


def line(node, amount, version="PERUBAHAN"):
    return BudgetLine(version, 2024, node, Decimal(amount), FundSource.APBD)


def test_a_budget_is_copied_into_a_new_version_and_changed_with_a_reason():
    version = BudgetVersion("PERUBAHAN-2", 2024, "Perubahan kedua", 2)
    copy_budget(PLANNER, agency=BIRO, source="PERUBAHAN", version=version)
    given = line("IV.A.1", 90_000_000, "PERUBAHAN-2")
    save_budget(PLANNER, agency=BIRO, given=[given], seen={key_of(given): "80000000"}, reason="tambahan")
    amounts = tables.BudgetLine.objects.filter(node__code="IV.A.1", year=2024)
    assert dict(amounts.values_list("version__code", "amount")) == {"PERUBAHAN": 80_000_000, "PERUBAHAN-2": 90_000_000}
    assert tables.FieldChange.objects.of(BIRO, "BudgetLine", key_of(given)).first().reason == "tambahan"
    with pytest.raises(Refusal, match="tidak dibuat"):
        copy_budget(PLANNER, agency=BIRO, source="PERUBAHAN", version=version)


def test_an_amount_in_line_with_another_of_the_same_version_is_refused():
    with pytest.raises(Refusal) as refused:
        save_budget(PLANNER, agency=BIRO, given=[line("IV.A", 1), line("IV.A.1", 2)])
    assert [fault.place.record for fault in refused.value.faults] == [key_of(line("IV.A", 1))]


def test_supports_become_what_was_ticked_among_what_was_shown():
    shown = {("IKU-1", "III"), ("IKU-1", "IV"), ("IKU-1", "I")}
    assert save_supports(PLANNER, agency=BIRO, shown=shown, chosen={("IKU-1", "I"), ("IKU-1", "IV")}) == (1, 1)
    held = set(tables.Support.objects.filter(indicator__code="IKU-1").values_list("node__code", flat=True))
    assert {"I", "IV", "III.A"} <= held
    assert "III" not in held


@pytest.mark.parametrize(
    "act",
    [
        lambda by: move_node(by, agency=BIRO, node="IV.B.5", parent="IV.A"),
        lambda by: save_targets(by, agency=BIRO, given=[rkt("IP-I", 9)]),
        lambda by: copy_targets(by, agency=BIRO, year=2024, overwrite=True),
        lambda by: save_weights(by, agency=BIRO, indicator="IKU-1", weights={}),
        lambda by: save_budget(by, agency=BIRO, given=[line("IV.A.1", 9)]),
        lambda by: copy_budget(by, agency=BIRO, source="PERUBAHAN", version=BudgetVersion("X", 2024, "X", 9)),
        lambda by: save_supports(by, agency=BIRO, shown=set(), chosen={("IKU-1", "I")}),
    ],
)
def test_who_may_only_look_changes_nothing_and_the_attempt_is_recorded(act):
    before = tables.AuditRecord.objects.count()
    with pytest.raises(NotAllowed):
        act(READER)
    assert tables.AuditRecord.objects.count() == before + 1
    assert "tidak berhak" in last_act().details["refused"]
    stranger = acting("Orang Luar", {Role.PLANNER}, ["KPU-PROB"])
    with pytest.raises(NotFound):
        act(stranger)


def test_supports_refuse_codes_that_nobody_has():
    with pytest.raises(Refusal):
        save_supports(PLANNER, agency=BIRO, shown={("IKU-1", "ENTAH")}, chosen={("IKU-1", "ENTAH")})
    assert not tables.Support.objects.filter(node__code="ENTAH").exists()
    assert Support("IKU-1", "ENTAH").supports
