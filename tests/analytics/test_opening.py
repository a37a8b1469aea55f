"""An opened nation reads its own folder and nothing else, whatever a query, a path or a code of an agency says."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.analytics.nations import LAW, worked_example, written

from selaras.analytics.manifest import INSIDE, manifests
from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.rows import Around
from selaras.analytics.twin import Given
from selaras.cli.main import main
from selaras.core.errors import Refusal
from selaras.core.reporting.figures import Figures

CODES = ("x'); DROP VIEW nation_units; --", "../../lain", "a*[b]{c,d}?", 'kutip"ganda`', "baris\nbaru", "' OR '1'='1")
"""What somebody may give as the code of an agency who wants more than an agency."""
FOLDER = "na'tion); DROP [1]* {a,b}?"


def given(code):
    snapshot = worked_example()
    return Given(Figures(replace(snapshot, agency=replace(snapshot.agency, code=code)), LAW), Around("uji"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("opening")
    (top / "lain.txt").write_text("rahasia")
    return written(top / FOLDER, map(given, CODES))


@pytest.fixture(scope="module")
def nation(folder):
    opened = Nation(folder, threads=1)
    yield opened
    opened.close()


FORBIDDEN = (
    "SELECT * FROM read_text('{out}/lain.txt')",
    "SELECT * FROM read_text('{root}/../lain.txt')",
    "SELECT * FROM read_parquet('{out}/lain.parquet')",
    "SELECT * FROM '{out}/lain.parquet'",
    "SELECT * FROM read_parquet('{root}/tautan.parquet')",
    "SELECT * FROM glob('{out}/*')",
    "SELECT * FROM read_parquet('http://127.0.0.1:9/a.parquet')",
    "COPY (SELECT 1) TO '{out}/keluar.csv'",
    "ATTACH '{out}/keluar.db'",
    "INSTALL httpfs",
    "LOAD '{out}/lain.duckdb_extension'",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "SET temp_directory = '{out}'",
)


@pytest.mark.parametrize("query", FORBIDDEN)
def test_a_query_reaches_no_other_file(query, nation, folder, tmp_path):
    outside = folder.parent
    link = folder / "tautan.parquet"
    if not link.is_symlink():
        pq.write_table(pq.ParquetFile(next(folder.rglob("units-*.parquet"))).read(), outside / "lain.parquet")
        link.symlink_to(outside / "lain.parquet")
    before = sorted(path.name for path in outside.iterdir())
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException), match=r"disabled|locked"):
        nation.backend.con.execute(query.format(out=outside, root=str(folder).replace("'", "''"))).fetchall()
    assert sorted(path.name for path in outside.iterdir()) == before


def test_codes_and_folders_that_look_like_sql_or_patterns_are_only_names(nation, folder, capsys):
    rows = nation.rows(ROLLUPS["instansi"].make(nation)).to_pylist()
    assert sorted(row["agency"] for row in rows) == sorted(CODES)
    for code in (*CODES, "' OR 1=1 --"):
        assert main(["nation", "instansi", "--from", str(folder), "--agency", code, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [row["agency"] for row in found] == [code for each in CODES if each == code]
    assert nation.rows(nation.table("units")).num_rows == 0  # the view stands


def test_a_manifest_names_no_file_elsewhere_and_no_pattern(tmp_path):
    written(tmp_path, [given("A")])
    path = next(tmp_path.rglob(INSIDE))
    told = json.loads(path.read_text())
    for name in ("../../lain.parquet", "/etc/lain.parquet", "*.parquet", "a'b.parquet", "units.parquet\n"):
        told["tables"]["units"]["file"] = name
        path.write_text(json.dumps(told))
        with pytest.raises(Refusal, match="nama berkas tabel units"):
            list(manifests(tmp_path))


def test_files_that_are_gone_or_lie_elsewhere_are_told_by_name(tmp_path):
    root = written(tmp_path / "nation", [given("A"), given("B")])
    next(root.glob("year=*/agency=B/units-*")).unlink()
    with pytest.raises(Refusal, match=r"agency=B/units-.*tidak ditemukan"):
        Nation(root, threads=1).table("units")
    (place,) = root.glob("year=*/agency=A")
    place.rename(tmp_path / "lain")
    place.symlink_to(tmp_path / "lain")
    with pytest.raises(Refusal, match=r"agency=A: tautan ke luar folder nasional") as refused:
        Nation(root, threads=1).table("measurements")
    assert len(refused.value.faults) == 2


def test_what_does_not_fit_into_memory_goes_to_a_place_of_its_own_that_is_gone_afterwards(folder):
    opened = Nation(folder, threads=1, memory="60MB")
    (place,) = opened.backend.con.execute("SELECT current_setting('temp_directory')").fetchone()
    (count,) = opened.backend.con.execute(
        "SELECT count(*) FROM (SELECT hash(i)::VARCHAR || repeat('x', 60) AS h FROM range(1500000) t(i) ORDER BY h)"
    ).fetchone()
    assert count == 1_500_000
    spilled = Path(place).exists()
    opened.close()
    assert spilled
    assert not Path(place).exists()
