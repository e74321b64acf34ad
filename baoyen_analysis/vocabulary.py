"""The words of the record: indicators, units, areas' levels, kinds, qualifiers and flags, with their names in
both languages.

One definition each; the schemas, the data dictionary, the charts and the report are made from these. To add
an indicator, add a row to `INDICATORS`; to add a unit, a row to `UNITS`."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """A unit of data/raw: `scale` × the base unit that a printed figure is parsed to, with its names."""

    scale: float
    base: str
    vi: str
    en: str


class Indicator(NamedTuple):
    """One quantity with one unit. `column` is its name in the panel ("" where it has none); `direction` is +1
    where higher is better,
    -1 where lower is, 0 where neither; `counted` quantities are whole numbers; `rate` marks a growth rate."""

    unit: str
    vi: str
    en: str
    column: str = ""
    direction: int = 1
    counted: bool = False
    rate: bool = False


UNITS = {
    "million VND/person/year": Unit(1e6, "VND", "triệu đồng/người/năm", "million VND per person"),
    "thousand VND/person/month": Unit(
        1e3, "VND", "nghìn đồng/người/tháng", "thousand VND per person a month"
    ),
    "USD/person/year": Unit(1.0, "USD", "USD/người/năm", "USD per person"),
    "million VND/ha": Unit(1e6, "VND", "triệu đồng/ha", "million VND per hectare"),
    "billion VND": Unit(1e9, "VND", "tỷ đồng", "billion VND"),
    "visits": Unit(1.0, "visits", "lượt khách", "visits"),
    "persons": Unit(1.0, "persons", "người", "persons"),
    "tonnes": Unit(1.0, "tonnes", "tấn", "tonnes"),
    "ha": Unit(1.0, "ha", "ha", "ha"),
    "percent": Unit(1.0, "%", "%", "%"),
    "communes": Unit(1.0, "communes", "xã", "communes"),
    "criteria": Unit(1.0, "criteria", "tiêu chí", "criteria"),
    "targets": Unit(1.0, "targets", "chỉ tiêu", "targets"),
    "index, previous year = 100": Unit(1.0, "index", "chỉ số, năm trước = 100", "index, previous year = 100"),
}

# Units of a printed comparison's amount that are not units of an indicator.
COMPARISON_UNITS = {
    "times": ("lần", "times"),
    "percentage points": ("điểm phần trăm", "percentage points"),
}

INDICATORS = {
    # The three questions
    "income_per_capita": Indicator(
        "million VND/person/year", "Thu nhập bình quân đầu người", "Income per person", "income_million_vnd"
    ),
    "yield_per_ha": Indicator(
        "million VND/ha",
        "Giá trị sản phẩm trên một ha",
        "Product value per hectare",
        "yield_million_vnd_per_ha",
    ),
    "tourism_revenue": Indicator(
        "billion VND", "Doanh thu du lịch", "Tourism revenue", "tourism_revenue_billion_vnd"
    ),
    "tourist_visits": Indicator(
        "visits", "Lượt khách du lịch", "Tourist visits", "tourist_visits", counted=True
    ),
    # Income and output of the economy
    "income_per_capita_monthly": Indicator(
        "thousand VND/person/month", "Thu nhập bình quân đầu người một tháng", "Monthly income per person"
    ),
    "income_per_capita_rural": Indicator(
        "million VND/person/year", "Thu nhập bình quân đầu người khu vực nông thôn", "Rural income per person"
    ),
    "grdp_per_capita": Indicator("million VND/person/year", "GRDP bình quân đầu người", "GRDP per person"),
    "grdp_per_capita_usd": Indicator(
        "USD/person/year", "GRDP bình quân đầu người (USD)", "GRDP per person (USD)"
    ),
    "grdp": Indicator("billion VND", "Tổng sản phẩm trên địa bàn (GRDP)", "Gross regional domestic product"),
    "economic_growth": Indicator("percent", "Tốc độ tăng trưởng kinh tế", "Economic growth", rate=True),
    "gross_output_total": Indicator("billion VND", "Tổng giá trị sản xuất", "Gross output"),
    "gross_output_agriculture": Indicator(
        "billion VND", "Giá trị sản xuất nông nghiệp", "Gross output of agriculture"
    ),
    "value_added_agriculture": Indicator(
        "billion VND", "Giá trị tăng thêm ngành nông nghiệp", "Value added of agriculture"
    ),
    "share_agriculture": Indicator("percent", "Tỷ trọng nông nghiệp", "Share of agriculture", direction=0),
    "budget_revenue": Indicator("billion VND", "Thu ngân sách", "Budget revenue"),
    # Land and crops
    "yield_per_ha_hightech": Indicator(
        "million VND/ha",
        "Giá trị sản phẩm trên một ha, vùng công nghệ cao",
        "Product value per hectare, high-tech areas",
    ),
    "cinnamon_area": Indicator("ha", "Diện tích quế", "Cinnamon area"),
    "tea_area": Indicator("ha", "Diện tích chè", "Tea area"),
    "grain_output": Indicator("tonnes", "Sản lượng lương thực có hạt", "Grain output"),
    "forest_cover": Indicator("percent", "Tỷ lệ che phủ rừng", "Forest cover"),
    # Tourism beside the yearly total
    "festival_visits": Indicator("visits", "Lượt khách lễ hội", "Festival visits", counted=True),
    "spiritual_visits": Indicator(
        "visits", "Lượt khách du lịch tâm linh", "Spiritual-tourism visits", counted=True
    ),
    "temple_visits": Indicator("visits", "Lượt khách đền", "Temple visits", counted=True),
    "travel_agency_turnover": Indicator("billion VND", "Doanh thu lữ hành", "Travel-agency turnover"),
    # New-rural (nông thôn mới, NTM) and other development targets
    "ntm_communes": Indicator(
        "communes", "Số xã đạt chuẩn nông thôn mới", "New-rural communes", counted=True
    ),
    "ntm_communes_advanced": Indicator(
        "communes", "Số xã nông thôn mới nâng cao", "Advanced new-rural communes", counted=True
    ),
    "ntm_criteria_avg": Indicator(
        "criteria", "Số tiêu chí nông thôn mới bình quân một xã", "New-rural criteria per commune"
    ),
    "ntm_commune_criteria_total": Indicator(
        "criteria", "Số tiêu chí xã nông thôn mới", "New-rural criteria in the commune set", counted=True
    ),
    "ntm_income_threshold": Indicator(
        "million VND/person/year", "Ngưỡng thu nhập nông thôn mới", "New-rural income threshold"
    ),
    "ntm_model_income_margin": Indicator(
        "percent", "Mức thu nhập cao hơn của xã kiểu mẫu", "Income margin of a model commune"
    ),
    "annual_targets_met": Indicator(
        "targets", "Số chỉ tiêu hoàn thành trong năm", "Annual targets met", counted=True
    ),
    "mass_organisations_good_rating_district": Indicator(
        "percent",
        "Mặt trận, đoàn thể cấp huyện hoàn thành tốt nhiệm vụ trở lên",
        "District mass organisations rated good or better",
    ),
    "mass_organisations_good_rating_local": Indicator(
        "percent",
        "Mặt trận, đoàn thể cơ sở hoàn thành tốt nhiệm vụ trở lên",
        "Local mass organisations rated good or better",
    ),
    "party_units_good_rating": Indicator(
        "percent", "Tổ chức đảng hoàn thành tốt nhiệm vụ trở lên", "Party units rated good or better"
    ),
    "schools_national_standard": Indicator(
        "percent", "Trường học đạt chuẩn quốc gia", "Schools meeting the national standard"
    ),
    # People and prices
    "population": Indicator("persons", "Dân số", "Population", direction=0, counted=True),
    "poverty_rate": Indicator("percent", "Tỷ lệ hộ nghèo", "Poverty rate", direction=-1),
    "storm_damage": Indicator("billion VND", "Thiệt hại do bão", "Storm damage", direction=-1),
    "cpi_change": Indicator(
        "percent",
        "Chỉ số giá tiêu dùng bình quân năm, mức tăng",
        "Consumer prices, change of the annual average",
        direction=0,
        rate=True,
    ),
    "cpi_change_yoy": Indicator(
        "percent",
        "Chỉ số giá tiêu dùng so với cùng kỳ, mức tăng",
        "Consumer prices, change on the same period a year before",
        direction=0,
        rate=True,
    ),
    "cpi_index": Indicator(
        "index, previous year = 100",
        "Chỉ số giá tiêu dùng, năm trước = 100",
        "Consumer price index, previous year = 100",
        direction=0,
    ),
}

# Level: (Vietnamese, English). `zone` is a group of communes inside a district.
LEVELS = {
    "country": ("cả nước", "country"),
    "region": ("vùng", "region"),
    "province": ("tỉnh", "province"),
    "district": ("huyện", "district"),
    "zone": ("vùng trong huyện", "zone of communes"),
    "commune": ("xã", "commune"),
}

# Kind: (Vietnamese, English). The first three are outcomes, and stand for each other in a cross-check; the
# others are what was set.
KINDS = {
    "actual": ("thực hiện", "actual"),
    "preliminary": ("sơ bộ", "preliminary"),
    "estimate": ("ước tính", "estimate"),
    "plan": ("kế hoạch năm", "plan for a year"),
    "target": ("mục tiêu nhiệm kỳ", "target for a term"),
    "threshold": ("ngưỡng chuẩn", "legal standard"),
}
OUTCOMES = ("actual", "preliminary", "estimate")

# How a figure was printed: (Vietnamese, English).
QUALIFIERS = {
    "eq": ("bằng", "equal to"),
    "gt": ("trên", "more than"),
    "ge": ("từ … trở lên", "at least"),
    "lt": ("dưới", "less than"),
    "le": ("không quá", "at most"),
    "approx": ("khoảng", "about"),
    "range": ("trong khoảng", "between"),
}

# What stands beside a value in the panel and in a series: (Vietnamese, English).
FLAGS = {
    "at_least": ("ít nhất", "at least"),
    "at_most": ("nhiều nhất", "at most"),
    "about": ("khoảng", "about"),
    "range": ("khoảng giá trị", "range"),
    "estimate": ("ước tính", "estimate"),
    "preliminary": ("sơ bộ", "preliminary"),
    "conflict": ("các nguồn mâu thuẫn", "sources conflict"),
}
QUALIFIER_FLAGS = {
    "gt": "at_least",
    "ge": "at_least",
    "lt": "at_most",
    "le": "at_most",
    "approx": "about",
    "range": "range",
}

# Source kinds, the more trusted first: (Vietnamese, English).
SOURCE_KINDS = {
    "statistics": ("cơ quan thống kê", "statistics office"),
    "government": ("cơ quan nhà nước", "government"),
    "press": ("báo chí", "press"),
    "document-sharing": ("trang chia sẻ tài liệu", "document-sharing site"),
    "encyclopedia": ("bách khoa toàn thư", "encyclopedia"),
    "other": ("khác", "other"),
    "international": ("tổ chức quốc tế", "international organisation"),
}

PANEL_COLUMNS = {name: indicator.column for name, indicator in INDICATORS.items() if indicator.column}
