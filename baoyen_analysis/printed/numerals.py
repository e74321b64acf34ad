"""How a number is written: "1.234,5", "1 234", "１２" and "hai mươi mốt", in the Vietnamese habit and the
English one.

`printed_number` reads digits and refuses what fits no habit. `mended` brings a text into a form in which its
numbers can be cut out: footnote marks off, brackets resolved, numbers in words as digits."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from baoyen_analysis.printed.phrases import PLAIN_WORDS, WORDS, Doubt
from baoyen_analysis.printed.text import plain

_SPACES = " \u00a0\u2007\u2009\u202f"
# Cuts a text at its numbers. The first is fast, and enough for most texts; the second also knows digits
# grouped by spaces, and m2.
CUT = re.compile("([0-9][0-9.,]*)").split
NUMBER = re.compile(
    rf"((?<![mM])(?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)*))"
)
LONGEST = 30  # digits and marks of a printed number; a longer one is damage
_MARKED_YEAR = re.compile(
    r"[\s“”\"«»‘’]*(?:19\d\d|20\d\d|2100)\s?(?:[*†‡⁰¹²³⁴-⁹]+|[(\[](?:[1-9a-e]|\*+)[)\]])?[\s“”\"«»‘’]*"
)
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*|[1-9][0-9]{0,2}(?:,[0-9]{3})*").fullmatch


def printed_number(text: str, vi: bool, english: bool, thing: str) -> tuple[int, int]:
    """A printed number as an integer and its count of decimals.

    `vi` is the column's habit, `english` says that the words are English, `thing` what is counted or
    measured.

    >>> printed_number("1.234,5", True, False, "bare"), printed_number("83.5", True, False, "measured")
    ((12345, 1), (835, 1))
    """
    if len(text) > LONGEST:
        raise Doubt(f"more than {LONGEST} digits")
    if text.isdigit():
        if text[0] == "0" and (len(text) > 2 or text == "00"):
            raise Doubt("a number does not begin with 0")
        return int(text), 0
    comma = "," in text
    if comma and "." in text:  # two marks: the last is the decimal mark, whatever the habit
        whole, mark, part = text.rpartition("," if text.rfind(",") > text.rfind(".") else ".")
        if thing in ("counted", "đồng") and (len(part) > 2 or (mark == ",") != vi):
            raise Doubt("decimals of what is counted")
        return int(_grouped(whole, "." if mark == "," else ",") + _decimals(part)), len(part)
    mark = "," if comma else "."
    whole, _, part = text.partition(mark)
    if mark in part:
        return int(_grouped(text, mark)), 0
    if comma == vi and 0 < len(part) < 3 and (whole[0] != "0" or whole == "0"):
        return int(whole + part), len(part)
    if thing == "measured" and not vi:
        thing = "scaled"  # a decimal point with three digits after it is nothing unusual
    return _with_doubtful_mark(whole, _decimals(part), comma != vi, vi and english, thing)


def _grouped(text: str, mark: str) -> str:
    """The digits of a number in groups of three; a broken group is refused."""
    if not _GROUPS(text):
        raise Doubt("the groups of digits are broken")
    return text.replace(mark, "")


def _decimals(part: str) -> str:
    if not part:
        raise Doubt("a mark without digits after it")
    return part


def _with_doubtful_mark(whole: str, part: str, groups: bool, english: bool, thing: str) -> tuple[int, int]:
    """A number with one mark. `groups`: the mark is the one that groups digits in the column's habit."""
    if whole[0] == "0" and len(whole) > 1:
        raise Doubt("a number does not begin with 0")
    if len(part) == 3 and len(whole) <= 3 and whole != "0":
        if groups and (english or thing == "small"):  # 99.125%: there are no thousands of it
            raise Doubt("thousands or three decimals?")
        if (
            groups or english or thing in ("counted", "đồng")
        ):  # 150,000 đồng/kg: what is not divided has no three decimals
            return int(whole + part), 0
        if thing == "currency" or part.endswith("00") or thing == "measured":
            raise Doubt("thousands in the other habit, or three decimals?")
    elif groups and whole != "0" and (len(part) > 2 or thing in ("counted", "đồng")):
        raise Doubt("the groups of digits are broken")
    if len(part) == 4 and int(whole) <= 12 and 1900 <= int(part) <= 2100:
        raise Doubt("a month and a year")
    return int(whole + part), len(part)


