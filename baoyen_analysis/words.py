"""Every sentence and label in Vietnamese and English, and how numbers are written in each. Pure: no table and
no figure lives here."""

from __future__ import annotations

import math
import re

LANGUAGES = ("vi", "en")


def number(value: float, *, lang: str, decimals: int | None = None) -> str:
    """A number as it is printed: decimal comma and dot groups in Vietnamese, the reverse in English; "" for a
    missing one.

    Without `decimals`, as many as the number needs, three at most.

    >>> number(1200000, lang="vi"), number(1200000, lang="en"), number(32.67, lang="vi"), number(-7.5, lang="en", decimals=2)
    ('1.200.000', '1,200,000', '32,67', '-7.50')
    """
    if value is None or math.isnan(value):
        return ""
    text = f"{value:,.{3 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


# The words of the charts: (Vietnamese, English). Names in braces are filled in by `chart`.
CHART_WORDS = {
    "million": ("triệu", "million"),
    "billion": ("tỷ", "billion"),
    "percent": ("{number}%", "{number}%"),
    "source": ("Nguồn: {names}.", "Source: {names}."),
    "estimate": ("{number} (ước tính)", "{number} (estimate)"),
    "preliminary": ("{number} (sơ bộ)", "{number} (preliminary)"),
    "conflict": ("{number} (các nguồn mâu thuẫn)", "{number} (sources conflict)"),
    "range": ("{low}–{high}", "{low}–{high}"),
    "derived": ("{number} (suy ra)", "{number} (derived)"),
    "in_year": ("{number}, năm {year}", "{number}, in {year}"),
    "plan": ("Kế hoạch {year}", "{year} plan"),
    "target": ("Mục tiêu {year}", "{year} target"),
    "threshold": ("Ngưỡng chuẩn {year}", "{year} standard"),
    "projected": ("Dự phóng {year}", "{year} projection"),
    "band": ("{share}% khả năng: {low}–{high}", "{share}% chance: {low}–{high}"),
    "visits": ("Lượt khách", "Visits"),
    "spending": ("Chi tiêu một lượt khách", "Spending a visit"),
    "revenue": ("Doanh thu", "Revenue"),
    "total": ("Tổng", "Total"),
    "no_actual": ("Chưa có số liệu trong hồ sơ", "None in the record"),
    "no_share": ("Không tính được tỷ lệ so với kế hoạch", "No share of the plan can be given"),
    "actual_against_plan": ("{actual}; kế hoạch {plan}", "{actual}; plan {plan}"),
    "plan_alone": ("kế hoạch {plan}", "plan {plan}"),
    "whole_plan": ("100% kế hoạch", "100% of plan"),
    "other_source": ("Số liệu khác {year}", "{year}, another source"),
    # How the marks are read: a chart names those that it draws.
    "note_hollow": (
        "Dấu rỗng: số ước tính, sơ bộ hoặc chỉ nêu cận.",
        "Hollow mark: an estimate, a preliminary figure or a bound.",
    ),
    "note_derived": (
        "Hình thoi rỗng: suy ra từ một so sánh đã in.",
        "Hollow diamond: derived from a printed comparison.",
    ),
    "note_interval": (
        "Vạch mảnh: khoảng mà con số đã in cho phép.",
        "Thin bar: the range that the printed figure allows.",
    ),
    "note_gap": (
        "Nét chấm: không có số liệu cho các năm ở giữa.",
        "Dotted line: no figures for the years between.",
    ),
    "note_other": (
        "Dấu nhân: con số của nguồn khác, không được chọn.",
        "Cross: another source's figure, not the one chosen.",
    ),
    "note_goal": (
        "Ô vuông rỗng, nét đứt: kế hoạch hoặc mục tiêu.",
        "Hollow square, dashed line: a plan or target.",
    ),
    "note_bands": (
        "Dải màu, từ đậm đến nhạt: khả năng {shares}%.",
        "Bands, dark to light: {shares}% chance.",
    ),
    "note_logs": ("Trong ngoặc: gấp bao nhiêu lần.", "In brackets: the factor it stands for."),
    "note_actual": ("Chấm đặc: cả năm, thực hiện.", "Full dot: a full year, actual."),
    "note_estimate": ("Chấm rỗng: ước tính hoặc sơ bộ.", "Hollow dot: an estimate or preliminary."),
    "note_part": ("Gạch: một phần của năm.", "Dash: a part of the year."),
    "note_plan": (
        "Ô vuông rỗng: kế hoạch, mục tiêu hoặc ngưỡng chuẩn.",
        "Hollow square: a plan, target or standard.",
    ),
    "note_held": ("Ô càng đậm càng nhiều con số.", "Darker cells hold more figures."),
    "two_goals": ("{first} và {second} {year}", "{year} {first} and {second}"),
    "none_held": ("chưa có", "none held"),
}


def chart(key: str, *, lang: str, **parts: object) -> str:
    """A label of a chart in one language.

    >>> chart("plan", lang="vi", year=2024), chart("plan", lang="en", year=2024)
    ('Kế hoạch 2024', '2024 plan')
    """
    return CHART_WORDS[key][LANGUAGES.index(lang)].format(**parts)


# What definitions are called: as data/raw has them, and in Vietnamese.
DEFINITIONS = {
    "tourism services": "dịch vụ du lịch",
    "tourism and services": "du lịch và dịch vụ",
    "total receipts from visitors": "tổng thu từ khách du lịch",
    "social revenue from visitors": "doanh thu xã hội từ khách du lịch",
    "community tourism only": "chỉ du lịch cộng đồng",
    "nine days, 24 August to 1 September 2023": "chín ngày, từ 24/8 đến 1/9/2023",
    "organised travel only, not receipts from visitors": "chỉ lữ hành, không phải tổng thu từ khách",
    "product value per ha of cultivated land": "giá trị sản phẩm trên một ha đất canh tác",
    "product value per ha of crop land": "giá trị sản phẩm trên một ha đất trồng trọt",
    "product value per ha of cultivated land and aquaculture water": "giá trị sản phẩm trên một ha đất canh tác và mặt nước nuôi trồng thủy sản",
    "gross output of product per ha of cultivated land": "giá trị sản phẩm trồng trọt trên một ha đất canh tác (giá trị sản xuất)",
    "agricultural output value per ha": "giá trị sản xuất nông nghiệp trên một ha",
    "agriculture, forestry and fishery output per ha": "giá trị sản xuất nông, lâm, ngư nghiệp trên một ha",
    "income value per ha of cultivated land": "giá trị thu nhập trên một ha đất canh tác",
    "household living standards survey, current prices": "khảo sát mức sống hộ gia đình, giá hiện hành",
    "printed as income, read as GRDP": "in là thu nhập, đọc là GRDP",
    "GSO monetary poverty rate": "tỷ lệ nghèo theo thu nhập của cơ quan thống kê",
    "multidimensional, 2016-2020 standard": "đa chiều, chuẩn 2016–2020",
    "multidimensional, 2022-2025 standard": "đa chiều, chuẩn 2022–2025",
    "criteria of 2016-2020": "bộ tiêu chí 2016–2020",
    "criteria of 2021-2025": "bộ tiêu chí 2021–2025",
    "annual average on annual average": "bình quân năm so với bình quân năm trước",
    "average a year, span not printed": "bình quân một năm, không in giai đoạn",
}

