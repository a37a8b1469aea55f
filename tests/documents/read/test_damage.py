"""Some hundred damaged files of every form end in an answer or a clear refusal; `benchmarks/fuzz_reading.py` reads thousands."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from tests.documents.read.bounded import tried
from tests.documents.read.damage import damaged
from tests.documents.sample import sample
from tests.long_run import tries

from selaras.documents.read.limits import DEFAULT
from selaras.documents.write import write

LIMITS = replace(DEFAULT, seconds=20, memory=1024 * 2**20)
FILES = tries(120, 300)
LINES = "Tabel 3.1 Capaian\n\nNo\tIndikator\tTarget\tRealisasi\n1\tIndeks mutu\t85\t80\n\nBAB IV\n\nPENUTUP\n\nCapaian 94,12%.\n"


@pytest.fixture(scope="module")
def wholes(tmp_path_factory):
    """The same report in every form that we write."""
    folder = tmp_path_factory.mktemp("utuh")
    made = {"txt": [LINES.encode() * 5]}
    for form in ("pdf", "docx", "xlsx", "html"):
        path = folder / f"laporan.{form}"
        write(sample(), form, path)
        made[form] = [path.read_bytes()]
    return made


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.slow
def test_damaged_files_end_in_an_answer_or_a_clear_refusal(wholes, tmp_path):
    unbearable = []
    for seed in range(FILES):
        form, way, content = damaged(wholes, seed)
        path = tmp_path / f"berkas.{form}"
        path.write_bytes(content)
        outcome = tried(path, LIMITS)
        if not outcome.bearable or outcome.kind == "slow":
            unbearable.append((seed, form, way, outcome))
    assert unbearable == []
