"""The commands of `selaras`, one module each with `register` and `run`."""

from __future__ import annotations

from selaras.cli.commands import (
    agencies,
    check,
    demo,
    evidence,
    export,
    figures,
    load,
    report,
    rulebook,
    serve,
    template,
)

ALL = (demo, template, load, export, agencies, figures, check, report, evidence, rulebook, serve)
