"""One computation kept as it was: what entered, by which settings, and what came out, so that it can be repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from selaras.core.culture.answers import Answers


@dataclass(frozen=True, slots=True)
class AnalysisRun:
    """A computation that is never edited; `input_sha256` tells later whether its data are still the same."""

    kind: str
    params: Mapping[str, str]
    input_sha256: str
    version: str
    result: Mapping[str, str]

    def stale(self, answers: Answers) -> bool:
        """Whether answers came in (or went) since it was made: then it is shown as "kedaluwarsa"."""
        return self.input_sha256 != input_digest(answers, self.params)


def input_digest(answers: Answers, params: Mapping[str, str]) -> str:
    """The digest of answers and settings; rows in any order give the same digest, for answers have no order."""
    rows = sorted(json.dumps(row) for row in answers.rows)
    whole = json.dumps([answers.items, rows, dict(sorted(params.items()))], ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()
