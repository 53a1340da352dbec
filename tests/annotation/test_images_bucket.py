"""Pictures in object storage, spoken to with the real client over a real socket."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from annotation import images
from annotation.errors import NotFound
from annotation.images.bucket import Bucket
from tests.factories import picture

pytestmark = pytest.mark.django_db


class _Objects(BaseHTTPRequestHandler):
    """As much of the protocol as putting and getting takes."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        assert "aws-chunked" not in self.headers.get("Content-Encoding", "")
        self.server.objects[self.path] = self.rfile.read(length)
        self._answer(200, b"", 0)

    def do_HEAD(self) -> None:
        self._give(with_body=False)

    def do_GET(self) -> None:
        self._give(with_body=True)

    def _give(self, *, with_body: bool) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        found = self.server.objects.get(self.path)
        if found is None:
            self._answer(404, b"", 0)
        else:
            self._answer(200, found if with_body else b"", len(found))

    def _answer(self, status: int, body: bytes, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def bucket(settings):
    """The storages as the settings make them where a bucket is named."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Objects)
    server.objects, server.asked = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    entry = {
        "BACKEND": settings.BUCKET["BACKEND"],
        "OPTIONS": settings.S3_OPTIONS
        | {
            "bucket_name": "pictures",
            "endpoint_url": f"http://127.0.0.1:{server.server_port}",
            "region_name": "nowhere-1",
            "access_key": "key",
            "secret_key": "secret",
        },
    }
    settings.STORAGES = settings.STORAGES | {"originals": entry, "pictures": entry}
    yield server
    server.shutdown()
    server.server_close()


def content_of(opened) -> tuple[bytes, str]:
    file, media_type = opened
    with file:
        return file.read(), media_type


def test_a_picture_and_its_copies_lie_in_the_bucket_and_not_on_the_disk(
    bucket, settings
):
    image = images.store(picture())
    name = f"{image.sha256[:2]}/{image.sha256}"
    uses = ("original", "display", "small")
    assert set(bucket.objects) == {f"/pictures/{use}/{name}" for use in uses}
    assert bucket.objects[f"/pictures/original/{name}"] == picture()
    assert not settings.MEDIA_DIR.exists()


def test_what_was_put_in_comes_out(bucket):
    image = images.store(picture())
    assert content_of(images.open_original(image)) == (picture(), "image/png")
    display, media_type = content_of(images.open_display(image))
    assert media_type == "image/png"
    assert f"/pictures/display/{image.sha256[:2]}/{image.sha256}" in bucket.objects
    assert display in bucket.objects.values()


def test_a_path_is_a_file_of_this_machine_fetched_once(bucket):
    image = images.store(picture())
    assert image.original_path.read_bytes() == picture()
    asked = len(bucket.asked)
    assert image.original_path.read_bytes() == picture()
    assert len(bucket.asked) == asked


def test_a_lost_copy_is_made_again_and_a_lost_original_is_missing(bucket):
    image = images.store(picture())
    del bucket.objects[f"/pictures/{image.file_name(image.Use.SMALL)}"]
    assert content_of(images.open_small(image))[0]
    del bucket.objects[f"/pictures/{image.file_name(image.Use.ORIGINAL)}"]
    with pytest.raises(NotFound, match="missing"):
        images.open_original(image)


def test_settings_without_a_bucket_use_the_disk(settings):
    assert settings.S3_BUCKET == ""
    assert settings.STORAGES["originals"]["BACKEND"].endswith("Disk")
    assert settings.BUCKET["BACKEND"] == f"{Bucket.__module__}.{Bucket.__name__}"
