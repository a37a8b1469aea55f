"""`selaras demo`: load the sample agencies and write every document of theirs, to look at."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from selaras.cli.commands import check, figures
from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, step
from selaras.cli.planted import Slip, with_slips
from selaras.core.errors import CannotRun
from selaras.core.finding import Severity
from selaras.core.period import Period, Span

WIDEST = 150
FORMATS = ("pdf", "docx", "html", "xlsx")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "demo", "Muat instansi contoh, susun semua dokumennya, dan tampilkan capaian serta temuannya.",
        "  selaras demo\n  selaras demo --output demo --examples examples",
    )  # fmt: skip
    parser.add_argument(
        "--examples", type=Path, default=Path("examples"), metavar="DIR", help="folder buku kerja contoh"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("demo"), metavar="DIR", help="folder hasil (bawaan: ./demo)"
    )
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load, compose, and print a short account."""
    started = time.perf_counter()
    books = sorted(args.examples.glob("*.xlsx"))
    if not books:
        raise CannotRun(f"Tidak ada buku kerja contoh (*.xlsx) di folder {args.examples}. Sebutkan dengan --examples.")
    with step("Menyiapkan basis data"):
        open_workspace(args.data)
    from selaras.actions.exchange import load_workbook
    from selaras.store.snapshot import agencies

    for book in books:
        with step(f"Memuat {book.name}"):
            load_workbook(actor(), path=book)
    told = []
    for agency in agencies(actor()):
        year = latest_year(agency.code, agency.years)
        files = documents(agency.code, year, args.output)
        if args.format == "json":
            told.append(as_json(agency.code, year, files))
        else:
            account(agency.name, agency.code, year, files)
    reviewed = faulty_report(args.output, quiet=args.format == "json")
    if args.format == "json":
        emit([*told, reviewed])
        return 0
    print(f"\nSelesai dalam {time.perf_counter() - started:.1f} detik.".replace(".", ",", 1))
    return 0


SLIPS = (
    Slip("80,79%", "87,09%"),
    Slip("tahun pertama", "tahun kedua"),
    Slip("56%", "65%", "rkt"),
    Slip("93,33", "100,00", "capaian"),
    Slip("138.731.339", "183.731.339", "anggaran"),
    Slip("2.048.907.450", "2.084.907.450", "anggaran"),
    Slip("93,46", "94,36", "indeks-rb"),
    Slip("Biro Organisasi mencatat", "Biro Umum Setda Provinsi Nusa Tenggara Barat mencatat"),
)


def faulty_report(output: Path, *, quiet: bool) -> dict[str, object]:
    """Plant slips in the first sample agency's report, review it like a stranger's, and show what was found."""
    from selaras.actions import reports
    from selaras.cli.reviewing import outcomes
    from selaras.cli.told import lines
    from selaras.core.reporting import compose
    from selaras.documents.findings import as_json as findings_json
    from selaras.documents.findings import write_pdf
    from selaras.documents.write import write
    from selaras.rulebook import load
    from selaras.store.snapshot import agencies

    first = min(agencies(actor()), key=lambda agency: agency.code)
    year = latest_year(first.code, first.years)
    snapshot = reports.figures(actor(), agency=first.code, year=year).snapshot
    path = output / f"contoh-keliru-{year}-{first.code}.pdf"
    with step("Menulis laporan contoh yang keliru", quiet=quiet):
        write(with_slips(compose(snapshot, load(date(year, 12, 31)), kind="lkjip"), SLIPS), "pdf", path)
    with step("Mereviu laporan itu", quiet=quiet):
        reviewed = next(iter(outcomes([path], []))).reviewed
        assert reviewed is not None
        write_pdf(reviewed, path.with_name(f"{path.stem}-reviu.pdf"))
    if not quiet:
        print(f"\nReviu atas {path} ({len(SLIPS)} kekeliruan ditanam):\n")
        print(
            lines(
                replace(reviewed, findings=tuple(item for item in reviewed.findings if item.severity is Severity.ERROR))
            )
        )
        mild = " dan ".join(
            f"{count} {level.word}" for level in (Severity.WARNING, Severity.INFO) if (count := reviewed.count(level))
        )
        print(f"Selain itu {mild}: selaras review {path}")
        print(f"Temuan ditandai pada halamannya: {path.with_name(f'{path.stem}-reviu.pdf')}")
    return {"reviewed": findings_json(reviewed)}


def latest_year(code: str, years: tuple[int, ...]) -> int:
    """The last year that has report settings."""
    from selaras.store.snapshot import load_snapshot

    settled = [year for year in years if load_snapshot(code, year).settings.signatory]
    return max(settled, default=max(years))


def documents(code: str, year: int, output: Path) -> list[tuple[Path, float]]:
    """Every document of an agency and year, with the seconds each took."""
    from selaras.actions.reports import compose

    jobs: list[tuple[str, tuple[str, ...], Period | None]] = [
        ("lkjip", FORMATS, None), ("pk", ("pdf", "docx"), None), ("rencana-aksi", ("pdf",), None),
        ("triwulan", ("pdf",), Period(year, Span.QUARTER, 4)), ("pengukuran", ("pdf", "xlsx"), None),
    ]  # fmt: skip
    files = []
    for kind, formats, period in jobs:
        for name in formats:
            before = time.perf_counter()
            with step(f"Menyusun {kind} {code} {year} ({name})"):
                paths = compose(
                    actor(), agency=code, year=year, kind=kind, formats=[name], output=output, period=period
                )
            files += [(path, time.perf_counter() - before) for path in paths]
    return files


def as_json(code: str, year: int, files: list[tuple[Path, float]]) -> dict[str, object]:
    """The account for machines."""
    from selaras.actions import reports

    return {
        **figures.as_json(reports.figures(actor(), agency=code, year=year)),
        "findings": [check.as_json(finding) for finding in reports.findings(actor(), agency=code, year=year)],
        "files": [{"file": str(path), "seconds": round(seconds, 2)} for path, seconds in files],
    }


def account(name: str, code: str, year: int, files: list[tuple[Path, float]]) -> None:
    """What was achieved, what the gates found, and where the files are."""
    from selaras.actions import reports

    print(f"\n{name}, tahun {year}\n")
    print(figures.achievements(reports.figures(actor(), agency=code, year=year)))
    found = reports.findings(actor(), agency=code, year=year)
    gate = [finding for finding in found if finding.code.startswith("GATE")]
    print(f"\nGerbang keselarasan PK, RKT, Renstra, IKU, dan anggaran: {check.summary(gate)}")
    for finding in gate:
        line = check.line(finding)
        print(f"  {line if len(line) <= WIDEST else line[: WIDEST - 1] + '…'}")
    if len(gate) < len(found):
        rest = check.summary([finding for finding in found if finding not in gate])
        print(f"Pemeriksaan rencana: {rest} Rinciannya: selaras check --agency {code} --year {year}")
    print("\nBerkas:")
    for path, seconds in files:
        took = f"{seconds:.1f}".replace(".", ",")
        print(f"  {path!s:<52} {path.stat().st_size / 1024:6.0f} KiB  {took} detik")
