"""The phrases a printed figure is made of, in Vietnamese and English: bounds, scales, things counted and
measured, money, fillers.

Each phrase has a kind, which is one letter, and a meaning. The grammar is written in these letters: "hơn 66
triệu đồng/năm" is b N s M L t. Longer phrases win over shorter ones. Words without diacritics are looked up
in a table of their own, which leaves out what falls together there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Doubt(Exception):
    """Why a text is not read as a figure; the public functions add the text."""


class Token(NamedTuple):
    """A phrase of a text. `kind`: a letter of the tables here, N a number (its `meaning` is its place among
    the numbers), m a minus before the first number, w a word and ? a mark that no table holds."""

    kind: str
    meaning: object
    words: str


# Phrases with a meaning: {meaning: phrases}. A blank meaning is the phrase itself.
_QUALIFIERS = {
    "gt": "hơn|quá|lớn hơn|hơn mức|trên mức|vượt quá|more than|over|above|exceeding|surpassing|greater than|>",
    "ge": "ít nhất|ít nhất là|tối thiểu|tối thiểu là|thấp nhất|thấp nhất là|không dưới|không ít hơn|không thấp hơn|không kém"
    "|không nhỏ hơn|lớn hơn hoặc bằng|hơn hoặc bằng|bằng hoặc hơn|bằng hoặc lớn hơn|at least|not less than|no less than|≥|⩾|> =",
    "lt": "dưới|dưới mức|chưa đến|chưa tới|chưa đầy|chưa đạt|không đến|không tới|không đầy|nhỏ hơn|less than|under|below|fewer than|<",
    "le": "không quá|chưa quá|không vượt quá|tối đa|tối đa là|nhiều nhất|nhiều nhất là|cao nhất|cao nhất là|không hơn|không cao hơn|không lớn hơn|không nhiều hơn|không trên"
    "|nhỏ hơn hoặc bằng|at most|up to|not more than|no more than|≤|< =",
    "near": "gần|non|ngót|ngót nghét|gần tới|gần đến|nearly|almost|close to",
    "about": "khoảng|khỏang|vào khoảng|xấp xỉ|xấp xỉ khoảng|trên dưới|suýt soát|tầm|chừng|độ chừng|khoảng chừng|áng chừng|ước chừng"
    "|quanh mức|xung quanh|cỡ|hơn kém|trong khoảng|about|around|approximately|approx|roughly|some|~|∼|≈",
}
_SCALES = {
    10: "chục",
    100: "trăm|hundred",
    10**3: "nghìn|ngàn|k|thousand|thous",
    10**4: "vạn",
    10**6: "triệu|tr|million|mill|mn|mil",
    10**9: "tỷ|tỉ|billion|bill|bn",
    10**12: "trillion",
}
# Things that are counted one by one, and things that are measured: a dot before one or two digits is a
# misprint in the first.
_COUNTED = {
    "visits": "lượt|lượt khách|lượt du khách|lượt người|lượt khách du lịch|lượt khách tham quan|khách|du khách|khách du lịch|turns"
    "|visits|visitors|tourists|arrivals|visitor arrivals|tourist arrivals|tourist visits",
    "persons": "người|nhân khẩu|khẩu|người dân|dân|đầu người|capita|pers|people|persons|person|inhabitants|residents",
    "communes": "xã|communes|commune",
    "targets": "chỉ tiêu|targets",
    "households": "hộ|hộ dân|hộ gia đình|hộ nghèo|hộ cận nghèo|households|household",
    "": "xã , phường|xã , thị trấn|xã , phường , thị trấn|huyện , thị xã|huyện , thành phố|huyện , thị xã , thành phố|xã phường"
    "|phường|thị trấn|huyện|tỉnh|tỉnh thành|tỉnh , thành|tỉnh , thành phố|thành phố|thôn|bản|thôn bản|thôn , bản|ấp|làng"
    "|tổ|tổ dân phố|căn|căn nhà|căn hộ|ngôi nhà|nhà|công trình|dự án|doanh nghiệp|hợp tác xã|htx|nhiệm vụ|nội dung"
    "|mục tiêu|nhóm chỉ tiêu|hội viên|cơ sở|đơn vị|trường|trường học|lớp|học sinh|sinh viên|giáo viên|trẻ|trẻ em|bé trai"
    "|bé gái|nam|nữ|phụ nữ|cán bộ|đảng viên|bác sĩ|bác sỹ|giường|giường bệnh|lao động|việc làm|trạm|trạm y tế|bệnh viện"
    "|con|con trâu|con bò|con lợn|đàn|cây|gốc|sản phẩm|mô hình|trang trại|cửa hàng|chợ|thanh niên|bệnh nhân|đại biểu"
    "|hành khách|đồng bào|trâu|bò|gia trại|nhà hàng|tòa nhà|toà nhà|hồ sơ|hội nghị|cuộc|buổi|phần quà|ô tô|xe máy"
    "|container|mỏ|công ty|tổng công ty|công nhân|công chức|công an|công dân|mẫu xét nghiệm|mẫu nước|điểm trường|sao"
    "|văn bản|văn phòng|cầu|buồng|phòng|xe|chiếc|cái|thuê bao|máy|lượt hộ|lượt xe|gia đình|suất|đợt|vụ|vụ việc"
    "|trường hợp|ca|tổ chức|câu lạc bộ|di tích|lễ hội|homestay|nhà nghỉ|khách sạn|điểm du lịch|bộ|cuốn|thành viên",
}
_MEASURED = {
    "tonnes": "tấn|tonnes|tonne|tons|ton",
    "ha": "ha|hecta|hécta|héc ta|héc-ta|hectares|hectare",
    "criteria": "tiêu chí|criteria",
    "m2": "m2|m²|mét vuông",
    "m3": "m3|m³|mét khối",
    "km2": "km2|km²",
    "times": "lần|times",
    "": "kg|tạ|kw|gwh|kv|cây số|yến|gam|lít|km|m|mét|cm|mm|cm2|cm²|kwh|mw|sào|mẫu|công|tuổi|bao|thùng|lạng|chỉ vàng|cây vàng|điểm|độ|° c|độ c",
}
_MONEY = {
    "VND": "đồng|đ|₫|vnđ|vnd|đồng việt nam|dongs|dong",
    "USD": "usd|us $|$|đô la|đô-la|đôla|đô la mỹ|đô-la mỹ|dollars|us dollars",
    "EUR": "eur|euro|€",
    "CNY": "nhân dân tệ|ndt|cny",
}
_PERCENT = {
    "%": "%|% %|phần trăm|per cent|percent|pct",
    "‰": "‰|phần nghìn|phần ngàn",
    "percentage points": "% điểm|điểm phần trăm|điểm %|percentage points|percentage point",
}
_TIMES_OF = {
    "year": "năm|year|annum",
    "month": "tháng|month",
    "quarter": "quý|quarter",
    "day": "ngày|ngày công|day",
}
_FRACTIONS = dict(
    enumerate(
        [
            "phần hai",
            "phần ba",
            "phần tư",
            "phần năm",
            "phần sáu",
            "phần bảy",
            "phần tám",
            "phần chín",
            "phần mười",
        ],
        start=2,
    )
)
_RANKS = {
    "rank": "xếp thứ|đứng thứ|xếp hạng|xếp hạng thứ|vị trí thứ|xếp vị trí thứ|xếp ở vị trí thứ|đứng ở vị trí thứ|đứng vị trí thứ",
    "grade": "hạng|thứ hạng",
    "ordinal": "thứ",
}
_AFTER = {"ge": "trở lên|hoặc hơn|or more|and above", "le": "trở xuống|hoặc ít hơn|or less"}
_LEVELS = {"down": "còn|xuống|xuống còn|xuống mức|chỉ còn|còn lại", "up": "lên|lên mức|lên thành"}
_TABLES = {
    "b": _QUALIFIERS,
    "O": {"gt": "trên"},
    "a": _AFTER,
    "s": _SCALES,
    "M": _MONEY,
    "p": _PERCENT,
    "t": _TIMES_OF,
    "q": _FRACTIONS,
    "k": _RANKS,
    "R": _LEVELS,
    "C": _COUNTED,
    "U": _MEASURED,
}
# Phrases whose kind says all; of two places the first holds.
_WITHOUT_MEANING = {
    # fillers say nothing about the number: an estimate (ước) is no bound
    "f": "đã|chỉ|chỉ có|mới có|đúng|ước|ước tính|ước có|ước thực hiện|là|ở mức|đạt mức|đạt tốc độ|đạt giá trị|bình quân|trung bình|bình quân mỗi năm"
    "|bình quân hằng năm|bình quân hàng năm|trung bình mỗi năm|tổng|tổng cộng|tổng số|có|gồm|cả|với|giá|tương đương|dự kiến|phấn đấu|đủ"
    "|tốc độ|duy trì|duy trì ở mức|giữ ổn định|dao động|kinh phí|tổng vốn đầu tư|tổng mức đầu tư|trị giá|giá bán|thu hút|đón|đón được|lên tới|lên đến|được|vào mức|estimated|estimated at|an estimated|estimated to be|reached|reaching"
    "|reaches|a total of|total|is|was|worth|:",
    "V": "đạt|chỉ đạt|mới đạt|mới chỉ đạt|ước đạt|đạt được|đạt tới|dự kiến đạt|phấn đấu đạt|hoàn thành|đã hoàn thành|đã đạt|đạt và vượt|thực hiện"
    "|thực hiện được",
    "E": "bằng|chiếm|chỉ bằng|chiếm tới|chiếm tỷ lệ|chiếm tỷ trọng|equal to",
    # what the figure is about, where it stands before the number
    "S": "tỷ lệ hộ nghèo|tỉ lệ hộ nghèo|tỷ lệ nghèo|tỷ lệ|tỉ lệ|tỷ trọng|doanh thu|tổng doanh thu|doanh thu du lịch|thu nhập"
    "|thu nhập bình quân|thu nhập bình quân đầu người|bình quân đầu người|grdp bình quân đầu người|dân số|diện tích|tổng diện tích"
    "|sản lượng|năng suất|giá trị sản xuất|tổng giá trị|thu ngân sách|tốc độ tăng trưởng|tăng trưởng|tổng lượng khách|lượng khách"
    "|số hộ nghèo|số khách",
    "F": "từ|from|between",
    "T": "đến|tới|to|and|cho đến",
    "D": "-",
    ",": ",",
    "d": "giảm|giảm được|giảm thêm|giảm nhẹ|giảm mạnh|giảm sâu|giảm nhanh|sụt giảm|hạ|down|down by|fell|fell by|decreased|decreased by",
    "u": "tăng|tăng thêm|tăng nhẹ|tăng mạnh|tăng nhanh|tăng trưởng đạt|tăng bình quân|nâng|+|up|up by|rose|rose by|increased|increased by"
    "|grew by",
    "A": "âm|minus",
    "x": "gấp|tăng gấp|cao gấp",
    "g": "cao hơn|nhiều hơn|higher",
    "v": "vượt|vượt mốc|vượt mức|vượt ngưỡng|vượt con số|đạt và vượt mốc",
    "L": "/",
    "P": "mỗi|một|hằng|hàng|trên mỗi|trên một|bình quân mỗi|tính trên|per|a|each|every|/ một|/ mỗi",
    "o": "trong|trong số|trong tổng số|trên tổng số|trên tổng|of|out of|of the",
    "y": "phần",
    "l": "linh|lẻ",
    "h": "rưỡi|rưởi",
    "z": "so với cùng kỳ|so với cùng kỳ năm trước|so với cùng kỳ năm ngoái|so cùng kỳ|so cùng kỳ năm trước|so với năm trước|so năm trước"
    "|so với năm ngoái|so với đầu năm|so với kế hoạch|so với kế hoạch năm|so kế hoạch|year on year",
    "e": "cả nước|toàn quốc|toàn tỉnh|toàn huyện|toàn vùng|tổng số|số|dân số|diện tích|tổng diện tích|kế hoạch|kế hoạch năm|kh|kh năm"
    "|cùng kỳ|cùng kỳ năm trước|cùng kỳ năm ngoái|số xã|số hộ|tổng số hộ|tổng thu|tổng sản phẩm|của cả nước|của tỉnh|của huyện|cả tỉnh|quy mô|gdp|grdp",
    "w": "đạt chuẩn|đạt chuẩn quốc gia",  # what a noun may take along, as any word that no table holds
    # words that change a number or start another thought: never part of a unit
    "!": "hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|nhăm|trừ"
    "|và|nữa|thêm|so|so với|cho|khi|nếu|hoặc|hay|nhưng|không|chưa|hết|nhất|hơn nữa|vẫn|nay|trước|sau|lại|trở đi|tháng"
    "|quý|năm ngoái|năm nay|năm trước|đầu|cuối|nửa|vài|mấy|nhiều|các|những|hàng chục|not|or|in|on|at|by|for|since|until|last"
    # words that turn a number's sign or make it a bound
    "|thấp|hụt|sụt|bớt|ít|thiếu|lỗ|kém|lower|less|fewer|decrease|drop|decline|reduction|fall|loss|contraction|shortfall|off|short"
    "|negative|max|maximum|min|minimum|plus|respectively",
}

# What a rate is per, in the singular.
PER = {
    "visits": "visit",
    "persons": "person",
    "communes": "commune",
    "households": "household",
    "tonnes": "tonne",
    "đầu người": "person",
    "capita": "person",
    "head": "person",
}
SIGNED_UNITS = ("", "%", "‰", "percentage points", "index")  # may be below 0; everything else is a quantity
ENGLISH = {
    "million",
    "billion",
    "thousand",
    "trillion",
    "hundred",
    "more",
    "less",
    "fewer",
    "nearly",
    "almost",
    "about",
    "around",
    "over",
    "above",
    "under",
    "below",
    "least",
    "most",
    "per",
    "percent",
    "pct",
    "cent",
    "hectares",
    "hectare",
    "visitors",
    "tourists",
    "arrivals",
    "people",
    "dongs",
    "thous",
    "mill",
    "bill",
    "turns",
    "visits",
    "from",
    "between",
    "up",
    "down",
    "tonnes",
    "tons",
}
# In text without diacritics some words fall together; these keep one meaning there, all other clashes are
# refused.
_LEFT_OPEN = ("tram", "van", "bang", "qua")  # trạm or trăm, văn or vạn, bảng or bằng, qua or quá
_PLAIN_MEANING = dict(
    pair.split("=")
    for pair in [
        "tu=từ",
        "nam=năm",
        "gia=giá",
        "ca=cả",
        "ti=tỉ",
        "den=đến",
        "la=là",
        "tan=tấn",
        "con=con",
        "tam=tầm",
        "mot=một",
        "ha=ha",
        "to=to",
        "a=a",
    ]
)

_WORD = re.compile(r"(?:k|c)?m[23²³]|[^\W\d_]+|\.\.+|\S")
_LONGEST = 7  # words of a phrase that is looked up


def fold(text: str) -> str:
    """The text without diacritics, as it is typed on a plain keyboard.

    >>> fold("trên 66 triệu đồng")
    'tren 66 trieu dong'
    """
    return "".join(
        c for c in unicodedata.normalize("NFD", text.replace("đ", "d")) if not unicodedata.combining(c)
    )


def _cut(phrases: str) -> Iterable[str]:
    """The phrases of a cell of the tables, as a text is cut."""
    return (" ".join(_WORD.findall(phrase)) for phrase in phrases.split("|"))


def _lexicon() -> dict[str, tuple[str, object]]:
    """Every phrase of the tables with its kind and meaning."""
    known = {}
    for kind, table in _TABLES.items():
        for meaning, phrases in table.items():
            known |= {phrase: (kind, meaning or phrase) for phrase in _cut(phrases)}
    for kind, phrases in _WITHOUT_MEANING.items():
        known = dict.fromkeys(_cut(phrases), (kind, "")) | known
    return known


def _plain_lexicon() -> dict[str, tuple[str, object]]:
    """The same phrases without diacritics; phrases of different meaning that fall together are left out, save
    `_PLAIN_MEANING`."""
    plain: dict[str, set] = {}
    for phrase, entry in WORDS.items():
        plain.setdefault(fold(phrase), set()).add(entry)
    known = {
        phrase: entries.pop()
        for phrase, entries in plain.items()
        if len(entries) == 1 and phrase not in _LEFT_OPEN
    }
    known |= {phrase: WORDS[meant] for phrase, meant in _PLAIN_MEANING.items()}
    return known | {
        word: WORDS[word] for word in ("còn", "hạng", "hạ", "trăm", "vạn")
    }  # as `_told_apart` leaves them


WORDS = _lexicon()
PLAIN_WORDS = _plain_lexicon()

_DASHES_AND_SPACES = str.maketrans(
    dict.fromkeys("‐‑‒–—−－÷", "-") | {"ð": "đ"} | dict.fromkeys("\xa0\u2007\u2009\u202f\t\n\r", " ")
)
_CAPITAL_M = re.compile(r"\s?M(?![\w²³])")
_BEFORE_A_NUMBER = re.compile(r"\b(con|hang|ha)\b")
_TEN_THOUSAND = re.compile(r"\A\s*van(?=\s*\Z|\s+(?:luot|khach|du khach|nguoi|dan|ho|tan|ha|usd|cay)\b)")
_HUNDRED = re.compile(r"\A\s*tram(?= (?:nghin|ngan|trieu|ty|ti|le|linh)\b)")
_SHORT = re.compile(r"\b(tr|thous|mill|mil|bill|approx)\s?\.\s?")
_MONEY_SHORT = re.compile(r"\b(tr)\s?([đd])(?![^\W\d_])")


@lru_cache(maxsize=4096)
def _uniform(piece: str) -> str:
    """The words between two numbers: NFC, lower case, one kind of dash and space, abbreviations without their
    dot."""
    piece = unicodedata.normalize("NFC", piece).lower().translate(_DASHES_AND_SPACES)
    if "." in piece:
        piece = _SHORT.sub(r"\1 ", piece)
    return _MONEY_SHORT.sub(r"\1 \2", piece)


def _told_apart(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces of a text without diacritics, with the accents of words that their place beside a number
    leaves no doubt about.

    >>> _told_apart(("giam con ", " tram ", " trieu con"))
    ('giam còn ', ' trăm', ' trieu con')
    """
    head = _BEFORE_A_NUMBER.sub(lambda found: {"con": "còn", "hang": "hạng", "ha": "hạ"}[found[1]], pieces[0])
    between = [" trăm" if piece.strip() == "tram" else piece for piece in pieces[1:-1]]
    return (
        head,
        *(_HUNDRED.sub(" trăm", _TEN_THOUSAND.sub(" vạn", piece)) for piece in (*between, pieces[-1])),
    )


