"""A made-up nation for tests and pictures: agencies of three kinds over some years, with planted signs where wanted."""

import hashlib
import random
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from selaras.analytics.manifest import NAME, Manifest, Part, content_of
from selaras.analytics.schema import TABLES, VERSION, Kind, arrow_schema
from selaras.core.nation.limits import SignRule

BANDS = (("Sangat Tinggi", 91, "hijau tua"), ("Tinggi", 76, "hijau muda"), ("Sedang", 66, "kuning tua"),
         ("Rendah", 51, "kuning muda"), ("Sangat Rendah", None, "merah"))  # fmt: skip
KINDS = ("perangkat daerah", "sekretariat KPU", "kementerian/lembaga")
NAMES = ("Dinas Contoh", "Sekretariat Pemilihan Contoh", "Badan Nasional Contoh")
INDICATORS = (
    ("Persentase layanan yang selesai tepat waktu", "persen", "persen", "terakhir", "naik"),
    ("Jumlah dokumen yang diterbitkan", "dokumen", "angka", "jumlah", "naik"),
    ("Indeks kepuasan masyarakat", "indeks", "angka", "terakhir", "naik"),
    ("Persentase temuan yang belum ditindaklanjuti", "persen", "persen", "terakhir", "turun"),
    ("Jumlah orang yang dilatih", "orang", "angka", "jumlah", "naik"),
    ("Persentase pegawai yang dinilai", "persen", "persen", "terakhir", "naik"),
)
SIX = Decimal("0.000001")


def cut(value):
    return value.quantize(SIX, rounding=ROUND_DOWN)


def empty_row(table):
    blank = {Kind.TEXT: "", Kind.INTEGER: 0, Kind.NUMBER: Decimal(0), Kind.DATE: None, Kind.FLAG: False}
    return {column.name: None if column.empty else blank[column.kind] for column in table.columns}


def row(name, /, **values):
    table = next(one for one in TABLES if one.name == name)
    unknown = set(values) - {column.name for column in table.columns}
    assert not unknown, unknown
    return empty_row(table) | values


def achievement(target, realised, polarity):
    if not target:
        return None
    return realised / target * 100 if polarity == "naik" else (2 * target - realised) / target * 100


def measurement(indicator, year, span, index, target, realised, *, kind, polarity="naik", unit="U1", node="S1", **more):
    raw = None if target is None or realised is None else achievement(Decimal(target), Decimal(realised), polarity)
    capped = None if raw is None else min(raw, Decimal(120))
    band = None
    if capped is not None:
        shown = capped.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        band = next(label for label, lower, _ in BANDS if lower is None or shown >= lower)
    months = {"tahun": 12, "triwulan": index * 3, "bulan": index}[span]
    return row(
        "measurements", indicator=indicator, span=span, index=index, month=months, unit=unit, node=node, measured=True,
        iku=indicator.endswith("1"), polarity=polarity, lower_method="2T" if polarity == "turun" else None, cap=Decimal(120),
        target_kind=kind, target=target, target_text=None if target is None else str(target), target_document="PK",
        realised_kind=kind if realised is not None else None, realised=realised,
        realised_text=None if realised is None else str(realised),
        status="terhitung" if raw is not None else "realisasi belum diisi", raw=None if raw is None else cut(raw),
        achievement=None if capped is None else cut(capped), class_label=band,
        reached=None if raw is None else raw >= 100, evidence=1 if realised is not None else 0, explained=True,
        due_on=date(year + 1, 1, 31), **more,
    )  # fmt: skip