# What was found: (Vietnamese, English). Names in braces are filled in by `finding`.
FINDINGS = {
    "title_share": (
        "{name} {area}: {actual} năm {year}, bằng {share} {kind} {plan_year}",
        "{area}: {name} of {actual} in {year}, {share} of the {plan_year} {kind}",
    ),
    "set_for": ("{plan} ({kind} {year})", "{plan} ({year} {kind})"),
    "kind_plan": ("kế hoạch", "plan"),
    "kind_target": ("mục tiêu", "target"),
    "kind_threshold": ("ngưỡng chuẩn", "standard"),
    "title_last": ("{name} {area}: {actual} năm {year}", "{area}: {name} of {actual} in {year}"),
    "current_prices": (", giá hiện hành", ", current prices"),
    "too_thin": (
        "Hồ sơ không có con số cả năm nào về {name} của {area}.",
        "The record holds no full-year figure for {name} in {area}.",
    ),
    "title_fan": (
        "{name} {area}, dự phóng đến {year}: từ {low} đến {high} (khoảng 80%){against}",
        "{area}: {name} projected to {year}, {low} to {high} (80% range){against}",
    ),
    "fan_inside": (
        "; {kind} {year} ({plan}) nằm trong khoảng đó",
        "; the {year} {kind} of {plan} lies within",
    ),
    "fan_above": ("; {kind} {year} ({plan}) nằm trên khoảng đó", "; the {year} {kind} of {plan} lies above"),
    "fan_below": ("; {kind} {year} ({plan}) nằm dưới khoảng đó", "; the {year} {kind} of {plan} lies below"),
    "fan_thin": (
        "{name} của {area}: hồ sơ có {points} con số cả năm dùng được, phải có hai mới dự phóng được.",
        "{name} in {area}: the record holds {points} full-year figures that can be used; a projection takes two.",
    ),
    "fan_mixed": (
        "{name} của {area}: các con số tính theo nội dung khác nhau, nên không dự phóng.",
        "{name} in {area}: the figures count different things, so none is projected.",
    ),
    "fan_ended": (
        "{area} kết thúc với tư cách là huyện ngày {day}: các năm từ {year} là số học, không phải năm của huyện.",
        "{area} ended as a district on {day}: the years from {year} on are arithmetic, not years of the district.",
    ),
    "title_coverage": (
        "{areas}: {figures} con số đã in về bốn chỉ tiêu chính; kết quả cả năm mới nhất của {area} là năm {year}",
        "{areas}: {figures} printed figures on the four core indicators; {area}'s latest outcome of a whole year is of {year}",
    ),
    "title_coverage_none": (
        "{areas}: {figures} con số đã in về bốn chỉ tiêu chính; {area} chưa có kết quả cả năm nào",
        "{areas}: {figures} printed figures on the four core indicators; {area} has no outcome of a whole year",
    ),
    "sources_coverage": (
        "Từ {sources} nguồn; mỗi con số nêu nguồn của mình.",
        "From {sources} sources; each figure names its own.",
    ),
    "verdict": (
        "{name}{prices}, tính từ {base}: {on} trong {judging} phương pháp xét được cho là đúng tiến độ; gộp các phương pháp và độ làm tròn, kết luận có thể là: {classes}.",
        "{name}{prices}, counted from {base}: {on} of the {judging} methods that can judge it say on track; across the methods and the figures' rounding the classes are: {classes}.",
    ),
    "verdict_none": (
        "{name}: không phương pháp nào xét được ({reason}).",
        "{name}: no method can judge it ({reason}).",
    ),
    "title_districts": (
        "{name}: {area} {value} (năm {year}); các huyện khác ở năm {first}–{last}, nên không phải là xếp hạng",
        "{name}: {area} {value} in {year}; the others are of {first}–{last}, so this is no ranking",
    ),
    "title_districts_same": (
        "{name} năm {year}: {area} {value}, thứ {rank} trong {areas}",
        "{name} in {year}: {area} {value}, number {rank} of {areas}",
    ),
    "title_districts_without": (
        "{name}: không có con số cả năm nào của {area}; các huyện khác ở năm {first}–{last}",
        "{name}: no full-year figure of {area}; the others are of {first}–{last}",
    ),
    "subtitle_districts": (
        "{measure}, các huyện ở năm trọn vẹn gần nhất có số liệu, {first}–{last}",
        "{measure}, each district at its latest printed full year, {first}–{last}",
    ),
    "definitions_beside": ("Nội dung tính: {list}.", "What is counted: {list}."),
    "definition_of": ("{area}: {definition}", "{area}: {definition}"),
    "aim_of": ("{kind} {year}", "the {year} {kind}"),
    "unstated": ("không nêu", "not stated"),
    "title_decomposition": ("{area}: {said}", "{area}: {said}"),
    "measure_decomposition": (
        "Doanh thu du lịch theo lượt khách và chi tiêu mỗi lượt, tính theo logarit",
        "Tourism revenue by visits and spending a visit, in logs",
    ),
    "title_scorecard": (
        "{held} trong {all} chỉ tiêu đã đặt ra cho {area} có kết quả được in, mới nhất là của năm {latest}; không có kết quả nào của chính năm kế hoạch",
        "{held} of the {all} indicators planned for {area} have any printed outcome, the latest of {latest}; none of the planned year",
    ),
    "title_scorecard_some": (
        "{held} trong {all} chỉ tiêu đã đặt ra cho {area} có kết quả được in; {own} có kết quả của chính năm kế hoạch",
        "{held} of the {all} indicators planned for {area} have any printed outcome; {own} of the planned year",
    ),
    "title_scorecard_empty": (
        "Không chỉ tiêu nào trong {all} chỉ tiêu đã đặt ra cho {area} có kết quả được in",
        "None of the {all} indicators planned for {area} has a printed outcome",
    ),
    "planned": ("{said}.", "{said}."),
    "held": (
        "Hồ sơ có {all} con số đã in từ {sources} nguồn; về {area} có {mine} con số, {outcomes} trong đó là kết quả.",
        "The record holds {all} printed figures from {sources} sources; {mine} are of {area}, {outcomes} of them outcomes.",
    ),
    "latest_core": (
        "Kết quả cả năm mới nhất của {area}: {list}.",
        "The latest outcomes of a whole year for {area}: {list}.",
    ),
    "latest_core_none": (
        "Hồ sơ không có kết quả cả năm nào của {area} về bốn chỉ tiêu chính.",
        "On the four core indicators the record holds no outcome of a whole year for {area}.",
    ),
    "core_item": ("{name} {value} ({year})", "{name} {value} ({year})"),
    "checks_count": (
        "{agree} trong {all} phép đối chiếu một so sánh đã in với con số đã in khớp nhau ({set} phép là kế hoạch với kế hoạch).",
        "{agree} of the {all} cross-checks of a printed comparison with a printed figure agree ({set} of the {all} set plan against plan).",
    ),
    "no_own_outcome": (
        "Không nguồn nào đã thu thập in kết quả của chính năm kế hoạch ({years}) cho chỉ tiêu nào trong {all} chỉ tiêu đã đặt ra cho {area}: chưa thể nói kế hoạch đã đạt hay chưa.",
        "No source collected prints an outcome of the planned year ({years}) for any of the {all} indicators planned for {area}: whether the plan was met can't be said.",
    ),
    "targets_met": (
        "Năm {year}, theo một nguồn in{before}, {area} đạt {value} trong {all} chỉ tiêu đặt ra cho năm đó; đó là cách huyện tự tính, không phải kết quả từng chỉ tiêu.",
        "For {year} a source prints{before} that {area} met {value} of the {all} targets set for that year: the district's own count, not the outcome of each.",
    ),
    "before_year_end": (" khi năm chưa hết", ", before the year was over,"),
    "chances": (
        "Khả năng đạt, theo dự phóng (đã chặn và làm tròn): {list}.",
        "The chance of meeting the plan, by the projection (capped and rounded): {list}.",
    ),
    "chance": ("{name} {chance} ({year})", "{name} {chance} ({year})"),
    "chances_none": (" Không nêu được khả năng cho: {list}.", " None can be given for: {list}."),
    "stability": (
        "{name}: đổi năm gốc hoặc bỏ bớt một năm, kể cả mốc suy ra, thì kết luận giữ nguyên trong: {list}.",
        "{name}: with another base year or one year left out, derived points among them, the class stays the same in: {list}.",
    ),
    "stability_item": ("{method} {share} trường hợp", "{share} of cases by the {method}"),
    "in_prices": (", giá hiện hành", ", in current prices"),
    "in_prices_of": (", giá năm {year}", ", in prices of {year}"),
    "subtitle": ("{measure}, {area}, {first}–{last}", "{measure}, {area}, {first}–{last}"),
    "latest": (
        "Con số mới nhất đã công bố về {name} của {area} là {actual} (năm {year}), bằng {share} {kind} năm {plan_year} ({plan}).",
        "The latest printed figure for {name} in {area} is {actual}, for {year}: {share} of the {plan_year} {kind} of {plan}.",
    ),
    "share_range": (
        "{share} (từ {low} đến {high} theo mức làm tròn của con số)",
        "{share} ({low} to {high}, as the figure is rounded)",
    ),
    "needed": (
        "Để đạt {kind}, mỗi năm từ {year} đến {plan_year} phải tăng {needed} {unit} (bình quân {needed_percent}/năm).",
        "To reach the {kind} it had to grow by {needed} {unit} a year from {year} to {plan_year} ({needed_percent} a year).",
    ),
    "done": (
        "Từ {base_year} ({base}{derived}) đến {year}, mỗi năm tăng {done} {unit} (bình quân {done_percent}/năm).",
        "From {base_year} ({base}{derived}) to {year} it grew by {done} {unit} a year ({done_percent} a year).",
    ),
    "done_fell": (
        "Từ {base_year} ({base}{derived}) đến {year}, mỗi năm giảm {done} {unit} (bình quân {done_percent}/năm).",
        "From {base_year} ({base}{derived}) to {year} it fell by {done} {unit} a year ({done_percent} a year).",
    ),
    "done_derived": (", suy ra từ một so sánh đã in", ", derived from a printed comparison"),
    "pace_enough": (
        "Nhịp đó, nếu giữ được, là đủ cả về mức tăng lẫn tốc độ.",
        "That pace, kept up, was enough both in units and in per cent.",
    ),
    "pace_short": (
        "Nhịp đó là chưa đủ, cả về mức tăng lẫn tốc độ.",
        "That pace was not enough, neither in units nor in per cent.",
    ),
    "pace_mixed": (
        "Nhịp đó đủ hay chưa còn tùy {factors}: {list}.",
        "Whether that pace was enough depends on {factors}: {list}.",
    ),
    "pace_from": (
        "tính từ {year}, theo mức tăng {units}, theo tốc độ {percent}",
        "from {year}, in units {units}, in per cent {percent}",
    ),
    "worth_enough": ("đủ", "enough"),
    "worth_short": ("chưa đủ", "short"),
    "worth_open": ("tùy độ làm tròn", "open (as the figures are rounded)"),
    "factor_measure": ("cách đo", "the measure"),
    "factor_base": ("năm gốc", "the base year"),
    "factor_rounding": ("độ làm tròn", "the rounding"),
    "and": (" và ", " and "),
    "pace_broken": (
        "Không kết luận về nhịp đó: một đầu nằm trong các năm dịch COVID-19 (2020–2021).",
        "No verdict on that pace: an end of it lies in the years of COVID-19 (2020–2021).",
    ),
    "pace_through": (
        "Nhịp đó đi qua các năm dịch COVID-19 (2020–2021).",
        "The years of COVID-19 (2020–2021) lie within it.",
    ),
    "met": ("{kind_first} đã đạt.", "The {kind} is met."),
    "missed": (
        "Đến năm {plan_year} còn thiếu {missing} {unit} so với {kind}.",
        "In {plan_year} {missing} {unit} were missing to the {kind}.",
    ),
    "no_outcome": (
        "Kết quả năm {year} của {area} về {name} không có trong các nguồn đã thu thập: chưa thể nói {kind} đã đạt hay chưa.",
        "The outcome of {year} for {name} in {area} is in none of the sources collected: whether the {kind} was met can't be said.",
    ),
    "one_point": (
        "Không có con số nào trước đó nên không biết nhịp tăng.",
        "No earlier figure is held, so its pace can't be told.",
    ),
    "definitions_differ": (
        "{kind_first} tính {plan_definition}, còn con số mới nhất tính {actual_definition}: tỷ lệ này so hai nội dung khác nhau.",
        "The {kind} counts {plan_definition}, the latest figure {actual_definition}: the share compares unlike things.",
    ),
    "no_actual": (
        "{name}: {kind} {plan_year} là {plan}; chưa có nguồn nào in kết quả thực hiện, nên không tính được tỷ lệ.",
        "{name}: the {plan_year} {kind} is {plan}; no source of the record prints an outcome, so no share can be given.",
    ),
    "gaps": (
        "Không nguồn nào công bố con số cả năm về {name} của {area} cho các năm {years}.",
        "No source prints a full-year figure for {name} in {area} for {years}.",
    ),
    "latest_alone": (
        "Con số mới nhất đã công bố về {name} của {area} là {actual}, năm {year}; hồ sơ không có kế hoạch hay mục tiêu nào để so.",
        "The latest printed figure for {name} in {area} is {actual}, for {year}; the record holds no plan or target to set it against.",
    ),
    "real": (
        "Từ {base_year} ({base}{derived}) đến {year}, {name} thay đổi bình quân {nominal}/năm theo giá hiện hành, {real}/năm theo giá so sánh (giá tiêu dùng cả nước).",
        "From {base_year} ({base}{derived}) to {year} {name} moved by {nominal} a year in current prices, {real} a year in constant prices (the country's consumer prices).",
    ),
    "real_alone": (
        "Theo giá so sánh (giá tiêu dùng cả nước), {name} từ {base_year} đến {year} thay đổi bình quân {real}/năm.",
        "In constant prices (the country's consumer prices) {name} moved by {real} a year from {base_year} to {year}.",
    ),
    "apart_zone": (
        "{area} là một phần của huyện, không phải cả huyện: {name} {value} (năm {year}; nội dung tính: {counted}).",
        "{area} is a part of the district and not the district: {name} {value} in {year} (what is counted: {counted}).",
    ),
    "apart_country": (
        "Con số gần nhất của cả nước về {name} là {value} (năm {year}), tính {counted}: một nội dung riêng, không so thẳng được.",
        "The country's latest figure for {name} is {value}, of {year}, which counts {counted}: a definition of its own, not to be set beside directly.",
    ),
    "run": (
        "{area} có chuỗi riêng về {name}: {list}{counted}.",
        "{area} has a series of its own for {name}: {list}{counted}.",
    ),
    "run_definitions": (
        "; theo các nội dung khác nhau, không nối được: {list}",
        "; of different definitions, which do not join: {list}",
    ),
    "inferred": (
        "Năm {year} của con số {figure_id} là do người thu thập suy ra, nguồn không in: nhịp tăng tính từ đó hay đến đó là đáng ngờ.",
        "The year {year} of the figure {figure_id} was inferred when it was collected and is not printed: growth from or to it is doubtful.",
    ),
    "monthly": (
        "Năm {year}, khảo sát mức sống in thu nhập một tháng của tỉnh {province} là {monthly} nghìn đồng; nhân 12, số tính ra là {yearly} triệu đồng, bên cạnh {value} in cho {area}: hai chỉ tiêu khác nhau.",
        "For {year} the living standards survey prints {monthly} thousand VND a month for {province} province; times 12, computed, {yearly} million VND, beside the {value} printed for {area}: two different indicators.",
    ),
    "part_outside": (
        "{part} ({value}) cho thấy cả năm vào khoảng {low}–{high} {unit}, theo tỷ trọng của tỉnh; con số cả năm đã in, {whole} ({whole_low}–{whole_high}), nằm hẳn ngoài khoảng đó: phần còn lại của năm sẽ chiếm {rest}, trong khi của tỉnh là {least}–{greatest}.",
        "{part} ({value}) points to {low}–{high} {unit} for the year, by the province's shares; the printed year, {whole} ({whole_low}–{whole_high}), lies wholly outside: the rest of the year would hold {rest} of it, against {least}–{greatest} in the province.",
    ),
    "part_inside": (
        "{part} ({value}) cho thấy cả năm vào khoảng {low}–{high} {unit}, theo tỷ trọng của tỉnh; con số cả năm đã in, {whole} ({whole_low}–{whole_high}), không trái với khoảng đó.",
        "{part} ({value}) points to {low}–{high} {unit} for the year, by the province's shares; the printed year, {whole} ({whole_low}–{whole_high}), does not contradict it.",
    ),
    "same_year": (
        "{name_first}, trong cùng năm {year}: {area} ({value}{derived}) đứng thứ {rank} trong {areas} huyện có số liệu, bên cạnh {list}.",
        "By {name} in the one year {year} {area} ({value}{derived}) is number {rank} of the {areas} districts with a figure, beside {list}.",
    ),
    "together": (
        "Khi một nguồn in nhiều huyện cho cùng một kỳ, {area} đứng {list} ({name}).",
        "Where one source prints several districts for one period, {area} is {list} ({name}).",
    ),
    "together_place": ("thứ {rank} trong {areas} ({period})", "number {rank} of {areas} ({period})"),
    "together_without": (
        "Nơi một nguồn in {name} của nhiều huyện cho cùng một kỳ ({list}), không có {area} trong đó.",
        "Where one source prints {name} for several districts in one period ({list}), {area} is not among them.",
    ),
    "disputed": (
        "Con số {period} của {area} về {name} ({printed}) không khớp với một so sánh đã in, theo đó con số ấy là {implied}{caveat}.",
        "The figure of {area} for {name} in {period} ({printed}) does not meet a printed comparison, by which it is {implied}{caveat}.",
    ),
    "storm": (
        "Bão ({period}) gây thiệt hại ước tính {damage} tỷ đồng ở {area}: kết quả năm {year}, nếu có, không so được với các năm trước.",
        "The storm ({period}) did an estimated damage of {damage} billion VND in {area}: an outcome of {year}, if one is found, does not compare with earlier years.",
    ),
    "ended": (
        "{area} với tư cách là huyện kết thúc ngày {day}: mục tiêu năm {year} của huyện không thể kiểm chứng bằng số liệu của một năm trọn vẹn.",
        "{area} as a district ended on {day}: a goal of the district for {year} cannot be tested on a full year.",
    ),
    "new_rural": (
        "Ngưỡng thu nhập nông thôn mới năm {year} của vùng {region} là {threshold}; thu nhập bình quân của {area} năm đó là {value}{derived}, {side} ngưỡng. Ngưỡng xét từng xã, không xét cả huyện.",
        "The new-rural income standard of {year} for {region} is {threshold}; the income of {area} for that year is {value}{derived}, {side} it. The standard is for a commune, not for a district.",
    ),
    "new_rural_none": (
        "Ngưỡng thu nhập nông thôn mới năm {year} của vùng {region} là {threshold}; hồ sơ không có thu nhập năm đó của {area}.",
        "The new-rural income standard of {year} for {region} is {threshold}; the record holds no income of {area} for that year.",
    ),
    "caveat": (" (phép so sánh {caveat})", " (the comparison {caveat})"),
    "below": ("dưới", "below"),
    "reached": ("bằng hoặc trên", "at or above"),
    "goal_thin": (
        "Hồ sơ không có chỉ tiêu nào của {area} vừa có kế hoạch hay mục tiêu vừa có kết quả: không phương pháp nào xét được.",
        "For no indicator does the record hold both a plan or target and an outcome of {area}: no method can judge it.",
    ),
    "no_plan": (
        "Hồ sơ không có kế hoạch hay mục tiêu nào của {area}.",
        "The record holds no plan or target of {area}.",
    ),
    "no_plan_for": (
        "Hồ sơ không có kế hoạch hay mục tiêu nào của {area} về {name}.",
        "The record holds no plan or target of {area} for {name}.",
    ),
    "core_thin": (
        "Trong bốn chỉ tiêu chính, hồ sơ không có chỉ tiêu nào của {area} vừa có kế hoạch còn ở phía trước vừa có kết quả: không câu hỏi nào về mức cần tăng có câu trả lời.",
        "Of the four core indicators the record holds none of {area} with an outcome and a plan or target after it: no question on the growth needed has an answer.",
    ),
    "lower_bound": (
        "Con số năm {year} của {area} về {name} chỉ là một cận dưới.",
        "The figure for {name} in {area} for {year} is a lower bound only.",
    ),
    "fates": (
        "Trong {all} con số, {chosen} được chọn, {superseded} đứng sau, {conflicting} mâu thuẫn với con số được chọn, {out_of_scope} ngoài phạm vi.",
        "Of {all} figures {chosen} speak, {superseded} stand behind, {conflicting} do not meet the one that speaks, {out_of_scope} are out of scope.",
    ),
    "conflicts": (
        "{small} trong {all} mâu thuẫn nhỏ hơn {limit}; các mâu thuẫn khác, lớn nhất trước: {list}.",
        "{small} of the {all} conflicts are smaller than {limit}; the others, the widest first: {list}.",
    ),
    "conflict_item": (
        "{name} {area}, {period}{kind}: {speaks} và {other}",
        "{name}, {area}, {period}{kind}: {speaks} and {other}",
    ),
    "of_kind": (" ({kind})", " ({kind})"),
    "checks": (
        "{agree} trong {all} phép đối chiếu khớp; {set} phép đối chiếu kế hoạch với kế hoạch hay mục tiêu, không phải kết quả. Không khớp: {list}.",
        "{agree} of the {all} cross-checks agree; {set} of them set a plan or target against another, not outcomes. Those that do not agree: {list}.",
    ),
    "bounds": (
        "{bounds} trong {all} con số là cận, số áng chừng hay khoảng giá trị, không phải số đúng.",
        "{bounds} of the {all} figures are bounds, round words or ranges rather than exact numbers.",
    ),
    "doubts": (
        "Số con số của {area} về bốn chỉ tiêu chính có ghi chú: {notes}; trong đó có năm hay tháng do suy ra: {inferred}.",
        "Figures of {area} on the four core indicators that carry a note: {notes}; of them with an inferred date: {inferred}.",
    ),
    "ranges": (
        "{name}: con số năm {year} ({low}–{high}) khiến mức tăng cần có nằm giữa {needed_low} và {needed_high}/năm.",
        "{name}: the figure of {year} ({low}–{high}) puts the growth needed between {needed_low} and {needed_high} a year.",
    ),
    "ranges_done": (
        " Đã tăng {done}/năm từ {base_year} ({base}{derived}).",
        " Growth done was {done} a year from {base_year} ({base}{derived}).",
    ),
    "conflict_small": (
        "Các nguồn lệch nhau không quá {limit} về {name} của {area} ({years}): coi như cùng một con số.",
        "Sources differ by no more than {limit} on {name} of {area} for {years}: one number for this purpose.",
    ),
    "province": (
        "Con số gần nhất của tỉnh {province} là {actual} (năm {year}).",
        "The latest figure of {province} province is {actual}, for {year}.",
    ),
    "province_none": (
        "Hồ sơ không có con số nào của tỉnh {province} cho cùng chỉ tiêu này.",
        "The record holds no figure of {province} province for this same indicator.",
    ),
    "province_share": (
        "Năm {year}, {area} chiếm {share} của tỉnh ({part} trên {whole} {unit}); tổng các huyện lớn hơn con số của tỉnh, vì khách đến hai nơi được tính ở cả hai.",
        "In {year} {area} had {share} of the province's ({part} of {whole} {unit}); the districts add up to more than the province, since each place counts a visitor.",
    ),
    "peers": (
        "{name_first}: {mine}; các huyện khác, mỗi huyện một năm nên không phải là xếp hạng: {list}.",
        "By {name}: {mine}; other districts, each at its own year, which makes no ranking: {list}.",
    ),
    "peers_none": ("{area} không có con số nào", "{area} has no figure"),
    "peer": ("{area} {value} ({year})", "{area} {value} ({year})"),
    "conflict": (
        "Năm {year}, các nguồn về {area} không thống nhất: từ {low} đến {high} {unit}; con số được chọn là {value} ({reason}).",
        "For {year} the sources on {area} conflict: {low} to {high} {unit}; the one that speaks is {value} ({reason}).",
    ),
    "spending": (
        "Tính ra, năm {year} mỗi lượt khách chi từ {low} đến {high} nghìn đồng (doanh thu chia cho lượt khách).",
        "A visit in {year} comes to {low} to {high} thousand VND (revenue over visits).",
    ),
}

