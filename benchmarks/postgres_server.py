"""A PostgreSQL server for one run of a benchmark: made in a folder of its own, started on a socket there, stopped at the end."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAME = "selaras"
LONGEST = 90
"""Characters of the path of a socket's folder: systems allow about a hundred for the socket."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address for `DATABASE_URL` and its process, whose children are the connections."""

    url: str
    process: int


@contextmanager
def postgres(folder: Path) -> Iterator[Server]:
    """The server whose data live in `folder`, with one database; made there the first time, with default settings."""
    owner = "postgres" if os.geteuid() == 0 else getpass.getuser()
    home = folder.absolute()
    if len(str(home)) > LONGEST:
        raise SystemExit(f"{home}: the path is too long for a socket")
    programs, data = _programs(), home / "data"
    fresh = not data.exists()
    if fresh:
        home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        _run(programs / "initdb", "-D", data, "-U", owner, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-c listen_addresses= -c unix_socket_directories={home}"
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        if fresh:
            _run(programs / "createdb", "-h", home, "-U", owner, NAME)
        process = int((data / "postmaster.pid").read_text().split()[0])
        yield Server(f"postgres://{owner}@/{NAME}?host={home}", process)
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _programs() -> Path:
    """The folder of the newest server programs that are installed."""
    found = {int(path.parts[-3]): path.parent for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")}
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise SystemExit("PostgreSQL is not installed (Debian: postgresql)")
    return found[max(found)] if found else Path(str(on_path)).parent


def _run(*command: str | Path) -> None:
    """Run a server program, as `postgres` where we are root, which the server refuses to be."""
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_owner, *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr}")
