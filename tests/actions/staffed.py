"""A small office with a head, a staff member, their superiors and a PK, for the tests of the SKP."""

from datetime import date
from decimal import Decimal

from tests.store.example import AGENCY, YEAR
from tests.store.filling import fill

from selaras.actions import people as verbs
from selaras.actions import people_agreeing, people_contents
from selaras.core import agreements as a
from selaras.core import org
from selaras.core import planning as p
from selaras.core.access import Actor, Grant, Role
from selaras.core.measurement import records as m
from selaras.core.people.matrix import Cell, TeamRole
from selaras.core.period import Period
from selaras.core.value import ValueKind, number, percent
from selaras.store import models as tables

CODE = AGENCY.code
HEAD, STAFF = f"SKP-{YEAR}-KEPALA", f"SKP-{YEAR}-P-1"


def records():
    listed = [
        org.Unit("DINAS", "Dinas Contoh"), org.Unit("SEK", "Sekretariat", "DINAS"), org.Unit("KECIL", "Seksi Kecil", "DINAS"),
        org.Position("WALI", "Wali Kota", outside=True), org.Position("SEKDA", "Sekretaris Daerah", superior="WALI", outside=True),
        org.Position("KEPALA", "Kepala Dinas", "DINAS", "SEKDA", order=1),
        org.Position("SEKRETARIS", "Sekretaris", "SEK", "KEPALA", order=2),
        org.Position("ANALIS", "Analis Kebijakan", "SEK", "SEKRETARIS", order=3),
        org.Tenure("KEPALA", "Contoh Kepala", since=date(YEAR, 1, 1), nip="19700101 199503 1 001", rank="Pembina"),
        org.Tenure("SEKRETARIS", "Contoh Sekretaris", since=date(YEAR, 1, 1)),
        org.Tenure("SEKDA", "Contoh Sekda", since=date(YEAR, 1, 1)),
        org.Tenure("WALI", "Contoh Wali", since=date(YEAR, 1, 1)),
        *(
            org.Employee(
                f"P-{index}", f"Contoh Pegawai {index}", "Staf", org.Employment.PNS, org.Sex.FEMALE, org.Education.S1,
                "SEK", f"1990010{index} 201503 2 00{index}", "Penata", "Analis Kebijakan", order=index,
            ) for index in range(1, 4)
        ),
        p.StrategicPlan("RENSTRA", "Renstra", YEAR - 1, YEAR + 3),
        p.Node("T1", p.NodeLevel.TUJUAN, "Layanan membaik", "", "DINAS"),
        p.Node("S1", p.NodeLevel.SASARAN, "Layanan cepat", "T1", "DINAS"),
        p.Indicator(
            "IKU-1", "S1", "Persentase layanan tepat waktu", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTCOME, "%",
            ValueKind.PERCENT, formula=p.FormulaKind.RATIO, responsible="KEPALA",
        ),
        p.Indicator(
            "IKU-2", "S1", "Jumlah layanan digital", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTPUT, "layanan",
            ValueKind.NUMBER, aggregation=p.Aggregation.SUM,
        ),
        p.Target("IKU-1", Period(YEAR), p.PlanDocument.RENSTRA, percent(85)),
        a.Agreement("PK-1", YEAR, "KEPALA", "SEKDA", 0, date(YEAR, 1, 5)),
        a.AgreementLine("PK-1", 1, "Layanan cepat", "Persentase layanan tepat waktu", percent(85), "%", "IKU-1"),
        a.AgreementLine("PK-1", 2, "Layanan cepat", "Jumlah layanan digital", number(12), "layanan", "IKU-2"),
        a.HeadGoal("PK-1", 1, "Persentase layanan tepat waktu", percent(85), "%", "IKU-1"),
        m.Realisation("IKU-1", Period(YEAR), None, Decimal(170), Decimal(200), m.Progress.VERIFIED, "Operator", "Verifikator"),
    ]  # fmt: skip
    sorted_ = {}
    for item in listed:
        sorted_.setdefault(type(item), []).append(item)
    return sorted_


def person(login, *roles, positions=(), employee=""):
    user = tables.User.objects.filter(username=login).first() or tables.User.objects.create(
        username=login, name=f"Contoh {login.title()}"
    )
    agency = tables.Agency.objects.get(code=CODE)
    for role in roles:
        tables.RoleGrant.objects.get_or_create(user=user, role=role.value, agency=agency)
    if employee:
        tables.StaffSeat.objects.get_or_create(
            user=user, employee=tables.Employee.objects.get(agency=agency, code=employee)
        )
    held = frozenset((CODE, position) for position in positions)
    for position in positions:
        tenure = tables.Tenure.objects.filter(agency=agency, position__code=position).first()
        tables.Seat.objects.get_or_create(user=user, tenure=tenure)
    return Actor(user.name, tuple(Grant(role, CODE) for role in roles), login, held, employed=bool(employee))


def people():
    """Everybody who matters to a file, and every role that must not."""
    found = {
        "pegawai": person("pegawai", Role.EMPLOYEE, employee="P-1"),
        "rekan": person("rekan", Role.EMPLOYEE, employee="P-2"),
        "sekretaris": person("sekretaris", Role.SUPERIOR, positions=["SEKRETARIS"]),
        "kepala": person("kepala", Role.LEADER, positions=["KEPALA"]),
        "sekda": person("sekda", Role.SUPERIOR, positions=["SEKDA"]),
        "wali": person("wali", Role.LEADER, positions=["WALI"]),
    }
    for role in Role:
        if role is not Role.READER:
            found[role.name.lower()] = person(f"peran-{role.name.lower()}", role)
    return found


def filled():
    fill(records(), years=(YEAR,))
    return people()


def team(who):
    """The head's plan with the secretary's team: the employee stands in the secretary's matrix."""
    head = verbs.create_plan(who["kepala"], agency=CODE, year=YEAR, position="KEPALA", code=HEAD)
    chief = verbs.create_plan(who["sekretaris"], agency=CODE, year=YEAR, position="SEKRETARIS", code="SKP-SEKRETARIS")
    return head, chief


def own_row(plan, text="Laporan tersusun", measure="Jumlah laporan", **more):
    from selaras.core.people.skp import Section, SkpRow

    return SkpRow(plan, 0, Section.MAIN, text, measure, number(12), "laporan", aspect="Kuantitas", **more)


def staff_plan(who):
    """The plan of the employee, drawn from the matrix of the secretary."""
    from selaras.actions import people_matrix as matrix

    team(who)
    people_contents.save_row(
        who["sekretaris"], agency=CODE, code="SKP-SEKRETARIS", row=own_row("SKP-SEKRETARIS", "Tata usaha tertib")
    )
    matrix.set_member(
        who["sekretaris"], agency=CODE, leader="SKP-SEKRETARIS", employee="P-1", role=TeamRole.MEMBER, position="ANALIS"
    )
    matrix.put_cell(
        who["sekretaris"],
        agency=CODE,
        leader="SKP-SEKRETARIS",
        cell=Cell("P-1", 1, 0, "Laporan tersusun", "Jumlah laporan", number(12), "laporan", "Kuantitas"),
    )
    return verbs.create_plan(who["pegawai"], agency=CODE, year=YEAR, position="ANALIS", employee="P-1", code=STAFF)


def agreed(who):
    staff_plan(who)
    people_agreeing.propose(who["pegawai"], agency=CODE, code=STAFF)
    return people_agreeing.agree(who["sekretaris"], agency=CODE, code=STAFF)
