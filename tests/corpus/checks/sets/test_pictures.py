import hashlib
import io

from PIL import Image

from corpus.checks.sets import pictures


def picture(mode: str = "RGB", size: tuple[int, int] = (8, 6)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def messages(content: bytes, sha256: str = "", copy: bytes | None = None) -> list[str]:
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    found = list(pictures.check("7", content, sha256, copy))
    assert all((f.severity, f.keys) == ("block", ("7",)) for f in found)
    return [finding.message for finding in found]


def test_imported_picture_passes() -> None:
    assert messages(picture()) == []


def test_other_bytes_are_blocked() -> None:
    assert messages(picture(), "0" * 64) == ["These are not the imported bytes."]


def test_bytes_that_are_no_picture_or_half_of_one_are_blocked() -> None:
    for content in (b"<html>", b"", picture("RGB", (300, 300))[:120]):
        [message] = messages(content)
        assert message.startswith("The picture cannot be read")


def test_picture_too_large_is_blocked_before_it_is_read() -> None:
    for size in ((20_000, 2), (11_000, 11_000)):
        [message] = messages(picture("1", size))
        assert message == f"The picture is too large: {size[0]} x {size[1]}."


def test_copy_keeps_size_and_transparency() -> None:
    assert messages(picture("RGBA"), copy=picture("RGBA")) == []
    lost = "The copy has lost its size or its transparency."
    assert messages(picture("RGBA"), copy=picture("RGB")) == [lost]
    assert messages(picture(), copy=picture("RGB", (4, 3))) == [lost]
    [message] = messages(picture(), copy=b"no picture")
    assert message.startswith("The picture cannot be read")
