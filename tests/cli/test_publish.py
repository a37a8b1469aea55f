"""Files of the nation: written from the database, never half, gathered from elsewhere only if they are right."""

import hashlib
import io
import json
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.faults import house

from selaras.analytics.gathering import gathered
from selaras.analytics.manifest import INSIDE as NAME
from selaras.analytics.manifest import manifests
from selaras.analytics.opening import Nation
from selaras.analytics.schema import TABLES, VERSION
from selaras.analytics.writing import Origin, write_partition
from selaras.cli.main import main
from selaras.core.errors import Refusal

pytestmark = pytest.mark.slow


def selaras(*words, expect=0, real=False):
    """Our command, forked from one that has loaded the application; `real`: as a command of the system."""
    done = house.selaras(*words, real=real)
    assert done.returncode == expect, done.stderr + done.stdout
    return done


def adds_up(*words, expect=0):
    """What `selaras nation` prints: it needs no database, so it runs in this process."""
    out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        status = main(["nation", *map(str, words)])
    assert status == expect, told.getvalue()
    return out.getvalue() + told.getvalue()


@pytest.fixture(scope="module")
def data(tmp_path_factory, loaded_workspace):
    folder = tmp_path_factory.mktemp("publish") / "data"
    shutil.copytree(loaded_workspace, folder)
    return folder


