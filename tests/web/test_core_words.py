"""Texts of the rooms below the web in English: the catalogue is whole, and a finished sentence is known again."""

import re
from string import Formatter

import pytest
from babel.messages.mofile import read_mo
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.access import Act, Role, acting, check
from selaras.core.errors import Fault, NotAllowed
from selaras.core.place import Place
from selaras.core.reporting.agreement_gate import disagreements
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates, plan_remarks
from selaras.web.core_words import said, word
from tests import core_messages
from tests.web.conftest import BIRO
from tests.web.test_translation import INDONESIAN

QUOTED = re.compile(r"“[^”]*”")
LEAST = 0.9
"""So much of what the sources say must be in the catalogue; what is new is named by `python -m tests.core_messages`."""


@pytest.fixture(scope="module")
def stored():
    return [message for message in core_messages.stored() if message.id]


def gaps(text):
    return sorted(name for _literal, name, _format, _conversion in Formatter().parse(text) if name is not None)


def test_nearly_every_text_of_the_sources_is_translated(stored):
    sources = {message.id for message in core_messages.scan() if message.id}
    known = {message.id for message in stored if message.string}
    assert len(sources & known) >= LEAST * len(sources), sorted(sources - known)


def test_every_translation_holds_all_values_of_its_text(stored):
    assert [message.id for message in stored if message.string and gaps(message.id) != gaps(message.string)] == []


def test_no_translation_is_left_in_indonesian(stored):
    def words(text):
        return set(re.findall(r"[a-z]+", QUOTED.sub("", text).lower()))

    assert [message.string for message in stored if INDONESIAN & words(message.string)] == []


def test_the_compiled_catalogue_is_current(stored):
    with core_messages.COMPILED.open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id and message.string}
    assert compiled == {message.id: message.string for message in stored if message.string}


def test_a_finished_sentence_is_known_by_its_template(stored):
    with override("en"):
        for message in (one for one in stored if one.string):
            values = [f"X{number}" for number in range(len(gaps(message.id)))]
            assert said(message.id.format(*values)) == message.string.format(*values)


@given(st.text(max_size=60))
def test_any_text_is_said_in_some_way_and_in_indonesian_as_it_is(text):
    with override("en"):
        assert isinstance(said(text), str)
        assert isinstance(word(text), str)
    with override("id"):
        assert (said(text), word(text)) == (text, text)


def test_what_nobody_knows_stays_as_it_is():
    with override("en"):
        assert word("Bagian Organisasi dan Tata Laksana") == "Bagian Organisasi dan Tata Laksana"
        assert word("Sangat Baik") == "Very good"


def test_a_whole_fault_is_told_part_by_part():
    fault = Fault(
        "Simpul tidak dapat berada di bawah dirinya sendiri", Place(sheet="PohonKinerja", column="Kode Induk"), "P1",
        "simpul yang bukan turunannya", "Pilih induk yang lain.",
    )  # fmt: skip
    with override("en"):
        assert said(fault.sentence()) == (
            "sheet PohonKinerja, column Kode Induk: A node cannot stand below itself; written “P1”; expected a node that "
            "is not one of its descendants. Choose another parent."
        )


def test_a_right_that_is_missing_is_named():
    with pytest.raises(NotAllowed) as refused, override("en"):
        check(acting("Ani Contoh", {Role.OWNER}, {BIRO}), Act.EDIT_STAFF, BIRO)
    with override("en"):
        assert said(refused.value) == f"Ani Contoh may not change data of staff in agency {BIRO}."


def test_the_gates_of_both_samples_speak_english(snapshot, law):
    figures = Figures(snapshot, law)
    found = [*gates(figures), *plan_remarks(figures)]
    found += [one for agreement in snapshot.agreements for one in disagreements(figures, agreement)]
    names = {item.name for item in snapshot.indicators} | {line.wording for line in snapshot.agreement_lines}
    names |= {item.title for item in snapshot.nodes} | {item.wording for item in snapshot.agreement_programmes}
    left = []
    with override("en"):
        for finding in found:
            for text in (finding.message, finding.suggestion):
                told = said(text)
                for name in sorted(names, key=len, reverse=True):
                    told = told.replace(name, "")
                if INDONESIAN & set(re.findall(r"[a-z]+", QUOTED.sub("", told).lower())):
                    left.append(told)
    assert left == []


def test_pages_in_english_show_no_core_text_in_indonesian(planner):
    planner.cookies["selaras_language"] = "en"
    refused = planner.get(reverse("accounts:people", args=(BIRO, 2024))).content.decode()
    assert "may not manage users and roles" in refused
    assert "tidak berhak" not in refused
    checks = planner.get(reverse("planning:checks", args=(BIRO, 2024))).content.decode()
    assert "the Renstra targets are not complete for the period" in checks
    assert "belum lengkap" not in checks
    wrong = planner.post(f"/i/{BIRO}/2024/data/unit/baru/", {"code": "BARU", "name": "", "kind": "unit"})
    assert wrong.status_code == 422
    assert "This cell must be filled in" in wrong.content.decode()
