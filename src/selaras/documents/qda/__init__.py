"""REFI-QDA: codebooks (.qdc) and projects (.qdpx) out and in, codebooks and memos as tables.

`codebook_xml`, `read_codebook`; `write_project`, `read_project`; `codebook_table`, `read_codebook_table`,
`read_codebook_sheet`, `memo_table`. Reading tells what was left out. Follows REFI-QDA 1.0: positions are code points, the end is
exclusive, children stand in fixed order.
"""

from __future__ import annotations

from selaras.documents.qda.book import Book, CodeNode, codebook_xml, read_codebook
from selaras.documents.qda.project import Project, write_project
from selaras.documents.qda.reading import ProjectReading, read_project
from selaras.documents.qda.tables import codebook_table, memo_table, read_codebook_sheet, read_codebook_table

__all__ = [
    "Book", "CodeNode", "Project", "ProjectReading", "codebook_table", "codebook_xml", "memo_table", "read_codebook",
    "read_codebook_sheet", "read_codebook_table", "read_project", "write_project",
]  # fmt: skip
