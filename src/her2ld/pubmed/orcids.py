"""ORCID identifiers: three spellings, one identifier, and a check digit that tells a mistyped one."""

import re

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII)
_MODULUS = 11
_TEN = "X"


def orcid(text: str) -> str | None:
    """Return the identifier in its one form, or None if it is none or its check digit (ISO 7064, mod 11-2) is wrong.

    >>> orcid("http://orcid.org/0000-0002-1825-0097"), orcid("0000000218250097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', '0000-0002-1825-0097', None)
    """
    match = _ORCID.fullmatch(text.strip())
    if not match:
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (1 - total) % _MODULUS
    if digits[-1] != (_TEN if expected == _MODULUS - 1 else str(expected)):
        return None
    return "-".join(match.groups()).upper()
