"""What of a study is published: verdicts, counts and actions; no text, no quote, no pseudonym."""

from __future__ import annotations

from typing import Any

from selaras.core.culture.conclusions import strength
from selaras.core.culture.sources import independent
from selaras.store.culture import StudyFile
from selaras.store.culture_rows import rule_of


def edition_of(file: StudyFile) -> dict[str, Any]:
    """A study as it is published, plain data for JSON. Roles appear as groups only, people as counts."""
    row, material = file.row, file.whole
    labels = {item.code: item for item in file.support}
    names = {code.code: code.name for code in material.codes}
    return {
        "code": row.code, "title": row.title, "subject": row.subject, "year": row.year, "demo": row.demo,
        "framework": file.framework.name, "framework_source": file.framework.source.text,
        "methods": list(row.methods), "design": row.design, "analysis": row.analysis,
        "informants": len(material.informants),
        "accounts": independent(material.sources),
        "sources": len(material.sources), "segments": len(material.segments),
        "rule": rule_of(row).sentence(),
        "conclusions": [
            {
                "code": item.code, "construct": item.construct, "statement": item.statement,
                "verdict": found.verdict, "line": strength(item, file.support, names).line, "accounts": found.accounts,
                "override_reason": item.reason if item.override else "", "banner": file.banners.get(item.code, ""),
                "recommendation": item.recommendation,
            }
            for item in file.conclusions
            for found in (file.strengths[item.code],)
        ],
        "support": [
            {"code": code.code, "name": code.name, "label": labels[code.code].label.value,
             "accounts": len(labels[code.code].counting)}
            for code in material.codes
            if code.code in labels
        ],
        "claims_without_evidence": list(file.claims),
        "flags": [{"code": item.code, "message": item.message} for item in file.flags],
        "actions": [
            {"statement": item.statement, "action": item.action, "owner": item.owner,
             "due": item.due.isoformat() if item.due else ""}
            for item in file.advice
        ],
    }  # fmt: skip