# What the record cannot show, by topic: (Vietnamese, English).
LIMITS = {
    "start": (
        (
            "Năm không có con số là năm mà các nguồn đã thu thập không in, không phải năm không có số liệu: sổ sách của huyện không nằm trong hồ sơ.",
            "A year without a figure is one that the sources collected don't print, not one for which none exists: the district's own books are not in the record.",
        ),
        (
            "Các con số khớp nhau có thể cùng chép từ một nơi: khớp không phải là được xác nhận độc lập.",
            "Figures that agree may have been copied from one place: agreement is no independent confirmation.",
        ),
    ),
    "income": (
        (
            "GRDP bình quân đầu người, thu nhập khu vực nông thôn và thu nhập một tháng là các chỉ tiêu khác, không dùng thay cho thu nhập bình quân.",
            "GRDP per person, rural income and monthly income are other indicators and never stand in for income per person.",
        ),
    ),
    "yield": (
        (
            "Không biết các con số tính trên đất canh tác, đất trồng trọt hay cả mặt nước: phần lớn nguồn không nêu định nghĩa.",
            "Whether figures are per hectare of cultivated land, of crop land, or with water surface is mostly not stated.",
        ),
    ),
    "tourism": (
        (
            "Doanh thu du lịch được tính theo nhiều cách khác nhau, và phần lớn nguồn không nêu cách tính.",
            "Tourism revenue is counted in several ways, and most sources do not say in which.",
        ),
        (
            "Một phần của năm (tháng, quý, 9 tháng) không phải là cả năm và không vào bảng tổng hợp.",
            "A part of a year (a month, a quarter, nine months) is not a year and does not enter the panel.",
        ),
        (
            "Dịch COVID-19 năm 2020–2022 và bão tháng 9 năm 2024 làm gãy chuỗi số liệu.",
            "COVID-19 in 2020–2022 and the storm of September 2024 break the series.",
        ),
    ),
    "goal": (
        (
            "Không tìm thấy định nghĩa chính thức của «huyện phát triển khá»; chỉ có thể so với những gì đã đặt ra cho huyện và với các huyện khác.",
            "No official definition of a “fairly developed district” was found; it can only be read against what was planned for the district and the other districts.",
        ),
        (
            "Không tìm thấy ngưỡng thu nhập nông thôn mới từng năm 2022–2025; ngưỡng năm 2020 thuộc Quyết định 1980/QĐ-TTg, có trước Quyết định 318/QĐ-TTg.",
            "The yearly new-rural income standard of 2022–2025 was not found; the one of 2020 is of Decision 1980/QĐ-TTg, before Decision 318/QĐ-TTg.",
        ),
    ),
    "districts": (
        (
            "Phần lớn nguồn in mỗi huyện ở một năm riêng: đặt cạnh nhau không cho biết huyện nào hơn huyện nào trong cùng một năm.",
            "Most sources print each district in a year of its own: side by side they don't tell which stood higher in one year.",
        ),
        (
            "Không nguồn nào in thu nhập bình quân của tất cả các huyện cho cùng một năm.",
            "No source prints the income per person of all the districts for one year.",
        ),
        (
            "Khách đến hai nơi được tính ở cả hai, nên thứ hạng theo lượt khách không cho biết số người.",
            "A visitor who goes to two places is counted in each, so places by visits don't tell of people.",
        ),
    ),
    "quality": (
        (
            "Thứ tự ưu tiên chọn một con số; hồ sơ không cho biết con số nào là đúng.",
            "The order of precedence picks a figure; the record does not tell which one is right.",
        ),
        (
            "Hai nguồn khớp nhau có thể cùng chép từ một nơi: khớp không phải là được xác nhận độc lập.",
            "Two sources that agree may have copied from one place: agreement is no independent confirmation.",
        ),
        (
            "Năm không có con số là năm mà các nguồn đã thu thập không in, không phải năm không có số liệu.",
            "A year without a figure is one that the sources collected don't print, not one for which none exists.",
        ),
    ),
    "questions": (
        (
            "Khoảng trong mỗi câu trả lời chỉ là độ làm tròn của con số đã in; sai lệch khác (năm suy ra, nội dung tính, con số in trước khi hết năm) không nằm trong đó.",
            "The range in each answer is the rounding of the printed figures alone; what else may be wrong (an inferred year, what was counted, a figure printed before the year's end) is not in it.",
        ),
        (
            "Cần tăng bao nhiêu là số học; có tăng được hay không thì các con số không cho biết.",
            "What was needed is arithmetic; whether it could be done the figures don't tell.",
        ),
    ),
}

