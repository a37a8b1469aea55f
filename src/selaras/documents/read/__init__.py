"""Files in: any PDF, DOCX, XLSX, HTML or text becomes a `core.source.Reading`, in a child process within bounds.

from selaras.documents.read import read
reading = read(Path("LKJIP.docx"))
"""

from __future__ import annotations

from selaras.documents.read.limits import DEFAULT, Limits
from selaras.documents.read.sandbox import read

__all__ = ["DEFAULT", "Limits", "read"]
