"""The Excel workbook as the way in and out for officials: template, export, import with every fault at once."""

from selaras.documents.workbook.check import check_records
from selaras.documents.workbook.read import Workbook, open_workbook, read_records, read_snapshot
from selaras.documents.workbook.schema import describe
from selaras.documents.workbook.sheets import SHEETS
from selaras.documents.workbook.write import write_template, write_workbook

__all__ = [
    "SHEETS",
    "Workbook",
    "check_records",
    "describe",
    "open_workbook",
    "read_records",
    "read_snapshot",
    "write_template",
    "write_workbook",
]
