"""A small invented office with at least one record of every kind, for the workbook's tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal, RevisionReason
from selaras.core.measurement.records import (
    DataQuality,
    Evidence,
    EvidenceKind,
    Explanation,
    FollowUp,
    Obstacle,
    PhotoRecord,
    Progress,
    Realisation,
    Spending,
)
from selaras.core.org import (
    Agency,
    AgencyKind,
    Capacity,
    Education,
    Employee,
    Employment,
    LegalBasis,
    Position,
    RegulationStatus,
    Sex,
    Tenure,
    Unit,
    UnitKind,
)
from selaras.core.period import Period, Span, quarter
from selaras.core.planning import (
    Aggregation,
    BudgetLine,
    BudgetVersion,
    Contribution,
    FormulaKind,
    FundSource,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Issue,
    LowerMethod,
    Mission,
    Node,
    NodeLevel,
    ParentPlan,
    PlanDocument,
    Polarity,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.core.reform import ReformScore
from selaras.core.snapshot import Narrative, ReportSettings
from selaras.core.value import Value, ValueKind, grade, number, percent

AGENCY = Agency(
    code="07",
    name="Dinas Arsip Kabupaten Kirana",
    short_name="Dinas Arsip",
    kind=AgencyKind.REGIONAL_UNIT,
    parent_name="Pemerintah Kabupaten Kirana",
    city="Kirana",
    address="Jalan Melati Nomor 1\nKirana",
    phone="(0000) 123456",
    email="arsip@kirana.example",
    website="https://kirana.example",
)

YEAR = Period(2024)
RANGE = Value(ValueKind.NUMBER, Decimal(5), Decimal(7))
SHARE = Indicator(
    "IKU-01", "S1", "Persentase arsip tertata", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "%", ValueKind.PERCENT,
    formula=FormulaKind.RATIO, iku=True, numerator="Arsip tertata", denominator="Seluruh arsip",
    definition="Arsip yang tertata menurut standar", source="Register arsip", responsible="KADIS", cap=Decimal(120),
    baseline_year=2023, baseline=percent("80.25"), standard=percent(100), standard_source="Standar nasional", order=1,
)  # fmt: skip
DAYS = Indicator(
    "IKU-02", "S1", "Lama layanan", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "hari", ValueKind.NUMBER,
    polarity=Polarity.LOWER, lower_method=LowerMethod.INVERSE, aggregation=Aggregation.MEAN, baseline=number("1234.567"),
)  # fmt: skip
MARK = Indicator(
    "IKU-03", "T1", "Predikat akuntabilitas", IndicatorLevel.TUJUAN, IndicatorKind.IMPACT, "", ValueKind.GRADE,
    grade_scale="akip", baseline=grade("B"),
)  # fmt: skip
RULE = Indicator(
    "IKU-04", "S1", "=Pedoman tersedia", IndicatorLevel.SASARAN, IndicatorKind.OUTPUT, "Ya/Tidak", ValueKind.YES_NO,
    standard=Value(ValueKind.YES_NO, flag=True),
)  # fmt: skip
BAND = Indicator(
    "IKU-05", "S1", "Kelembapan ruang", IndicatorLevel.SASARAN, IndicatorKind.INPUT, "derajat", ValueKind.NUMBER,
    polarity=Polarity.RANGE, formula=FormulaKind.WEIGHTED,
)  # fmt: skip

RECORDS = {
    ReportSettings: [
        ReportSettings(2024, signatory="KADIS", signed_at="Kirana", signed_on=date(2025, 1, 31), reviewer="SEKDA"),
    ],
    Unit: [
        Unit("01", "Dinas Arsip", kind=UnitKind.UNIT, since=date(2017, 1, 2), order=1),
        Unit("01.1", "Sekretariat", "01", UnitKind.SECRETARIAT, coordination=True, until=date(2030, 12, 31), order=2),
    ],
    Position: [
        Position("SEKDA", "Sekretaris Daerah", outside=True),
        Position("KADIS", "Kepala Dinas Arsip", "01", "SEKDA", order=1),
    ],
    Tenure: [
        Tenure("KADIS", "Nama Rekaan, S.H.", since=date(2022, 3, 1), nip="000000000000000001", rank="Pembina (IV/a)"),
        Tenure("KADIS", "Rekaan Kedua", Capacity.PLT, date(2021, 1, 1), date(2022, 2, 28)),
    ],
    Employee: [
        Employee("001", "Rekaan Ketiga", "Staf", Employment.PNS, Sex.FEMALE, Education.S1, "01.1", since_year=2015),
        Employee("002", "Rekaan Keempat", "PPNPN", Employment.PPNPN, Sex.MALE, Education.SLTA, job="Keamanan", order=2),
    ],
    LegalBasis: [
        LegalBasis("UUD", "Undang-Undang Dasar", "", None, "Undang-Undang Dasar", order=1),
        LegalBasis("PP-8-2006", "Peraturan Pemerintah", "8", 2006, "Pelaporan kinerja", "LN 25", "", RegulationStatus.IN_FORCE,
                   "sudah diperiksa", 2),
    ],
    ParentPlan: [ParentPlan("RPD", "Rencana Pembangunan Daerah", 2024, 2026, "Peraturan Bupati 1/2023")],
    StrategicPlan: [StrategicPlan("RENSTRA", "Rencana Strategis", 2024, 2026, "Arsip yang tertib", "RPD", "Kepdis 1/2023")],
    Mission: [Mission("RENSTRA", 1, "Menata arsip"), Mission("RENSTRA", 2, "Melayani pembaca")],
    Issue: [Issue("I1", "Arsip belum tertata", 1)],
    Node: [
        Node("T1", NodeLevel.TUJUAN, "Terwujudnya arsip yang tertib"),
        Node("S1", NodeLevel.SASARAN, "Meningkatnya tertib arsip", "T1", "01", order=1),
        Node("P1", NodeLevel.PROGRAM, "Program arsip", "S1", "01", "2.24.02", "Nomenklatur contoh", 2),
        Node("K1", NodeLevel.SUB_KEGIATAN, "Penataan arsip", "P1", "01.1", "2.24.02.1.01.0001"),
    ],
    Contribution: [Contribution("S1", "01.1", "Tenaga penata")],
    Indicator: [SHARE, DAYS, MARK, RULE, BAND],
    WeightedPart: [WeightedPart("IKU-05", "IKU-02", Decimal("62.5")), WeightedPart("IKU-05", "IKU-01", Decimal("37.5"))],
    Target: [
        Target("IKU-01", YEAR, PlanDocument.RENSTRA, percent("87.50")),
        Target("IKU-01", quarter(2024, 3), PlanDocument.ACTION_PLAN, percent("103.3333")),
        Target("IKU-02", YEAR, PlanDocument.RKT, number("1234.567")),
        Target("IKU-03", YEAR, PlanDocument.RKT, grade("BB")),
        Target("IKU-04", YEAR, PlanDocument.RKT, Value(ValueKind.YES_NO, flag=True)),
        Target("IKU-05", YEAR, PlanDocument.RKT, RANGE),
        Target("IKU-05", Period(2025), PlanDocument.RKT, Value(ValueKind.NUMBER, Decimal("-5.125"), Decimal(-1))),
        Target("IKU-02", Period(2025), PlanDocument.RKT, number("12345678901234567.89")),
    ],
    Support: [Support("IKU-01", "P1"), Support("IKU-02", "K1", supports=False, reason="Belum berjalan")],
    BudgetVersion: [
        BudgetVersion("murni", 2024, "APBD murni", 0, date(2024, 1, 2)),
        BudgetVersion("ubah", 2024, "APBD perubahan", 1, date(2024, 9, 30), "Penyesuaian pendapatan"),
    ],
    BudgetLine: [
        BudgetLine("murni", 2024, "K1", Decimal(100000000), FundSource.APBD),
        BudgetLine("ubah", 2024, "K1", Decimal("120000000.50"), FundSource.APBD),
        BudgetLine("ubah", 2024, "K1", Decimal(5000000), FundSource.GRANT),
    ],
    Agreement: [
        Agreement("PK-0", 2024, "KADIS", "SEKDA", signed_on=date(2024, 1, 15), signed_at="Kirana"),
        Agreement("PK-1", 2024, "KADIS", "SEKDA", 1, date(2024, 10, 1), "Kirana", RevisionReason.PRIORITY, "Anggaran berubah"),
    ],
    AgreementLine: [
        AgreementLine("PK-0", 1, "Tertib arsip", "Persentase arsip tertata", percent(85), "%", "IKU-01"),
        AgreementLine("PK-0", 2, "Tertib arsip", "Arsip tertata", number(56), "Persen", "IKU-01"),
        AgreementLine("PK-0", 3, "", "Jumlah arsip", number("0.875"), "", ""),
        AgreementLine("PK-1", 1, "Tertib arsip", "Predikat", grade("Sangat Baik"), "predikat"),
        AgreementLine("PK-1", 2, "Tertib arsip", "Pedoman", Value(ValueKind.YES_NO, flag=False), "ada"),
        AgreementLine("PK-1", 3, "Tertib arsip", "Kelembapan", RANGE, "%"),
        AgreementLine("PK-1", 4, "Tertib arsip", "Kelembapan", Value(ValueKind.PERCENT, Decimal(5), Decimal("7.125")), "x"),
    ],
    AgreementProgramme: [AgreementProgramme("PK-0", 1, "Program arsip", Decimal(100000000), FundSource.APBD, "P1")],
    HeadGoal: [
        HeadGoal("PK-1", 1, "Persentase arsip tertata", percent(85), "%", "IKU-01"),
        HeadGoal("PK-1", 2, "Direktif pimpinan", number(100), "kali"),
    ],
    Realisation: [
        Realisation("IKU-01", YEAR, numerator=Decimal(203), denominator=Decimal(338), status=Progress.VERIFIED,
                    entered_by="Pengelola", verified_by="Atasan", note="Lengkap"),
        Realisation("IKU-02", Period(2024, Span.SEMESTER, 2), number("3.25")),
        Realisation("IKU-02", Period(2024, Span.MONTH, 3), number(0)),
        Realisation("IKU-03", YEAR),
    ],
    Evidence: [
        Evidence("IKU-01", YEAR, EvidenceKind.FILE, "Register", "register.pdf", "0" * 64, date(2024, 12, 31)),
        Evidence("IKU-02", quarter(2024, 1), EvidenceKind.LINK, "Laporan", "https://kirana.example/bukti"),
    ],
    Explanation: [Explanation("IKU-01", 2024, "Tenaga cukup", "-", "+ tenaga", "@2025", "Hemat\nwaktu")],
    Obstacle: [
        Obstacle("H1", 2024, "S1", "Ruang sempit", "Dana", "Sewa ruang", "KADIS", date(2025, 6, 30), FollowUp.RUNNING, 1),
    ],
    Spending: [
        Spending("K1", 2024, 1, Decimal(25000000)),
        Spending("K1", 2024, 12, Decimal("90000000.25")),
    ],
    DataQuality: [DataQuality("IKU-01", 2024, "Uji petik", "Register", "Belum seluruhnya digital")],
    PhotoRecord: [PhotoRecord("F1", 2024, "Penataan arsip", date(2024, 5, 6), "Ruang arsip", "f1.jpg", 1)],
    ReformScore: [
        ReformScore(2024, Decimal("84.21"), Decimal("1.05"), Decimal("5.04"), Decimal(100), Decimal("97.5"), "Dinas", "Surat"),
    ],
    Narrative: [Narrative(2024, "pengantar", 1, "Contoh baik patut ditiru."), Narrative(2024, "pengantar", 2, "Paragraf kedua.")],
}  # fmt: skip
