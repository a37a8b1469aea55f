"""An agency's own copy of a template comes back as it was."""

import json
from dataclasses import replace

import pytest

from selaras.core.errors import Refusal
from selaras.core.evaluation.copying import as_data, copy_of
from selaras.core.org import AgencyKind
from selaras.rulebook.lke import template_from, templates
from selaras.rulebook.lke_evidence import clues_for


@pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.code)
def test_a_template_survives_json(template):
    kept = json.loads(json.dumps(as_data(template)))
    assert template_from(kept) == template


def test_kinds_of_agencies_survive():
    template = replace(templates()["mahkamah-agung"], kinds=(AgencyKind.MINISTRY_UNIT,))
    assert template_from(as_data(template)) == template


def test_a_copy_is_local_and_keeps_the_clues_of_its_origin():
    origin = templates()["permenpan-rb-88-2021"]
    copy = copy_of(origin, "instansi-a", "LKE instansi A")
    assert (copy.code, copy.local, copy.base, copy.components) == ("instansi-a", True, origin.code, origin.components)
    assert copy.source.note.startswith("Salinan dari")
    assert clues_for(copy) == clues_for(origin)
    assert copy_of(copy, "b", "B").base == origin.code


def test_a_changed_copy_that_is_not_sound_is_refused():
    data = as_data(templates()["permenpan-rb-88-2021"])
    data["components"][0]["weight"] = "31"
    with pytest.raises(Refusal) as caught:
        template_from(data, "salinan")
    assert "salinan" in str(caught.value)
    assert len(caught.value.faults) == 2
