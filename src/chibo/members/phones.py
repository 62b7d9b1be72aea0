"""Telephone numbers as they are kept: digits alone, beginning with 0."""

import re


def phone_digits(text: str) -> str:
    """The digits of a Vietnamese number: "+84 912 345 678" and "0912.345.678" are 0912345678; "" when it is none."""
    digits = re.sub(r"[\s.()-]", "", text)
    if found := re.fullmatch(r"(?:\+|00)84(\d{8,10})", digits):
        digits = f"0{found[1]}"
    return digits if re.fullmatch(r"0\d{8,10}", digits) else ""