@pytest.fixture(scope="module")
def nation(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("nation") / "inside"
    selaras("publish", "--inside", "--data", data, "--to", folder, real=True)
    return folder


@pytest.fixture
def copy(nation, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(nation, folder)
    return folder


def contents(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}


def test_the_nation_is_what_the_report_says(nation, data):
    told = json.loads(
        selaras("figures", "--agency", "BIRO-ORG", "--year", "2024", "--data", data, "--format", "json").stdout
    )
    found = json.loads(
        adds_up("indikator", "--from", nation, "--agency", "BIRO-ORG", "--year", "2024", "--format", "json")
    )
    shown = {item["key"]: item["shown"] for item in told["figures"]}
    measured = [row for row in found if row["measured"]]
    assert measured
    for row in measured:
        assert shown[f"capaian:{row['indicator']}:2024"] == f"{float(row['achievement_printed']):.2f}%".replace(
            ".", ","
        )


def test_what_has_not_changed_is_not_written_again(copy, data):
    before = contents(copy)
    done = json.loads(selaras("publish", "--inside", "--data", data, "--to", copy, "--format", "json").stdout)
    assert (done["written"], done["removed"]) == (0, 0)
    assert contents(copy) == before


def test_nothing_is_public_before_a_report_is_published(data, tmp_path):
    assert "Tidak ada yang dapat ditulis" in selaras("publish", "--data", data, "--to", tmp_path / "public").stdout
    assert not list(tmp_path.rglob("*.parquet"))


def test_no_file_holds_a_name_or_a_number_of_a_person(nation, data):
    script = (
        "import sys; from pathlib import Path; from selaras.cli.options import open_workspace;"
        "open_workspace(Path(sys.argv[1])); from selaras.store import models as t;"
        "print(*{n for m in (t.Tenure, t.Employee) for pair in m.objects.values_list('name', 'nip') for n in pair if len(n) > 5}, sep='\\n')"
    )
    people = subprocess.run([sys.executable, "-c", script, str(data)], capture_output=True, text=True, check=True)
    names = [name for name in people.stdout.splitlines() if name]
    assert names
    texts = {
        str(cell)
        for path in nation.rglob("*.parquet")
        for column in pq.ParquetFile(path).read().columns
        for cell in column.to_pylist()
        if isinstance(cell, str)
    }
    assert not [name for name in names if any(name.casefold() in text.casefold() for text in texts)]


def test_others_files_are_taken_over_once(nation, data, tmp_path):
    first = json.loads(selaras("gather", nation, "--to", tmp_path / "all", "--data", data, "--format", "json").stdout)
    again = json.loads(selaras("gather", nation, "--to", tmp_path / "all", "--data", data, "--format", "json").stdout)
    assert first["copied"] == again["same"] == len(list(manifests(nation)))
    assert again["copied"] == 0
    assert Nation(tmp_path / "all").hash == Nation(nation).hash


def with_manifest(part, **changes):
    path = part / NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def rewritten(part, change, *, honest=True):
    """The measurements after a change, with the manifest telling the new hash of the file where `honest`."""
    (path,) = part.glob("measurements-*.parquet")
    pq.write_table(change(pq.ParquetFile(path).read()), path)
    if honest:
        manifest = json.loads((part / NAME).read_text())
        manifest["tables"]["measurements"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        with_manifest(part, **manifest)


def as_float(rows):
    at = rows.schema.get_field_index("target")
    return rows.set_column(at, pa.field("target", pa.float64()), rows.column("target").cast(pa.float64()))


def with_table(part, **changes):
    tables = json.loads((part / NAME).read_text())["tables"]
    with_manifest(part, tables=tables | {"units": tables["units"] | changes})


DAMAGES = {
    "isian made_at bukan": lambda part: with_manifest(part, made_at=7),
    "isian file tabel units bukan": lambda part: with_table(part, file=5),
    "partisi tanpa manifes": lambda part: (part / NAME).unlink(),
    "skema lebih baru": lambda part: with_manifest(part, schema=VERSION + 1),
    "skema lama": lambda part: with_manifest(part, schema=0),
    "folder partisi lain": lambda part: with_manifest(part, year=2019),
    "berubah sejak diterbitkan": lambda part: rewritten(part, lambda rows: rows.slice(1), honest=False),
    "kolom target berbeda dari skema": lambda part: rewritten(part, as_float),
    "isi tidak sesuai manifesnya": lambda part: rewritten(part, lambda rows: rows.slice(1)),
    "berkas tidak dapat dibaca": lambda part: next(part.glob("units-*")).unlink(),
    "manifes tidak terbaca": lambda part: (part / NAME).write_text("{"),
}


@pytest.mark.parametrize("reason", DAMAGES)
def test_wrong_files_are_refused_and_nothing_is_copied(reason, copy, tmp_path):
    DAMAGES[reason](next(copy.glob("year=2024/agency=BIRO-ORG")))
    with pytest.raises(Refusal, match=reason) as refused:
        gathered([copy], tmp_path / "all")
    (fault, *_) = refused.value.faults
    assert "agency=BIRO-ORG" in fault.sentence()
    assert fault.remedy
    assert not list((tmp_path / "all").rglob("*.parquet"))


def test_two_sources_that_differ_are_refused_by_name(nation, copy, data, tmp_path):
    rows = {table.name: [] for table in TABLES} | {"agencies": [next(iter(agency_rows(copy)))]}
    write_partition(copy, 2024, "BIRO-ORG", rows, Origin("lain", "2026-01-01", inside=True))
    said = selaras("gather", nation, copy, "--to", tmp_path / "all", "--data", data, expect=1).stderr
    assert "BIRO-ORG tahun 2024 ada di dua sumber" in said
    assert str(nation) in said
    assert str(copy) in said
    assert not list((tmp_path / "all").rglob("*.parquet"))


def agency_rows(folder):
    (path,) = next(folder.glob("year=2024/agency=BIRO-ORG")).glob("agencies-*.parquet")
    return zip(*(column.to_pylist() for column in pq.ParquetFile(path).read().columns), strict=True)


WRITER = """
import sys
from pathlib import Path
from selaras.analytics.writing import Origin, write_partition
from selaras.cli.main import main
from selaras.core.errors import Refusal
root = Path(sys.argv[1])
for number in range(100_000):
    unit = [(f"U{each}", "", 1, f"U{each}", f"Unit {number}", "unit", True) for each in range(400)]
    rows = {"units": unit, "lineage": [(name[0], name[0], number % 2 + 1) for name in unit]}
    write_partition(root, 2024, "A", rows, Origin("uji", str(number), inside=True))
    if number == 1:
        print("mulai", flush=True)
"""


def test_a_writer_that_is_killed_leaves_the_old_partition_or_the_new(tmp_path):
    for wait in (0.0, 0.013, 0.041):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout.readline() == "mulai\n"
            time.sleep(wait)
            running.send_signal(signal.SIGKILL)
        (manifest,) = manifests(tmp_path)
        nation = Nation(tmp_path, threads=1)
        units = nation.rows(nation.table("units")).to_pylist()
        depth = {row["depth"] for row in nation.rows(nation.table("lineage")).to_pylist()}
        assert {row["name"] for row in units} == {f"Unit {manifest.made_at}"}
        assert depth == {int(manifest.made_at) % 2 + 1}
        nation.close()


def test_a_year_that_is_gone_is_removed(data, copy, tmp_path):
    """The file of another installation stays; ours of an agency that is no more goes."""
    own = next(manifests(copy)).installation
    rows = {"agencies": [next(iter(agency_rows(copy)))]}
    write_partition(copy, 2024, "TIADA", rows, Origin(own, "2026-01-01", inside=True))
    write_partition(copy, 2024, "TAMU", rows, Origin("lain", "2026-01-01", inside=True))
    done = json.loads(selaras("publish", "--inside", "--data", data, "--to", copy, "--format", "json").stdout)
    assert done["removed"] == 1
    found = {item.agency for item in manifests(copy)}
    assert "TAMU" in found
    assert "TIADA" not in found


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_a_rollup_is_printed(form, nation):
    said = adds_up("instansi", "--from", nation, "--year", "2022", "--format", form)
    assert "97,17" in said or "97.17" in said


def test_a_rollup_becomes_a_workbook(nation, tmp_path):
    adds_up("anggaran", "--from", nation, "--format", "xlsx", "--output", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[1]][:2] == ["tahun", "kode instansi"]
    assert sheet.max_row == 3


def test_an_empty_folder_says_what_to_do(tmp_path):
    assert "selaras publish" in selaras("nation", "instansi", "--from", tmp_path, expect=2, real=True).stderr
