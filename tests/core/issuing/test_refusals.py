"""Whose turn it is, whose certificate it is, and codes that people can type."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.access import Actor
from selaras.core.errors import NotAllowed, Refusal
from selaras.core.issuing.codes import LENGTH, LETTERS, code_of, shown, typed
from selaras.core.issuing.names import agree, bare
from selaras.core.issuing.orders import Signer, Signs, by_rule
from selaras.core.issuing.refusals import is_whole, next_of, refuse_changed, refuse_closed, refuse_turn
from selaras.core.issuing.stages import IssuedState, SignatureState
from selaras.rulebook.issuing import load_orders

ANI = Actor("Ani", login="ani")
BUDI = Actor("Budi", login="budi", positions=frozenset({("X", "KEPALA")}))
PLACES = (
    Signer(1, Signs.PROMISER, holder="Ani", login="ani"), Signer(2, Signs.SUPERIOR, "KEPALA", "Kepala", "Budi"),
    Signer(3, Signs.SEAL, holder="Dinas", required=False),
)  # fmt: skip


def signed(*orders):
    names = {1: "Ani", 2: "Budi"}
    return tuple(
        replace(one, state=SignatureState.SIGNED, signed_by=names.get(one.order, "Admin"))
        if one.order in orders
        else one
        for one in PLACES
    )


def test_turns_go_in_order_and_the_seal_comes_last():
    assert next_of(PLACES).order == 1 and next_of(signed(1)).order == 2 and next_of(signed(1, 2)).order == 3
    assert next_of(signed(1, 2, 3)) is None
    assert not is_whole(signed(1)) and is_whole(signed(1, 2))
    assert refuse_turn(ANI, "X", PLACES, 1).holder == "Ani"
    assert refuse_turn(BUDI, "X", signed(1), 2).holder == "Budi"
    with pytest.raises(Refusal, match="Belum giliran"):
        refuse_turn(BUDI, "X", PLACES, 2)
    with pytest.raises(Refusal, match="tidak perlu dua kali"):
        refuse_turn(ANI, "X", signed(1), 1)
    for who, agency, order in ((BUDI, "X", 1), (ANI, "X", 2), (BUDI, "Y", 2), (ANI, "X", 9), (ANI, "X", 3)):
        with pytest.raises(NotAllowed):
            refuse_turn(who, agency, signed(1) if order == 2 else PLACES, order)
    assert refuse_turn(ANI, "X", signed(1, 2), 3, keeps_seal=True).is_seal


@pytest.mark.parametrize("kind", sorted(load_orders()))
def test_the_places_of_each_kind_are_signed_in_its_order_and_in_no_other(kind):
    steps = load_orders()[kind].steps
    many = {Signs.PARTICIPANT: ("Ani", "Budi", "Cici")}
    people = {
        step.signs: tuple(Signer(0, step.signs, holder=f"{step.signs} {name}", login=f"{step.signs} {name}")
                          for name in many.get(step.signs, ("Ani",)))
        for step in steps
    }  # fmt: skip
    places = by_rule(load_orders()[kind], people)
    wanted = [step.signs for step in steps for _ in people[step.signs]]
    assert [one.signs for one in places] == wanted and [one.order for one in places] == list(range(1, len(places) + 1))
    for turn in range(len(places)):
        for one in places:
            who, seals = Actor(one.holder, login=one.login), one.is_seal
            if one.order == turn + 1:
                assert refuse_turn(who, "X", places, one.order, keeps_seal=seals) == one
                continue
            with pytest.raises(Refusal, match="tidak perlu dua kali" if one.order <= turn else "Belum giliran"):
                refuse_turn(who, "X", places, one.order, keeps_seal=seals)
        places = tuple(
            replace(one, state=SignatureState.SIGNED, signed_by=one.holder) if one.order == turn + 1 else one
            for one in places
        )
    assert next_of(places) is None and is_whole(places)


def test_one_person_is_not_both_sides():
    both = Actor("Ani", login="ani", positions=frozenset({("X", "KEPALA")}))
    with pytest.raises(NotAllowed, match="orang lain"):
        refuse_turn(both, "X", signed(1), 2)


def test_what_changed_or_closed_is_not_signed():
    refuse_changed("a", "a", title="PK", since="1 Januari 2026")
    with pytest.raises(Refusal, match="berubah sejak"):
        refuse_changed("a", "b", title="PK", since="1 Januari 2026")
    refuse_closed(IssuedState.SIGNING, title="PK")
    for state in (IssuedState.REPLACED, IssuedState.WITHDRAWN):
        with pytest.raises(Refusal, match=state.value):
            refuse_closed(state, title="PK")


@pytest.mark.parametrize(
    ("expected", "subject", "same"),
    [
        ("Dr. Ani Contoh, S.Sos., M.Si.", "ANI CONTOH", True), ("Ir. H. Budi Misal", "Budi Misal, ST", True),
        ("Ani Contoh", "Ani Contohan", False), ("Ani Contoh", "", False), ("", "Ani", False), ("Ani", "Ani Contoh", False),
    ],
)  # fmt: skip
def test_names_are_compared_without_titles(expected, subject, same):
    assert agree(expected, subject) is same
    assert bare("Prof. Dr. Ani") == ("ani",)


def test_where_both_tell_a_nip_it_decides():
    nip = "19800101 200501 2 002"
    assert agree("Ani", "Nama Lain", identity=nip, identifiers=("198001012005012002",))
    assert not agree("Ani", "Ani", identity=nip, identifiers=("198001012005012003",))
    assert agree("Ani", "Ani", identity=nip, identifiers=("3171000000000001",)), "a NIK says nothing about a NIP"


@given(st.lists(st.integers(0, len(LETTERS) - 1), min_size=LENGTH, max_size=LENGTH), st.sampled_from(["", "-", " "]))
def test_a_code_is_found_again_however_it_is_typed(draws, gap):
    code = code_of(draws)
    assert typed(shown(code).lower().replace("-", gap)) == code
    assert not set("01OILU") & set(code)


def test_what_is_no_code_is_none():
    assert [typed(text) for text in ("", "ABC", "O" * 10, "A" * 11)] == [""] * 4
    with pytest.raises(ValueError):
        code_of([1, 2])


def test_every_order_has_a_required_signature_and_a_source():
    orders = load_orders()
    assert set(orders) == {"pk", "skp", "lkjip", "lhe", "pernyataan-reviu", "berita-acara"}
    assert all(any(step.required for step in order.steps) and order.source.text for order in orders.values())
    people = {
        Signs.SUPERIOR: (Signer(0, Signs.SUPERIOR, holder="B"),),
        Signs.PROMISER: (Signer(0, Signs.PROMISER, holder="A"),),
    }
    assert [(one.order, one.holder) for one in by_rule(orders["pk"], people)] == [(1, "A"), (2, "B")]
    assert [one.holder for one in by_rule(orders["pk"], {Signs.PROMISER: people[Signs.PROMISER]})] == ["A"]
