import pytest

from corpus.formats.licences import LICENCES, hub_id, of_release, why_not
from corpus.formats.release import ReleaseError
from corpus.sources import READERS


@pytest.mark.parametrize(
    ("licences", "expression"),
    [
        (["CC-BY-4.0"], "CC-BY-4.0"),
        (["CC0-1.0"], "CC0-1.0"),
        (["CC0-1.0", "MIT"], "MIT"),
        (["ODC-BY-1.0", "CC-BY-4.0", "CC-BY-4.0"], "CC-BY-4.0 AND ODC-BY-1.0"),
        (["CC-BY-SA-4.0", "MIT"], "CC-BY-SA-4.0 AND MIT"),
        (["CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0"], "CC-BY-NC-SA-4.0"),
    ],
)
def test_mix_goes_out_under_all_its_licences(
    licences: list[str], expression: str
) -> None:
    assert why_not(licences) is None
    assert of_release(licences) == expression


@pytest.mark.parametrize(
    ("licences", "reason"),
    [
        ([], "There is no licence"),
        ([""], "A dataset without a licence cannot be released"),
        (["CC-BY-4.0", " "], "A dataset without a licence cannot be released"),
        (["proprietary"], "The licence 'proprietary' is not known"),
        (["cc-by-4.0"], "The licence 'cc-by-4.0' is not known"),
        (["LicenseRef-MME"], "its authors must approve every redistribution"),
        (["CC-BY-ND-4.0"], "allows no translation"),
        (
            ["CC-BY-NC-SA-4.0", "CC-BY-4.0"],
            "Works under CC-BY-NC-SA-4.0 cannot share a release with CC-BY-4.0",
        ),
        (["CC-BY-NC-SA-4.0", "CC0-1.0"], "cannot share a release with CC0-1.0"),
        (["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"], "cannot share a release"),
    ],
)
def test_gate_refuses_with_a_sentence(licences: list[str], reason: str) -> None:
    found = why_not(licences)
    assert found is not None
    assert reason in found
    with pytest.raises(ReleaseError, match=reason[:20]):
        of_release(licences)


@pytest.mark.parametrize("name", ["pixmo-cap", "mmbench"])
def test_licences_of_the_known_sources_pass(name: str) -> None:
    source = READERS[name]
    assert why_not([source.licence]) is None
    assert LICENCES[source.licence].url == source.licence_url


def test_hub_knows_single_licences_and_calls_a_mix_other() -> None:
    assert hub_id("ODC-BY-1.0") == "odc-by"
    assert hub_id("CC-BY-4.0 AND ODC-BY-1.0") == "other"
    assert hub_id("CC-BY-ND-4.0") == "other"
