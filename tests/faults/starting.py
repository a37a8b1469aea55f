"""Starts programs by forking: `starting SCRATCH`; the short form of the fault tests saves loading the application each time.

Reads a job a line (what to run, its environment, a folder for its output), forks, and tells the process; when that ends,
its status is written to `status` in the folder. What is forked is a process of its own with a session of its own: it opens
its workspace and database by itself, is killed and ends like any other. The full form starts real commands.
"""

import json
import os
import runpy
import select
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from selaras.cli.options import open_web_workspace


def started(job):
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        home = Path(job["home"])
        for number, name in ((1, "out"), (2, "err")):
            file = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(file, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.clear()
        os.environ.update(job["environment"])
        status = run(job["words"])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 (told as any process tells it)
        traceback.print_exc()
    finally:
        with suppress(Exception):
            connections.close_all()  # as at the end of any program
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status or 0)


def run(words):
    program, *rest = words
    if program:
        sys.argv = [program, *rest]
        runpy.run_module(f"tests.faults.{program}", run_name="__main__")
        return 0
    os.execv = become
    return main(rest)


def become(_python, command):
    """What `selaras serve` turns into, in this process."""
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", *command[3:]]
    raise SystemExit(WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run())


os.environ["SELARAS_DATA"] = sys.argv[1]
open_web_workspace(Path(sys.argv[1]))

from django.db import connections  # noqa: E402

import selaras.web.urls  # noqa: E402, F401
from selaras.cli.main import main  # noqa: E402

connections.close_all()
running = {}
while True:
    if select.select([0], [], [], 0.01)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            break
        asked = json.loads(line)
        child = started(asked)
        running[child] = Path(asked["home"])
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in list(running):
        gone, code = os.waitpid(child, os.WNOHANG)
        if gone:
            home = running.pop(child)
            (home / "status.draft").write_text(str(os.waitstatus_to_exitcode(code)))
            (home / "status.draft").rename(home / "status")
