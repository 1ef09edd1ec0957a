"""Characters of symbol fonts (w:sym) as the Unicode characters that look like them.

Source: the tables of Unicode's mappings for Symbol (APPLE/SYMBOL.TXT) and Wingdings (L2/11-344);
here are those that office documents use. Codes are in the private area F000-F0FF or below.
"""

from __future__ import annotations

_WINGDINGS = {
    0x28: "☎",
    0x34: "✋",
    0x46: "☞",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
} | {0x81 + i: chr(ord("①") + i) for i in range(10)}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "□", 0x2A: "□"} | {
    0x6A + i: chr(ord("①") + i) for i in range(10)
}
_SYMBOL = {
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xA2: "′",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xD6: "√",
    0xE5: "∑",
    0x44: "Δ",
    0x57: "Ω",
    0x61: "α",
    0x62: "β",
    0x67: "γ",
    0x64: "δ",
    0x6C: "λ",
    0x6D: "μ",
    0x70: "π",
    0x73: "σ",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = 0xF000


def character(font: str, code: str) -> str:
    """Return what a symbol looks like; the character of the code where that is not known.

    `code` is hexadecimal as in w:char; empty for what is no code.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    low = number - _PRIVATE if _PRIVATE <= number < _PRIVATE + 0x100 else number
    known = _FONTS.get(font.lower(), {}).get(low)
    if known:
        return known
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE else ""
