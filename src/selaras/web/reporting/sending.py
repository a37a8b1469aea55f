"""Sending files of ours to a browser: always as something to save, never as a page of this site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to save, by the ending of its name."""
    form = name.rpartition(".")[2]
    answer = HttpResponse(content, content_type=TYPES.get(form, "application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
