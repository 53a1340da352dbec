"""Where the demonstration is not part of the installation."""

from __future__ import annotations

import pytest

from annotation import demonstrating
from annotation.errors import ConcordError
from annotation.models import Project


def test_an_installation_without_the_demonstration_says_so(db, monkeypatch):
    monkeypatch.setattr(demonstrating, "PACKAGE", "demonstration_left_out")
    with pytest.raises(ConcordError, match="leaves out the demonstration"):
        demonstrating.load(lambda line: None)
    assert not Project.objects.exists()
