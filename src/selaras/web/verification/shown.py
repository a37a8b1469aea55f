"""The answer of a verification as its page shows it."""

from __future__ import annotations

from typing import Any

from selaras.core.issuing.inspection import Inspection, Trust, inspection_of, read_plain
from selaras.core.issuing.outcome import Certainty, Compared, Sentence, Tone, Verdict
from selaras.web.core_words import said

ICONS = {Tone.GOOD: "check", Tone.WARN: "alert", Tone.BAD: "close", Tone.INFO: "info"}


def answer_of(result: dict[str, Any]) -> dict[str, Any]:
    """The parts of the page out of what the verification kept."""
    if "verdict" not in result:
        return {"refused": said(str(result.get("refused", "")))}
    told: Verdict = read_plain(Verdict, result["verdict"])
    found = inspection_of(result["inspection"])
    compared: Compared = read_plain(Compared, result["compared"])
    return {
        "told": told, "tone": told.tone.value, "headline": said(told.headline),
        "sentences": [line_of(one) for one in told.sentences], "signatures": _signatures(told, found),
        "differences": [
            {"words": item.sentence, "pages": ", ".join(map(str, item.pages))} for item in compared.differences
        ],
        "found": found, "size": f"{found.size / 1024:,.0f}".replace(",", "."),
        "urls": [one["url"] for one in result["registered"] if one["url"]],
    }  # fmt: skip


def line_of(one: Sentence) -> dict[str, str]:
    """One sentence with its icon, and how sure it is where it is not proven."""
    sure = "" if one.certainty is Certainty.PROVEN else one.certainty.value
    return {"words": said(one.words), "tone": one.tone.value, "icon": ICONS[one.tone], "certainty": said(sure)}


def _signatures(told: Verdict, found: Inspection) -> list[dict[str, Any]]:
    made = []
    for number, (one, sentences) in enumerate(zip(found.signatures, told.signatures, strict=True), 1):
        is_bad = any(sentence.tone is Tone.BAD for sentence in sentences)
        is_good = one.holds and one.allowed and one.certificate.trust is Trust.TRUSTED
        tone = Tone.BAD if is_bad else Tone.GOOD if is_good else Tone.WARN
        made.append({
            "number": number, "name": one.certificate.subject, "is_stamp": one.document_stamp, "tone": tone.value,
            "lines": [line_of(sentence) for sentence in sentences], "certificate": one.certificate,
            "chain": " ← ".join((one.certificate.subject, *one.certificate.chain)), "objection": one.objection,
            "reason": one.reason, "location": one.location,
        })  # fmt: skip
    return made
