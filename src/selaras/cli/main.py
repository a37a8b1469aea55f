"""The command `selaras`: one parser, one place where refusals become exit codes.

Exit status: 0 done; 1 findings or refused; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from selaras import __version__
from selaras.cli import commands
from selaras.cli.indonesian import speak_indonesian
from selaras.cli.output import complain, emit, refused
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.store.room import outage_at
from selaras.store.waiting import told_to

DONE, REFUSED, COULD_NOT_RUN = 0, 1, 2

DESCRIPTION = "Selaras: akuntabilitas kinerja instansi pemerintah (SAKIP). Setiap angka dihitung satu kali."
EPILOG = """contoh:
  selaras demo                                   muat dua instansi contoh dan susun laporannya
  selaras template isian.xlsx                    buat buku kerja kosong untuk diisi
  selaras import isian.xlsx --dry-run            periksa dahulu, tanpa menyimpan
  selaras report --agency BIRO-ORG --year 2024   susun LKjIP

status keluar: 0 selesai; 1 ada temuan atau ditolak; 2 tidak dapat dijalankan"""


def build_parser() -> argparse.ArgumentParser:
    """The whole parser, every command with its examples."""
    speak_indonesian()
    parser = argparse.ArgumentParser(
        prog="selaras", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"selaras {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    for command in commands.ALL:
        command.register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    args = build_parser().parse_args(argv)
    try:
        with told_to(_tell_wait):
            return int(args.run(args))
    except (CannotRun, NotFound) as problem:
        return turned_down(args, problem, COULD_NOT_RUN)
    except Refusal as refusal:
        return turned_down(args, refusal, REFUSED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing to say
        return DONE
    except KeyboardInterrupt:
        print("Dihentikan.", file=sys.stderr)
        return COULD_NOT_RUN
    except Exception as error:
        outage = outage_at(error, Path(getattr(args, "data", "") or "."))
        if outage is None:
            raise
        failed = CannotRun(outage.sentence(str(getattr(args, "data", ""))), Fault(outage.told))
        return turned_down(args, failed, COULD_NOT_RUN)


def _tell_wait(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def turned_down(args: argparse.Namespace, refusal: Refusal, status: int) -> int:
    """Tell a refusal to people on standard error and, where results are asked as JSON, to programs; gives `status`."""
    complain(refusal)
    if "json" in getattr(args, "format", "").split(","):
        emit(refused(refusal))
    return status


if __name__ == "__main__":
    sys.exit(main())
