"""A small office for the tests of stage people: positions and goals are invented."""

from dataclasses import replace
from datetime import date

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.org import Agency, AgencyKind
from selaras.core.people.matrix import Cell, Matrix, Member, TeamRole
from selaras.core.people.skp import Method, Section, SkpForm, SkpPlan, SkpRow
from selaras.core.planning import Indicator, IndicatorKind, IndicatorLevel
from selaras.core.value import ValueKind, number, percent
from selaras.rulebook.people import load_people

DAY = date(2024, 12, 31)
RULES = load_people(DAY)
AGENCY = Agency(
    "CONTOH", "Biro Contoh", "Biro Contoh", AgencyKind.REGIONAL_UNIT, parent_name="Pemerintah Daerah Contoh"
)
HEAD = SkpPlan(
    "SKP-KEPALA", 2024, "KEPALA", SkpForm.HEAD, Method.QUANTITATIVE, date(2024, 1, 2), DAY,
    assessor="ASISTEN", agreement="PK-KEPALA",
)  # fmt: skip
STAFF = SkpPlan(
    "SKP-STAF",
    2024,
    "STAF",
    SkpForm.STAFF,
    Method.QUANTITATIVE,
    date(2024, 1, 2),
    DAY,
    employee="P1",
    assessor="KEPALA",
)
AGREEMENT = Agreement("PK-KEPALA", 2024, "KEPALA", "ASISTEN")
GOOD, LIBRARY = (
    "Persentase perangkat daerah yang reformasi birokrasinya baik",
    "Persentase perpustakaan yang memenuhi standar",
)
LINES = (
    AgreementLine("PK-KEPALA", 1, "Birokrasi berkinerja tinggi", GOOD, percent(87), "%", "I1"),
    AgreementLine("PK-KEPALA", 2, "Birokrasi berkinerja tinggi", LIBRARY, percent(60), "%", "I2"),
)


def indicator(code, name, kind=IndicatorKind.OUTCOME, **more):
    return Indicator(code, "S1", name, IndicatorLevel.SASARAN, kind, "%", ValueKind.PERCENT, **more)


INDICATORS = (indicator("I1", GOOD), indicator("I2", LIBRARY))
HEAD_ROWS = (
    SkpRow("SKP-KEPALA", 1, Section.MAIN, "Birokrasi berkinerja tinggi", GOOD, number(87), "Persentase",
           perspective="Penerima Layanan", line=1, indicator="I1"),
    SkpRow("SKP-KEPALA", 2, Section.MAIN, "Birokrasi berkinerja tinggi", LIBRARY, number(60), "Persentase",
           perspective="Penerima Layanan", line=2, indicator="I2"),
)  # fmt: skip
STAFF_ROW = SkpRow(
    "SKP-STAF", 1, Section.MAIN, "Laporan pembinaan tersusun", "Jumlah laporan pembinaan", number(12), "laporan",
    aspect="Kuantitas", supports=f"Birokrasi berkinerja tinggi: {GOOD}", parent_plan="SKP-KEPALA", parent_order=1,
)  # fmt: skip
MATRIX = Matrix(
    HEAD, HEAD_ROWS,
    (Member("P1", TeamRole.MEMBER, "STAF", "Pegawai Satu", 2), Member("P2", TeamRole.COORDINATOR, "KETUA", "Pegawai Dua", 1)),
    (Cell("P1", 1, 1, "Laporan pembinaan tersusun", "Jumlah laporan pembinaan", number(12), "laporan", "Kuantitas"),),
)  # fmt: skip


def changed(record, **fields):
    return replace(record, **fields)
