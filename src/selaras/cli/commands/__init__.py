"""The commands of `selaras`, one module each with `register` and `run`."""

from __future__ import annotations

from selaras.cli.commands import (
    agencies,
    audit,
    check,
    demo,
    doctor,
    evidence,
    export,
    figures,
    load,
    notify,
    read,
    report,
    review,
    rulebook,
    rules,
    serve,
    template,
    user,
)

ALL = (demo, template, load, export, agencies, figures, check, read, review, rules, report, evidence, rulebook, serve, user,
       doctor, audit, notify)  # fmt: skip
