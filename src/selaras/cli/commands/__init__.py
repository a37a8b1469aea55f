"""The commands of `selaras`, one module each with `register` and `run`."""

from __future__ import annotations

from selaras.cli.commands import (
    agencies,
    audit,
    backup,
    check,
    demo,
    doctor,
    esr,
    evidence,
    export,
    figures,
    links,
    lke,
    load,
    notify,
    read,
    report,
    restore,
    review,
    rulebook,
    rules,
    serve,
    template,
    token,
    user,
    webhooks,
)

ALL = (
    demo, template, load, export, agencies, figures, check, read, review, rules, report, lke, esr, evidence, links,
    rulebook, serve, user, token, webhooks, doctor, backup, restore, audit, notify,
)  # fmt: skip
