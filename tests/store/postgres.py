"""A PostgreSQL server of our own for a test session: initdb and pg_ctl on a socket in a temporary folder."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

OLDEST = 15


def programs() -> Path | None:
    """The folder of the newest installed server programs, None if there is none of version 15 or later."""
    found = {
        int(path.parent.parent.name): path.parent for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    }
    on_path = shutil.which("initdb")
    newest = max(found, default=0)
    if newest >= OLDEST:
        return found[newest]
    return Path(on_path).parent if on_path else None


def run(*command: str | Path) -> None:
    """Run a server program, as `postgres` where we are root, which the server refuses to be."""
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_owner, *map(str, command)], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stderr}")


@pytest.fixture(scope="session")
def postgres():
    """The DATABASE_URL of an empty database on a fresh server; the test is skipped where there is no server."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL 15 or later is not installed (Debian: postgresql)")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL refuses to run as root, and runuser is not installed")
    home = Path(tempfile.mkdtemp(prefix="selaras-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data = home / "data"
    owner = "postgres" if os.geteuid() == 0 else getpass.getuser()
    options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c full_page_writes=off"
    try:
        run(folder / "initdb", "-D", data, "-U", owner, "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        run(folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            run(folder / "createdb", "-h", home, "-U", owner, "selaras")
            yield f"postgres://{owner}@/selaras?host={home}"
        finally:
            run(folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
