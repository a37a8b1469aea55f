"""Findings out: what a review found, as JSON, SARIF, a page to read, the marked PDF, or the reviewer's working paper."""

from __future__ import annotations

from selaras.documents.findings.html import write_html
from selaras.documents.findings.paper import write_paper
from selaras.documents.findings.pdf import write_pdf
from selaras.documents.findings.result import Reviewed, Rule, as_json
from selaras.documents.findings.sarif import as_sarif
from selaras.documents.findings.xlsx import write_xlsx

__all__ = ["Reviewed", "Rule", "as_json", "as_sarif", "write_html", "write_paper", "write_pdf", "write_xlsx"]
