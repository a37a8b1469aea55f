"""A thousand evaluation sheets: scored, held against criteria and records, and put on the board; beside a bare loop.

The peer multiplies and adds binary numbers in a plain loop over dictionaries: no checks, no missing answers told, no
rounding rule. `--units` sets how many units the board has.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

from measure import peak_mib, table, timed

from selaras.core.evaluation.contradicting import Grounds, contradictions
from selaras.core.evaluation.facts import Facts, drawn
from selaras.core.evaluation.proposing import NOTHING, raising
from selaras.core.evaluation.scoring import Answers, Met, score
from selaras.core.evaluation.sheet import evaluate, grid
from selaras.rulebook.lke import templates
from selaras.rulebook.lke_evidence import clues_for

ROOT = Path(__file__).parents[1]
SHEETS, TIMES, YEAR = 1000, 12, 2024


def main():
    """Engine first, then the board out of a database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=SHEETS)
    units = parser.parse_args().units
    template = templates()["permenpan-rb-88-2021"]
    sheets = [answers(template, seed) for seed in range(SHEETS)]
    engine(template, sheets)
    board(template, units)
    answering(template)


def answers(template, seed):
    """One filled sheet: a letter for every sub-component, a probe for every criterion."""
    dice = random.Random(seed)
    letters = {sub.code: dice.choice(template.scale_of(sub).letters) for sub in template.subcomponents}
    return Answers(letters, {item.code: dice.choice(list(Met)).value for item in template.criteria})


def engine(template, sheets):
    """Scores beside the peer, and what the pages ask for besides."""
    weights = {sub.code: float(sub.weight) for sub in template.subcomponents}
    values = {answer.letter: float(answer.value) for answer in template.scale().answers}

    def bare():
        return [sum(values[letter] / 100 * weights[code] for code, letter in one.letters.items()) for one in sheets]

    peer, expected = timed(bare)
    seconds, found = timed(lambda: [score(template, one) for one in sheets])
    assert all(abs(float(one.exact) - other) < 1e-9 for one, other in zip(found, expected, strict=True))
    clues, facts = clues_for(template), Facts("U", 2024)
    held, _ = timed(
        lambda: [contradictions(template, one, Grounds(drawn(clues, facts), {}, {})) for one in sheets], runs=3
    )
    better, _ = timed(lambda: [raising(template, one, {"1.a": NOTHING}) for one in sheets[:100]], runs=3)
    cells, _ = timed(lambda: [evaluate(grid(template, [("A", one)])) for one in sheets[:100]], runs=3)
    count = len(sheets)
    table(
        f"{count:,} sheets of {len(template.subcomponents)} sub-components and {len(template.criteria)} criteria",
        [
            ("bare loop over binary numbers", f"{peer * 1000:.1f} ms", "the limit of plain Python"),
            (
                "score",
                f"{seconds * 1000:.0f} ms",
                f"{seconds / peer:.0f} × the bare loop; {count / seconds:,.0f} sheets/s",
            ),
            ("facts and contradictions", f"{held * 1000:.0f} ms", f"{held / count * 1000:.2f} ms each"),
            ("what would raise it", f"{better * 10:.2f} ms", "each"),
            ("the workbook's formulas, exactly", f"{cells * 10:.2f} ms", "each"),
        ],
    )


def board(template, units):
    """The board of an agency with many units, all of them in the evaluators' hands: from the tables to the rows."""
    with tempfile.TemporaryDirectory() as folder:
        from selaras.store import setup

        setup(Path(folder) / "data")
        filled(template, units)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from selaras.core.access import operator
        from selaras.store.evaluation_board import board as rows_of

        seconds, rows = timed(lambda: rows_of(operator("ukur"), 2024, "DINAS"), runs=5)
        with CaptureQueriesContext(connection) as asked:
            rows_of(operator("ukur"), 2024, "DINAS")
        assert sum(row.score is not None for row in rows) == units
        remark = f"{len(asked)} queries; peak {peak_mib():.0f} MiB"
        table(f"The board of {units:,} units", [("read and score all", f"{seconds * 1000:.0f} ms", remark)])
        connection.close()


def answering(template):
    """One answer of a person, as the page keeps it: right, history, trail and contradictions by the agency's facts."""
    with tempfile.TemporaryDirectory() as folder:
        agency = grown(Path(folder) / "data")
        from django.db import connection

        from selaras.actions import evaluations as verbs
        from selaras.core.access import Actor, Grant, Role
        from selaras.core.evaluation.stages import Column
        from selaras.store import models as tables

        by = Actor("Contoh", (Grant(Role.PLANNER, agency.code),), "contoh")
        row = verbs.open_evaluation(by, agency=agency.code, year=YEAR)
        item = template.criteria[2].code

        def answer(given):
            verbs.answer(by, agency=agency.code, evaluation=row.pk, column=Column.SELF, item=item, answer=given)

        begun = time.perf_counter()
        answer("terpenuhi")
        first = time.perf_counter() - begun
        given = iter(("sebagian", "terpenuhi") * 20)
        seconds, _ = timed(lambda: answer(next(given)), runs=20)
        table(
            f"One answer in an agency with {tables.Indicator.objects.filter(agency=agency).count():,} indicators",
            [
                ("the first after somebody acted", f"{first * 1000:.0f} ms", "facts are read and computed"),
                ("each one after", f"{seconds * 1000:.0f} ms", "facts stand until somebody acts on the agency"),
            ],
        )
        connection.close()


def grown(data):
    """The first sample agency with its measured indicators many times over."""
    from selaras.store import setup

    setup(data)
    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator
    from selaras.store import models as tables

    load_workbook(operator("ukur"), path=ROOT / "examples" / "biro-organisasi-2024.xlsx")
    agency = tables.Agency.objects.get()
    for known in list(tables.Indicator.objects.filter(agency=agency)):
        parts = [(kind, list(kind.objects.filter(indicator=known))) for kind in (tables.Target, tables.Realisation)]
        for at in range(TIMES):
            known.pk, known.code = None, f"{known.code.split('~')[0]}~{at}"
            known.save(force_insert=True)
            for kind, rows in parts:
                for one in rows:
                    one.pk, one.indicator_id = None, known.pk
                kind.objects.bulk_create(rows)
    return agency


def filled(template, units):
    """An invented agency whose units have all answered, twice."""
    from selaras.core.evaluation.stages import Column, State
    from selaras.store import models as tables
    from selaras.store.evaluations import packed

    agency = tables.Agency.objects.create(code="DINAS", name="Contoh", short_name="Contoh", kind="pemerintah daerah")
    rows = [tables.Unit(agency=agency, code=f"U{at}", name=f"Unit {at}", kind="unit", order=at) for at in range(units)]
    tables.Unit.objects.bulk_create(rows)
    content = packed(template)
    opened = tables.Evaluation.objects.bulk_create(
        tables.Evaluation(
            agency=agency, unit=row, year=2024, template=template.code, content=content, state=State.SUBMITTED.value
        )
        for row in rows
    )
    for at, one in enumerate(opened):
        given = answers(template, at)
        tables.EvaluationAnswer.objects.bulk_create(
            tables.EvaluationAnswer(evaluation=one, column=column.value, item=item, answer=answer, by="Contoh")
            for column in (Column.SELF, Column.EVALUATOR)
            for item, answer in (*given.letters.items(), *given.criteria.items())
        )


if __name__ == "__main__":
    started = time.perf_counter()
    main()
    print(f"\n{time.perf_counter() - started:.0f} s in all")