# Heads of tables: (Vietnamese, English).
COLUMNS = {
    "period": ("Thời kỳ", "Period"),
    "printed": ("Nguyên văn", "As printed"),
    "reading": ("Đọc là", "Read as"),
    "kind": ("Loại", "Kind"),
    "definition": ("Nội dung tính", "Definition"),
    "status": ("Kết quả đối chiếu", "What became of it"),
    "source": ("Nguồn", "Source"),
    "figure_id": ("Mã con số", "Figure"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "unit": ("Đơn vị", "Unit"),
    "latest": ("Kết quả gần nhất", "Latest outcome"),
    "plan": ("Kế hoạch, mục tiêu", "Plan or target"),
    "attainment": ("Mức đạt", "Attainment"),
    "needed": ("Cần tăng mỗi năm, từ kết quả gần nhất", "Growth needed a year, from the latest outcome"),
    "base": ("Mốc trước đó", "Base before it"),
    "done": ("Đã tăng mỗi năm, từ mốc đó", "Growth done a year, from that base"),
    "from": ("Tính từ", "Counted from"),
    "counted": ("Được tính", "Counted"),
    "spread": ("Cách nhau", "Apart"),
    "what": ("Mục", "What"),
    "question_answer": ("Trả lời", "Answer"),
    "growth_unit": ("Tăng mỗi năm, theo đơn vị", "Growth a year, in the unit"),
    "remark": ("Ghi chú", "Remark"),
    "area": ("Địa bàn", "Area"),
    "year": ("Năm", "Year"),
    "value": ("Giá trị", "Value"),
    "flag": ("Cách hiểu", "How to read it"),
    "held": ("Số con số", "Figures held"),
    "agrees": ("Khớp", "Agrees"),
    "derived": ("Theo so sánh đã in", "By the printed comparison"),
    "printed_base": ("Đã in", "As printed itself"),
    "gap": ("Hai khoảng cách nhau", "Gap between the two ranges"),
    "no_plan": ("Hồ sơ không có kế hoạch hay mục tiêu nào.", "The record holds no plan or target."),
    "valued": ("Giá trị ({unit})", "Value ({unit})"),
    "ranked_up": ("Thứ hạng (1 = cao nhất)", "Rank (1 = highest)"),
    "ranked_down": ("Thứ hạng (1 = thấp nhất)", "Rank (1 = lowest)"),
    "derived_figure": ("suy ra", "derived"),
    "nothing": ("Hồ sơ không có con số nào để nêu ở đây.", "The record holds no figure to show here."),
    "whole_year": ("Cả năm", "Whole year"),
    "others_held": ("{number} chỉ tiêu khác", "{number} other indicators"),
    "prices": ("Giá", "Prices"),
    "method": ("Phương pháp", "Method"),
    "ratio": ("Tỷ số", "Ratio"),
    "class": ("Kết luận", "Class"),
    "classes": ("Kết luận có thể", "Classes allowed"),
    "stability": ("Độ ổn định", "Stability"),
    "chance": ("Khả năng đạt", "Chance"),
    "years": ("Các năm", "Years"),
    "growth": ("Tăng mỗi năm", "Growth a year"),
    "enough": ("Bằng mức cần", "As much as needed"),
    "speaks": ("Con số được chọn", "The figure that speaks"),
    "other": ("Con số khác", "The other"),
    "reason": ("Lý do", "Reason"),
    "note": ("Ghi chú (nguyên văn)", "Note (as written)"),
    "spending": ("Chi tiêu một lượt khách (nghìn đồng)", "Spending a visit (thousand VND)"),
    "rank": ("Thứ hạng", "Rank"),
    "caveat": ("Lưu ý", "Caveat"),
}
STATUSES = {
    "chosen": ("được chọn", "chosen"),
    "superseded": ("được thay thế", "superseded"),
    "conflicting": ("mâu thuẫn", "conflicting"),
    "out_of_scope": ("ngoài phạm vi", "out of scope"),
}
YES_NO = {True: ("có", "yes"), False: ("không", "no")}

# Why one figure speaks before another, and the other reasons of a status, as the record says them (patterns):
# the Vietnamese.
PRECEDENCE = {
    "the only figure for its area, indicator and period": "con số duy nhất của địa bàn, chỉ tiêu và thời kỳ này",
    r"first by precedence of (\d+) figures": r"đứng đầu theo thứ tự ưu tiên trong \1 con số",
    ", which do not all meet it": ", không phải con số nào cũng khớp với nó",
    r"the area ended on (\S+), before the year did: no figure of the whole year can be its own": r"địa bàn kết thúc ngày \1, trước khi hết năm: không có con số cả năm nào là của riêng nó",
    r"stands behind (\S+) \(([^)]*)\)": r"đứng sau \1 (\2)",
    r"does not meet (\S+) \(([^)]*)\)": r"không khớp với \1 (\2)",
    "the plan was raised": "kế hoạch đã được nâng",
    "an actual comes before a preliminary figure, and that before an estimate": "số thực hiện đứng trước số sơ bộ, số sơ bộ trước số ước tính",
    "statistics office and government come before press, press before other copies": "cơ quan thống kê và nhà nước đứng trước báo chí, báo chí trước các bản chép khác",
    "the later published comes first, undated last": "nguồn công bố sau đứng trước, không ghi ngày đứng cuối",
    "an exact figure comes before a bound": "số đúng đứng trước số chỉ nêu cận",
    "nothing in the record decides between them, so the first by figure_id": "không gì trong hồ sơ phân định được, nên lấy mã con số đứng trước",
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Names of the parts of a year: (Vietnamese, English).
PARTS = {
    "H1": ("6 tháng đầu năm {year}", "first half of {year}"),
    "H2": ("6 tháng cuối năm {year}", "second half of {year}"),
    "Q": ("quý {part}/{year}", "quarter {part} of {year}"),
    "M": ("tháng {part}/{year}", "{month} {year}"),
    "of": ("{part} tháng đầu năm {year}", "first {part} months of {year}"),
}

# What a figure became, in words: (Vietnamese, English).
BECAME = {
    "panel": ("bảng tổng hợp: {area} {year}, {column}", "panel: {area} {year}, {column}"),
    "targets": ("{kind}, {period}{goal}", "targets: {kind} for {period}{goal}"),
    "goal": (", mục tiêu {goal}", ", goal {goal}"),
    "derived": ("suy ra: {value}, {area} {period}", "derived: {value} for {area} {period}"),
    "agrees": ("phép đối chiếu {check}: khớp", "cross-check {check}: agrees"),
    "disagrees": ("phép đối chiếu {check}: không khớp", "cross-check {check}: does not agree"),
    "interval": ("{value} {unit} (từ {low} đến {high})", "{value} {unit} ({low} to {high})"),
    "no_number": ("không có số: {missing}", "no number: {missing}"),
    "row": ("{file}, dòng {row}", "{file}, row {row}"),
}


def became(key: str, *, lang: str, **parts: object) -> str:
    """What a figure became, in one language."""
    return BECAME[key][LANGUAGES.index(lang)].format(**parts)


# What a figure's way is told by: (Vietnamese, English).
TRACE = {
    "value_text": ("Nguyên văn", "As printed"),
    "unit_text": ("Đơn vị đã in", "Unit as printed"),
    "publisher": ("Nơi công bố", "Publisher"),
    "title": ("Tên bài", "Title"),
    "published": ("Ngày đăng", "Published"),
    "url": ("Địa chỉ", "Address"),
    "source_kind": ("Loại nguồn", "Kind of source"),
    "file": ("Chỗ trong data/raw", "Place in data/raw"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "area": ("Địa bàn", "Area"),
    "period": ("Thời kỳ", "Period"),
    "kind": ("Loại", "Kind"),
    "read_as": ("Đọc là", "Read as"),
    "qualifier": ("Cách in", "How it was printed"),
    "definition": ("Nội dung tính", "Definition"),
    "note": ("Ghi chú (nguyên văn)", "Note (as written)"),
    "became": ("Kết quả đối chiếu", "What became of it"),
    "reason": ("Lý do", "Reason"),
    "value": ("Giá trị", "Value"),
    "low": ("Thấp", "Low"),
    "high": ("Cao", "High"),
    "unit": ("Đơn vị", "Unit"),
    "denominator": ("Mẫu số", "Denominator"),
    "missing": ("Thiếu vì", "Missing because"),
    "locale": ("Lối viết số", "Way of writing numbers"),
    "status": ("Kết quả đối chiếu", "What became of it"),
    "vi": ("lối Việt", "Vietnamese"),
    "en": ("lối Anh", "English"),
}

# Why a cell of the scorecard is blank or is to be read with care: (Vietnamese, English).
SCORE_REASONS = {
    "": ("", ""),
    "no_actual": ("không nguồn nào in kết quả thực hiện", "no source prints an outcome"),
    "one_point": ("chỉ có một con số, không biết nhịp tăng", "one figure only: its pace can't be told"),
    "definitions_differ": (
        "kế hoạch và kết quả tính nội dung khác nhau",
        "plan and outcome count different things",
    ),
    "covid": (
        "mức đã tăng đi qua các năm dịch COVID-19",
        "the growth done runs through the years of COVID-19",
    ),
}

# The report: (Vietnamese, English). Names in braces are filled in by `report`, or by the page itself where a
# reader moves a slider.
REPORT = {
    "this_language": ("Tiếng Việt", "English"),
    "languages": ("Ngôn ngữ", "Language"),
    "skip": ("Đến nội dung chính", "Skip to the content"),
    "contents": ("Mục lục", "Contents"),
    "theme": ("Nền sáng hoặc tối", "Light or dark"),
    "brand": ("Huyện Bảo Yên, tỉnh Lào Cai", "Bảo Yên district, Lào Cai province"),
    "title": (
        "Bảo Yên: có đủ nhanh để đạt kế hoạch 2024 và mục tiêu 2025?",
        "Bảo Yên: fast enough for the 2024 plan and the 2025 goal?",
    ),
    # The finding: one clause an indicator, by what its pace is worth; then what the latest figures are.
    "short_income_per_capita": ("thu nhập", "income"),
    "short_yield_per_ha": ("giá trị sản phẩm trên một ha", "product value per hectare"),
    "short_tourist_visits": ("lượt khách du lịch", "tourist visits"),
    "short_tourism_revenue": ("doanh thu du lịch", "tourism revenue"),
    "finding_enough": (
        "{name} tăng đủ nhanh để đạt kế hoạch {year} ({done}/năm, cần {needed}{derived})",
        "{name} grew fast enough for the {year} plan ({done} a year, {needed} needed{derived})",
    ),
    "finding_short": (
        "{name} chưa đủ nhanh ({done}/năm, cần {needed}{derived})",
        "{name} grew too slowly ({done} a year, {needed} needed{derived})",
    ),
    "finding_mixed": (
        "{name} còn tùy {factors} ({done}/năm, cần {needed}{derived})",
        "for {name} it depends on {factors} ({done} a year, {needed} needed{derived})",
    ),
    "finding_derived": ("; mốc {base_year} là số suy ra", "; from a derived figure for {base_year}"),
    "finding_met": ("{name} đã đạt kế hoạch {year}", "{name} met the {year} plan"),
    "finding_missed": ("{name} chưa đạt kế hoạch {year}", "{name} missed the {year} plan"),
    "finding_unknown": ("{name} chưa có số liệu trước đó để so", "{name} has no earlier figure"),
    "finding_none": (
        "Không chỉ tiêu nào của kế hoạch có kết quả được in.",
        "No indicator of the plan has a printed outcome.",
    ),
    "deck": (
        "Con số mới nhất của huyện là của năm {years}. Không nguồn nào đã thu thập in kết quả năm {plan_year}, nên chưa thể nói kế hoạch đã đạt hay chưa.",
        "The district's latest figures are for {years}. None of the sources collected prints an outcome for {plan_year}, so whether the plan was met can't be said.",
    ),
    "record": (
        "Căn cứ: {figures} con số đã in trong {sources} nguồn. Không con số nào được nội suy, lấp chỗ trống hay lấy bình quân giữa các nguồn.",
        "Evidence: {figures} printed figures from {sources} sources. Nothing is interpolated, filled in or averaged across sources.",
    ),
    "touch": (
        "Chạm vào một con số để xem nguyên văn và nguồn.",
        "Touch any number for the printed words and their source.",
    ),
    "scorecard": ("Kế hoạch 2024", "The 2024 plan"),
    "score_lead": (
        "Kết quả mới nhất được in so với kế hoạch; vạch mảnh là khoảng mà con số đã in cho phép.",
        "The latest printed outcome as a share of the plan; the thin line is the range that the printed figure allows.",
    ),
    "whole_plan": ("100% kế hoạch", "100% of plan"),
    "against": ("{actual} ({year}); kế hoạch {plan}", "{actual} in {year}; plan {plan}"),
    "bar": ("{share} kế hoạch, khoảng từ {low} đến {high}", "{share} of plan, range {low} to {high}"),
    "pace_enough": ("Đủ nhanh", "Fast enough"),
    "pace_short": ("Chưa đủ nhanh", "Not fast enough"),
    "pace_mixed": ("Tùy {factors}", "Depends on {factors}"),
    "pace_met": ("Đã đạt", "Met"),
    "pace_missed": ("Chưa đạt", "Missed"),
    "pace_unknown": ("Không rõ nhịp tăng", "Pace not known"),
    "pace_rates": (
        "{done_years}: tăng {done} mỗi năm; {needed_years}: cần {needed}",
        "{done_years}: grew {done} a year; {needed_years}: needs {needed}",
    ),
    "pace_alone": ("{needed_years}: cần tăng {needed} mỗi năm", "{needed_years}: needs {needed} a year"),
    "base_derived": (
        "gốc {year} suy ra từ một so sánh đã in",
        "the {year} base is derived from a printed comparison",
    ),
    "without": (
        "{count} chỉ tiêu khác của kế hoạch không có kết quả được in",
        "{count} other indicators of the plan have no printed outcome",
    ),
    "whole_scorecard": ("Bảng đầy đủ của kế hoạch", "The plan in full, as a table"),
    "income": ("Thu nhập", "Income"),
    "yield": ("Giá trị sản phẩm trên một ha", "Product value per hectare"),
    "tourism": ("Du lịch", "Tourism"),
    "context": ("Bối cảnh", "Context"),
    "limits": ("Điều chưa thể nói", "What cannot be said"),
    "goal_limits": ("Điều chưa thể nói về mục tiêu 2025", "What cannot be said about the 2025 goal"),
    "chart_data": ("Số liệu: {name}", "Data: {name}"),
    "districts": ("{name}, các huyện", "{name}, districts"),
    "download": ("Tải CSV", "Download CSV"),
    "derived": ("suy ra", "derived"),
    "low": ("Thấp", "Low"),
    "high": ("Cao", "High"),
    "source_title": ("Tên bài", "Title"),
    "published": ("Ngày đăng", "Published"),
    "url": ("Địa chỉ", "Address"),
    # What if: what the page fills in from the sliders.
    "questions": ("Tính thử", "What if"),
    "questions_lead": (
        "Đây là số học, không phải dự báo: con số cuối cùng đã in, tăng đều mỗi năm theo mức chọn. Khoảng trong ngoặc là khoảng của con số đó, tính tiếp theo cùng mức tăng.",
        "This is arithmetic, not a forecast: the last printed figure, grown at one rate each year. The range in brackets is that figure's own, carried through at the same rate.",
    ),
    "questions_off": (
        "Phần này cần JavaScript. Mức tăng cần có để đạt kế hoạch đứng trong bảng đầy đủ của kế hoạch.",
        "This part needs JavaScript. The growth that the plan needed stands in the table of the plan.",
    ),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "growth": ("Tăng mỗi năm", "Growth a year"),
    "until": ("Đến năm", "Until"),
    "starts": (
        "Bắt đầu từ {value} {unit} (năm {since}); kế hoạch {plan_year} là {plan}.",
        "Starts from {value} {unit} in {since}; the {plan_year} plan is {plan}.",
    ),
    "value_head": ("Giá trị năm {year}", "Value in {year}"),
    "value_share": ("bằng {share} kế hoạch {plan_year}", "{share} of the {plan_year} plan"),
    "reach_head": ("Khi nào đạt mức kế hoạch", "When the plan's level is reached"),
    "reach_year": ("Năm {year}", "In {year}"),
    "reach_never": ("Không đạt trong {years} năm", "Not within {years} years"),
    "reach_after": ("sau {year}", "after {year}"),
    "needed_head": ("Cần tăng để đạt vào năm {year}", "Growth needed to reach it by {year}"),
    "needed_rate": ("{rate} mỗi năm", "{rate} a year"),
    "from_to": ("(từ {low} đến {high})", "({low} to {high})"),
    "plan_line": ("Kế hoạch {year}: {plan}", "{year} plan: {plan}"),
    # Sources and the panel of a number.
    "sources": ("Nguyên văn và nguồn", "Printed words and sources"),
    "sources_lead": (
        "Mỗi con số trong trang này dẫn về một dòng dưới đây. Số tính ra dẫn về các dòng mà nó được tính từ đó.",
        "Every number on this page leads to a line below. A computed number leads to the lines it was computed from.",
    ),
    "computed": ("Số tính ra", "Computed numbers"),
    "computed_from": ("Tính từ", "Computed from"),
    "read_as": ("đọc là {reading} {unit}", "read as {reading} {unit}"),
    "no_number": ("không có số", "no number"),
    "note": ("Ghi chú (nguyên văn)", "Note (as written)"),
    "close": ("Đóng", "Close"),
    "appendix": ("Phụ lục: toàn văn các sổ tính (bằng tiếng Anh)", "Appendix: the notebooks in full"),
    "appendix_lead": (
        "Lời và bảng như đã lưu; biểu đồ được thay bằng lời mô tả.",
        "Words and tables as stored; a chart is replaced by its description.",
    ),
    "chart": ("Biểu đồ", "Chart"),
}


def report_labels(*, lang: str) -> dict[str, str]:
    """The words of the report in one language."""
    return {name: pair[LANGUAGES.index(lang)] for name, pair in REPORT.items()}


def report(key: str, *, lang: str, **parts: object) -> str:
    """A sentence of the report in one language.

    >>> report("computed_from", lang="vi"), report("reach_year", lang="en", year=2024)
    ('Tính từ', 'In 2024')
    """
    return REPORT[key][LANGUAGES.index(lang)].format(**parts)


def definition(text: str, *, lang: str) -> str:
    """A definition as data/raw states it, or its Vietnamese."""
    return DEFINITIONS.get(text, text) if lang == "vi" else text


def precedence(text: str, *, lang: str) -> str:
    """Why one figure speaks before another, as the record says it, or its Vietnamese.

    >>> precedence("stands behind a-1 (70.6): the plan was raised", lang="vi")
    'đứng sau a-1 (70,6): kế hoạch đã được nâng'
    """
    for pattern, said in PRECEDENCE.items() if lang == "vi" else ():
        text = re.sub(pattern, said, text)
    numbers = str.maketrans(",.", ".,") if lang == "vi" else {}
    return re.sub(r"\([\d,.]+\)", lambda found: found[0].translate(numbers), text)


# What to mind in a cross-check, as the record says it (a pattern), and its Vietnamese.
CAVEATS = {
    r"sets (.+?) against ([^;]+)": r"so \1 với \2",
    "a definition is not stated on one side": "một bên không nêu nội dung tính",
}


def caveat(text: str, *, lang: str) -> str:
    """What to mind in a cross-check, as the record says it with its periods in words, or its Vietnamese.

    >>> caveat("sets 2024-10M against 2020; a definition is not stated on one side", lang="vi")
    'so 10 tháng đầu năm 2024 với 2020; một bên không nêu nội dung tính'
    """
    for pattern, said in CAVEATS.items() if lang == "vi" else ():
        text = re.sub(pattern, said, text)
    return periods(text, lang=lang)


def period(year: int, part: str, *, lang: str) -> str:
    """A period in words.

    >>> period(2022, "9M", lang="en"), period(2023, "M01", lang="vi"), period(2025, "Q1", lang="en"), period(2024, "", lang="vi")
    ('first 9 months of 2022', 'tháng 1/2023', 'quarter 1 of 2025', '2024')
    """
    if not part:
        return str(year)
    return PARTS[_part_key(part)][LANGUAGES.index(lang)].format(year=year, **_part_words(part))


def _part_key(code: str) -> str:
    return code if code in PARTS else "of" if code.endswith("M") else code[0]


def _part_words(code: str) -> dict[str, str]:
    number = code.strip("HMQ").lstrip("0")
    return {"part": number, "month": MONTHS[int(number) - 1]}


def part(code: str, *, lang: str) -> str:
    """A part of a year in words, without its year.

    >>> part("9M", lang="en"), part("Q1", lang="vi"), part("M08", lang="en")
    ('first 9 months', 'quý 1', 'August')
    """
    return re.sub(
        r"( of|/)?\s*$",
        "",
        PARTS[_part_key(code)][LANGUAGES.index(lang)].format(year="", **_part_words(code)),
    )


def periods(text: str, *, lang: str) -> str:
    """A text in which the codes of periods stand in words.

    >>> periods("2022-9M", lang="en"), periods("2024H1", lang="vi"), periods("2020-2025", lang="en")
    ('first 9 months of 2022', '6 tháng đầu năm 2024', '2020-2025')
    """
    return re.sub(
        r"\b(\d{4})-?([HQ]\d|M\d\d|\d{1,2}M)\b",
        lambda found: period(int(found[1]), found[2], lang=lang),
        text,
    )


def day(date, *, lang: str) -> str:
    """A day as it is written.

    >>> from datetime import date
    >>> day(date(2025, 6, 30), lang="vi"), day(date(2025, 6, 30), lang="en")
    ('30/6/2025', '30 June 2025')
    """
    return (
        f"{date.day}/{date.month}/{date.year}"
        if lang == "vi"
        else f"{date.day} {MONTHS[date.month - 1]} {date.year}"
    )


def finding(key: str, *, lang: str, **parts: object) -> str:
    """A sentence about what was found, in one language.

    >>> finding("gaps", lang="en", name="income", area="Bảo Yên", years="2023, 2024")
    'No source prints a full-year figure for income in Bảo Yên for 2023, 2024.'
    """
    return FINDINGS[key][LANGUAGES.index(lang)].format(**parts)


# Classes of the methods of measures.progress: (Vietnamese, English).
CLASSES = {
    "reached": ("đã đạt", "reached"),
    "on_track": ("đúng tiến độ", "on track"),
    "moderate": ("có tiến bộ, cần nhanh hơn", "progress made, to be faster"),
    "limited": ("tiến bộ ít", "limited progress"),
    "moving_away": ("đi ngược mục tiêu", "moving away"),
    "moderately_improving": ("cải thiện vừa phải", "moderately improving"),
    "stagnating": ("chững lại", "stagnating"),
    "decreasing": ("giảm sút", "decreasing"),
    "slightly_off": ("lệch ít", "slightly off track"),
    "far_off": ("lệch nhiều", "far off track"),
    "wrong_direction": ("sai hướng", "in the wrong direction"),
    "fair": ("tạm được, cần tăng tốc", "fair, acceleration needed"),
}

# Methods of measures.progress: (Vietnamese, English).
METHODS = {
    "cagr_ratio": ("tỷ số tốc độ tăng kép", "ratio of compound growth"),
    "linear_pace": ("nhịp tuyến tính", "linear pace"),
    "recent_pace": ("nhịp năm năm gần nhất", "pace of the last five years"),
    "extrapolated": ("kéo dài tốc độ tăng", "growth carried on"),
}

# Why a measure gives no answer, or what to know beside it: (Vietnamese, English).
REASONS = {
    "no_target": ("không có mục tiêu", "there is no target"),
    "year_held": (
        "con số mới nhất đã là của năm đó hoặc sau đó",
        "the latest figure is of that year or later",
    ),
    "base_derived": (
        "mốc so sánh là số suy ra từ một so sánh đã in",
        "the base is derived from a printed comparison",
    ),
    "base_inferred": (
        "năm của mốc so sánh là do người thu thập suy ra, nguồn không in",
        "the base's year was inferred when it was collected and is not printed",
    ),
    "end_inexact": ("một đầu là số ước tính hoặc số áng chừng", "one end is an estimate or a round number"),
    "ends_inexact": (
        "cả hai đầu là số ước tính hoặc số áng chừng",
        "both ends are estimates or round numbers",
    ),
    "one_point": (
        "chỉ có một số liệu để xét, không tính được nhịp",
        "only one figure can be used, so there is no pace to judge",
    ),
    "base_year_after_last": (
        "năm gốc sau số liệu cuối cùng nên không có mốc để so",
        "the base year lies after the last figure, so there is nothing to start from",
    ),
    "base_equals_target": (
        "giá trị gốc đúng bằng mục tiêu, không tính được tỷ số",
        "the base equals the target, so there is no ratio",
    ),
    "sign_change": (
        "giá trị đổi dấu hoặc không dương, không tính được tốc độ tăng",
        "values change sign or are not positive, so no growth rate runs between them",
    ),
    "zero_base": (
        "giá trị gốc bằng 0, không tính được tốc độ tăng",
        "the base is zero, so there is no growth rate",
    ),
    "zero_target": (
        "mục tiêu bằng 0, không tính được tốc độ tăng cần có",
        "the target is zero, so there is no needed growth rate",
    ),
    "too_few_consecutive_years": (
        "chưa đủ bốn số liệu trong sáu năm gần nhất",
        "fewer than four figures in the last six years",
    ),
    "growth_rate_indicator": (
        "chỉ tiêu là một tốc độ tăng: tốc độ tăng của nó không có nghĩa",
        "the indicator is a growth rate: a growth of it has no meaning",
    ),
    "definition_break": ("các con số tính theo nội dung khác nhau", "the figures count different things"),
    "definitions_mixed": (
        "có trộn các nội dung tính khác nhau, theo yêu cầu",
        "different definitions are mixed, as asked",
    ),
    "target_date_past": (
        "hạn của mục tiêu đã qua: xét đến hạn đó",
        "the target's date has passed: assessed at that date",
    ),
    "no_time_left": (
        "không còn năm nào từ số liệu cuối đến hạn của mục tiêu",
        "no year is left from the last figure to the target's date",
    ),
    "zero_replaced": (
        "số 0 được thay bằng 0,001 theo quy tắc đã công bố",
        "zero stands as 0.001, as the published rule has it",
    ),
    "no_price_level": ("chưa có mức giá của năm mục tiêu", "no price level is held for the target's year"),
    "no_figure": ("không có số liệu cho năm này", "no figure is held for this year"),
    "few_points": (
        "ít hơn năm số liệu: đọc khoảng dự phóng một cách dè dặt",
        "fewer than five figures: read the range with care",
    ),
    "too_few_for_chance": (
        "hai số liệu (du lịch: ba) là quá ít để nêu khả năng",
        "two figures (tourism: three) are too few to give a chance",
    ),
    "parts_exceed_whole": (
        "mỗi huyện đều tính lượt khách, nên cộng các huyện lớn hơn số của tỉnh",
        "each district counts a visitor, so the districts add up to more than the province",
    ),
    "no_case": (
        "không có trường hợp nào của tỉnh hay huyện khác trong cùng số năm",
        "no case of the province or another district over as many years",
    ),
    "definition_unstated": (
        "một trong hai con số không nêu nội dung tính",
        "one of the two figures does not state what it counts",
    ),
    "two_sources": (
        "hai nguồn khác nhau, không nguồn nào nêu nội dung tính",
        "two sources, neither of which states what it counts",
    ),
    "covid": ("đi qua các năm dịch COVID-19", "runs through the years of COVID-19"),
    "other_span": (
        "số năm khác với kế hoạch: không tính",
        "over other years than the plan left: not counted",
    ),
    "no_full_year": ("hồ sơ không có con số cả năm nào", "the record holds no full-year figure"),
    "derived": ("suy ra từ một so sánh đã in", "derived from a printed comparison"),
    "no_plan": ("hồ sơ không có kế hoạch hay mục tiêu nào", "the record holds no plan or target"),
    "no_year_in_common": (
        "doanh thu và lượt khách không có năm nào chung",
        "revenue and visits have no year in common",
    ),
    "no_such_part": (
        "tỉnh không có năm nào dùng được, có cả số của phần năm này lẫn số cả năm",
        "the province has no usable year with both this part and the whole year",
    ),
    "share_of_one": (
        "phần năm không nhỏ hơn cả năm: không dùng làm bằng chứng",
        "the part is not less than the whole year: no evidence",
    ),
}

# Answers of the measures: (Vietnamese, English). Names in braces are filled in by `sentence`.
ANSWERS = {
    "name": ("Chỉ tiêu", "The indicator"),
    "needed": (
        "{name}: từ {value} (năm {from_year}) lên {target} {unit} (năm {year}) cần tăng {percent}% mỗi năm{range}, tức mỗi năm {change} {unit}.",
        "{name}: from {value} in {from_year} to {target} {unit} in {year} takes {percent}% a year{range}, or {change} {unit} a year.",
    ),
    "needed_down": (
        "{name}: từ {value} (năm {from_year}) xuống {target} {unit} (năm {year}) cần giảm {percent}% mỗi năm{range}, tức mỗi năm {change} {unit}.",
        "{name}: from {value} in {from_year} down to {target} {unit} in {year} takes a fall of {percent}% a year{range}, or {change} {unit} a year.",
    ),
    "needed_done": (
        " Từ năm {base_year} ({base}) đã tăng {done_percent}% mỗi năm, tức mỗi năm {done_change}.",
        " From {base_year} ({base}) it has done {done_percent}% a year, or {done_change} a year.",
    ),
    "met": (
        "{name}: mục tiêu {target} {unit} đã đạt ({value}, năm {from_year}).",
        "{name}: the target of {target} {unit} is met ({value} in {from_year}).",
    ),
    "refused": ("{name}: {reason}.", "{name}: {reason}."),
    "reach": (
        "{name}: giữ nhịp đã có thì đạt {target} {unit} {pace_year}; dự phóng trung vị {projected_year} (khoảng 80%: {earliest_year} "
        "đến {latest_year}).",
        "{name}: at the past pace {target} {unit} is reached {pace_year}; median projection {projected_year} (80% "
        "range: {earliest_year} to {latest_year}).",
    ),
    "year": ("năm {year}", "in {year}"),
    "not_within": ("sau năm {year}", "after {year}"),
    "what_if": (
        "{name}: từ {value} (năm {from_year}), nếu tăng {percent}% mỗi năm thì năm {year} là {answer} {unit} (từ {low} đến {high}).",
        "{name}: from {value} in {from_year}, growth of {percent}% a year gives {answer} {unit} in {year} ({low} to {high}).",
    ),
    "compare": (
        "{name} năm {year}, {area}: {value} {unit}, bằng {percent}%{range} của {first}.",
        "{name} in {year}, {area}: {value} {unit}, {percent}%{range} of {first}.",
    ),
    "compare_first": (
        "{name} năm {year}, {area}: {value} {unit}.",
        "{name} in {year}, {area}: {value} {unit}.",
    ),
    "rank": (
        "{name} năm {year}: {area} ({value} {unit}) xếp thứ {rank} trong {areas} nơi có số liệu{range}.",
        "{name} in {year}: {area} ({value} {unit}) is number {rank} of {areas} with a figure{range}.",
    ),
    "range": (" (từ {low} đến {high}%)", " ({low} to {high}%)"),
    "rank_range": (
        " (từ {low} đến {high}, theo độ làm tròn)",
        " ({low} to {high}, as the figures are rounded)",
    ),
    "decompose": (
        "{title}: lượt khách {visits}; chi tiêu mỗi lượt {spending}.",
        "{title}: visits {visits}; spending a visit {spending}.",
    ),
    "decompose_all": (
        "Từ {start} đến {end}, doanh thu {revenue}, gần như toàn bộ là do lượt khách",
        "From {start} to {end} revenue {revenue}, about all of it from visits",
    ),
    "decompose_shared": (
        "Từ {start} đến {end}, doanh thu {revenue}, {share}% mức đó là do lượt khách (tính theo logarit)",
        "From {start} to {end} revenue {revenue}, {share}% of it from visits (in logs)",
    ),
    "decompose_apart": (
        "Từ {start} đến {end}, doanh thu {revenue}",
        "From {start} to {end} revenue {revenue}",
    ),
    "rose": ("tăng {percent}%", "rose {percent}%"),
    "fell": ("giảm {percent}%", "fell {percent}%"),
    "moved_unsettled": (
        "tăng hay giảm thì độ làm tròn của con số không cho biết (từ {low} đến {high}%)",
        "rose or fell, which the rounding of the figures does not tell ({low} to {high}%)",
    ),
    "visits_for": (
        "Doanh thu {target} tỷ đồng cần {answer} lượt khách (từ {low} đến {high}), theo mức chi mỗi lượt năm {from_year}.",
        "A revenue of {target} billion VND takes {answer} visits ({low} to {high}) at the spending a visit of {from_year}.",
    ),
    "verdict": (
        "Mục tiêu {target} năm {year}, {prices}, theo {method}: {class_} (tỷ số {ratio}; khoảng của số liệu cho phép: {classes}; "
        "độ ổn định {stability}).",
        "Target of {target} in {year}, {prices}, by {method}: {class_} (ratio {ratio}; the figures' intervals allow {classes}; "
        "stability {stability}).",
    ),
    "verdict_refused": (
        "Mục tiêu {target} năm {year}, {prices}, theo {method}: không xét ({reason}).",
        "Target of {target} in {year}, {prices}, by {method}: not judged ({reason}).",
    ),
    "reference_class": (
        "{name}: trong các trường hợp của tỉnh và các huyện khác trong cùng số năm ({years}), không thấy khác nội dung tính và không qua dịch COVID-19, {met} trong {cases} tăng bằng hoặc hơn mức cần {needed}% mỗi năm{list}.",
        "{name}: of the cases of the province and its other districts over as many years ({years}), not known to differ in definition and not through COVID-19, {met} of {cases} did as much as the needed {needed}% a year{list}.",
    ),
    "reference_class_empty": (
        "{name}: tỉnh và các huyện khác không có trường hợp nào so được trong cùng số năm ({years}), nên không thể nói nơi nào đã tăng bằng mức cần {needed}% mỗi năm.",
        "{name}: no like case of the province or its other districts over as many years ({years}), so whether any did the needed {needed}% a year can't be told.",
    ),
    "reference_list": (": {list}", ": {list}"),
    "reference_covid": (" Để riêng, vì qua dịch COVID-19: {list}.", " Set apart, through COVID-19: {list}."),
    "reference_definition_break": (" Khác nội dung tính: {list}.", " Of two definitions: {list}."),
    "reference_definition_unstated": (
        " Một đầu không nêu nội dung tính: {list}.",
        " One end not stating what it counts: {list}.",
    ),
    "reference_other_span": (" Trong số năm khác: {list}.", " Over other spans: {list}."),
    "no_case": (
        "{name}: không có trường hợp nào của tỉnh hay huyện khác trong cùng số năm.",
        "{name}: no case of the province or another district over as many years.",
    ),
    "province_inflation": (
        "Giá cả của tỉnh có thể tăng khác cả nước: {period}, tỉnh {province}%, cả nước {country}%.",
        "Prices in the province can rise differently from the country's: {period}, province {province}%, country {country}%.",
    ),
    "part_year": (
        "Ước cả năm {year}: khoảng {answer} {unit} (từ {low} đến {high}), theo tỷ trọng của {part} trong cả năm của tỉnh ({years}); là số "
        "mô hình, không phải số liệu.",
        "Whole of {year}: about {answer} {unit} ({low} to {high}), by the share that the {part} had in the province's years ({years}); modelled, not a figure.",
    ),
    "and_note": (" Lưu ý: {reason}.", " Note: {reason}."),
    "none": ("không có", "none"),
    "current": ("giá hiện hành nếu là tiền", "in current prices where money"),
    "constant": ("giá năm {year}", "in prices of {year}"),
}


def class_name(class_: str, *, lang: str) -> str:
    """A class of measures.progress in one language; "" for a refusal.

    >>> class_name("on_track", lang="vi"), class_name("on_track", lang="en")
    ('đúng tiến độ', 'on track')
    """
    return CLASSES[class_][LANGUAGES.index(lang)] if class_ else ""


def reason(codes: str, *, lang: str) -> str:
    """The words of one reason code, or of several joined by " + ".

    >>> reason("one_point", lang="en")
    'only one figure can be used, so there is no pace to judge'
    """
    return "; ".join(REASONS[code][LANGUAGES.index(lang)] for code in codes.split(" + ") if code)


def sentence(key: str, *, lang: str, **parts: object) -> str:
    """An answer as a sentence. Floats are written as `number` writes them, to one decimal; whole numbers
    (years, counts) as they are.

    >>> sentence("needed_done", lang="en", base_year=2020, base="32.67", done_percent=23.71, done_change=8.665)
    ' From 2020 (32.67) it has done 23.7% a year, or 8.7 a year.'
    """
    written = {
        name: _written(part, lang) if isinstance(part, float) else part for name, part in parts.items()
    }
    return ANSWERS[key][LANGUAGES.index(lang)].format(**written)


def _written(value: float, lang: str) -> str:
    return "∞" if math.isinf(value) else number(round(value, 1 if abs(value) < 1e5 else 0), lang=lang)


def flagged(value: float, flag: str, *, lang: str) -> str:
    """A value with the word of its bound: "at least 780", "khoảng 500.000".

    >>> flagged(780.0, "at_least", lang="vi"), flagged(66.0, "", lang="en")
    ('ít nhất 780', '66')
    """
    bounds = {
        "at_least": ("ít nhất", "at least"),
        "at_most": ("nhiều nhất", "at most"),
        "about": ("khoảng", "about"),
    }
    words = bounds.get(flag, ("", ""))[LANGUAGES.index(lang)]
    return f"{words} {number(round(value, 2 if abs(value) < 1e5 else 0), lang=lang)}".strip()
