"""Clocks and memory for the benchmarks, and the printing of ratios."""

import resource
import statistics
import time


def timed(work, *, runs=5):
    """Median seconds of several runs, and the last result."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), result


def peak_mib(who=resource.RUSAGE_SELF):
    """Highest resident memory of this process (or of its largest child) in MiB."""
    return resource.getrusage(who).ru_maxrss / 1024


def table(title, rows):
    """Rows of (what, value, remark) under a title."""
    print(f"\n{title}")
    width = max(len(what) for what, *_ in rows)
    for what, value, remark in rows:
        print(f"  {what:<{width}}  {value:>14}  {remark}")
