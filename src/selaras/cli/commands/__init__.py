"""The commands of `selaras`, one module each with `register` and `run`."""

from __future__ import annotations

from selaras.cli.commands import (
    agencies,
    audit,
    backup,
    book,
    check,
    culture,
    demo,
    doctor,
    esr,
    evidence,
    export,
    figures,
    gather,
    links,
    lke,
    load,
    nation,
    notify,
    opendata,
    publish,
    rb,
    read,
    register,
    report,
    restore,
    retention,
    review,
    rulebook,
    rules,
    serve,
    sign,
    skp,
    template,
    token,
    user,
    verify,
    webhooks,
)

ALL = (
    demo, template, load, export, opendata, agencies, figures, check, read, review, rules, verify, report, book, sign,
    lke, skp, rb, register, publish, gather, nation, culture, esr, evidence, links, rulebook, serve, user, token, webhooks,
    doctor, backup, restore, audit, retention, notify,
)  # fmt: skip
