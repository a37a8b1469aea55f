"""Composing the documents of a book on a pool of processes: resumable after any end, bounded in memory, one at a time.

The state file holds one line per finished document and is only ever added to; a line that a crash cut is ignored. A
document whose data have not changed since its line was written, and whose files are still those, is not made again.
What an earlier run left and this one no longer names is taken away, so that nobody takes an old document for the new one.
A worker ends when the process that started it ends, and is replaced after about `TASKS` documents.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from selaras.actions._book_document import Done, Job, compose_job, failed
from selaras.actions._files import not_written
from selaras.core.errors import Fault, Refusal
from selaras.documents.books import BookLine

STATE, LOCK = ".keadaan.jsonl", ".kunci"
TASKS = 100
"""Documents per worker after which a pool is replaced, so that nothing that a library keeps can grow. The pool's own
`max_tasks_per_child` may wait for ever on a worker that has left (python/cpython issue 115634)."""
AHEAD = 2
"""Jobs given out per worker: enough that none waits, few enough that the queue stays small."""
PATIENCE = 1.0


class StateFile:
    """Which documents of a run are done, with the hash of their data and of their files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[str, Done] = {}
        cut = False
        if path.is_file():
            for line in path.read_bytes().split(b"\n"):
                try:
                    item = json.loads(line) if line else None
                except ValueError:  # the line that was being written when the run ended
                    cut = True
                    continue
                if item:
                    files = tuple((name, sha256, size) for name, sha256, size in item["files"])
                    self.done[item["key"]] = item["hash"], files, item.get("errors", 0)
        self._file = path.open("ab")
        if cut:
            self._file.write(b"\n")

    def add(self, key: str, made: BookLine) -> None:
        """Remember a document; it is on the disk when this returns. Raises CannotRun."""
        line = json.dumps(
            {"key": key, "hash": made.data_sha256, "files": made.files, "errors": made.errors}, ensure_ascii=False
        )
        try:
            self._file.write(line.encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise not_written(self._path, error) from error

    def close(self) -> None:
        """Close the file; a line that found no room is the one that a crash cuts."""
        with contextlib.suppress(OSError):
            self._file.close()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One run of a folder at a time. Raises Refusal while another one is at work."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # a system without it has one person at one terminal
        yield
        return
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(
                "Buku ini sedang disusun oleh proses lain.",
                Fault("sedang berjalan", remedy="Tunggu sampai selesai; buku yang terputus boleh dijalankan lagi."),
            ) from None
        yield


def run_jobs(
    jobs: Sequence[Job], data: Path, *, workers: int, state: StateFile, told: Callable[[BookLine], None] | None = None
) -> list[BookLine]:
    """Make every document; the lines come back in the order of the jobs. A document that fails stops no other."""
    lines: dict[str, BookLine] = {}

    def take(job: Job, line: BookLine) -> None:
        lines[job.key] = line
        if line.state == "baru":
            state.add(job.key, line)
        if told is not None:
            told(line)

    suspects = _in_pool([_with_before(job, state) for job in jobs], data, workers, take)
    for job in suspects:  # some of them ended a worker: one by one it shows which
        for again in _in_pool([job], data, 1, take):
            remedy = "Periksa memori komputer, lalu jalankan lagi."
            take(again, failed(again, "Proses penyusun berhenti mendadak.", remedy, passing=True))
    return [lines[job.key] for job in jobs]


def clear_old(
    folder: Path, lines: Mapping[str, BookLine], state: StateFile, formats: Collection[str], *, own: bool
) -> None:
    """Take away the files that earlier runs made and that `lines` (by the key of their document) no longer name.

    Only names that the state file holds are touched, never another file of the folder; nothing of a document that failed
    for a `passing` reason. In a folder that is not the book's `own` only documents and formats of this run are looked at:
    another run may have put other ones there. Raises CannotRun.
    """
    standing = {name for line in lines.values() for name, _sha256, _size in line.files}
    for key, (_hash, files, _errors) in state.done.items():
        line = lines.get(key)
        if (line is None and not own) or (line is not None and line.passing):
            continue
        for name in {name for name, _sha256, _size in files} - standing:
            path = folder / Path(name).name
            if own or path.suffix[1:] in formats:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise not_written(path, error) from error


def _in_pool(jobs: Sequence[Job], data: Path, workers: int, take: Callable[[Job, BookLine], None]) -> list[Job]:
    """Run jobs on a pool; gives those that were under way when a worker died, and goes on with the others."""
    waiting, suspects = deque(jobs), []
    while waiting:
        batch = deque(waiting.popleft() for _ in range(min(len(waiting), workers * TASKS)))
        pool = ProcessPoolExecutor(min(workers, len(batch)), get_context("spawn"), _enter, (str(data), os.getpid()))
        under_way: dict[Future[BookLine], Job] = {}
        try:
            while batch or under_way:
                while batch and len(under_way) < workers * AHEAD:
                    future = pool.submit(compose_job, batch[0])  # raises too if a worker has died: then the job stays
                    under_way[future] = batch.popleft()
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    job = under_way.pop(future)
                    try:
                        line = future.result()
                    except BrokenProcessPool:
                        under_way[future] = job
                        raise
                    take(job, line)
        except BrokenProcessPool:
            suspects += list(under_way.values())
            waiting.extendleft(reversed(batch))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return suspects


def _with_before(job: Job, state: StateFile) -> Job:
    return replace(job, before=state.done.get(job.key))


# ---- in a worker -----------------------------------------------------------------------------------------------------


def _enter(data: str, parent: int) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    from selaras.store import setup

    setup(Path(data), migrating=False)


def _follow(parent: int) -> None:
    """End with the process that started this one, also if that was killed."""
    while os.getppid() == parent:
        time.sleep(PATIENCE)
    os._exit(1)
