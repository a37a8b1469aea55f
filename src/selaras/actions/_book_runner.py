"""Composing the documents of a book on a pool of processes: resumable after any end, bounded in memory, one at a time.

The state file holds one line per finished document and is only ever added to; a line that a crash cut is ignored. A
document whose data have not changed since its line was written, and whose files are still those, is not made again.
A worker only reads the database. It ends when the process that started it ends, and is replaced after `TASKS` documents.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from selaras import __version__
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.nation.books import PERIODIC, Origin
from selaras.core.period import Period, Span
from selaras.documents.books import BookLine

STATE, LOCK = ".keadaan.jsonl", ".kunci"
TASKS = 100
"""Documents after which a worker is replaced, so that nothing that a library keeps can grow."""
AHEAD = 2
"""Jobs given out per worker: enough that none waits, few enough that the queue stays small."""
PATIENCE = 1.0
REPORT_IT = "Laporkan kepada pengembang beserta baris ini; dokumen lain tidak terpengaruh."


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made. `before` is the line that an earlier run left for it."""

    agency: str
    office: str
    kind: str
    year: int
    span: str
    index: int
    origin: str
    formats: tuple[str, ...]
    folder: str
    before: tuple[str, tuple[tuple[str, str, int], ...]] | None = None

    @property
    def key(self) -> str:
        """The document by which the state file knows it."""
        return f"{self.kind}|{self.year}|{self.span}|{self.index}|{self.agency}"


class StateFile:
    """Which documents of a run are done, with the hash of their data and of their files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[str, tuple[str, tuple[tuple[str, str, int], ...]]] = {}
        cut = False
        if path.is_file():
            for line in path.read_bytes().split(b"\n"):
                try:
                    item = json.loads(line) if line else None
                except ValueError:  # the line that was being written when the run ended
                    cut = True
                    continue
                if item:
                    self.done[item["key"]] = (item["hash"], tuple((n, s, z) for n, s, z in item["files"]))
        self._file = path.open("ab")
        if cut:
            self._file.write(b"\n")

    def add(self, key: str, sha256: str, files: Sequence[tuple[str, str, int]]) -> None:
        """Remember a document; it is on the disk when this returns."""
        line = json.dumps({"key": key, "hash": sha256, "files": [list(one) for one in files]}, ensure_ascii=False)
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
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
            state.add(job.key, line.data_sha256, line.files)
        if told is not None:
            told(line)

    suspects = _in_pool([_with_before(job, state) for job in jobs], data, workers, take)
    for job in suspects:  # some of them ended a worker: one by one it shows which
        for again in _in_pool([job], data, 1, take):
            take(
                again,
                _failed(again, "Proses penyusun berhenti mendadak.", "Periksa memori komputer, lalu jalankan lagi."),
            )
    return [lines[job.key] for job in jobs]


def _in_pool(jobs: Sequence[Job], data: Path, workers: int, take: Callable[[Job, BookLine], None]) -> list[Job]:
    """Run jobs on a pool; gives those that were under way when a worker died, and goes on with the others."""
    waiting, suspects = deque(jobs), []
    while waiting:
        pool = ProcessPoolExecutor(
            min(workers, len(waiting)),
            get_context("spawn"),
            _enter,
            (str(data), os.getpid()),
            max_tasks_per_child=TASKS,
        )
        under_way: dict[Future[BookLine], Job] = {}
        try:
            while waiting or under_way:
                while waiting and len(under_way) < workers * AHEAD:
                    job = waiting.popleft()
                    under_way[pool.submit(compose_job, job)] = job
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    job = under_way.pop(future)
                    try:
                        take(job, future.result())
                    except BrokenProcessPool:
                        under_way[future] = job
                        raise
        except BrokenProcessPool:
            suspects += list(under_way.values())
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


def compose_job(job: Job) -> BookLine:
    """Make one document, unless its data and files are those of the last run; what goes wrong is told, not raised."""
    try:
        return _composed(job)
    except Refusal as refusal:
        faults = "; ".join(fault.sentence() for fault in refusal.faults[:3])
        remedy = next((fault.remedy for fault in refusal.faults if fault.remedy), "")
        return _failed(job, refusal.message, remedy or faults or "Lengkapi data instansi itu, lalu jalankan lagi.")
    except Exception as error:  # noqa: BLE001 - one document may not end the other 551; the text goes into the summary
        return _failed(job, f"Kesalahan program: {type(error).__name__}: {error}", REPORT_IT)


def _failed(job: Job, cause: str, remedy: str) -> BookLine:
    return BookLine(job.agency, job.office, job.kind, "gagal", cause=cause, remedy=remedy)


def _composed(job: Job) -> BookLine:
    from selaras.actions._files import sha256_of, written
    from selaras.actions._rules import law_of
    from selaras.actions.reports import _stem
    from selaras.core.reporting import compose
    from selaras.core.reporting.attachment import attach
    from selaras.core.reporting.figures import Figures
    from selaras.core.reporting.redaction import data_snapshot, public_document, public_snapshot
    from selaras.documents.write import write
    from selaras.store.evidence import reader

    period = Period(job.year, Span(job.span), job.index)
    about = period if job.kind in PERIODIC else None
    snapshot, known = _data(job, about)
    sha256 = hashlib.sha256(
        json.dumps([known, job.kind, job.span, job.index, job.origin, list(job.formats), __version__]).encode()
    ).hexdigest()
    folder = Path(job.folder)
    if job.before is not None and job.before[0] == sha256 and all(_stands(folder, *one) for one in job.before[1]):
        return BookLine(job.agency, job.office, job.kind, "tetap", job.before[1], sha256)
    law = law_of(snapshot.settings)
    if job.origin == Origin.PUBLISHED.value:
        data = data_snapshot(snapshot)
        document = public_document(
            compose(public_snapshot(snapshot), law, kind=job.kind, period=about),
            attachment=attach(data, Figures(data, law).computed),
        )
    else:
        document = compose(snapshot, law, kind=job.kind, period=about)
    stem, made = _stem(job.kind, job.year, about, job.agency), []
    for form in job.formats:
        path = folder / f"{stem}.{form}"
        with written(path) as draft:
            write(document, form, draft, files=reader(job.agency))
        made.append((path.name, sha256_of(path), path.stat().st_size))
    return BookLine(job.agency, job.office, job.kind, "baru", tuple(made), sha256)


def _data(job: Job, about: Period | None) -> tuple[Any, str]:
    """The snapshot that the document is made of, and the fingerprint of its data."""
    from selaras.core.reporting.attachment import attach
    from selaras.store.books import edition_for
    from selaras.store.editions import frozen_snapshot
    from selaras.store.snapshot import load_snapshot

    origin = Origin(job.origin)
    if origin is Origin.LIVE:
        snapshot = load_snapshot(job.agency, job.year)
        return snapshot, hashlib.sha256(attach(snapshot, {}).encode()).hexdigest()
    edition = edition_for(job.agency, job.year, job.kind, origin, about)
    if edition is None:
        what = "terbit" if origin is Origin.PUBLISHED else "beku"
        raise CannotRun(
            f"Belum ada data {what} untuk tahun {job.year}.",
            Fault(
                "edisi tidak ada", remedy="Bekukan dan terbitkan laporannya, atau pilih data berjalan untuk buku ini."
            ),
        )
    return frozen_snapshot(job.agency, edition.snapshot_sha256), edition.snapshot_sha256


def _stands(folder: Path, name: str, sha256: str, size: int) -> bool:
    from selaras.actions._files import sha256_of

    path = folder / name
    return path.is_file() and path.stat().st_size == size and sha256_of(path) == sha256