def without_spaces(text: str, vi: bool) -> str:
    """A number whose digits are grouped by spaces in the marks of the habit; either mark is a decimal mark
    there.

    >>> without_spaces("1 234 567.8", True)
    '1.234.567,8'
    """
    if not re.search(r"\s", text):
        return text
    *groups, last = re.split(f"[{_SPACES}]", text)
    whole, mark, part = (*re.split("([.,])", last), "", "")[:3]
    if mark and len(part) == 3 and (mark == ".") == vi:
        raise Doubt("the groups of digits are broken")
    group, decimal = (".", ",") if vi else (",", ".")
    return group.join([*groups, whole]) + (mark and decimal) + part


def is_year(text: str) -> bool:
    """Four digits that may name a year, from 1900 to 2100."""
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100


def names_year(text: str) -> bool:
    """Whether a cell is a year and nothing else, quotes and footnote marks aside.

    >>> names_year(" 2022 (*)"), names_year("2.022")
    (True, False)
    """
    return is_year(text.strip()) or _MARKED_YEAR.fullmatch(text) is not None


# ---------------------------------------------------------------------------------------------------------
# Text that needs mending before it is cut.

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARK = r"\s?[*†‡]{1,3}|\s?[⁰¹²³⁴-⁹⁽⁾]+|\s?\(\*{1,3}\)"
# "(1)" after a space is a mark only after a word, a % or a decimal: "12 (5)" may be two numbers.
_NOTE = rf"{_MARK}|[(\[][1-9][)\]]"
_FOOTNOTE = re.compile(
    r"(?:(?:(?<=[.,]\d)|(?<=[.,]\d\d)|(?<=[.,]\d\d\d)|(?<=[^\W\d_]))\s[(\[][1-9][)\]]$"
    rf"|(?<=[^\W_])(?:{_NOTE}|\([a-e]\))|(?<=%)(?:{_NOTE}|\s[(\[][1-9][)\]]))(?!\s*[.,]?[0-9])"
)
_POWER = re.compile(r"(?<!\d)10[⁰¹²³⁴-⁹]|(?<![\d.,])\d{1,3}[⁰¹²³⁴-⁹]")
_INVISIBLE = re.compile("[\ufeff\u200b\u200e\u200f\u00ad\u2060]")
# A year or a part of one behind what a figure is compared with or a plan is for, and the year of prices:
# which one says nothing about the number.
_YEAR = r"(?:19|20)\d\d"
_TIME = (
    r"(?:(?:(?:cuối|đầu|giữa|hết) )?(?:quý|tháng) (?:[ivx]+|\d\d?)"
    rf"(?:(?: ?[/.-] ?| (?:của )?(?:năm )?){_YEAR})?"
    rf"|năm học {_YEAR} ?- ?{_YEAR}|\d\d? tháng(?: đầu| cuối)?(?: năm)?(?: {_YEAR})?"
    rf"|(?:(?:cuối|đầu|giữa|hết|năm|giai đoạn|thời kỳ|nhiệm kỳ|đến|vào) )*{_YEAR}(?: ?- ?{_YEAR})?)"
)
_TIME_OF_BASE = re.compile(
    r"(?i)\b((?:so(?: sánh)?(?: với)?|kế hoạch|dự toán|mục tiêu|chỉ tiêu|nghị quyết|cùng kỳ)"
    rf" (?:(?!với )[^\W\d_]+ ){{0,6}}?){_TIME}(?![\w%]|[.,/-]\d| ?(?:triệu|tỷ|tỉ|nghìn|%|đồng))"
)
_TIME_OF_BASE_EN = re.compile(
    r"(?i)\b(?:compared (?:to|with)|over|from|against|than)(?: in)?(?: the)?"
    rf"(?: year| same period| first half| end| figure| level)?(?: in| of)? {_YEAR}\s*\Z"
)
_PRICES = re.compile(
    r"(?i)\(?\b(?:(?:tính )?theo )?giá (?:so sánh|cố định|hiện hành|thực tế|ss)(?: năm)?"
    rf"(?: {_YEAR})?\b\)?"
    rf"|\(?\b(?:(?:at|in) )?(?:constant )?(?:{_YEAR}|current|constant)(?: constant)? prices\b\)?"
)
_PER_CENT = re.compile(r"(?i)(?<=\d)-(?=per)")  # a 7-percent drop
_NEGATIVE = re.compile(r"\(\s*([0-9]{3,}|[0-9]+[.,][0-9.,]*[0-9])\s*\)")
_UNIT_IN_BRACKETS = re.compile(r"(.*[0-9])\s*\(((?=.{2}|%)[^()0-9]+)\)")