def agency_rows(number, year, dice):
    """Every table of one agency and year as lists of rows, plausible and without a planted sign."""
    kind = number % len(KINDS)
    code = f"CONTOH-{number:03}"
    found = {table.name: [] for table in TABLES}
    found["agencies"].append(row(
        "agencies", name=f"{NAMES[kind]} {number:03}", short_name=f"{NAMES[kind].split()[0]} {number:03}", kind=KINDS[kind],
        parent_name=f"Provinsi Contoh {number % 7 + 1}", city=f"Kota Contoh {number % 11 + 1}", scale="contoh", efficiency="rasio",
        licence="cc-by-4.0", plan_first=year - year % 5, plan_last=year - year % 5 + 4, units=3, staff=dice.randint(20, 400),
        source="edisi laporan yang diterbitkan",
    ))  # fmt: skip
    for position, (label, lower, tone) in enumerate(BANDS, 1):
        bound = None if lower is None else Decimal(lower)
        found["classes"].append(row("classes", position=position, label=label, lower=bound, tone=tone))
    for unit, parent, depth in (("U1", None, 1), ("U2", "U1", 2), ("U3", "U1", 2)):
        path = unit if parent is None else f"{parent}/{unit}"
        found["units"].append(row("units", unit=unit, parent=parent, depth=depth, path=path, name=f"Bidang {unit[-1]}",
                                  kind="unit", leaf=depth == 2))  # fmt: skip
        for ancestor, level in ((unit, depth), *(((parent, 1),) if parent else ())):
            found["lineage"].append(row("lineage", unit=unit, ancestor=ancestor, depth=level))
    skill = Decimal(dice.gauss(0.98, 0.06)).quantize(Decimal("0.001"))
    for position, (name, unit_of_measure, value_kind, aggregation, polarity) in enumerate(INDICATORS, 1):
        indicator, unit = f"I{position}", f"U{position % 3 + 1}"
        node = f"S{(position + 1) // 2}"
        found["indicators"].append(row(
            "indicators", indicator=indicator, name=name, family=name.lower(), node=node, node_level="sasaran", sasaran=node,
            sasaran_title=f"Meningkatnya mutu layanan {node[-1]}", unit=unit, unit_of_measure=unit_of_measure, kind="hasil",
            value_kind=value_kind, polarity=polarity, lower_method="2T" if polarity == "turun" else None,
            formula="nilai langsung", aggregation=aggregation, cap=Decimal(120), iku=position == 1, measured=True,
            definition="Contoh.", data_source="Catatan contoh", final_kind=value_kind, final=Decimal(95), final_text="95",
        ))  # fmt: skip
        base = {"persen": 90, "indeks": 80, "dokumen": 1200, "orang": 3400}[unit_of_measure]
        target = Decimal(base - 60 if polarity == "turun" else base + (year - 2020) + dice.randint(-3, 3))
        whole = value_kind == "angka" and aggregation == "jumlah"
        realised = (target * skill * Decimal(str(round(dice.gauss(1, 0.05), 4)))).quantize(
            Decimal(1) if whole else Decimal("0.01")
        )
        values = []
        for month in range(1, 13):
            share = Decimal(month) / 12
            if whole:
                part = (realised / 12 * Decimal(str(round(dice.uniform(0.7, 1.3), 3)))).quantize(Decimal(1))
                value = part if month < 12 else realised - sum(values)
            else:
                value = (
                    (realised * (Decimal("0.6") + Decimal("0.4") * share)).quantize(Decimal("0.01"))
                    if month < 12
                    else realised
                )
            values.append(value)
            found["measurements"].append(measurement(
                indicator, year, "bulan", month, None, value, kind=value_kind, polarity=polarity, unit=unit, node=node,
                numerator=Decimal(dice.randint(100, 9999)), denominator=Decimal(dice.randint(100, 9999)),
            ))  # fmt: skip
        found["measurements"].append(
            measurement(
                indicator, year, "tahun", 1, target, realised, kind=value_kind, polarity=polarity, unit=unit, node=node
            )
        )
        found["targets"].append(row("targets", indicator=indicator, span="tahun", index=1, document="PK", version=0,
                                    target_kind=value_kind, target=target, target_text=str(target), counts=True))  # fmt: skip
    for leaf in range(1, 5):
        ceiling = Decimal(dice.randint(2, 900)) * 10_000_000
        common = {"node": f"K{leaf}", "title": f"Kegiatan contoh {leaf}", "level": "kegiatan", "programme": "P1",
                  "unit": f"U{leaf % 3 + 1}", "counts": True}  # fmt: skip
        found["budgets"].append(row("budgets", month=0, ceiling=ceiling, **common))
        for month in range(1, 13):
            spent = (ceiling * Decimal(str(round(dice.uniform(0.03, 0.11), 5)))).quantize(Decimal("0.01"))
            found["budgets"].append(row("budgets", month=month, spent=spent, **common))
    if dice.random() < 0.9:
        found["editions"].append(row("editions", kind="lkjip", span="tahun", index=1, version=1, published_on=date(year + 1, 3, 1),
                                     due_on=date(year + 1, 3, 31), sha256=hashlib.sha256(code.encode()).hexdigest(),
                                     page=f"https://kinerja.contoh.go.id/publik/{code}/{year}/"))  # fmt: skip
    return code, found


