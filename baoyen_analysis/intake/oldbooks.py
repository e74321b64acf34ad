"""Workbooks of Excel in its old and its binary form, .xls and .xlsb, of which the values and the merged cells
alone can be seen."""

from __future__ import annotations

import io
import re
from typing import Any

import python_calamine as calamine

from baoyen_analysis.intake.numberformats import Typed, plain
from baoyen_analysis.intake.sheets import UNSEEN_FORMATS, Sheet

_MAY_HOLD_A_MARK = re.compile(r"(?!(?:19|20)\d\d$)-?[\d., ]*[\d., ]\d")
_MOST_PARTS = 10  # a thousand per cent: what is below may be shown as a percentage


def old_sheets(data: bytes) -> list[Sheet]:
    """The worksheets of a workbook whose formats can't be seen: a small fraction, and a small number beside
    one, might be a percentage, and is not read."""
    sheets: list[Sheet] = []
    book = calamine.load_workbook(io.BytesIO(data))
    for page in book.sheets_metadata:
        if page.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        pages = book.get_sheet_by_name(page.name)
        sheet = Sheet(page.name, merges=list(pages.merged_cell_ranges or ()))
        sheets.append(sheet)
        sheet.report(0, 0, page.name, UNSEEN_FORMATS, "Save it as .xlsx, or check the numbers")
        top, left = pages.start or (0, 0)
        rows: list[dict[int, Any]] = [dict(enumerate(its, start=left)) for its in pages.iter_rows()]
        parts = [
            (r, c)
            for r, values in enumerate(rows, start=top)
            for c, value in values.items()
            if isinstance(value, float) and value % 1 and abs(value) < _MOST_PARTS
        ]
        across, down = ({place[way] for place in parts} for way in (0, 1))
        for r, values in enumerate(rows, start=top):
            line: dict[int, str] = {}
            for c, value in values.items():
                number = isinstance(value, (int, float)) and not isinstance(value, bool)
                text, problem = Typed(plain(repr(value))) if number else str(value), ""
                if not number and _MAY_HOLD_A_MARK.fullmatch(text):
                    problem = "a text whose last digit may be a raised mark"
                elif number and abs(value) < _MOST_PARTS and (r in across or c in down):
                    problem = "it may be shown as a percentage, as a fraction in its row or column may be"
                if problem:
                    sheet.report(r, c, text, problem, "Save it as .xlsx")
                elif text:
                    line[c] = text
            sheet.add(r, line)
        sheet.report_hidden(whole=page.visible != calamine.SheetVisibleEnum.Visible)
    return sheets
