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
    read,
    report,
    review,
    rulebook,
    rules,
    serve,
    template,
)

ALL = (demo, template, load, export, agencies, figures, check, read, review, rules, report, evidence, rulebook, serve)