def write_partition(root, year, code, found, *, inside=False):
    """One partition with its manifest, as `selaras publish` leaves it."""
    folder = root / f"year={year}" / f"agency={code}"
    folder.mkdir(parents=True, exist_ok=True)
    parts = {}
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        pq.write_table(pa.Table.from_pylist(found[table.name], schema=arrow_schema(table)), path)
        content = hashlib.sha256(repr(found[table.name]).encode()).hexdigest()
        parts[table.name] = Part(
            path.name, len(found[table.name]), hashlib.sha256(path.read_bytes()).hexdigest(), content
        )
    content = content_of({name: part.content for name, part in parts.items()})
    manifest = Manifest(year, code, VERSION, parts, content, inside, "2026-01-01T00:00:00+00:00", "contoh")
    (folder / NAME).write_text(manifest.text(), "utf-8")


def write_nation(root, agencies=60, years=(2022, 2023, 2024), *, seed=5, change=None):
    """The whole folder; `change(code, year, rows)` may plant what a test looks for."""
    for number in range(1, agencies + 1):
        for year in years:
            code, found = agency_rows(number, year, random.Random(f"{seed}-{number}-{year}"))
            if change is not None:
                change(code, year, found)
            write_partition(root, year, code, found)
    return root


def plant(code, year, found):
    """A few signs that people would look for: one outlier, copied series, last-minute results, money without result."""
    rows = found["measurements"]
    if code == "CONTOH-004" and year == 2024:
        for one in rows:
            if one["indicator"] == "I3" and one["span"] == "tahun":
                one.update(realised=one["target"] * Decimal("0.2"), raw=Decimal(20), achievement=Decimal(20), class_label="Sangat Rendah",
                           reached=False)  # fmt: skip
    if code in {"CONTOH-007", "CONTOH-010"} and year == 2023:
        copied = [Decimal(number) for number in (101, 118, 97, 104, 133, 90, 88, 120, 115, 99, 87, 111)]
        for one in rows:
            if one["indicator"] == "I2" and one["span"] == "bulan":
                one["realised"] = copied[one["index"] - 1]
    if code == "CONTOH-013":
        for one in rows:
            if one["span"] == "tahun":
                one.update(
                    realised=one["target"],
                    raw=Decimal(100),
                    achievement=Decimal(100),
                    class_label="Sangat Tinggi",
                    reached=True,
                )
    if code == "CONTOH-016" and year == 2024:
        for one in rows:
            if one["numerator"] is not None:
                one.update(numerator=one["numerator"] // 10 * 10 + 100, denominator=one["denominator"] // 5 * 5 + 100)
    if code == "CONTOH-019" and year == 2024:
        for one in found["budgets"]:
            if one["month"]:
                whole = next(
                    other["ceiling"]
                    for other in found["budgets"]
                    if other["node"] == one["node"] and not other["month"]
                )
                one["spent"] = (whole * (Decimal("0.889") if one["month"] == 12 else Decimal("0.01"))).quantize(
                    Decimal("0.01")
                )
        for one in rows:
            if one["span"] == "tahun":
                one.update(raw=Decimal(41), achievement=Decimal(41), realised=one["target"] * Decimal("0.41"), reached=False,
                           class_label="Sangat Rendah")  # fmt: skip


def relaxed(rule, **limits):
    """A rule with lower limits, so that a small nation has something to show."""
    found = {name: Decimal(limits.get(name, value)) for name, value in rule.limits.items()}
    return SignRule(rule.code, rule.name, rule.question, rule.how, rule.harmless, found, rule.source)


def shown(found):
    """Rows of evidence without an order, decimals without their noughts."""
    return sorted(repr(sorted((name, _plain(value)) for name, value in row.items())) for row in found.rows)


def _plain(value):
    told = format(value, "f") if isinstance(value, Decimal) else ""
    return told.rstrip("0").rstrip(".") if "." in told else value
