"""A file comes in under the terms of the source that it is of."""

from __future__ import annotations

import shutil

import pytest
from django.core.management import CommandError, call_command

from annotation import importing, jobs
from annotation.models import Dataset, Job
from tests.corpus.contents import SAMPLES

MME = SAMPLES / "MME" / "MME.tsv"


def test_a_file_of_another_source_is_refused(project, tmp_path):
    path = shutil.copy(MME, tmp_path / "pope.tsv")
    job = jobs.run(importing.ask(project=project, source="pope", path=str(path)).pk)
    assert job.state == Job.State.FAILED
    assert "the columns are those of mme" in job.error
    assert not Dataset.objects.exists()


def test_checking_a_file_as_another_source_says_what_it_is():
    with pytest.raises(CommandError, match="the columns are those of mme"):
        call_command("check_file", str(MME), source="pope")
