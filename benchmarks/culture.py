"""A large study: 200 transcripts with 20,000 codings; what pages read, matrices, saturation, agreement, the export.

`--sources` and `--codings` set how many. The peer of a page is the bare read of all codings.
"""

import argparse
import random
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from measure import peak_mib, table, timed

from selaras.core.access import Actor, Grant, Role
from selaras.store import setup

STUDY = "besar"


def main():
    """Fill a fresh database, then read every page and compute every display."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--codings", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        setup(Path(folder))
        by = Actor("Ukur", (Grant(Role.ADMINISTRATOR),))
        material, framework, conclusions = made(options.sources, options.codings)
        stored(by, material, conclusions)
        rows = [*pages(by), *computed(material, framework, conclusions), *changed(by), *exchanged(material)]
    rows.append(("peak memory", f"{peak_mib():.0f} MiB", ""))
    table(f"A study of {options.sources:,} transcripts with {options.codings:,} codings", rows)


def made(sources, codings):
    """Transcripts of invented words, eight role groups, the codebook of a worked example, codings at random places."""
    from selaras.core.culture.coding import Coding, Kind, Material, Segment, Stance
    from selaras.core.culture.sources import Informant, Method, Source, lock
    from selaras.rulebook.culture import examples

    example, dice = examples()[0], random.Random(2026)
    people = tuple(Informant(f"INF-{n}", f"Peran {n}", f"Kelompok {n % 8}") for n in range(sources))
    texts = tuple(
        lock(
            Source(
                f"S{n}", Method.INTERVIEW, " ".join(dice.choices(("rapat", "tugas", "pimpinan", "disiplin"), k=2500)),
                date(2024, 1, 1) + timedelta(n), (f"INF-{n}",),
            )
        )
        for n in range(sources)
    )  # fmt: skip
    codes = example.material.codes
    marked, segments = [], []
    for number in range(codings // 2):
        source = texts[number % sources]
        start = dice.randrange(len(source.text) - 300)
        segments.append(Segment(str(number), source.code, start, start + dice.randrange(20, 300)))
        stance = dice.choice(list(Stance))
        marked += [Coding(str(number), code.code, stance, Kind.EXPERIENCE, "ani") for code in dice.sample(codes, 2)]
    spans = {(item.source, item.start, item.end): item for item in segments}
    kept = {item.code for item in spans.values()}
    return (
        Material(people, texts, codes, tuple(spans.values()), tuple(item for item in marked if item.segment in kept)),
        example.framework, example.conclusions,
    )  # fmt: skip


def stored(by, material, conclusions):
    """The study in the tables."""
    from selaras.actions._culture_loading import write_conclusions, write_material
    from selaras.actions.culture import open_study
    from selaras.store import models as tables

    tables.Agency.objects.create(code="A", name="Kota Contoh", short_name="Kota", kind="pemerintah daerah")
    row = open_study(by, agency="A", code=STUDY, title="Besar", framework="nilai-fungsi-faktor", year=2024)
    write_material(row, material)
    write_conclusions(row, conclusions, ())


def asked(work):
    """Seconds, result and number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seconds, result = timed(work, runs=3)
    with CaptureQueriesContext(connection) as context:
        work()
    return seconds, result, len(context)


def pages(by):
    """What the pages read."""
    from selaras.store import kept
    from selaras.store.culture import studies_of, study_file
    from selaras.store.culture_coding import codebook_of, desk_of
    from selaras.store.culture_rows import material_of
    from selaras.store.models import StudyCoding

    def cold():
        kept.forget()
        return study_file(by, "A", STUDY)

    bare, _, _ = asked(lambda: list(StudyCoding.objects.values_list("segment__code", "code__code", "stance", "kind")))
    pk = study_file(by, "A", STUDY).row.pk
    rows = [("bare read of all codings", f"{bare * 1000:,.0f} ms", "the peer")]
    for what, work in (
        ("list of studies", lambda: studies_of(by, "A")), ("a study, first time", cold),
        ("a study, again", lambda: study_file(by, "A", STUDY)), ("a study with its support table", lambda: study_file(by, "A", STUDY).support),
        ("material without texts", lambda: material_of(pk, texts=False)), ("coding desk of one source", lambda: desk_of(by, "A", STUDY, "S7")),
        ("codebook with counts", lambda: codebook_of(pk)),
    ):  # fmt: skip
        seconds, _, queries = asked(work)
        rows.append((what, f"{seconds * 1000:,.0f} ms", f"{queries} queries; {seconds / bare:.2f} × the peer"))
    return rows


def computed(material, framework, conclusions):
    """Displays, saturation and agreement."""

    from selaras.core.culture.agreement import Reading
    from selaras.core.culture.displays import by_method, by_role, by_source, clustered
    from selaras.core.culture.rounds import by_characters, on_grid
    from selaras.core.culture.saturation import curve
    from selaras.core.culture.support import support

    dice = random.Random(1)
    other = tuple(replace(item, coder="budi") for item in material.codings if dice.random() < 0.9)
    both = replace(material, codings=(*material.codings, *other))
    readings = [Reading("ani", "final"), Reading("budi", "final")]
    rows = []
    for what, work in (
        ("support of every code", lambda: support(material)), ("matrix conclusion × source", lambda: by_source(material, conclusions)),
        ("matrix conclusion × method", lambda: by_method(material, conclusions)), ("matrix code × role", lambda: by_role(material)),
        ("matrix source × construct", lambda: clustered(material, framework)), ("saturation curve", lambda: curve(material)),
        ("agreement on the grid", lambda: on_grid(both, readings)), ("agreement by characters", lambda: by_characters(both, readings)),
    ):  # fmt: skip
        seconds, _ = timed(work, runs=3)
        rows.append((what, f"{seconds * 1000:,.0f} ms", ""))
    return rows


def changed(by):
    """Marking, and the merge of a code with all its codings, then its undoing."""
    from selaras.actions import culture_coding as verbs

    at = {"agency": "A", "study": STUDY}
    places = iter(range(1000))

    def mark():
        start = next(places)
        return verbs.mark(by, **at, source="S7", start=start, end=start + 7, code="KP.SET")

    def merge():
        change = verbs.merge_codes(by, **at, code="KX.KOL", into="KX.ARAH")
        verbs.undo_change(by, **at, change=change)

    rows = []
    for what, work in (("mark a passage", mark), ("merge a code and undo it", merge)):
        seconds, _, queries = asked(work)
        rows.append((what, f"{seconds * 1000:,.0f} ms", f"{queries} queries"))
    return rows


def exchanged(material):
    """The project out and in."""
    from selaras.documents.qda import Project, read_project, write_project

    out, data = timed(lambda: write_project(Project(STUDY, "Besar", material)), runs=1)
    back, reading = timed(lambda: read_project("besar.qdpx", data), runs=1)
    assert reading.material.codings == material.codings
    return [
        ("write .qdpx", f"{out * 1000:,.0f} ms", f"{len(data) / 2**20:.1f} MiB"),
        ("read .qdpx", f"{back * 1000:,.0f} ms", "without loss"),
    ]


if __name__ == "__main__":
    main()
