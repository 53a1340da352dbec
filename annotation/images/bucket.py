"""Pictures in S3-compatible object storage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botocore.config import Config  # type: ignore[import-untyped]
from django.conf import settings
from django.utils._os import safe_join
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from annotation.images.disk import write


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
        """A local file with these bytes. It may be deleted whenever nobody reads it."""
        local = Path(safe_join(settings.MEDIA_DIR, name))
        if not local.exists():
            with self.open(name) as remote:
                write(local, remote.read())
        return str(local)
