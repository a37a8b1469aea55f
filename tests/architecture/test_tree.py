"""Tests on the tree itself: contracts, docstrings, who may write rows, who may load Django."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "selaras"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
WRITING = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update"}


def test_the_import_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_in_its_first_line_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{path} has no docstring"


def test_no_room_or_module_is_named_for_leftovers():
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert not names & {"utils", "util", "common", "helpers", "helper", "misc", "manager", "base"}


def test_only_actions_write_rows():
    guilty = []
    for path in MODULES:
        room = path.relative_to(SOURCE).parts[0]
        if room == "actions":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITING
                and ast.unparse(node.func.value).endswith("objects")
            ):
                guilty.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert not guilty


def public_functions(module):
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
    ]


def test_the_terminal_loads_no_django_for_work_on_files(tmp_path):
    script = (
        "import sys; from selaras.cli.main import main\n"
        f"assert main(['template', {str(tmp_path / 'isian.xlsx')!r}]) == 0\n"
        "assert main(['rulebook', '--format', 'json']) == 0\n"
        "assert 'django' not in sys.modules, 'django was loaded'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_registry_host_or_local_path_stands_in_the_repository():
    files = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
        .stdout.decode()
        .split("\0")
    )
    if files == [""]:
        pytest.skip("no git history beside this tree")
    hosts = re.compile(r"p[y]pi\.org|python[h]osted|registry\.[n]pmjs|deb\.[d]ebian|/[r]oot/|/[w]ork/")
    guilty = []
    for name in filter(None, files):
        path = ROOT / name
        if (
            path.is_file()
            and path.suffix not in {".xlsx", ".png", ".pdf"}
            and hosts.search(path.read_text("utf-8", "replace"))
        ):
            guilty.append(name)
    assert not guilty
