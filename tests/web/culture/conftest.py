"""The bureau with the worked examples loaded, their lead, a second coder, a reader and a leader."""

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO

from selaras.actions.culture import set_member
from selaras.actions.culture_demo import load_demo
from selaras.core.access import Role
from selaras.rulebook.culture import examples
from selaras.store import models as tables
from selaras.store.models.culture import StudyRole
from selaras.store.users import actor_of

BASE = f"/i/{BIRO}/2024/budaya/"
BALI, MUBA = (item.study.code for item in examples())


def study(code, *more):
    return "/".join([f"{BASE}studi/{code}", *more]) + "/"


class Team:
    """The people of a study with their browsers."""

    def __init__(self, signed_in):
        self.signed_in = signed_in
        self.lead = signed_in(Role.CULTURE, name="contoh-ketua")
        self.coder = signed_in(Role.CULTURE, name="contoh-penyandi")
        self.planner = signed_in(Role.PLANNER, name="contoh-pembaca")
        self.leader = signed_in(Role.LEADER, name="contoh-pimpinan")
        load_demo(self.actor("ketua"), agency=BIRO, year=2024)
        for code in (BALI, MUBA):
            set_member(
                self.actor("ketua"), agency=BIRO, study=code, login="contoh-penyandi", role=StudyRole.CODER
            )  # fmt: skip

    def actor(self, name):
        return actor_of(tables.User.objects.get(username=f"contoh-{name}"), timezone.localdate())


@pytest.fixture
def team(signed_in):
    return Team(signed_in)
