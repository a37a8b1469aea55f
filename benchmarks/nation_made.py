"""A made nation of any size as files: every agency's year has figures of its own, quickly and always the same.

Numbers come from whole-number arithmetic in numpy, which is exact here; texts are dictionaries over a few hundred words;
what is the same for every agency is encoded once. Ranges, grades, yes or no, missing and late values are all among them.
"""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from selaras.analytics.manifest import NAME, Manifest, Part
from selaras.analytics.schema import ARROW, BY_NAME, TABLES, VERSION, Kind, Table, arrow_schema

KINDS = ("kementerian/lembaga", "pemerintah daerah", "perangkat daerah", "satuan kerja", "sekretariat KPU")
INDICATORS, PERIODS, YEARS, UNITS, NODES, MONTHS = 980, 17, 5, 43, 200, 13
PER_PARTITION = INDICATORS * PERIODS
BANDS = (("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", None))
LABELS = tuple(label for label, _ in BANDS)
NUMBER = ARROW[Kind.NUMBER]
PLAIN, RANGE, GRADE, YES_NO = range(4)
MILLION = 1_000_000
MANY = 1000


def made(root: Path, rows: int, *, processes: int = 2) -> int:
    """Write a nation of about so many measurements into the empty folder `root`; gives how many there are.

    The rows of a partition are as many as a large agency has, so that more rows are more agencies.
    """
    partitions = max(1, round(rows / PER_PARTITION))
    places = [(2020 + number % YEARS, number // YEARS) for number in range(partitions)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_several, [(root, places[start::processes]) for start in range(processes)], chunksize=1)
    return partitions * PER_PARTITION


def _several(given: tuple[Path, Sequence[tuple[int, int]]]) -> None:
    pa.set_cpu_count(1)
    root, places = given
    for year, number in places:
        _partition(root, year, number)


def _partition(root: Path, year: int, number: int) -> None:
    agency = f"A{number:05}"
    folder = root / f"year={year}/agency={agency}"
    folder.mkdir(parents=True)
    dice = np.random.default_rng([year, number])
    own = {"measurements": measurements(dice, year), "budgets": budgets(dice)}
    parts = {}
    for table in TABLES:
        if table.name in own:
            count, content = _encoded(table, own[table.name])
        else:
            count, content = _shared(table.name, number % len(KINDS))
        (folder / f"{table.name}.parquet").write_bytes(content)
        parts[table.name] = Part(f"{table.name}.parquet", count, "", "")
    manifest = Manifest(year, agency, VERSION, parts, f"{year}{agency}", True, "2026-01-01", "benchmark")
    (folder / NAME).write_text(manifest.text())


def measurements(dice: np.random.Generator, year: int) -> dict[str, Any]:
    """A year of an agency: each indicator's year, quarters and months, as columns. Amounts are whole hundredths."""
    i, p = _grid()
    kind, polarity, method, cap = _rules(i)
    count = len(i)
    target = dice.integers(1, 201, count) * 100
    value = target * dice.integers(40, 121, count) // 100 + dice.integers(0, 100, count)
    upper = target + 1000
    target, value = (
        np.where(kind == GRADE, 500, target),
        np.where(kind == GRADE, dice.integers(1, 8, count) * 100, value),
    )
    target, value = (
        np.where(kind == YES_NO, 100, target),
        np.where(kind == YES_NO, dice.integers(0, 2, count) * 100, value),
    )
    filled = dice.integers(0, 13, count) > 0
    micro = _share(kind, polarity, method, target, value, upper)
    capped = np.where((cap > 0) & (micro > cap * MILLION), cap * MILLION, micro)
    printed = np.sign(capped) * ((np.abs(capped) + 5000) // 10000)
    label = (printed[:, None] < np.array([91, 76, 66, 51]) * 100).sum(axis=1)
    ranged, empty, every = kind == RANGE, np.zeros(count, bool), np.ones(count, bool)
    none = pa.nulls(count, NUMBER)
    days = (np.datetime64(f"{year}-01-15") + dice.integers(0, 400, count)).astype("datetime64[D]")
    due = (np.datetime64(f"{year}-01-10") + 30 * p).astype("datetime64[D]")
    return {
        **_same(), "target": _numbers(target, 13, every), "target_upper": _numbers(upper, 13, ranged),
        "target_text": _words(target, _amounts(), every), "realised_kind": _words(kind, _kinds(), filled),
        "realised": _numbers(value, 13, filled), "realised_upper": none,
        "realised_text": _words(np.minimum(value, 26000), _amounts(), filled), "numerator": none, "denominator": none,
        "status": _words(filled.astype(int), ("realisasi belum diisi", "terhitung"), every),
        "raw": _numbers(micro, 9, filled), "achievement": _numbers(capped, 9, filled),
        "class_label": _words(label, LABELS, filled), "reached": pa.array(micro >= 100 * MILLION, mask=~filled),
        "ceiling": _numbers(dice.integers(10**11, 2 * 10**11, count), 13, p == 0),
        "spent": _numbers(dice.integers(5 * 10**10, 2 * 10**11, count), 13, p == 0),
        "evidence": pa.array(dice.integers(0, 3, count, dtype=np.int32)), "explained": pa.array(dice.integers(0, 2, count) > 0),
        "state": _words(dice.integers(0, 2, count), ("draf", "terverifikasi"), filled),
        "recorded_on": pa.array(days, mask=~filled), "due_on": pa.array(due),
        "verified_on": pa.array(days, mask=~empty),
    }  # fmt: skip


def _share(kind: Any, polarity: Any, method: Any, target: Any, value: Any, upper: Any) -> Any:
    """Achievements in millionths of a percent, cut off towards zero, by the formulas of `core.measurement`."""
    above = (kind == RANGE) & (value > upper)
    inside = ((kind == RANGE) & (value >= target) & ~above) | ((kind == YES_NO) & (value == target))
    goal = np.where(above, upper, target)
    lower = above | ((kind == PLAIN) & (polarity == 1))
    part = np.where(lower, np.where(method == 1, 2 * goal - value, goal), value)
    whole = np.where(lower, np.where(method == 1, goal, value), goal)
    size = np.abs(part) * (100 * MILLION) // np.maximum(whole, 1)
    found = np.where(inside, 100 * MILLION, np.where(part < 0, -size, size))
    return np.where((kind == YES_NO) & (value != target), 0, found)


def budgets(dice: np.random.Generator) -> dict[str, Any]:
    """Ceilings and months of the leaves of an agency's tree."""
    node, month = np.repeat(np.arange(NODES), MONTHS), np.tile(np.arange(MONTHS), NODES)
    count = len(node)
    return {
        "node": _words(node, [f"K{n}" for n in range(NODES)], node >= 0), "month": pa.array(month.astype(np.int32)),
        "title": _words(node, [f"Kegiatan {n}" for n in range(NODES)], node >= 0),
        "level": _words(node * 0, ("kegiatan",), node >= 0), "programme": _words(node % 10, [f"P{n}" for n in range(10)], node >= 0),
        "unit": _words(node % UNITS, _units(), node >= 0), "counts": pa.array(node % 20 > 0),
        "ceiling": _numbers(dice.integers(10**11, 2 * 10**11, count), 13, month == 0),
        "spent": _numbers(dice.integers(0, 12 * 10**9, count), 13, month > 0),
    }  # fmt: skip


@cache
def _grid() -> tuple[Any, Any]:
    return np.repeat(np.arange(INDICATORS), PERIODS), np.tile(np.arange(PERIODS), INDICATORS)


def _rules(i: Any) -> tuple[Any, Any, Any, Any]:
    """Kind, polarity (0 up, 1 down, 2 range), method (0 none, 1 twice the target, 2 inverse) and cap of indicators."""
    kind = np.select([i % 50 == 7, i % 50 == 9, i % 50 == 11], [RANGE, GRADE, YES_NO], PLAIN)
    polarity = np.where(kind == RANGE, 2, np.where((kind == PLAIN) & (i % 10 >= 7), 1, 0))
    method = np.where(polarity == 1, 1 + i % 2, np.where((kind == RANGE) & (i % 100 == 7), 1, 0))
    return kind, polarity, method, np.where(i % 4 == 0, 120, 0)


@cache
def _same() -> dict[str, Any]:
    """The columns of measurements that are the same in every partition."""
    i, p = _grid()
    kind, polarity, method, cap = _rules(i)
    every = i >= 0
    return {
        "indicator": _words(i, [f"I{n:04}" for n in range(INDICATORS)], every),
        "span": _words(np.where(p == 0, 0, np.where(p < 5, 1, 2)), ("tahun", "triwulan", "bulan"), every),
        "index": pa.array(np.where(p == 0, 1, np.where(p < 5, p, p - 4)).astype(np.int32)),
        "month": pa.array(np.where(p == 0, 12, np.where(p < 5, p * 3, p - 4)).astype(np.int32)),
        "unit": _words(i % UNITS, _units(), every), "node": _words(i % 20, [f"S{n}" for n in range(20)], every),
        "measured": pa.array(i % 3 > 0), "iku": pa.array(i % 20 == 1),
        "polarity": _words(polarity, ("naik", "turun", "rentang"), every),
        "lower_method": _words(np.maximum(method - 1, 0), ("2T", "inversi"), method > 0), "cap": _numbers(cap, 15, cap > 0),
        "target_kind": _words(kind, _kinds(), every), "target_document": _words(i * 0, ("PK",), every),
    }  # fmt: skip


@cache
def _shared(name: str, kind: int) -> tuple[int, bytes]:
    """A table that depends on nothing but the kind of the agency, encoded once."""
    table = BY_NAME[name]
    columns = _indicators() if name == "indicators" else None
    if columns is None:
        rows = list(zip(*_small(kind).get(name, ()), strict=True)) or [()] * len(table.columns)
        columns = {
            field.name: pa.array(cells, field.type) for field, cells in zip(arrow_schema(table), rows, strict=True)
        }
    return _encoded(table, columns)


def _indicators() -> dict[str, Any]:
    i = np.arange(INDICATORS)
    kind, polarity, method, cap = _rules(i)
    every = i >= 0
    fixed = {
        "node_level": "sasaran", "unit_of_measure": "persen", "kind": "hasil", "formula": "nilai langsung",
        "aggregation": "terakhir",
    }  # fmt: skip
    final = np.select([kind == GRADE, kind == YES_NO], [500, 100], (100 + i % 50) * 100)
    empty = {name: pa.nulls(INDICATORS) for name in ("definition", "data_source", "baseline", "baseline_year")}
    return {
        **{name: _words(i * 0, (text,), every) for name, text in fixed.items()}, **empty,
        "indicator": _words(i, [f"I{n:04}" for n in i], every), "name": _words(i, [f"Persentase layanan {n}" for n in i], every),
        "family": _words(i, [f"persentase layanan {n}" for n in i], every), "node": _words(i % 20, [f"S{n}" for n in range(20)], every),
        "sasaran": _words(i % 20, [f"S{n}" for n in range(20)], every),
        "sasaran_title": _words(i % 20, [f"Meningkatnya layanan {n}" for n in range(20)], every),
        "unit": _words(i % UNITS, _units(), every), "value_kind": _words(kind, _kinds(), every),
        "polarity": _words(polarity, ("naik", "turun", "rentang"), every),
        "lower_method": _words(np.maximum(method - 1, 0), ("2T", "inversi"), method > 0), "cap": _numbers(cap, 15, cap > 0),
        "iku": pa.array(i % 20 == 1), "measured": pa.array(i % 3 > 0), "final_kind": _words(kind, _kinds(), every),
        "final": _numbers(final, 13, every), "final_upper": _numbers(final + 1000, 13, kind == RANGE),
        "final_text": _words(final, _amounts(), every),
    }  # fmt: skip


def _small(kind: int) -> Mapping[str, list[tuple[Any, ...]]]:
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
        KINDS[kind],
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


def _encoded(table: Table, columns: Mapping[str, Any]) -> tuple[int, bytes]:
    schema = arrow_schema(table)
    arrays = []
    for field in schema:
        given = columns[field.name]
        wanted = pa.dictionary(pa.int32(), field.type) if pa.types.is_dictionary(given.type) else field.type
        arrays.append(given if given.type == wanted else given.cast(wanted))
    names = [pa.field(f.name, a.type, f.nullable) for f, a in zip(schema, arrays, strict=True)]
    rows = pa.Table.from_arrays(arrays, schema=pa.schema(names))
    into = io.BytesIO()
    pq.write_table(rows, into, compression="zstd", row_group_size=100_000, store_schema=False)
    return rows.num_rows, into.getvalue()


def _numbers(whole: Any, zeros: int, there: Any) -> pa.Array:
    """Whole numbers with so many noughts after them as decimals of the schema's form; empty where not `there`."""
    most = 10**18 // 10**zeros
    whole = np.where(there, whole, 0).astype(np.int64)
    if np.abs(whole).max(initial=0) < most:
        low, high = whole * 10**zeros, np.where(whole < 0, -1, 0)
    else:  # two steps of 64 bits: amounts of money do not fit in one
        first, second = whole * 10**4, 10 ** (zeros - 4)
        low = first * np.int64(second)  # the lower half comes out right even where it wraps
        high = np.array([(int(each) * second) >> 64 for each in first], np.int64)
    halves = np.empty((len(whole), 2), np.int64)
    halves[:, 0], halves[:, 1] = low, high
    bits = np.packbits(there, bitorder="little").tobytes()
    return pa.Array.from_buffers(NUMBER, len(whole), [pa.py_buffer(bits), pa.py_buffer(halves.tobytes())])


def _words(index: Any, words: Sequence[str], there: Any) -> pa.DictionaryArray:
    every = _dictionary(tuple(words))
    if len(every) > MANY:  # a file holds the whole dictionary: only what is used
        used, index = np.unique(index, return_inverse=True)
        every = every.take(pa.array(used))
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(index, np.int32), mask=~there), every)


@cache
def _dictionary(words: tuple[str, ...]) -> pa.Array:
    return pa.array(words, pa.string())


@cache
def _amounts() -> tuple[str, ...]:
    return tuple(f"{hundredths // 100},{hundredths % 100:02}%" for hundredths in range(26001))


@cache
def _units() -> tuple[str, ...]:
    return tuple(f"U{n:02}" for n in range(UNITS))


def _kinds() -> tuple[str, ...]:
    return ("persen", "persen", "predikat", "ya/tidak")
