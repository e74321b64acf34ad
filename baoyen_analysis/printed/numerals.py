"""How a number is written: "1.234,5", "1 234", "１２" and "hai mươi mốt", in the Vietnamese habit and the
English one.

`printed_number` reads digits and refuses what fits no habit. `mended` brings a text into a form in which its
numbers can be cut out: footnote marks off, brackets resolved, numbers in words as digits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

from baoyen_analysis.printed.phrases import PLAIN_WORDS, WORDS, Doubt
from baoyen_analysis.printed.text import patterns, plain, rewritten

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
_BROKEN = "the groups of digits are broken"
_NO_DIGITS = "a mark without digits after it"
_LEADING_ZERO = "a number does not begin with 0"


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
            raise Doubt(_LEADING_ZERO)
        return int(text), 0
    last = "," if "," in text and text.rfind(",") > text.rfind(".") else "."
    whole, mark, part = text.rpartition(last)
    if "," in whole or "." in whole:
        # Of several marks of one kind all group digits; of two kinds the last is the decimal mark.
        if mark in whole:
            whole, part = text, ""
        elif thing in ("counted", "đồng") and (len(part) > 2 or (mark == ",") != vi):
            raise Doubt("decimals of what is counted")
        elif not part:
            raise Doubt(_NO_DIGITS)
        if not _GROUPS(whole):
            raise Doubt(_BROKEN)
        return int(whole.replace(".", "").replace(",", "") + part), len(part)
    groups = (mark == ",") != vi
    if not groups and 0 < len(part) < 3 and (whole[0] != "0" or whole == "0"):
        return int(whole + part), len(part)
    if thing == "measured" and not vi:
        thing = "scaled"  # a decimal point with three digits after it is nothing unusual
    return _with_doubtful_mark(whole, part, groups, vi and english, thing)


def _with_doubtful_mark(whole: str, part: str, groups: bool, english: bool, thing: str) -> tuple[int, int]:
    """A number with one mark. `groups`: the mark is the one that groups digits in the column's habit."""
    if not part:
        raise Doubt(_NO_DIGITS)
    if whole[0] == "0" and len(whole) > 1:
        raise Doubt(_LEADING_ZERO)
    undivided = thing in ("counted", "đồng")
    if len(part) == 3 and len(whole) <= 3 and whole != "0":
        if groups and (english or thing == "small"):  # 99.125%: there are no thousands of it
            raise Doubt("thousands or three decimals?")
        if groups or english or undivided:  # 150,000 đồng/kg: what is not divided has no three decimals
            return int(whole + part), 0
        if thing in ("currency", "measured") or part.endswith("00"):
            raise Doubt("thousands in the other habit, or three decimals?")
    elif groups and whole != "0" and (len(part) > 2 or undivided):
        raise Doubt(_BROKEN)
    if is_year(part) and int(whole) <= 12:
        raise Doubt("a month and a year")
    return int(whole + part), len(part)


def without_spaces(text: str, vi: bool) -> str:
    """A number whose digits are grouped by spaces in the marks of the habit; either mark is a decimal mark
    there.

    >>> without_spaces("1 234 567.8", True)
    '1.234.567,8'
    """
    *groups, last = re.split(f"[{_SPACES}]", text)
    if not groups:
        return text
    whole, mark, part = (*re.split("([.,])", last), "", "")[:3]
    if len(part) == 3 and (mark == ".") == vi:
        raise Doubt(_BROKEN)
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
_POWER = re.compile(r"(?<!\d)10[⁰¹²³⁴-⁹]|(?<![\d.,])\d{1,3}[⁰¹²³⁴-⁹]")


def mended(text: str) -> str:
    """The text with footnote marks off, brackets resolved and numbers in words as digits.

    >>> mended("hai mươi mốt xã"), mended("12,5(1)"), mended("(1.234,5)"), mended("770,59 (Nghìn người)")
    ('21 xã', '12,5', '-1.234,5', '770,59 Nghìn người')
    """
    text = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).strip()
    if _POWER.search(text):
        raise Doubt("a power, or a footnote?")
    text = rewritten(unescape(text), "mended")
    return text if re.search("[0-9]", text) else _in_digits(" ".join(text.lower().split()))


# ---------------------------------------------------------------------------------------------------------
# Numbers in words.

_DIGITS = {word: int(digit) for word, _, digit in patterns("digit in words")}
_AFTER_TENS = ("mốt", "tư", "lăm", "nhăm")  # a digit after tens alone; mốt and tư also after a scale
_CARRIES_ON = re.compile("linh|lẻ|đến|tới|dưới|phẩy|le|den|toi|duoi|phay|-")


@cache
def _numbers_in_words(accents: bool) -> tuple[re.Pattern[str], dict[str, int]]:
    """The numbers below a hundred: the digit of the tens and the unit after it, or a digit alone, or one that
    only goes on."""
    values = {word if accents else plain(word): digit for word, digit in reversed(_DIGITS.items())}
    first = "|".join(word for word in values if word not in _AFTER_TENS)
    units = "|".join(word for word, digit in values.items() if digit and word not in ("năm", "nam"))
    tens = f"(?:mười|muoi|({first}) (?:mươi|muoi))(?: ({units}))?"
    return re.compile(rf"(?<!\S)(?:{tens}|({first})|(mốt|tư))(?!\S)"), values


def _in_digits(text: str) -> str:
    """Vietnamese numbers in words as digits, scales left as words: "một trăm linh năm" is "1 trăm linh 5".

    Only the first run of numbers and what carries it on are turned, so that "một năm" (a year) after a unit
    stays words."""
    text = rewritten(text, "in words")
    if re.match("(?:năm|nam)(?: con(?!\\S)|$)|ba con(?!\\S)", text):  # a year, of the tiger; plain bà con
        return text
    lexicon = PLAIN_WORDS if text.isascii() else WORDS
    pattern, values = _numbers_in_words(not text.isascii())
    begun = False

    def digits(found: re.Match[str]) -> str:
        nonlocal begun
        before, after = text[: found.start()].split(" ")[-2:-1], text[found.end() + 1 :].split(" ")[:1]
        scales = [
            word in ("trăm", "tram") or lexicon.get(word, ("",))[0] == "scale" for word in (*before, *after)
        ]
        tens, unit, alone, goes_on = found.groups()
        follows = bool(before) and (scales[0] or _CARRIES_ON.fullmatch(before[0]))
        if alone in ("năm", "nam") and before and scales[0] and not scales[-1]:
            follows = False  # "một nghìn năm": a thousand years, or 1500 as it is said
        no_zero = alone in ("không", "khong") and after not in (["trăm"], ["tram"], ["phẩy"], ["phay"])
        if no_zero or (not follows and (begun or goes_on)):
            return found[0]
        begun = begun or not goes_on
        one = alone or goes_on
        return str(values[one] if one else values.get(tens, 1) * 10 + values.get(unit, 0))

    return re.sub(r"\b([0-9]+) (?:phẩy|phay) ([0-9]+)\b", r"\1,\2", pattern.sub(digits, text))
