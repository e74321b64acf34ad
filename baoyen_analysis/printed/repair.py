"""The repair of damaged letters in Vietnamese text, every repair reported. Pure.

What is repaired, in the words of the report's column `repair`:

| repair | damage | decided on |
| --- | --- | --- |
| composed | letters and marks apart (NFD) | the letter |
| pdf letter | ƣ for ư, a minus for ư inside a word, eth for đ | the letter |
| mojibake | UTF-8 read as another encoding | the cell, by ftfy with every other habit of it switched off |
| cp1258 | an ANSI page read as the Vietnamese one: "Ḥa B́nh", "Quảng Ngăi" | the word |
| tcvn3, vni | text of the fonts .Vn… and VNI-… | the font where it is said, else the whole column |
| term | letters lost to "?" or to their plain form | the cell: one of the caller's terms must fit |
| unrepaired: … | damage that is seen and not mended | |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import ftfy
import pandas as pd

from baoyen_analysis.printed.text import LETTERS, UNUSUAL, WORD, is_spelt, plain

REPORT_COLUMNS = ("position", "before", "after", "repair")

_UNSPELT = re.compile(r"(?i)[ăâêôơư](?:ch?|p|t)(?![^\W\d_])")
_LOST = re.compile(r"\?(?=[^\W\d_])(?!\w+=)|(?<=[^\W\d_])\?(?= [a-zà-ỹ])|\ufffd")
_TOKEN = re.compile(r"[^\s!-@\[-`{-~“”‘’–—…]+")

# TCVN 5712 as the fonts .Vn… hold it: the character read as Latin-1, then the letter.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
# VNI: some letters stand for themselves, the others are a plain vowel and a mark.
_VNI_LETTERS = str.maketrans("ñÑôÔöÖìÌíÍæÆóÓòÒîÎ", "đĐơƠưƯìÌíÍỉỈĩĨịỊỵỴ")
_VNI_MARKS = {
    **dict(zip("ùøûõï", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)),
    **dict(
        zip(
            "âáàåãä",
            ("\u0302" + tone for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")),
            strict=True,
        )
    ),
    **dict(
        zip(
            "êéèúüë",
            ("\u0306" + tone for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")),
            strict=True,
        )
    ),
}
_VNI_PAIR = re.compile(f"(?i)([aeouyôö])([{''.join(_VNI_MARKS)}])")

_PDF_LETTERS = str.maketrans("ƣƢðÐƉɖ", "ưƯđĐĐđ")
# No syllable is longer than these letters; −ớc: only ư begins so.
_PDF_MINUS = re.compile(r"[^\W\d_]{1,9}\u2212[^\W\d_]{1,9}|(?<!\w)\u2212[ơờớởỡợ][^\W\d_]{0,9}")
# Letters of the ANSI page that the Vietnamese page (1258) reads as a mark on the letter before, or as another
# letter.
_CP1258_MARKS = {"\u0301": "ì", "\u0300": "Ì", "\u0323": "ò", "\u0309": "Ò"}
_CP1258_LETTERS = str.maketrans("ăĂơƠưƯ", "ãÃõÕýÝ")
_MARKED_CONSONANT = re.compile("(?i)(?<=[bcdđghklmnpqrstvx])[\u0300\u0301\u0309\u0323]")
_MOJIBAKE = re.compile("á[»º]|Ã[\u00a0-\u00bf]|Ä‘|ß[║╗]")
_SPACED_A_GRAVE = re.compile(r"([^\W\d_]{0,9})Ã ([^\W\d_]{0,9})")
_MOJIBAKE_ONLY = ftfy.TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False)
_ENOUGH_FOR_COLUMN, _ENOUGH_TO_SAY = (
    4,
    2,
)  # different words that are spelt right once decoded, and were not before


def repair(
    texts: pd.Series | Sequence, *, font: str = "", terms: Iterable[str] = ()
) -> tuple[pd.Series | list, pd.DataFrame]:
    """One column of text with its damaged letters mended, and a report.

    Good text never changes; nothing is guessed.

    Parameters
    ----------
    texts : pandas.Series or list
        What is not text stays as it is.
    font : str
        The font's name where it is known (".VnTime", "VNI-Times").
    terms : iterable of str
        Names that may stand in the column, against which lost letters are mended.

    Returns
    -------
    tuple
        The column, and a DataFrame with one row a step: position (of the index, or counted from 0), before,
        after, repair. Damage that is seen and not mended has `after` equal to `before`.

    Examples
    --------
    >>> cells = ["Phƣờng Đông Lƣơng", "đ−ợc", "−5,3", "C? NU?C", "B¶o Yªn"]
    >>> mended, report = repair(cells, terms=["Cả nước"])
    >>> mended, list(report["repair"])[:3]
    (['Phường Đông Lương', 'được', '−5,3', 'CẢ NƯỚC', 'B¶o Yªn'], ['pdf letter', 'pdf letter', 'term'])
    >>> report["repair"].iloc[-1]
    'unrepaired: may be TCVN3; give the whole column or the font'
    """
    cells, steps = repaired(list(texts), font, terms)
    if not isinstance(texts, pd.Series):
        return cells, pd.DataFrame(steps, columns=list(REPORT_COLUMNS))
    positions = list(texts.index)
    steps = [(positions[place], *step) for place, *step in steps]
    kind = texts.dtype if isinstance(texts.dtype, pd.StringDtype) else object
    mended = pd.Series(cells, index=texts.index, name=texts.name, dtype=kind) if steps else texts
    return mended, pd.DataFrame(steps, columns=list(REPORT_COLUMNS))


def repaired(cells: list, font: str = "", terms: Iterable[str] = ()) -> tuple[list, list[tuple]]:
    """The cells mended in their list, and the rows of the report of `repair`, counted from 0."""
    terms = [unicodedata.normalize("NFC", term) for term in terms]
    written = [cell for cell in cells if isinstance(cell, str)]
    report: list[tuple] = []
    if font or terms or _needs_a_look("\n".join(written)):
        legacy = _legacy_of_font(font) or _legacy_of_words(written, enough=_ENOUGH_FOR_COLUMN)
        cp1258 = any(
            _MARKED_CONSONANT.search(unicodedata.normalize("NFD", text))
            for text in written
            if not text.isascii()
        )
        readings = _lossy_readings(terms)
        for place, cell in enumerate(cells):
            for step in _steps(cell, legacy, font, cp1258, readings) if isinstance(cell, str) else ():
                report.append((place, *step))
                cells[place] = step[1]
    return cells, report


def _steps(text: str, legacy: str, font: str, cp1258: bool, readings: dict) -> Iterator[tuple[str, str, str]]:
    """The repairs of one cell, in their order: before, after, repair."""
    repairs = {
        legacy: lambda text: _from_legacy(text, legacy, font),
        "mojibake": _from_mojibake,
        "composed": lambda text: unicodedata.normalize("NFC", text),
        "cp1258": lambda text: WORD.sub(_from_cp1258, text) if cp1258 else text,
        "pdf letter": lambda text: _PDF_MINUS.sub(_minus_to_letter, text.translate(_PDF_LETTERS)),
    }
    done = []
    for repair_name, mend in repairs.items() if not text.isascii() else ():
        before, text = text, mend(text)
        if text != before:
            done.append(repair_name)
            yield before, text, repair_name
    terms = _terms_that_fit(text, readings)
    if len(terms) == 1 and terms != {text}:
        yield text, "".join(terms), "term"
    elif problem := _unrepaired(text, legacy if legacy in done else "", terms):
        yield text, text, f"unrepaired: {problem}"


def _unrepaired(text: str, decoded: str, terms: set[str]) -> str:
    """What is still wrong with a cell; "" where nothing is seen."""
    if _LOST.search(text):
        remedy = f"{' and '.join(sorted(terms))} both fit" if terms else "give terms to mend them by"
        return f"letters were lost; {remedy}"
    if decoded:
        spelt = all(word.isascii() or is_spelt(word) for word in _TOKEN.findall(text))
        return "" if spelt else f"letters were lost before {decoded} was decoded"
    if legacy := _legacy_of_words([text], enough=_ENOUGH_TO_SAY) or _legacy_of_letters(text):
        return f"may be {legacy.upper()}; give the whole column or the font"
    return "read in a wrong encoding" if _MOJIBAKE.search(text) else ""


def _needs_a_look(text: str) -> bool:
    return bool(UNUSUAL.search(text) or _LOST.search(text) or _UNSPELT.search(text))


def _from_vni(text: str) -> str:
    paired = _VNI_PAIR.sub(lambda pair: pair[1].translate(_VNI_LETTERS) + _VNI_MARKS[pair[2].lower()], text)
    return unicodedata.normalize("NFC", paired.translate(_VNI_LETTERS))


# VISCII (RFC 1456), read as Latin-1.
_VISCII = str.maketrans(
    dict(
        zip(
            map(chr, (2, 5, 6, 20, 25, 30, *range(128, 256))),
            "ẲẴẪỶỸỴẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
            "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
            strict=True,
        )
    )
)
_LEGACY = {
    "tcvn3": lambda text: text.translate(_TCVN3),
    "vni": _from_vni,
    "viscii": lambda text: text.translate(_VISCII),
}


def _legacy_of_font(font: str) -> str:
    return {".vn": "tcvn3", "vni": "vni"}.get(font.lower()[:3], "")


def _legacy_of_words(texts: Iterable[str], *, enough: int) -> str:
    """The encoding by which the misspelt words become spelt: of at least `enough` words, and three for each
    that it spoils."""
    words = {word for text in texts if not text.isascii() for word in _TOKEN.findall(text)}
    doubtful = [word for word in words if not word.isascii() and max(word) < "\u0100" and not is_spelt(word)]
    found = [
        (mended - spoilt, name)
        for name, mended, spoilt in _decoded(doubtful)
        if mended >= max(enough, 3 * spoilt)
    ]
    return max(found, default=(0, ""))[1]


def _decoded(words: list[str]) -> Iterator[tuple[str, int, int]]:
    """How many of the words that an encoding changes it mends, and how many it spoils."""
    for name, decode in _LEGACY.items():
        spelt = [is_spelt(decode(word)) for word in words if decode(word) != word]
        yield name, sum(spelt), len(spelt) - sum(spelt)


def _legacy_of_letters(text: str) -> str:
    """The encoding that a cell with a letter foreign to Vietnamese may be in: it spells at least as many
    words as it spoils."""
    words = [
        word for word in _TOKEN.findall(text) if len(word) > 2 and max(word) < "\u0100" and not is_spelt(word)
    ]
    if not any(map(UNUSUAL.search, words)):
        return ""
    return next((name for name, mended, spoilt in _decoded(words) if mended >= max(spoilt, 1)), "")


def _from_legacy(text: str, legacy: str, font: str) -> str:
    """The text decoded, unless it holds letters that only Unicode has, or decoding spoils more words than it
    mends."""
    if not legacy or any(letter > "\u00ff" and letter in LETTERS for letter in text):
        return text
    decoded = _LEGACY[legacy](text)
    if not font and sum(map(is_spelt, _TOKEN.findall(decoded))) < sum(map(is_spelt, _TOKEN.findall(text))):
        return text
    # A font whose name ends in H shows the small letters' codes as capitals.
    return decoded.upper() if legacy == "tcvn3" and font.upper().endswith("H") else decoded


def _from_mojibake(text: str) -> str:
    if not UNUSUAL.search(text) or not (_MOJIBAKE.search(text) or ftfy.is_bad(text)):
        return text
    fixed = ftfy.fix_encoding(_SPACED_A_GRAVE.sub(_close_up, text), _MOJIBAKE_ONLY)
    return fixed if len(UNUSUAL.findall(fixed)) < len(UNUSUAL.findall(text)) else text


def _close_up(word: re.Match) -> str:
    """The second byte of à, a no-break space that had become a space: "LÃ o" is one word, "HÃ Nam" is two."""
    return word[1] + "Ã\xa0" + ("" if is_spelt(word[1] + "à" + word[2]) else " ") + word[2]


def _from_cp1258(word: re.Match) -> str:
    marked = _MARKED_CONSONANT.sub(lambda mark: _CP1258_MARKS[mark[0]], unicodedata.normalize("NFD", word[0]))
    tried = unicodedata.normalize("NFC", marked)
    readings = (word[0], tried, tried.translate(_CP1258_LETTERS))
    return next((reading for reading in readings if is_spelt(reading)), word[0])


def _minus_to_letter(word: re.Match) -> str:
    mended = word[0].replace("\u2212", "ư")
    return mended if is_spelt(mended) else word[0]


def _lossy_readings(terms: Iterable[str]) -> dict[int, list[tuple[re.Pattern, str]]]:
    """By length: what each term looks like once saved in an ANSI page, which keeps à but turns ả into "?" and
    ĩ into "i"."""
    readings: dict[int, list] = {}
    for term in {form for plain_term in terms for form in (plain_term, plain_term.upper())}:
        letters = (
            f"[?{plain(c).upper() if c.isupper() else plain(c)}]"
            if c > "\u00ff" and c in LETTERS
            else re.escape(c)
            for c in term
        )
        readings.setdefault(len(term), []).append((re.compile("".join(letters)), term))
    return readings


def _terms_that_fit(text: str, readings: dict) -> set[str]:
    """The terms that a damaged cell may be. Plain ASCII without "?" is no damage: it may be English."""
    if text.isascii() and "?" not in text:
        return set()
    fitting = {
        term for pattern, term in readings.get(len(text), ()) if pattern.fullmatch(text) or term == text
    }
    return {text} if text in fitting else fitting
