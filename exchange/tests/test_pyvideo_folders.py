import os

import pytest

from exchange.sources.pyvideo import folders
from exchange.sources.pyvideo.folders import EventFolder, find_events, video_files
from exchange.sources.source import UnreadableSourceError
from exchange.tests.folders import video, write_event


def names_and_issues(found):
    return (
        [(event.name, event.path.name) for event in found.events],
        [(issue.finding.code, issue.file) for issue in found.issues],
    )


def test_find_events_in_one_event(tmp_path):
    event = write_event(tmp_path, {"a": video()}, name="treecon-2017@abc123")

    assert names_and_issues(find_events(event)) == ([("treecon-2017", "treecon-2017@abc123")], [])


def test_find_events_in_a_folder_of_many(tmp_path):
    write_event(tmp_path, {"a": video()}, name="b-con")
    write_event(tmp_path, {}, name="a-con")
    write_event(tmp_path, {"a": video()}, category=None, name="c-con")

    found = find_events(tmp_path)

    assert names_and_issues(found) == (
        [("a-con", "a-con"), ("b-con", "b-con"), ("c-con", "c-con")],
        [],
    )


def test_find_events_lists_what_it_ignores(tmp_path):
    write_event(tmp_path, {"a": video()})
    (tmp_path / "README").write_text("Read me")
    (tmp_path / "tools").mkdir()
    (tmp_path / ".git").mkdir()

    found = find_events(tmp_path)

    assert names_and_issues(found) == (
        [("treecon-2017", "treecon-2017")],
        [("folder.ignored", ".git"), ("folder.ignored", "README"), ("folder.ignored", "tools")],
    )


def test_find_events_does_not_follow_links(tmp_path):
    outside = write_event(tmp_path / "outside", {"a": video()})
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "treecon").symlink_to(outside)

    found = find_events(tmp_path / "inside")

    assert names_and_issues(found) == ([], [("folder.link", "treecon")])


def test_find_events_takes_the_folder_itself_by_its_links_name(tmp_path):
    event = write_event(tmp_path, {"a": video()})
    (tmp_path / "leafcon").symlink_to(event)

    assert names_and_issues(find_events(tmp_path / "leafcon"))[0] == [("leafcon", "leafcon")]


def test_find_events_prefers_the_event_to_its_versions(tmp_path):
    for name in ("treecon@2", "treecon", "treecon@1"):
        write_event(tmp_path, {"a": video()}, name=name)

    found = find_events(tmp_path)

    assert names_and_issues(found) == (
        [("treecon", "treecon")],
        [("folder.same_name", "treecon@1"), ("folder.same_name", "treecon@2")],
    )


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        pytest.param(["a-con"], ["a-con"], id="event"),
        pytest.param(["b-con@1"], ["b-con@1"], id="version"),
        pytest.param(["b-con"], ["b-con"], id="event-with-versions"),
        pytest.param(["a-con", "b-con@1"], ["a-con", "b-con@1"], id="two"),
    ],
)
def test_find_events_only_named(tmp_path, only, expected):
    for name in ("a-con", "b-con", "b-con@1"):
        write_event(tmp_path, {"a": video()}, name=name)

    found = find_events(tmp_path, only)

    assert [event.path.name for event in found.events] == expected


def test_find_events_names_what_only_names_in_vain(tmp_path):
    write_event(tmp_path, {"a": video()})

    with pytest.raises(UnreadableSourceError, match="no event of this name: leafcon, nutcon"):
        find_events(tmp_path, ["treecon-2017", "nutcon", "leafcon"])


@pytest.mark.parametrize("name", ["missing", "file"])
def test_find_events_where_there_is_no_folder(tmp_path, name):
    (tmp_path / "file").write_text("")

    with pytest.raises(UnreadableSourceError):
        find_events(tmp_path / name)


@pytest.mark.parametrize("name", ["@v1", "\u200b"], ids=["nothing-before-at", "invisible"])
def test_find_events_skips_unusable_names(tmp_path, name):
    write_event(tmp_path, {"a": video()}, name=name)

    found = find_events(tmp_path)

    assert [issue.finding.code for issue in found.issues] == ["folder.name"]
    assert found.events == []


def test_event_name_is_clean_text(tmp_path):
    assert EventFolder(tmp_path / "Cafe\u0301con \u202e").name == "Cafécon"


def test_video_files_in_order_with_what_is_ignored(tmp_path):
    event = write_event(tmp_path, {"b": video(), "a": video(), "Ä & ' ,": video()})
    for name in (".hidden.json", "notes.txt"):
        (event / "videos" / name).write_text("")

    files, issues = video_files(EventFolder(event))

    assert [path.name for path in files] == ["a.json", "b.json", "Ä & ' ,.json"]
    assert [(issue.finding.code, issue.file) for issue in issues] == [
        ("folder.ignored", "treecon-2017/videos/.hidden.json"),
        ("folder.ignored", "treecon-2017/videos/notes.txt"),
    ]


def test_video_files_behind_a_link_are_not_read(tmp_path):
    outside = write_event(tmp_path / "outside", {"a": video()})
    event = write_event(tmp_path, {})
    (event / "videos").rmdir()
    (event / "videos").symlink_to(outside / "videos")

    files, issues = video_files(EventFolder(event))

    assert (files, [issue.finding.code for issue in issues]) == ([], ["folder.link"])


def test_video_files_that_are_too_many_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "MAX_FILES_PER_FOLDER", 2)
    event = write_event(tmp_path, {"a": video(), "b": video(), "c": video()})

    files, issues = video_files(EventFolder(event))

    assert (files, [issue.finding.code for issue in issues]) == ([], ["folder.too_many"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folders_that_may_not_be_read_are_named(tmp_path):
    closed = write_event(tmp_path, {"a": video()}, name="closed-con")
    closed.chmod(0)
    half = write_event(tmp_path, {"a": video()}, name="half-con")
    (half / "videos").chmod(0)

    found = find_events(tmp_path)

    assert [event.name for event in found.events] == ["half-con"]
    assert [issue.finding.code for issue in found.issues] == ["folder.ignored"]
    files, issues = video_files(found.events[0])
    assert (files, [issue.finding.code for issue in issues]) == ([], ["folder.cannot_read"])
    closed.chmod(0o700)
    (half / "videos").chmod(0o700)


def test_video_files_of_an_event_without_videos(tmp_path):
    event = write_event(tmp_path, {})
    (event / "videos").rmdir()

    assert video_files(EventFolder(event)) == ([], [])
