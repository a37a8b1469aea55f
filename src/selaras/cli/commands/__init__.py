"""The commands of `selaras`, one module each with `register` and `run`."""

from __future__ import annotations

from selaras.cli.commands import (
    agencies,
    audit,
    backup,
    check,
    culture,
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
    rb,
    read,
    register,
    report,
    restore,
    review,
    rulebook,
    rules,
    serve,
    skp,
    template,
    token,
    user,
    webhooks,
)

ALL = (
    demo, template, load, export, agencies, figures, check, read, review, rules, report, lke, skp, rb, register,
    culture, esr, evidence, links, rulebook, serve, user, token, webhooks, doctor, backup, restore, audit, notify,
)  # fmt: skip
