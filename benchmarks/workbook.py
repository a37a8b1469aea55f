"""Import of a large workbook: seconds, rows per second and peak memory, beside a bare read of the same file.

    python benchmarks/workbook.py [ROWS]

Every step runs in a process of its own, so that the peaks are its own. The bare read goes once through every cell
with openpyxl in read-only mode and does nothing with them: no import can be faster.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

CODE = "DINAS-UKUR"
SPANS = 17  # the year, four quarters and twelve months


def make(path: Path, rows: int) -> None:
    from selaras.core import org
    from selaras.core import planning as p
    from selaras.core.measurement.records import Realisation
    from selaras.core.period import PER_YEAR, Period, Span
    from selaras.core.snapshot import ReportSettings
    from selaras.core.value import Value, ValueKind
    from selaras.documents.workbook import write_workbook

    spans = [Span.YEAR, Span.QUARTER, Span.MONTH]
    periods = [(span, index) for span in spans for index in range(1, PER_YEAR[span] + 1)]
    per_indicator = SPANS * 5 * 2
    indicators = [
        p.Indicator(
            f"IK-{number:05}", "S1", f"Jumlah layanan jenis {number}", p.IndicatorLevel.SASARAN, p.IndicatorKind.OUTPUT,
            "layanan", ValueKind.NUMBER, aggregation=p.Aggregation.SUM,
        )
        for number in range(-(-rows // per_indicator))
    ]  # fmt: skip
    listed = [
        (indicator.code, Period(year, span, index), Value(ValueKind.NUMBER, Decimal(year * index) / 8))
        for indicator in indicators
        for year in range(2020, 2025)
        for span, index in periods
    ][: rows // 2]
    records = {
        ReportSettings: [ReportSettings(2024)],
        org.Unit: [org.Unit("DINAS", "Dinas")],
        p.Node: [p.Node("S1", p.NodeLevel.SASARAN, "Layanan", owner="DINAS")],
        p.Indicator: indicators,
        p.Target: [p.Target(code, period, p.PlanDocument.RKT, value) for code, period, value in listed],
        Realisation: [Realisation(code, period, value) for code, period, value in listed],
    }
    agency = org.Agency(CODE, "Dinas Ukur", "Dinas Ukur", org.AgencyKind.REGIONAL_UNIT)
    write_workbook(path, agency, records)


def read(path: Path, _: Path) -> dict[str, object]:
    from openpyxl import load_workbook

    start = time.perf_counter()
    cells = 0
    for sheet in load_workbook(path, read_only=True).worksheets:
        for row in sheet.iter_rows():
            cells += len(row)
    return {"seconds": time.perf_counter() - start, "said": f"{cells} sel"}


def load(path: Path, data: Path) -> dict[str, object]:
    from selaras.store import setup

    setup(data)  # before the verbs, whose tables need Django

    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator

    start = time.perf_counter()
    result = load_workbook(operator("ukur"), path=path)
    return {"seconds": time.perf_counter() - start, "said": result.sentence()}


def measured(step: str, path: Path, data: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, str(path), str(data)], stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        _, _, step, path, data = sys.argv
        found = {"read": read, "load": load}[step](Path(path), Path(data))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**found, "mb": peak}))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    print(f"{'':34}{'detik':>8}{'baris/s':>9}{'MB':>6}{'× baca':>8}")
    for count in (rows // 10, rows):
        with tempfile.TemporaryDirectory() as folder:
            path, data = Path(folder) / "besar.xlsx", Path(folder) / "data"
            make(path, count)
            bare = measured("read", path, data)
            steps = [("bare openpyxl read", bare)]
            steps += [(name, measured("load", path, data)) for name in ("first import", "second import, no change")]
            for name, step in steps:
                seconds, mb = float(str(step["seconds"])), float(str(step["mb"]))
                ratio = seconds / float(str(bare["seconds"]))
                print(
                    f"{count:>7} rows, {name:<20}{seconds:8.1f}{count / seconds:9.0f}{mb:6.0f}{ratio:8.1f}  {step['said']}"
                )


if __name__ == "__main__":
    main()
