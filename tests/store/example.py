"""An invented agency with a record of every kind, small or as large as wanted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from selaras.core import agreements as a
from selaras.core import org
from selaras.core import planning as p
from selaras.core.measurement import records as m
from selaras.core.period import Period, Span, quarter
from selaras.core.reform import ReformScore
from selaras.core.reform.scheme import Adjustment
from selaras.core.snapshot import Narrative, ReportSettings
from selaras.core.value import Value, ValueKind, grade, number, percent

YEAR = 2024
AGENCY = org.Agency(
    "DINAS-X", "Dinas Contoh Kota Misal", "Dinas Contoh", org.AgencyKind.REGIONAL_UNIT, "Pemerintah Kota Misal",
    "Misal", "Jalan Contoh Nomor 1", "(000) 111", "kantor@contoh.example", "https://contoh.example",
)  # fmt: skip


def records() -> dict[type[Any], list[Any]]:
    listed = [
        org.Unit("DINAS", "Dinas Contoh", since=date(2020, 1, 2)),
        org.Unit("SEK", "Sekretariat", "DINAS", org.UnitKind.SECRETARIAT, True, date(2020, 1, 2), date(2030, 1, 1), 2),
        org.Position("KADIS", "Kepala Dinas", "DINAS", "WALI", order=1),
        org.Position("WALI", "Wali Kota", outside=True),
        org.Tenure("KADIS", "Contoh Pertama", org.Capacity.PLT, date(2024, 1, 1), date(2024, 6, 30), "0", "Pembina"),
        org.Tenure("KADIS", "Contoh Kedua"),
        org.Employee(
            "P-1", "Contoh Ketiga", "Staf", org.Employment.PPPK, org.Sex.FEMALE, org.Education.S1, "SEK", "0", "IX",
            "Analis", 2021, 1,
        ),
        org.LegalBasis("UU-1", "Undang-Undang", "1", 2023, "tentang Contoh", "LN 1", "diubah", org.RegulationStatus.AMENDED, "lihat", 3),
        p.ParentPlan("RPJMD", "RPJMD Kota Misal", 2022, 2026, "Perda 1/2022"),
        p.StrategicPlan("RENSTRA", "Renstra Dinas Contoh", 2022, 2026, "Misal maju", "RPJMD", "Perwal 2/2022"),
        p.Mission("RENSTRA", 1, "Melayani"),
        p.Issue("ISU-1", "Layanan lambat", 1),
        p.Node("T1", p.NodeLevel.TUJUAN, "Layanan membaik", "", "DINAS"),
        p.Node("S1", p.NodeLevel.SASARAN, "Layanan cepat", "T1", "DINAS", "1", "90/2019", 1),
        p.Node("P1", p.NodeLevel.PROGRAM, "Program Contoh", "S1", "SEK", "1.01.01"),
        p.Contribution("S1", "SEK", "data layanan"),
        p.Indicator(
            "IKU-1", "S1", "Persentase layanan tepat waktu", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTCOME, "%",
            ValueKind.PERCENT, formula=p.FormulaKind.RATIO, cap=Decimal(120), iku=True, numerator="tepat waktu",
            denominator="seluruh layanan", definition="…", source="register", responsible="KADIS", baseline_year=2021,
            baseline=percent("71.25"), standard=Value(ValueKind.PERCENT, Decimal(80), Decimal(90)),
            standard_source="nasional", order=1,
        ),
        p.Indicator(
            "IKU-2", "S1", "Predikat SAKIP", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTCOME, "predikat",
            ValueKind.GRADE, grade_scale="predikat-sakip",
        ),
        p.Indicator(
            "IKU-3", "P1", "Waktu tunggu", p.IndicatorLevel.PROGRAM, p.IndicatorKind.OUTPUT, "menit",
            ValueKind.NUMBER, p.Polarity.LOWER, aggregation=p.Aggregation.SUM, lower_method=p.LowerMethod.INVERSE,
        ),
        p.Indicator(
            "IKU-4", "P1", "Ada standar", p.IndicatorLevel.PROGRAM, p.IndicatorKind.OUTPUT, "ya/tidak",
            ValueKind.YES_NO,
        ),
        p.WeightedPart("IKU-1", "IKU-3", Decimal("33.333333333333")),
        p.Target("IKU-1", Period(2024), p.PlanDocument.RENSTRA, percent(85)),
        p.Target("IKU-1", Period(2023), p.PlanDocument.RENSTRA, percent("82.5")),
        p.Target("IKU-1", quarter(2024, 1), p.PlanDocument.ACTION_PLAN, percent("20")),
        p.Target("IKU-2", Period(2024), p.PlanDocument.RKT, grade("BB")),
        p.Target("IKU-3", Period(2024), p.PlanDocument.RKT, Value(ValueKind.NUMBER, Decimal(5), Decimal(7))),
        p.Target("IKU-4", Period(2024), p.PlanDocument.RKT, Value(ValueKind.YES_NO, flag=False)),
        p.Support("IKU-1", "P1", False, "belum berjalan"),
        p.Support("IKU-3", "P1"),
        p.BudgetVersion("MURNI", 2024, "APBD murni", 0, date(2024, 1, 1)),
        p.BudgetVersion("PERUBAHAN", 2024, "APBD perubahan", 1, date(2024, 9, 1), "pergeseran"),
        p.BudgetLine("MURNI", 2024, "P1", Decimal("1234567890.25"), p.FundSource.APBD),
        p.BudgetLine("PERUBAHAN", 2024, "P1", Decimal(2_000_000_000), p.FundSource.APBD),
        a.Agreement("PK-0", 2024, "KADIS", "WALI", 0, date(2024, 1, 5), "Misal"),
        a.Agreement("PK-1", 2024, "KADIS", "WALI", 1, date(2024, 9, 5), "Misal", a.RevisionReason.PRIORITY, "pagu"),
        a.AgreementLine("PK-1", 1, "Layanan cepat", "Layanan tepat waktu", percent(85), "%", "IKU-1"),
        a.AgreementLine("PK-1", 2, "Layanan cepat", "Tanpa padanan", number(3), "dokumen"),
        a.AgreementProgramme("PK-1", 1, "Program Contoh", Decimal(2_000_000_000), p.FundSource.APBD, "P1"),
        a.HeadGoal("PK-1", 1, "Layanan tepat waktu", percent(85), "%", "IKU-1"),
        a.HeadGoal("PK-1", 2, "Direktif pimpinan diselesaikan", number(100), "Persentase"),
        m.Realisation(
            "IKU-1", Period(2024), None, Decimal(203), Decimal(338), m.Progress.VERIFIED, "Operator", "Verifikator", "ok"
        ),
        m.Realisation("IKU-1", quarter(2024, 2), percent("60.06")),
        m.Realisation("IKU-3", Period(2024, Span.MONTH, 11), number("7.125"), status=m.Progress.SUBMITTED),
        m.Realisation("IKU-2", Period(2024)),
        m.Evidence(
            "IKU-1", Period(2024), m.EvidenceKind.LINK, "Register", "https://contoh.example/r", "ab" * 32,
            date(2025, 1, 3),
        ),
        m.Explanation("IKU-1", 2024, "sebab", "hambatan", "solusi", "lanjut", "hemat"),
        m.Obstacle(
            "H-1", 2024, "S1", "Antrean", "Loket kurang", "Tambah loket", "KADIS", date(2024, 12, 1),
            m.FollowUp.RUNNING, 1,
        ),
        m.Spending("P1", 2024, 1, Decimal("0.05")),
        m.Spending("P1", 2024, 12, Decimal(-500)),
        m.DataQuality("IKU-1", 2024, "diperiksa", "register", "tidak ada"),
        m.PhotoRecord("F-1", 2024, "Rapat contoh", date(2024, 3, 4), "Misal", "foto.jpg", 1),
        ReformScore(2024, Decimal("80.5"), Decimal("0.9"), Decimal("10.12"), Decimal(110), Decimal(100), "Kota", "LHE", Adjustment.BY_SHARE, "A"),
        Narrative(2024, "kata_pengantar", 1, "Paragraf pertama."),
        Narrative(2024, "kata_pengantar", 2, "Paragraf kedua."),
        ReportSettings(
            2024, "lkjip-gabungan", "provinsi-bali-2024", "rasio", "KADIS", "Misal", date(2025, 1, 31), "WALI"
        ),
    ]  # fmt: skip
    sorted_: dict[type[Any], list[Any]] = {}
    for item in listed:
        sorted_.setdefault(type(item), []).append(item)
    return sorted_


def large(indicators: int = 60, years: range = range(2015, 2025)) -> dict[type[Any], list[Any]]:
    """The same agency with many indicators, each with targets and realisations of many years and quarters."""
    many = records()
    for number_ in range(indicators):
        code = f"X-{number_:04}"
        many[p.Indicator].append(
            p.Indicator(
                code, "S1", f"Indikator {number_}", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTPUT, "dokumen",
                ValueKind.NUMBER, aggregation=p.Aggregation.SUM,
            )
        )  # fmt: skip
        for year in years:
            many[p.Target].append(p.Target(code, Period(year), p.PlanDocument.RKT, number(number_ + year)))
            for index in range(1, 5):
                many[m.Realisation].append(m.Realisation(code, quarter(year, index), number(f"{number_}.5")))
    return many
