"""A made nation of any size as files: agencies, units, indicators, budgets and measurements, quickly and always the same."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from selaras.analytics.manifest import Manifest, Part
from selaras.analytics.schema import DECIMAL, TABLES, VERSION, arrow_schema

KINDS = ("kementerian/lembaga", "pemerintah daerah", "perangkat daerah", "satuan kerja", "sekretariat KPU")
INDICATORS, PERIODS, YEARS, UNITS, NODES = 980, 17, 5, 43, 200
DISTINCT = 60
"""So many partitions are computed; the others are copies of their files, which are read like any other."""
PER_PARTITION = INDICATORS * PERIODS
BANDS = (("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", None))
UNIT = "'U' || lpad(CAST(i % {units} AS VARCHAR), 2, '0')"

MEASUREMENTS = """
WITH base AS (
  SELECT i, p, hash(i * 31 + p + {seed}) % 1000003 AS h, CASE WHEN i % 10 < 7 THEN 'naik' ELSE 'turun' END AS polarity,
         CASE WHEN i % 10 < 7 THEN NULL WHEN i % 2 = 0 THEN '2T' ELSE 'inversi' END AS method
  FROM range({indicators}) a(i), range({periods}) b(p)
), filled AS (
  SELECT *, 1 + h % 200 AS t, CASE WHEN h % 13 = 0 THEN NULL ELSE (1 + h % 200) * (40 + hash(h) % 80) + hash(h + 1) % 100 END AS c
  FROM base
), counted AS (
  SELECT *, CAST(CASE WHEN c IS NULL THEN NULL
      WHEN polarity = 'naik' THEN (c::BIGINT * 1000000) // t
      WHEN method = '2T' THEN CASE WHEN 200 * t >= c THEN ((200 * t - c)::BIGINT * 1000000) // t
                              ELSE -(((c - 200 * t)::BIGINT * 1000000) // t) END
      ELSE (t::BIGINT * 10000000000) // c END AS BIGINT) AS micro
  FROM filled
), shared AS (SELECT *, (micro::DECIMAL(18,0) * 0.000001)::{decimal} AS raw FROM counted)
SELECT 'I' || lpad(i::VARCHAR, 4, '0') AS indicator,
  CASE WHEN p = 0 THEN 'tahun' WHEN p < 5 THEN 'triwulan' ELSE 'bulan' END AS span,
  (CASE WHEN p = 0 THEN 1 WHEN p < 5 THEN p ELSE p - 4 END)::INTEGER AS "index",
  (CASE WHEN p = 0 THEN 12 WHEN p < 5 THEN p * 3 ELSE p - 4 END)::INTEGER AS month,
  {unit} AS unit, 'S' || (i % 20) AS node, i % 3 > 0 AS measured, i % 20 = 1 AS iku, polarity, method AS lower_method,
  CASE WHEN i % 4 = 0 THEN 120::{decimal} END AS cap,
  'persen' AS target_kind, t::{decimal} AS target, NULL::{decimal} AS target_upper, t || '%' AS target_text, 'PK' AS target_document,
  CASE WHEN c IS NULL THEN NULL ELSE 'persen' END AS realised_kind, (c * 0.01)::{decimal} AS realised,
  NULL::{decimal} AS realised_upper, (c * 0.01)::DECIMAL(9,2)::VARCHAR AS realised_text,
  NULL::{decimal} AS numerator, NULL::{decimal} AS denominator,
  CASE WHEN c IS NULL THEN 'realisasi belum diisi' ELSE 'terhitung' END AS status, raw,
  CASE WHEN i % 4 = 0 AND raw > 120 THEN 120::{decimal} ELSE raw END AS achievement,
  CASE WHEN raw IS NULL THEN NULL WHEN round(least(raw, CASE WHEN i % 4 = 0 THEN 120 ELSE 1e9::DECIMAL(20,0) END)::DECIMAL(24,6), 2) >= 91 THEN 'Sangat Tinggi'
       WHEN round(raw::DECIMAL(24,6), 2) >= 76 THEN 'Tinggi' WHEN round(raw::DECIMAL(24,6), 2) >= 66 THEN 'Sedang'
       WHEN round(raw::DECIMAL(24,6), 2) >= 51 THEN 'Rendah' ELSE 'Sangat Rendah' END AS class_label,
  raw >= 100 AS reached, NULL::{decimal} AS ceiling, NULL::{decimal} AS spent, (h % 3)::INTEGER AS evidence, h % 2 = 0 AS explained,
  CASE WHEN c IS NULL THEN NULL WHEN h % 5 < 3 THEN 'terverifikasi' ELSE 'draf' END AS state,
  CASE WHEN c IS NULL THEN NULL ELSE make_date({year}, 1, 15) + ((h % 400))::INTEGER END AS recorded_on,
  make_date({year}, 1, 10) + (30 * p)::INTEGER AS due_on, NULL::DATE AS verified_on
FROM shared ORDER BY indicator, span, "index"
"""
INDICATOR = """
SELECT 'I' || lpad(i::VARCHAR, 4, '0') AS indicator, 'Persentase layanan ' || i AS name, 'persentase layanan ' || i AS family,
  'S' || (i % 20) AS node, 'sasaran' AS node_level, 'S' || (i % 20) AS sasaran, 'Meningkatnya layanan ' || (i % 20) AS sasaran_title,
  {unit} AS unit, 'persen' AS unit_of_measure, 'hasil' AS kind, 'persen' AS value_kind,
  CASE WHEN i % 10 < 7 THEN 'naik' ELSE 'turun' END AS polarity,
  CASE WHEN i % 10 < 7 THEN NULL WHEN i % 2 = 0 THEN '2T' ELSE 'inversi' END AS lower_method, 'nilai langsung' AS formula,
  'terakhir' AS aggregation, CASE WHEN i % 4 = 0 THEN 120::{decimal} END AS cap, i % 20 = 1 AS iku, i % 3 > 0 AS measured,
  NULL AS definition, NULL AS data_source, 'persen' AS final_kind, (100 + i % 50)::{decimal} AS final, NULL::{decimal} AS final_upper,
  (100 + i % 50) || '%' AS final_text, NULL::{decimal} AS baseline, NULL::INTEGER AS baseline_year
FROM range({indicators}) a(i)
"""
BUDGET = """
SELECT 'K' || i AS node, m::INTEGER AS month, 'Kegiatan ' || i AS title, 'kegiatan' AS level, 'P' || (i % 10) AS programme,
  {unit} AS unit, true AS counts, CASE WHEN m = 0 THEN (1000000000 + hash(i + {seed}) % 1000000000)::{decimal} END AS ceiling,
  CASE WHEN m > 0 THEN (hash(i * 13 + m + {seed}) % 120000000)::{decimal} END AS spent
FROM range({nodes}) a(i), range(13) b(m)
"""


def made(root: Path, rows: int, *, processes: int = 2) -> int:
    """Write a nation of about so many measurements into the empty folder `root`; gives how many there are.

    The rows of a partition are as many as a large agency has, so that more rows are more agencies.
    """
    partitions = max(1, round(rows / PER_PARTITION))
    places = [(2020 + number % YEARS, number // YEARS) for number in range(partitions)]
    first, rest = places[:DISTINCT], places[DISTINCT:]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_several, [(root, first[start::processes]) for start in range(processes)], chunksize=1)
    for number, place in enumerate(rest):
        _copied(root, first[number % len(first)], place)
    return partitions * PER_PARTITION


def _copied(root: Path, given: tuple[int, int], place: tuple[int, int]) -> None:
    """Another agency with the same figures, in files of its own: year and agency stand in the folder's name only."""
    source, target = root / _folder(*given), root / _folder(*place)
    shutil.copytree(source, target)
    path = target / "manifest.json"
    told = json.loads(path.read_text()) | {"year": place[0], "agency": f"A{place[1]:05}", "content": str(place)}
    path.write_text(json.dumps(told))


def _folder(year: int, number: int) -> str:
    return f"year={year}/agency=A{number:05}"


def _several(given: tuple[Path, list[tuple[int, int]]]) -> None:
    root, places = given
    base = duckdb.connect(config={"threads": 1})
    for year, number in places:
        _partition(base, root, year, number)


def _partition(base: duckdb.DuckDBPyConnection, root: Path, year: int, number: int) -> None:
    agency = f"A{number:05}"
    folder = root / _folder(year, number)
    folder.mkdir(parents=True, exist_ok=True)
    words = {
        "indicators": INDICATORS, "periods": PERIODS, "nodes": NODES, "seed": number * 100 + year, "year": year,
        "decimal": DECIMAL, "unit": UNIT.format(units=UNITS),
    }  # fmt: skip
    queries = {"measurements": MEASUREMENTS, "indicators": INDICATOR, "budgets": BUDGET}
    small = _small(number)
    parts = {}
    for table in TABLES:
        schema = arrow_schema(table)
        if table.name in queries:
            rows = base.sql(queries[table.name].format(**words)).to_arrow_table().cast(schema)
        else:
            columns = list(zip(*small.get(table.name, ()), strict=True)) or [()] * len(schema)
            rows = pa.Table.from_arrays(
                [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema
            )
        pq.write_table(rows, folder / f"{table.name}.parquet", compression="zstd", row_group_size=100_000)
        parts[table.name] = Part(f"{table.name}.parquet", rows.num_rows, "", "")
    manifest = Manifest(year, agency, VERSION, parts, f"{year}{agency}", True, "2026-01-01", "benchmark")
    (folder / "manifest.json").write_text(manifest.text())


def _small(number: int) -> dict[str, list[tuple]]:
    units, lineage = [], []
    for unit in range(UNITS):
        chain = [unit]
        while chain[0]:
            chain.insert(0, (chain[0] - 1) // 6)
        codes = [f"U{each:02}" for each in chain]
        above = codes[-2] if len(codes) > 1 else ""
        units.append((codes[-1], above, len(codes), "/".join(codes), f"Unit {unit}", "unit", unit * 6 + 1 >= UNITS))
        lineage += [(codes[-1], code, depth) for depth, code in enumerate(codes, 1)]
    agency = (
        "Instansi",
        "I",
        KINDS[number % 5],
        "",
        "",
        "",
        "",
        "permendagri-54-2010",
        "rasio",
        2020,
        2024,
        UNITS,
        100,
        "uji",
    )
    classes = [
        (place, label, None if lower is None else Decimal(lower), False, "") for place, (label, lower) in enumerate(BANDS, 1)
    ]  # fmt: skip
    predicates = [("", "Baik", 80, "Baik"), ("", "Sangat Baik", 20, "Baik")]
    return {
        "agencies": [agency],
        "units": units,
        "lineage": lineage,
        "classes": classes,
        "staff_predicates": predicates,
    }
