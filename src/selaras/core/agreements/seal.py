"""The seal of an agreement: a fingerprint of exactly what is promised, so that nobody signs anything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from selaras.core.agreements.records import Agreement, AgreementLine, AgreementProgramme
from selaras.core.value import Value


def seal(
    agreement: Agreement, lines: Iterable[AgreementLine], programmes: Iterable[AgreementProgramme], *, agency: str
) -> str:
    """SHA-256 over the parties, the year, the version with its reason, and every line and programme, in order.

    The day and place of signing are not part of it: they come with the signature. The same content gives the same
    seal in every installation.
    """
    content = {
        "agency": agency,
        "code": agreement.code,
        "year": agreement.year,
        "version": agreement.version,
        "promiser": agreement.promiser,
        "superior": agreement.superior,
        "reason": agreement.reason.value if agreement.reason else "",
        "reason_note": agreement.reason_note,
        "lines": [
            [line.order, line.sasaran, line.wording, _value(line.target), line.unit, line.indicator]
            for line in sorted(lines, key=lambda line: line.order)
        ],
        "programmes": [
            [item.order, item.wording, str(item.amount), item.source.value, item.node]
            for item in sorted(programmes, key=lambda item: item.order)
        ],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _value(value: Value) -> list[str]:
    return [value.kind.value, value.shown()]