def mended(text: str) -> str:
    """The text with footnote marks off, brackets resolved and numbers in words as digits.

    >>> mended("hai mươi mốt xã"), mended("12,5(1)"), mended("(1.234,5)"), mended("770,59 (Nghìn người)")
    ('21 xã', '12,5', '-1.234,5', '770,59 Nghìn người')
    """
    text = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).strip()
    if _POWER.search(text):
        raise Doubt("a power, or a footnote?")
    text = _PRICES.sub(" giá so sánh ", _INVISIBLE.sub("", unescape(text)))
    text = _TIME_OF_BASE_EN.sub("year-on-year", _TIME_OF_BASE.sub(r"\1§", text))
    text = _PER_CENT.sub(" ", text).strip('“”"«»‘’ ')
    text = re.sub(r"(?:(?<=[^\d\s])|(?<=[mM][23]))\s*[.,;!]$", "", text)
    text = _FOOTNOTE.sub("", text.replace("m²", "m2").replace("m³", "m3")).strip()
    negative = _NEGATIVE.fullmatch(text)
    if negative:
        return "-" + negative[1]
    in_brackets = _UNIT_IN_BRACKETS.fullmatch(text)
    if in_brackets:
        return f"{in_brackets[1]} {in_brackets[2]}"
    return text if re.search("[0-9]", text) else _in_digits(" ".join(text.lower().split()))


# ---------------------------------------------------------------------------------------------------------
# Numbers in words.

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS = {word: digit for digit, word in enumerate(_UNITS)}
_DIGITS["bẩy"] = 7
_PLAIN_DIGITS = {plain(word): digit for word, digit in _DIGITS.items()}
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "mot": 1, "tu": 4, "lam": 5}
_TEN, _TENS, _FIVE, _ZERO = ("mười", "muoi"), ("mươi", "muoi"), ("năm", "nam"), ("không", "khong")
_AFTER_ZERO = ("trăm", "tram", "phẩy", "phay")
_CARRIES_ON = {"linh", "lẻ", "đến", "tới", "dưới", "phẩy", "le", "den", "toi", "duoi", "phay", "-"}
_SCALES, _PLAIN_SCALES = (
    {phrase for phrase, entry in lexicon.items() if entry.kind == "scale"} | {"trăm", "tram"}
    for lexicon in (WORDS, PLAIN_WORDS)
)


def _in_digits(text: str) -> str:
    """Vietnamese numbers in words as digits, scales left as words: "một trăm linh năm" is "1 trăm linh 5".

    Only the first run of numbers and what carries it on are turned, so that "một năm" (a year) after a unit
    stays words."""
    text = re.sub(
        r"\b(?:một nửa|nửa|mot nua|nua)(?= (?:triệu|tỷ|tỉ|nghìn|vạn|trieu|ty|nghin)\b)",
        "không phẩy năm",
        text,
    )
    text = re.sub(r"\b(?:một nửa|nửa)\b", "một phần hai", text)
    text = re.sub(r"\bgấp đôi\b", "gấp hai lần", re.sub(r"\bgấp rưỡi\b", "gấp một phẩy năm lần", text))
    digits, scales = (_PLAIN_DIGITS, _PLAIN_SCALES) if text.isascii() else (_DIGITS, _SCALES)
    words = text.split()
    if (words[:1] in (["năm"], ["nam"]) and words[1:2] in ([], ["con"])) or words[:2] == [
        "ba",
        "con",
    ]:  # a year, of the tiger; plain bà con
        return text
    out: list[str] = []
    begun = False
    while words:
        word, follower = words[0], "".join(words[1:2])
        follows = bool(out) and (out[-1] in scales or out[-1] in _CARRIES_ON)
        if (
            word in _FIVE
            and follows
            and out[-1] in scales
            and follower not in scales
            and follower not in _TENS
        ):
            follows = False  # "một nghìn năm": a thousand years, or 1500 as it is said
        no_zero = word in _ZERO and follower not in _AFTER_ZERO
        if follows and word in ("tư", "mốt"):
            said, taken = str(_AFTER_TENS[word]), 1
        elif (word in digits or word in _TEN) and not no_zero and (follows or not begun):
            said, taken = _below_hundred(words, digits)
            begun = True
        else:
            said, taken = word, 1
        out.append(said)
        words = words[taken:]
    return re.sub(r"\b([0-9]+) (?:phẩy|phay) ([0-9]+)\b", r"\1,\2", " ".join(out))


def _below_hundred(words: list[str], digits: dict[str, int]) -> tuple[str, int]:
    """The number below a hundred that begins the words, and how many words it takes."""
    if words[0] in _TEN:
        tens, taken = 10, 1
    elif "".join(words[1:2]) in _TENS:
        tens, taken = digits[words[0]] * 10, 2
    else:
        return str(digits[words[0]]), 1
    last, units = "".join(words[taken : taken + 1]), _AFTER_TENS | digits
    if last in _FIVE or last in _ZERO or last not in units:
        return str(tens), taken
    return str(tens + units[last]), taken + 1
