"""Predicates and their distribution for a whole country's employees: one pass, bounded memory, beside a bare loop.

`--people` sets how many; every batch is made, counted and forgotten. The peer is the plainest loop that could do the
same: a nested dictionary of counts, no rules, no checks.
"""

import argparse
import random
import time
from datetime import date

from measure import peak_mib, table, timed

from selaras.core.people.distribution import added, judge, possible, tally
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.rulebook.people import load_people

BATCH = 20_000
UNITS_PER_BATCH = 400
SIZES = (20_000, 200_000, 1_000_000)


def main():
    """One installation of 20,000, then up to `--people`, then the judgement of every unit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=SIZES[-1])
    most = parser.parse_args().people
    rules = load_people(date(2024, 12, 31))
    rows = []
    for size in dict.fromkeys(min(size, most) for size in SIZES):
        peer, expected = loop(size, rules.matrix.cells)
        work, counts = ours(size, rules.matrix)
        assert added(counts.values()) == expected, "the peer counts otherwise"
        remark = f"{work * 1000:,.0f} ms; {work / peer:.2f} × the bare loop; peak {peak_mib():.0f} MiB"
        rows.append((f"{size:,} people, {len(counts):,} units", f"{size / work:,.0f}/s", remark))
    table(f"Predicates and their counts, in batches of {BATCH:,} (making the people is not timed)", rows)
    judged(counts, rules)
    one_batch(rules)


def batches(size):
    """People as (unit, rating of results, rating of behaviour), made batch by batch from one dice per batch."""
    ratings = list(Rating)
    for start in range(0, size, BATCH):
        dice = random.Random(start)
        number = min(BATCH, size - start)
        units = [f"U{start // BATCH}-{unit}" for unit in range(UNITS_PER_BATCH)]
        yield list(
            zip(
                dice.choices(units, k=number),
                dice.choices(ratings, k=number),
                dice.choices(ratings, k=number),
                strict=True,
            )
        )


def ours(size, matrix):
    """Seconds and counts by unit; a unit that stands in several batches would be added up."""
    counts, seconds = {}, 0.0
    for batch in batches(size):
        started = time.perf_counter()
        for unit, found in tally(batch, matrix).items():
            counts[unit] = added([counts[unit], found]) if unit in counts else found
        seconds += time.perf_counter() - started
    return seconds, counts


def loop(size, cells):
    """The peer: seconds of a bare loop over nested dictionaries, and the sum over all units."""
    counts, seconds = {}, 0.0
    for batch in batches(size):
        started = time.perf_counter()
        for unit, results, behaviour in batch:
            own = counts.setdefault(unit, {})
            predicate = cells[results, behaviour]
            own[predicate] = own.get(predicate, 0) + 1
        seconds += time.perf_counter() - started
    return seconds, tuple(sum(own.get(predicate, 0) for own in counts.values()) for predicate in Predicate)


def judged(counts, rules):
    """Every unit against a pattern, with findings."""
    patterns = list(rules.patterns.values())
    possible.cache_clear()
    cold, found = timed(lambda: [judge(own, patterns[index % 5]) for index, own in enumerate(counts.values())], runs=1)
    warm, _ = timed(lambda: [judge(own, patterns[index % 5]) for index, own in enumerate(counts.values())], runs=3)
    findings = sum(len(item.findings) for item in found)
    table(
        f"Distribution of {len(counts):,} units against the pattern of their predicate",
        [
            ("first time", f"{len(counts) / cold:,.0f} units/s", f"{cold * 1000:,.0f} ms, {findings:,} findings"),
            ("again", f"{len(counts) / warm:,.0f} units/s", "what each size can fulfil is remembered"),
        ],
    )
    assert {item.pattern.organisation for item in found} <= set(OrganisationPredicate)


def one_batch(rules):
    """One installation as a list that is already there: the rule alone, beside the bare loop."""
    people = next(batches(BATCH))
    cells = rules.matrix.cells

    def bare():
        counts = {}
        for unit, results, behaviour in people:
            key = unit, cells[results, behaviour]
            counts[key] = counts.get(key, 0) + 1
        return counts

    peer, _ = timed(bare, runs=9)
    seconds, _ = timed(lambda: tally(people, rules.matrix), runs=9)
    plain, _ = timed(lambda: [cells[results, behaviour] for _, results, behaviour in people], runs=9)
    each, _ = timed(lambda: [rules.matrix.predicate(results, behaviour) for _, results, behaviour in people], runs=9)
    table(
        f"One installation of {BATCH:,} employees, already read",
        [
            ("bare loop that counts", f"{peer * 1000:.1f} ms", "the limit of plain Python"),
            ("tally", f"{seconds * 1000:.1f} ms", f"{seconds / peer:.2f} × the bare loop"),
            ("bare look-up of each predicate", f"{plain * 1000:.1f} ms", ""),
            ("predicate of each employee", f"{each * 1000:.1f} ms", f"{each / plain:.2f} × the bare look-up"),
        ],
    )


if __name__ == "__main__":
    main()
