"""Pictures in S3-compatible object storage."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from botocore.config import Config  # type: ignore[import-untyped]
from django.conf import settings
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from annotation.images.nearby import Nearby


class Bucket(S3Storage):  # type: ignore[misc]
    """A bucket, with a folder of this machine before it for those who need a path."""

    def get_default_settings(self) -> dict[str, Any]:
        # Sums that follow the body are more than many compatible stores can read.
        plain = Config(
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return {**super().get_default_settings(), "client_config": plain}

    def path(self, name: str) -> str:
        """A local file with these bytes: to be opened now, since it will not stay."""
        nearby = Nearby(settings.MEDIA_DIR / "nearby", settings.NEARBY_BYTES)
        return str(nearby.path(name, lambda: self._read(name)))

    def to_open(self, name: str) -> os.PathLike[str]:
        """What opens as the file of that name, and is fetched no sooner."""
        return _Remote(self, name)

    def _read(self, name: str) -> bytes:
        with self.open(name) as remote:
            content: bytes = remote.read()
        return content


@dataclass(frozen=True, slots=True)
class _Remote(os.PathLike[str]):
    bucket: Bucket
    name: str

    def __fspath__(self) -> str:
        return self.bucket.path(self.name)
