"""Names that others give us lead nowhere: nothing is written or read outside."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotation import enrolling, importing, jobs
from annotation.errors import Invalid
from annotation.models import Image, Job
from corpus.checks import VERSION
from corpus.content import Caption
from corpus.record import Picture, Record
from quality import exporting
from quality.models import Decision, Release
from tests.corpus.sources.files import TEXTS, lines, parquet
from tests.factories import (
    make_candidate,
    make_dataset,
    make_item,
    make_project,
    picture,
)

#: Each of them is the name of something: a picture, a dataset, a key, a file.
NAMES = [
    "..",
    ".",
    "../secret.png",
    "../../secret.png",
    "../" * 30 + "etc/passwd",
    "images/../../secret.png",
    "./../secret.png",
    "....//....//secret.png",
    "..\\secret.png",
    "..\\..\\windows\\system32\\config",
    "C:\\secret.png",
    "C:secret.png",
    "\\\\server\\share\\secret.png",
    "/etc/passwd",
    "//etc/passwd",
    "~/secret.png",
    "$HOME/secret.png",
    "%2e%2e%2fsecret.png",
    "..%2fsecret.png",
    "%00.png",
    "a\x00.png",
    "a\nb.png",
    "a\r\nSet-Cookie: b.png",
    "\u202egnp.terces",
    "\uff0e\uff0e\uff0fsecret.png",
    "CON",
    "NUL.png",
    "aux.txt",
    "LPT1",
    "name.",
    "name ",
    "-rf",
    "*",
    "a:b.png",
    "x" * 300 + ".png",
    "\u00e9" * 150 + ".png",
    ".git/config",
    ".draft-1",
    "",
]
DEVICES = {"CON", "PRN", "AUX", "NUL"} | {
    f"{d}{n}" for d in ("COM", "LPT") for n in "123"
}
#: What no picture of ours looks like: seeing its hash anywhere means it was read.
SECRET = picture("black", (333, 111))


@pytest.fixture
def world(tmp_path, settings):
    """A folder in which everything happens, and what lies outside of ours in it."""
    (tmp_path / "secret.png").write_bytes(SECRET)
    mirror = tmp_path / "mirror"
    (mirror / "below").mkdir(parents=True)
    (mirror / "good.png").write_bytes(picture("green"))
    (mirror / "below" / "secret.png").write_bytes(SECRET)
    return tmp_path


def tree(folder) -> dict[str, bytes | str]:
    """All below it: files with their bytes, links with where they lead."""
    return {
        str(path.relative_to(folder)): os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else "folder"
        for path in sorted(folder.rglob("*"))
    }


def outside(world, *ours: str) -> dict[str, bytes | str]:
    """What is there besides the folders of ours."""
    return {
        name: content
        for name, content in tree(world).items()
        if PurePosixPath(name).parts[0] not in ours
    }


def secret_was_read() -> bool:
    return Image.objects.filter(width=333).exists()


def addressed(project, names, mirror):
    """Import pictures under these last parts of an address."""
    rows = [
        Record(
            key=f"row-{n}",
            content=Caption("A bus."),
            picture=Picture(url=f"https://pictures.example/{name}"),
        )
        for n, name in enumerate(names)
        if "\x00" not in name  # no reader lets it through, and Postgres holds none
    ]
    dataset = make_dataset(project)
    return importing.import_rows(dataset=dataset, rows=rows, mirror=mirror)


def test_a_mirror_gives_only_files_that_lie_in_it(project, world):
    before = outside(world, "media")
    report = addressed(project, [*NAMES, "good.png"], world / "mirror")
    assert report.refused == 0
    (taken,) = Image.objects.filter(state=Image.State.STORED)
    assert taken.url.endswith("/good.png")
    assert outside(world, "media") == before


def test_links_in_a_mirror_do_not_lead_out_of_it(project, world):
    mirror = world / "mirror"
    links = {
        "out.png": "../secret.png",
        "absolute.png": str(world / "secret.png"),
        "far.png": "below/../../secret.png",
        "twice.png": "out.png",
        "below.png": "below/secret.png",
        "loop.png": "loop.png",
        "nowhere.png": "nothing.png",
        "folder.png": "..",
        "device.png": "/dev/zero",
        "inside.png": "good.png",
    }
    for name, target in links.items():
        (mirror / name).symlink_to(target)
    os.mkfifo(mirror / "pipe.png")
    report = addressed(project, [*links, "pipe.png"], mirror)
    assert report.refused == 0
    assert [image.url for image in Image.objects.filter(state="stored")] == [
        "https://pictures.example/inside.png"
    ]
    assert not secret_was_read()


def test_a_mirror_may_be_a_link_itself(project, world):
    (world / "linked").symlink_to(world / "mirror")
    addressed(project, ["good.png"], world / "linked")
    assert Image.objects.get().state == Image.State.STORED


def test_a_huge_file_in_a_mirror_is_refused_without_being_read(project, world):
    with (world / "mirror" / "huge.png").open("wb") as file:
        file.write(SECRET)
        file.truncate(2**40)
    report = addressed(project, ["huge.png", "good.png"], world / "mirror")
    assert report.added == 1
    assert "larger than 20 MiB" in report.errors[0]


def test_the_file_names_of_json_lines_stay_in_the_folder_of_the_file(project, world):
    home = world / "mirror"
    rows = [
        {
            "key": f"row-{n}",
            "kind": "caption",
            "content": {"caption": "A bus."},
            "image": {"file": name},
        }
        for n, name in enumerate([*NAMES, "good.png"])
    ]
    file = lines(home, rows)
    before = outside(world, "media")
    job = imported(project, "concord", file)
    assert job.result["refused"] == len(NAMES)
    assert Image.objects.get().width == 320
    assert outside(world, "media") == before


def imported(project, source, path, **arguments) -> Job:
    terms = {"licence": "CC0-1.0", "attribution": "us"}
    job = importing.ask(
        project=project, source=source, path=str(path), **terms, **arguments
    )
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return ended


def test_addresses_of_a_parquet_file_read_nothing_but_the_mirror(project, world):
    rows = [
        {"image_url": url, "caption": "A bus.", "transcripts": []}
        for name in NAMES
        for url in (name, f"file:///{name}", f"https://pictures.example/{name}")
    ]
    file = parquet(world, rows, transcripts=TEXTS)
    before = outside(world, "media")
    mirror = world / "mirror"
    imported(project, "pixmo-cap", file, images=str(mirror))
    assert not Image.objects.filter(state=Image.State.STORED).exists()
    assert outside(world, "media") == before


def test_an_upload_is_kept_where_uploads_are_kept(
    lena, project, world, logged_in, settings
):
    before = outside(world, "incoming")
    client, address = logged_in(lena), reverse("imports", args=["demo"])
    for name in NAMES:
        upload = SimpleUploadedFile("x.tsv", b"index\n")
        upload.__dict__["_name"] = f"{name}.tsv"  # what a parser of ours let through
        fields = {"name": "a", "revision": "1", "licence": "MIT", "attribution": "us"}
        client.post(address + "?source=mmbench", fields | {"file": upload})
    kept = sorted(settings.INCOMING_DIR.rglob("*"))
    assert Job.objects.count() == len([path for path in kept if path.is_file()]) > 25
    assert not [path for path in kept if path.is_symlink() or not is_plain(path.name)]
    assert {len(path.relative_to(settings.INCOMING_DIR).parts) for path in kept} <= {
        1,
        2,
    }
    assert outside(world, "incoming") == before


def test_a_project_has_a_plain_code_or_none(db, world):
    made = []
    for code in NAMES:
        try:
            made.append(enrolling.create_project(code=code, name="A", languages=["de"]))
        except Invalid:
            continue
    assert all(is_plain(project.code) for project in made)
    assert {project.code for project in made} <= {"CON", "LPT1", "-rf"}


def is_plain(name: str) -> bool:
    """One part of a path, the same on every system, that no shell takes apart."""
    return (
        0 < len(name) <= 120
        and all(c.isascii() and (c.isalnum() or c in "._-@") for c in name)
        and not name.startswith(".")
        and not name.endswith(".")
    )


def hostile_items(project, kind) -> int:
    """Accepted items whose dataset, key, group and columns have these names."""
    names = [name[:200] for name in NAMES if name and "\x00" not in name]
    for name in dict.fromkeys(names):
        dataset = make_dataset(project, name=name[:80], revision=name[:60])
        item = make_item(
            project,
            kind,
            dataset=dataset,
            key=name,
            group=name,
            upstream={"image": {"path": name}, "split": name, name: name},
            image_url=f"https://pictures.example/{name}"[:200],
        )
        accept(make_candidate(item, "de", open_slots=False))
    return len(set(names))


def accept(candidate) -> None:
    Decision.objects.create(
        candidate=candidate,
        policy=candidate.project.policy,
        outcome="accepted",
        reason="3 of 3 accept it as it is",
        content_json=candidate.content_json,
        evidence="0" * 64,
        checks=VERSION,
    )


def released(project, design, **choices) -> Release:
    job = exporting.ask(project=project, design=design, languages=["de"], **choices)
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return Release.objects.get(pk=ended.result["release"])


def strange(names) -> list[str]:
    """Members of an archive, or files of a release, that are not relative and plain."""
    return [
        name
        for name in names
        if PureWindowsPath(name).drive
        or PurePosixPath(name).is_absolute()
        or not all(is_plain(part) for part in name.split("/"))
        or {part.split(".")[0].upper() for part in name.split("/")} & DEVICES
    ]


FORMATS = ("parquet", "messages", "llava", "webdataset")


@pytest.mark.parametrize(
    ("design", "kind", "choices"),
    [
        ("training", "caption", {"formats": FORMATS, "test_share": 0.5}),
        ("benchmark", "yes_no", {}),
    ],
)
def test_a_release_of_hostile_names_has_plain_ones(world, db, design, kind, choices):
    project = make_project()
    wanted = hostile_items(project, kind)
    before = outside(world, "releases", "media")

    release = released(project, design, **choices)

    assert release.items == wanted
    files = [p.relative_to(release.folder) for p in release.folder.rglob("*")]
    assert strange(file.as_posix() for file in files) == []
    assert not [path for path in release.folder.rglob("*") if path.is_symlink()]
    with zipfile.ZipFile(release.archive) as packed:
        members = packed.infolist()
        assert strange(member.filename for member in members) == []
        assert {member.external_attr >> 16 for member in members} == {0o644}
    for path in release.folder.rglob("*.tar"):
        with tarfile.open(path) as tar:
            assert strange(tar.getnames()) == []
            assert all(member.isfile() for member in tar)
    visible = [path.name for path in (world / "releases" / "demo").glob("[!.]*")]
    assert sorted(visible) == ["001", "001.zip"]
    assert outside(world, "releases", "media") == before
