"""Findings out: what a review of one file found, as JSON, SARIF, a page to read, or the reviewer's workbook."""

from __future__ import annotations

from selaras.documents.findings.html import write_html
from selaras.documents.findings.pdf import write_pdf
from selaras.documents.findings.result import Reviewed, Rule, as_json
from selaras.documents.findings.sarif import as_sarif
from selaras.documents.findings.xlsx import write_xlsx

__all__ = ["Reviewed", "Rule", "as_json", "as_sarif", "write_html", "write_pdf", "write_xlsx"]
