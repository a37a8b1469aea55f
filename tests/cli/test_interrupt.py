"""An interrupt while a folder is reviewed: it ends at once and leaves no process behind."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

pytestmark = pytest.mark.slow

COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in its background with it ignored
from selaras.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def long_to_read(path):
    """A workbook of 15,000 lines of twenty cells, written as text: to make it cell by cell would take as long as reading."""
    small = io.BytesIO()
    openpyxl.Workbook().save(small)
    cells = "".join("<c><v>7</v></c>" for _ in range(20))
    lines = "".join(f'<row r="{number}">{cells}</row>' for number in range(1, 15_001))
    with zipfile.ZipFile(small) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after:
        for name in before.namelist():
            content = before.read(name).decode()
            after.writestr(name, re.sub(r"<sheetData\s*(/>|></sheetData>)", f"<sheetData>{lines}</sheetData>", content))
    with zipfile.ZipFile(path) as made:
        assert "<row " in made.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the processes of a group")
def test_an_interrupt_ends_the_review_of_a_folder_with_all_its_processes(tmp_path):
    (tmp_path / "0.txt").write_text("LAPORAN KINERJA\nTAHUN 2024\n\nLayanan dibuka setiap hari.\n")
    whole = tmp_path / "1.xlsx"
    long_to_read(whole)
    for number in range(2, 9):
        shutil.copy(whole, tmp_path / f"{number}.xlsx")
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "review", str(tmp_path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as review:  # fmt: skip
        assert "1/9" in review.stderr.readline()
        begun = time.monotonic()
        os.killpg(review.pid, signal.SIGINT)
        review.wait(20)
        assert time.monotonic() - begun < 5
        assert review.returncode != 0
    with pytest.raises(ProcessLookupError):
        os.killpg(review.pid, 0)
