"""Is this text a web address that a picture could be fetched from?"""

from __future__ import annotations

from urllib.parse import urlsplit

from corpus.sources.source import CellError

#: In bytes of UTF-8: a database looks addresses up, and its index has a limit.
MAX_ADDRESS = 2_048


def web_address(column: str, value: object) -> str:
    """`value` if it is an http or https address; raises CellError if not.

    Only the shape is judged. Whether the address may be called (private networks,
    redirects) is for whoever fetches it.
    """
    if not isinstance(value, str) or not value.strip():
        raise CellError(column, "there is no address")
    if len(value.encode(errors="replace")) > MAX_ADDRESS:
        raise CellError(column, f"the address is longer than {MAX_ADDRESS} bytes")
    # of all blanks, Python counts the space alone as printable
    if " " in value or not value.isprintable():
        raise CellError(column, "the address holds blanks or control characters")
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port != 0
    except ValueError:
        raise CellError(column, f"{value[:80]!r} is no web address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise CellError(column, f"{value[:80]!r} is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise CellError(column, "the address holds a user name or password")
    return value


def sha256_hex(column: str, value: object) -> str:
    """`value` in lower case if it is a SHA-256 in hex, "" if it is missing."""
    if value is None or value == "":
        return ""
    text = value.lower() if isinstance(value, str) else ""
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise CellError(column, "expected 64 hexadecimal digits")
    return text
