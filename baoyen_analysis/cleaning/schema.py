"""The tables of data/processed, column by column, and the checks and the data dictionary made from that one
list."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from baoyen_analysis import vocabulary

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


class Field(NamedTuple):
    """A column: its type (`string`, `integer`, `number`, `boolean`), what it means in both languages, its
    unit, and its rules.

    `key` columns together name a row; numbers are rounded to `decimals`; `allowed` lists the values that may
    stand there."""

    name: str
    type: str
    en: str
    vi: str
    unit: str = ""
    key: bool = False
    decimals: int = 6
    allowed: tuple[str, ...] = ()


_AREA = (
    Field("area", "string", "Name of the area", "Tên địa bàn"),
    Field("area_level", "string", "Level of the area", "Cấp của địa bàn", allowed=tuple(vocabulary.LEVELS)),
)
_WHAT = (
    *_AREA,
    Field(
        "indicator", "string", "What is measured", "Chỉ tiêu đo lường", allowed=tuple(vocabulary.INDICATORS)
    ),
    Field(
        "period",
        "string",
        "Year, part of a year (2022-9M, 2025Q1) or span (2020-2025)",
        "Năm, một phần của năm hoặc giai đoạn",
    ),
    Field("year", "integer", "Year, the first one of a span", "Năm, hoặc năm đầu của giai đoạn"),
    Field(
        "kind",
        "string",
        "Actual, preliminary, estimate, plan, target or threshold",
        "Thực hiện, sơ bộ, ước tính, kế hoạch, mục tiêu hay ngưỡng",
        allowed=tuple(vocabulary.KINDS),
    ),
)
_INTERVAL = (
    Field(
        "value",
        "number",
        "The number, in the row's unit; the lower end of a range",
        "Giá trị theo đơn vị của dòng; cận dưới nếu là khoảng",
        "column unit",
    ),
    Field(
        "low",
        "number",
        "Least value that the printed words allow",
        "Giá trị nhỏ nhất mà câu chữ cho phép",
        "column unit",
    ),
    Field(
        "high",
        "number",
        "Greatest value that the printed words allow; inf where open",
        "Giá trị lớn nhất mà câu chữ cho phép; inf nếu để ngỏ",
        "column unit",
    ),
    Field("unit", "string", "Unit of the indicator", "Đơn vị của chỉ tiêu", allowed=tuple(vocabulary.UNITS)),
    Field(
        "qualifier",
        "string",
        "How the number was printed: eq, gt, ge, lt, le, approx, range",
        "Cách in con số: bằng, trên, từ, dưới, không quá, khoảng, trong khoảng",
        allowed=tuple(vocabulary.QUALIFIERS),
    ),
)
_DEFINITION = Field(
    "definition",
    "string",
    "What exactly was counted, as printed; blank = not stated",
    "Nội dung được tính, như văn bản ghi; trống = không nêu",
)
_FIGURE = Field("figure_id", "string", "The printed figure", "Mã con số đã in")
_NOTE = Field("note", "string", "What is doubtful about it", "Ghi chú về điểm còn nghi vấn")
STATUSES = ("chosen", "superseded", "conflicting", "out_of_scope")
OUT_OF_SCOPE = ("no_number", "area_ended", "area_not_begun")
REASONS = (
    "only",
    "first",
    "by_kind",
    "by_source",
    "by_date",
    "by_bound",
    "by_name",
    "same_number",
    "by_percent_of_plan",
    "by_year_end",
    "revised",
    *OUT_OF_SCOPE,
)
_SINCE = Field(
    "area_since",
    "string",
    "First day of the unit that the figure is of; blank = before the record",
    "Ngày đầu của đơn vị mà con số thuộc về; trống = có từ trước",
)
_INFERRED = Field(
    "year_inferred",
    "boolean",
    "Whether the year or the period was concluded by the collector and is not printed",
    "Năm hay thời kỳ do người thu thập suy ra, không được ghi",
)
_AGREES = Field(
    "agrees",
    "boolean",
    "Whether it agrees with the figure that speaks; blank = it speaks, or is out of scope",
    "Có khớp với con số đại diện không; trống = chính nó đại diện hoặc ngoài phạm vi",
)
_REASON = (
    Field("reason", "string", "Why, as a code", "Lý do, theo mã", allowed=("", *REASONS)),
    Field(
        "reason_part",
        "string",
        "What decided: the day the area began or ended, the printed comparison",
        "Căn cứ: ngày địa bàn bắt đầu hoặc kết thúc, mã so sánh đã in",
    ),
)


def _panel_fields() -> tuple[Field, ...]:
    fields = [field._replace(key=True) for field in _AREA]
    fields.append(Field("year", "integer", "Year, full years only", "Năm (chỉ tính cả năm)", key=True))
    for name, column in vocabulary.PANEL_COLUMNS.items():
        indicator = vocabulary.INDICATORS[name]
        unit = vocabulary.UNITS[indicator.unit]
        fields += [
            Field(
                column, "number", f"{indicator.en}, {unit.en}", f"{indicator.vi}, {unit.vi}", indicator.unit
            ),
            Field(
                f"{column}_flag",
                "string",
                f"How {column} is to be read; blank = as printed",
                f"Cách hiểu {column}; trống = đúng như in",
                allowed=("", *vocabulary.FLAGS),
            ),
            Field(
                f"{column}_figure_id",
                "string",
                f"The printed figure behind {column}",
                f"Con số đã in làm căn cứ cho {column}",
            ),
        ]
    return tuple(fields)


TABLES: dict[str, tuple[Field, ...]] = {
    "observations": (
        _FIGURE._replace(key=True),
        Field("source_id", "string", "Where it was printed", "Nguồn đã in"),
        *_WHAT,
        _INFERRED,
        _SINCE,
        Field(
            "part",
            "string",
            "Part of the year: H1, Q1, M01, 9M …; blank = full year or span",
            "Phần của năm; trống = cả năm hoặc giai đoạn",
        ),
        *_INTERVAL,
        Field(
            "denominator",
            "number",
            "The total printed beside the number (16 of 16)",
            "Tổng số ghi kèm (16 trên 16)",
            "column unit",
        ),
        Field(
            "missing",
            "string",
            "Why no number: no_occurrence, no_information, empty; blank = a number",
            "Lý do không có số; trống = có số",
            allowed=("", "no_occurrence", "no_information", "empty"),
        ),
        _DEFINITION,
        Field(
            "flag",
            "string",
            "How the value is to be read; blank = as printed",
            "Cách hiểu giá trị; trống = đúng như in",
            allowed=("", *vocabulary.FLAGS),
        ),
        Field(
            "status",
            "string",
            "What became of it: chosen, superseded, conflicting, out_of_scope",
            "Kết quả đối chiếu: được chọn, được thay thế, mâu thuẫn, ngoài phạm vi",
            allowed=STATUSES,
        ),
        *_REASON,
        _AGREES,
        Field(
            "speaks_figure_id",
            "string",
            "The figure that speaks for this area, indicator and period",
            "Con số đại diện cho địa bàn, chỉ tiêu và thời kỳ này",
        ),
        Field(
            "spread_low",
            "number",
            "Where chosen sources conflict: least value among them",
            "Khi các nguồn mâu thuẫn: giá trị nhỏ nhất",
            "column unit",
        ),
        Field(
            "spread_high",
            "number",
            "Where chosen sources conflict: greatest value among them",
            "Khi các nguồn mâu thuẫn: giá trị lớn nhất",
            "column unit",
        ),
        Field("value_text", "string", "The words as printed", "Nguyên văn đã in"),
        Field("unit_text", "string", "The unit at the table's head, as printed", "Đơn vị ghi ở đầu bảng"),
        Field(
            "locale",
            "string",
            "Number habit of the print: vi or en",
            "Thói quen viết số: vi hoặc en",
            allowed=("vi", "en"),
        ),
        _NOTE,
        Field(
            "published", "string", "When the source was published, as far as known", "Ngày công bố, nếu biết"
        ),
        Field(
            "source_kind", "string", "Kind of source", "Loại nguồn", allowed=tuple(vocabulary.SOURCE_KINDS)
        ),
        Field("file", "string", "File of data/raw", "Tệp trong data/raw"),
        Field(
            "row", "integer", "Row of that file, the header being row 1", "Dòng trong tệp, dòng tiêu đề là 1"
        ),
    ),
    "derived": (
        Field("comparison_id", "string", "The printed comparison", "Mã so sánh đã in", key=True),
        Field("figure_id", "string", "The printed figure that was compared", "Con số được đem so sánh"),
        *_WHAT,
        _INFERRED,
        _SINCE,
        *_INTERVAL,
        _DEFINITION,
        Field(
            "reason",
            "string",
            "Why it is not used, as a code: the area was not there, or changed its boundary between; blank = used",
            "Lý do không dùng, theo mã: địa bàn chưa có hoặc đã đổi địa giới; trống = dùng được",
            allowed=("", *OUT_OF_SCOPE, "boundary"),
        ),
        Field("computation", "string", "How it was computed", "Cách tính"),
        Field(
            "printed",
            "boolean",
            "Whether the base is printed too: then see crosschecks",
            "Số gốc có được in hay không: xem crosschecks",
        ),
        _NOTE,
    ),
    "crosschecks": (
        Field("comparison_id", "string", "The printed comparison", "Mã so sánh đã in", key=True),
        Field("figure_id", "string", "The printed figure that was compared", "Con số được đem so sánh"),
        Field("base_figure_id", "string", "The printed base that comes nearest", "Số gốc đã in gần nhất"),
        Field(
            "other_base_figure_ids",
            "string",
            "Other printed figures for the same base",
            "Các số gốc khác cùng nội dung",
        ),
        *_WHAT,
        Field(
            "unit", "string", "Unit of the indicator", "Đơn vị của chỉ tiêu", allowed=tuple(vocabulary.UNITS)
        ),
        Field(
            "derived_value",
            "number",
            "The base that the comparison implies",
            "Số gốc suy ra từ so sánh",
            "column unit",
        ),
        Field("derived_low", "number", "Its least value", "Giá trị nhỏ nhất", "column unit"),
        Field("derived_high", "number", "Its greatest value", "Giá trị lớn nhất", "column unit"),
        Field("printed_value", "number", "The base as printed", "Số gốc đã in", "column unit"),
        Field("printed_low", "number", "Its least value", "Giá trị nhỏ nhất", "column unit"),
        Field("printed_high", "number", "Its greatest value", "Giá trị lớn nhất", "column unit"),
        Field("agrees", "boolean", "Whether the two intervals meet", "Hai khoảng giá trị có gặp nhau không"),
        Field(
            "difference",
            "number",
            "derived_value minus printed_value",
            "derived_value trừ printed_value",
            "column unit",
        ),
        Field(
            "gap",
            "number",
            "How far apart the intervals are, signed like the difference; 0 where they meet",
            "Khoảng cách giữa hai khoảng, cùng dấu với chênh lệch; 0 nếu gặp nhau",
            "column unit",
        ),
        Field("compared_area", "string", "Area of the figure compared", "Địa bàn của con số đem so sánh"),
        Field(
            "compared_area_level",
            "string",
            "Level of that area",
            "Cấp của địa bàn đó",
            allowed=tuple(vocabulary.LEVELS),
        ),
        Field(
            "compared_period",
            "string",
            "Period of the figure compared",
            "Thời kỳ của con số đem so sánh",
        ),
        Field(
            "caveat",
            "string",
            "What makes the comparison less than like for like: periods, areas, definition",
            "Điểm khiến so sánh chưa thật tương đồng: periods (thời kỳ), areas (địa bàn), definition (nội dung tính)",
        ),
        _NOTE,
    ),
    "panel": _panel_fields(),
    "targets": (
        Field(
            "goal_id",
            "string",
            "The goal it belongs to; blank = none",
            "Mục tiêu chung; trống = không thuộc mục tiêu nào",
            key=True,
        ),
        _FIGURE._replace(key=True),
        *(field._replace(key=True) if field.name == "indicator" else field for field in _WHAT),
        _INFERRED,
        _SINCE,
        *_INTERVAL,
        Field(
            "denominator",
            "number",
            "The total printed beside the number (16 of 16)",
            "Tổng số ghi kèm (16 trên 16)",
            "column unit",
        ),
        _DEFINITION,
        Field(
            "status",
            "string",
            "Whether it speaks for its area, indicator and period",
            "Có đại diện cho địa bàn, chỉ tiêu và thời kỳ này không",
            allowed=("", *STATUSES),
        ),
        *_REASON,
        _AGREES,
        Field("goal_vi", "string", "The goal in Vietnamese", "Tên mục tiêu tiếng Việt"),
        Field("goal_en", "string", "The goal in English", "Tên mục tiêu tiếng Anh"),
        Field("due", "string", "Day on which the goal is due", "Hạn hoàn thành"),
        _NOTE,
    ),
    "sources": (
        Field("source_id", "string", "The source", "Mã nguồn", key=True),
        Field("publisher", "string", "Who published it", "Cơ quan, đơn vị công bố"),
        Field("title", "string", "Its title", "Tiêu đề"),
        Field("published", "string", "When it was published, as far as known", "Ngày công bố, nếu biết"),
        Field("url", "string", "Its address", "Địa chỉ"),
        Field(
            "source_kind", "string", "Kind of source", "Loại nguồn", allowed=tuple(vocabulary.SOURCE_KINDS)
        ),
        Field(
            "house",
            "string",
            "The house that the publisher belongs to",
            "Cơ quan chủ quản của đơn vị công bố",
        ),
        Field(
            "copy_of",
            "string",
            "Whom it reprints or quotes; blank = nobody",
            "Đăng lại hoặc dẫn của ai; trống = không",
        ),
        Field(
            "counted_as",
            "string",
            "The house by which publishers are counted; blank = no publisher of its own",
            "Tính là của cơ quan nào khi đếm số đơn vị công bố; trống = không tính",
        ),
        Field(
            "figures",
            "integer",
            "How many figures were taken from it",
            "Số con số lấy từ nguồn này",
            "figures",
        ),
        _NOTE,
    ),
    "communes": (
        Field("old_code", "string", "Statistical code before", "Mã số trước khi sắp xếp", key=True),
        Field("old_name", "string", "Name before", "Tên trước khi sắp xếp", key=True),
        Field("old_kind", "string", "Commune (xã) or town (thị trấn)", "Xã hoặc thị trấn"),
        Field("old_district", "string", "District it belonged to", "Huyện cũ"),
        Field("valid_to", "string", "Last day of the old unit", "Ngày cuối của đơn vị cũ", key=True),
        Field("new_code", "string", "Statistical code after", "Mã số sau khi sắp xếp"),
        Field("new_name", "string", "Name after", "Tên sau khi sắp xếp"),
        Field("new_kind", "string", "Kind after", "Loại đơn vị mới"),
        Field("new_valid_from", "string", "First day of the new unit", "Ngày đầu của đơn vị mới"),
        Field("legal_act", "string", "The act, where verified", "Văn bản pháp lý, nếu đã kiểm chứng"),
        _NOTE,
    ),
    "dictionary": (
        Field("table", "string", "Table of data/processed", "Bảng trong data/processed", key=True),
        Field("column", "string", "Column of the table", "Cột của bảng", key=True),
        Field("type", "string", "string, integer, number or boolean", "Kiểu dữ liệu"),
        Field(
            "unit",
            "string",
            "Unit; 'column unit' = as the row's unit says",
            "Đơn vị; 'column unit' = theo cột unit",
        ),
        Field("key", "boolean", "Whether it is part of what names a row", "Có thuộc khóa của dòng không"),
        Field("decimals", "integer", "Decimals that numbers are rounded to", "Số chữ số thập phân được giữ"),
        Field("meaning_en", "string", "What it means", "Ý nghĩa (tiếng Anh)"),
        Field("meaning_vi", "string", "What it means, in Vietnamese", "Ý nghĩa (tiếng Việt)"),
    ),
}


def columns(table: str) -> list[str]:
    """The columns of a table of data/processed, in their order."""
    return [field.name for field in TABLES[table]]


def keys(table: str) -> list[str]:
    """The columns that name a row of a table."""
    return [field.name for field in TABLES[table] if field.key]


def dictionary() -> pd.DataFrame:
    """The data dictionary: one row a column of every table.

    >>> table = dictionary()
    >>> table.loc[(table["table"] == "panel") & (table["column"] == "income_million_vnd"), "unit"].item()
    'million VND/person/year'
    """
    rows = [
        (
            table,
            field.name,
            field.type,
            field.unit,
            field.key,
            field.decimals if field.type == "number" else None,
            field.en,
            field.vi,
        )
        for table, fields in TABLES.items()
        for field in fields
    ]
    return typed(pd.DataFrame(rows, columns=columns("dictionary")), "dictionary")


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with just the columns of a table, each in its type, blank strings where nothing stands,
    sorted by key."""
    result = pd.DataFrame(index=frame.index)
    for field in TABLES[table]:
        column = frame[field.name]
        if field.type == "string":
            column = column.astype("str").fillna("")
        elif field.type == "number":
            column = column.astype("float64").round(field.decimals)
        result[field.name] = column.astype(DTYPES[field.type])
    return result.sort_values(keys(table), ignore_index=True)


def validate(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame, once its types, its allowed values and its key hold; else pandera's SchemaErrors, all of
    them at once."""
    # pandera takes a third of a second to load, and only a build needs it.
    import pandera.pandas as pa

    fields = TABLES[table]
    rules = {
        field.name: pa.Column(
            DTYPES[field.type],
            pa.Check.isin((*field.allowed, "")) if field.allowed else None,
            nullable=field.type != "string",
        )
        for field in fields
    }
    return pa.DataFrameSchema(rules, strict=True, ordered=True, unique=keys(table)).validate(frame, lazy=True)
