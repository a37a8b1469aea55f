"""The bureau with people on its chairs: an assistant above, its head, a head of section, two employees, the staff office."""

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO

from selaras.actions import people, people_agreeing, people_contents, people_matrix, people_rating
from selaras.core.access import Role
from selaras.core.people.feedback import FeedbackKind
from selaras.core.people.matrix import Cell, TeamRole
from selaras.core.people.ratings import Rating
from selaras.core.period import Period
from selaras.core.value import number
from selaras.store import models as tables
from selaras.store.users import actor_of

YEAR = 2024
HEAD, SECTION, STAFF = "SKP-2024-KABIRO", "SKP-2024-KABAG-RBA", "SKP-2024-P-01"


class Office:
    """The people of the bureau with their browsers, and what they do with their plans."""

    def __init__(self, signed_in) -> None:
        self.signed_in = signed_in
        agency = tables.Agency.objects.get(code=BIRO)
        section = tables.Unit.objects.get(agency=agency, code="BAG-RBA")
        tables.Position.objects.create(
            agency=agency, sequence=9000, code="ANALIS", title="Analis Reformasi Birokrasi", unit=section,
            superior=tables.Position.objects.get(agency=agency, code="KABAG-RBA"), order=90,
        )  # fmt: skip
        for order, (code, name) in enumerate((("P-01", "Pegawai Contoh Satu"), ("P-02", "Pegawai Contoh Dua")), 1):
            tables.Employee.objects.create(
                agency=agency, sequence=9000 + order, code=code, name=name, group="Fungsional", status="PNS", sex="P",
                education="S1", unit=section, nip="19900101 201503 2 001" if order == 1 else "", rank="III/b",
                job="Analis", order=order,
            )  # fmt: skip
        self.above = self._chair("asisten", "ASISTEN", Role.LEADER)
        self.head = self._chair("kepala", "KABIRO", Role.SUPERIOR)
        self.section = self._chair("kabag", "KABAG-RBA", Role.SUPERIOR)
        self.staff = self._employee("pegawai", "P-01")
        self.colleague = self._employee("rekan", "P-02")
        self.keeper = signed_in(Role.STAFFING, name="contoh-kepegawaian")

    def actor(self, name):
        return actor_of(tables.User.objects.get(username=f"contoh-{name}"), timezone.localdate())

    def _chair(self, name, position, role):
        browser = self.signed_in(role, name=f"contoh-{name}")
        tenure = tables.Tenure.objects.get(position__code=position, position__agency__code=BIRO)
        tables.Seat.objects.get_or_create(user=tables.User.objects.get(username=f"contoh-{name}"), tenure=tenure)
        return browser

    def _employee(self, name, code):
        browser = self.signed_in(Role.EMPLOYEE, name=f"contoh-{name}")
        user = tables.User.objects.get(username=f"contoh-{name}")
        tables.StaffSeat.objects.create(user=user, employee=tables.Employee.objects.get(agency__code=BIRO, code=code))
        return browser

    def planned(self):
        """The head, the head of section and one employee have plans; the employee's comes from the matrix."""
        people.create_plan(self.actor("kepala"), agency=BIRO, year=YEAR, position="KABIRO")
        people.create_plan(self.actor("kabag"), agency=BIRO, year=YEAR, position="KABAG-RBA")
        row = people_contents.save_row(self.actor("kabag"), agency=BIRO, code=SECTION, row=self.own_row())
        people_matrix.set_member(
            self.actor("kabag"), agency=BIRO, leader=SECTION, employee="P-01", role=TeamRole.MEMBER, position="ANALIS"
        )
        cell = Cell(
            "P-01", row.order, 0, "Laporan evaluasi tersusun", "Jumlah laporan", number(4), "laporan", "Kuantitas"
        )
        people_matrix.put_cell(self.actor("kabag"), agency=BIRO, leader=SECTION, cell=cell)
        people.create_plan(self.actor("pegawai"), agency=BIRO, year=YEAR, position="ANALIS", employee="P-01")
        return self

    @staticmethod
    def own_row():
        from selaras.core.people.skp import Section, SkpRow

        return SkpRow(
            "", 0, Section.MAIN, "Evaluasi reformasi birokrasi terlaksana", "Jumlah evaluasi", number(4), "evaluasi",
            aspect="Kuantitas",
        )  # fmt: skip

    def agreed(self, code=STAFF, person="pegawai", assessor="kabag"):
        people_agreeing.propose(self.actor(person), agency=BIRO, code=code)
        people_agreeing.agree(self.actor(assessor), agency=BIRO, code=code)
        return self

    def rated(self):
        people_rating.give_feedback(
            self.actor("kabag"), agency=BIRO, code=STAFF, text="Laporannya rapi.", kind=FeedbackKind.APPRECIATION, row=1,
            evidence=["Laporan triwulan II"],
        )  # fmt: skip
        people_rating.assess(
            self.actor("kabag"), agency=BIRO, code=STAFF, period=Period(YEAR), results=Rating.AS_EXPECTED,
            behaviour=Rating.ABOVE, reason="Sesuai bukti.",
        )  # fmt: skip
        return self


@pytest.fixture
def office(signed_in):
    return Office(signed_in)
