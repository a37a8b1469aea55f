"""An evaluation of a bureau of the first sample agency: opened, with its team, as far along as a test wants it."""

import pytest
from tests.actions.evaluating import probed
from tests.web.conftest import BIRO

from selaras.actions import evaluations
from selaras.core.access import Role
from selaras.core.evaluation.stages import Column, TeamRole
from selaras.store import models as tables
from selaras.store.users import actor_of

YEAR = 2024


class Desk:
    """The people of an evaluation and what they do with it."""

    def __init__(self, signed_in) -> None:
        self.signed_in = signed_in
        self.unit = signed_in(Role.PLANNER, name="contoh-unit")
        self.member = signed_in(Role.EVALUATOR, name="contoh-anggota")
        self.chief = signed_in(Role.EVALUATOR, name="contoh-ketua")
        self.controller = signed_in(Role.EVALUATOR, name="contoh-pengendali")
        self.lead = signed_in(Role.EVALUATOR, name="contoh-penanggung")
        self.row = None

    def actor(self, name):
        from django.utils import timezone

        return actor_of(tables.User.objects.get(username=f"contoh-{name}"), timezone.localdate())

    def open(self, unit="", template="", year=YEAR):
        self.row = evaluations.open_evaluation(
            self.actor("ketua"), agency=BIRO, year=year, unit=unit, template=template
        )
        evaluations.set_team(
            self.actor("ketua"), agency=BIRO, evaluation=self.row.pk,
            members={
                "contoh-anggota": TeamRole.MEMBER, "contoh-ketua": TeamRole.CHIEF,
                "contoh-pengendali": TeamRole.CONTROLLER, "contoh-penanggung": TeamRole.LEAD,
            },
        )  # fmt: skip
        return self

    def answer(self, who, column, letter="D", reason=""):
        from selaras.store.evaluations import template_of

        for sub in template_of(self.row).subcomponents:
            evaluations.answer(
                self.actor(who), agency=BIRO, evaluation=self.row.pk, column=column, item=sub.code, answer=letter,
                reason=reason,
            )  # fmt: skip
        return self

    def submitted(self):
        self.answer("unit", Column.SELF, "D")
        evaluations.submit(self.actor("unit"), agency=BIRO, evaluation=self.row.pk)
        return self

    def final(self):
        self.submitted()
        self.answer("anggota", Column.EVALUATOR, "E", "Belum ada buktinya.")
        probed(self.row)
        at = {"agency": BIRO, "evaluation": self.row.pk}
        evaluations.evaluate_done(self.actor("ketua"), **at)
        evaluations.control_done(self.actor("pengendali"), **at)
        evaluations.close(self.actor("penanggung"), **at)
        self.row.refresh_from_db()
        return self

    def url(self, page=""):
        return f"/i/{BIRO}/{self.row.year}/evaluasi/{self.row.pk}/{page}"


@pytest.fixture
def desk(signed_in):
    return Desk(signed_in)
