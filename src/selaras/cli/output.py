"""How the terminal speaks: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from selaras.core.errors import Fault, Refusal

MOST_FAULTS = 200


def complain(refusal: Refusal) -> None:
    """Every fault of a refusal on standard error, one line each; a very long list is cut with its count."""
    print(f"selaras: {refusal.message}", file=sys.stderr)
    for fault in refusal.faults[:MOST_FAULTS]:
        print(f"  - {fault.sentence()}", file=sys.stderr)
    if len(refusal.faults) > MOST_FAULTS:
        print(f"  … dan {len(refusal.faults) - MOST_FAULTS} kesalahan lain.", file=sys.stderr)


def refused(refusal: Refusal) -> dict[str, Any]:
    """A refusal for machines, with every fault."""
    return {"refused": refusal.message, "faults": [told(fault) for fault in refusal.faults]}


def told(fault: Fault) -> dict[str, str]:
    """One fault for machines."""
    return {
        "message": fault.message, "place": fault.place.sentence(), "sheet": fault.place.sheet, "cell": fault.place.cell,
        "read": fault.read, "expected": fault.expected, "remedy": fault.remedy,
    }  # fmt: skip


def emit(value: Any) -> None:
    """A result as JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


@contextmanager
def step(label: str, *, quiet: bool = False) -> Iterator[None]:
    """Show a step while it runs, with the seconds it took."""
    if quiet:
        yield
        return
    started = time.perf_counter()
    print(f"{label} … ", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print("tidak selesai", file=sys.stderr, flush=True)
        raise
    print(f"{time.perf_counter() - started:.1f} detik".replace(".", ","), file=sys.stderr, flush=True)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), widest: int = 58) -> str:
    """A plain table; long texts are cut with an ellipsis, columns in `right` are right-aligned."""
    cut = [[text if len(text) <= widest else f"{text[: widest - 1]}…" for text in row] for row in rows]
    widths = [max(len(row[index]) for row in [list(headers), *cut]) for index in range(len(headers))]

    def line(row: Sequence[str]) -> str:
        cells = [
            text.rjust(width) if index in right else text.ljust(width)
            for index, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join([line(headers), line(["─" * width for width in widths]), *(line(row) for row in cut)])
