"""Stage 7, exporting: accepted decisions to a frozen, numbered release.

One snapshot of the database is read; files go to a folder beside the final one, are
checked and synced; one rename makes them visible, and the Release row is written last,
in the transaction that ends the job. Same state and same arguments, same bytes.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from annotation import jobs
from annotation.errors import Invalid
from annotation.models import Candidate, Control, Event, Image, Job, Project, User
from annotation.models import Item as ItemRow
from corpus.content import parse
from corpus.formats import manifest as manifests
from corpus.formats.release import ReleaseFacts, write_release
from corpus.licences import LicenceError, combined
from corpus.record import ReleaseItem
from quality import measuring
from quality.models import Decision, Release

BENCHMARK_KINDS = ("multiple_choice", "yes_no")
EPOCH = (1980, 1, 1, 0, 0, 0)
