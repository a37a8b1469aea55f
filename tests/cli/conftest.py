"""Workspaces made once and copied for each test: making tables and loading both samples takes seconds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults import house

ROOT = Path(__file__).parents[2]
SAMPLES = ("biro-organisasi-2024.xlsx", "sekretariat-kpu-2022.xlsx")


@pytest.fixture(scope="session", autouse=True)
def _starter():
    """What forks commands for some tests (`tests.faults.starting`) ends with them."""
    yield
    house.end_starter()


def _made(folder, *commands):
    for words in commands:
        subprocess.run(
            [sys.executable, "-m", "selaras.cli.main", *words, "--data", str(folder)],
            check=True, capture_output=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "selaras.web.settings"},
        )  # fmt: skip
    (folder / ".lock").unlink(missing_ok=True)
    return folder


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory):
    """A workspace with tables and nothing in them."""
    return _made(tmp_path_factory.mktemp("empty") / "data", ["agencies"])


@pytest.fixture(scope="session")
def loaded_workspace(tmp_path_factory, empty_workspace):
    """A workspace with both sample agencies."""
    folder = tmp_path_factory.mktemp("loaded") / "data"
    shutil.copytree(empty_workspace, folder)
    return _made(folder, *(["import", str(ROOT / "examples" / name)] for name in SAMPLES))
