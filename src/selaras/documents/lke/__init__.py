"""The evaluation sheet (LKE) as a workbook with live formulas, and the answers that somebody filled into one.

`write.sheet_bytes(grid, info, …)` and `read.read_answers(path, known)`.
"""
