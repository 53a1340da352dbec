import os
from pathlib import Path

import pytest

from tools.messages import Stop
from tools.place import MARKER, Place, clear, find_place, prepare, secret_key


def place_at(data: Path) -> Place:
    return Place(data.parent / "checkout", data)


def test_data_folder_lies_in_the_checkout_unless_named(tmp_path: Path) -> None:
    assert find_place({}, root=tmp_path).data == tmp_path / ".data"
    named = find_place({"CONCORD_DATA": f"{tmp_path}/a/../b"}, root=tmp_path)
    assert named.data == tmp_path / "b"


def test_prepare_refuses_a_folder_with_foreign_files(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    with pytest.raises(Stop, match="holds files that are not Concord's"):
        prepare(Place(tmp_path / "checkout", tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


def test_prepare_takes_the_checkouts_own_folder_as_it_is(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / ".data")
    (place.data / "media").mkdir(parents=True)
    prepare(place)
    assert (place.data / MARKER).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_prepare_refuses_the_folder_of_another_user(tmp_path: Path) -> None:
    place = place_at(tmp_path / "data")
    prepare(place)
    os.chown(place.data, 65534, 65534)
    with pytest.raises(Stop, match="belongs to another user"):
        prepare(place)


def test_clear_empties_the_folder_but_spares_one_inside_it(tmp_path: Path) -> None:
    place = place_at(tmp_path / "data")
    prepare(place)
    prepare(place.private("test"))
    (place.data / "media" / "old").touch()
    (place.data / "link").symlink_to(tmp_path)
    clear(place)
    assert sorted(path.name for path in place.data.iterdir()) == [MARKER, "test"]
    assert tmp_path.exists()


def test_clear_leaves_a_folder_without_marker_alone(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    with pytest.raises(Stop, match="so it is left alone"):
        clear(Place(tmp_path, tmp_path))
    assert (tmp_path / "letter").exists()


def test_secret_key_is_random_kept_and_private(tmp_path: Path) -> None:
    first, second = place_at(tmp_path / "one"), place_at(tmp_path / "two")
    prepare(first)
    prepare(second)
    key = secret_key(first)
    assert len(key) >= 50
    assert secret_key(first) == key
    assert secret_key(second) != key
    assert (first.data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_secret_key_survives_a_run_that_ended_while_writing_it(tmp_path: Path) -> None:
    place = place_at(tmp_path / "data")
    prepare(place)
    (place.data / "secret_key.new").write_text("half")
    assert len(secret_key(place)) >= 50