def tokens(pieces: tuple[str, ...]) -> list[Token]:
    """The phrases of a text that is cut at its numbers.

    >>> [(token.kind, token.words) for token in tokens(("hơn ", " triệu đồng"))]
    [('b', 'hơn'), ('N', '#'), ('s', 'triệu'), ('M', 'đồng')]
    """
    if any(_CAPITAL_M.match(piece) for piece in pieces[1:]):
        raise Doubt("M: metres, or millions?")
    pieces = tuple(map(_uniform, pieces))
    if pieces[-1][-1:] in ".,;" and pieces[-1][-2:-1].isalpha():  # the sentence's mark
        pieces = (*pieces[:-1], pieces[-1][:-1])
    lexicon = WORDS
    if all(map(str.isascii, pieces)):
        lexicon, pieces = PLAIN_WORDS, _told_apart(pieces)
    found = _phrases(_WORD.findall(pieces[0]), lexicon)
    if pieces[0].endswith("-"):
        found[-1] = Token("m", "-", "-")
    for number, piece in enumerate(pieces[1:]):
        found.append(Token("N", number, "#"))
        found += _phrases(_WORD.findall(piece), lexicon)
    return found


def _phrases(words: list[str], lexicon: dict[str, tuple[str, object]]) -> list[Token]:
    """Words as the longest phrases that are known."""
    found, start = [], 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            if phrase in lexicon:
                break
        kind, meaning = lexicon.get(phrase) or ("w" if phrase.isalpha() else "?", phrase)
        found.append(Token(kind, meaning, phrase))
        start += length
    return found
