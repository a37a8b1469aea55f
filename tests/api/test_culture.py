"""Work culture over the API: only what was published, without a text, an answer or a person."""

import pytest
from tests.web.conftest import BIRO

from selaras.actions.culture_demo import load_demo
from selaras.actions.culture_statistics import publish_wave
from selaras.core.access import Role, Scope, operator
from selaras.store import models as tables

pytestmark = pytest.mark.usefixtures("inside")
AT = f"/agencies/{BIRO}/2024/culture"


def test_only_published_results_are_read_and_suppressed_as_they_were_published(program):
    by, caller = operator("Terminal"), program(Role.PLANNER, scopes=(Scope.READ,))
    load_demo(by, agency=BIRO, year=2024)
    assert caller.get(f"{AT}/studies").json() == []
    assert caller.get(f"{AT}/surveys").json() == []
    survey = tables.Survey.objects.get(code="setda-musi-banyuasin-survei")
    publish_wave(by, agency=BIRO, survey=survey.code, wave="2024-1")
    (wave,) = caller.get(f"{AT}/surveys").json()
    assert (wave["survey"], wave["synthetic"], wave["edition"]["threshold"]) == (survey.code, True, 10)
    assert all(spread["n"] >= 10 for group in wave["edition"]["groups"].values() for spread in group.values())
    assert "comment" not in str(wave)
    assert caller.get("/agencies/LAIN/2024/culture/studies").status_code == 404
