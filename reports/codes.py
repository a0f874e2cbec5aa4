"""The code of a paper: unguessable, and short enough to be typed from paper. Knows no row."""

import re
import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U, which are misread
LENGTH = 12  # 60 bits: at a thousand tries a second, half a code in ten million years
MISREAD = str.maketrans("OIL", "011")


def new() -> str:
    """A fresh code, as it is stored: "7K3MX0PQ9RTA"."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is printed: "7K3M-X0PQ-9RTA"."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read(typed: str) -> str:
    """What somebody meant who typed a code; what can be no code becomes one that no paper has: empty."""
    plain = re.sub(r"[\s\-\u2010-\u2015.]", "", typed[:60]).upper().translate(MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= set(SIGNS) else ""
