import json

import pytest
from django.core.management import CommandError, call_command

from exchange.tests.folders import video, write_event
from exchange.tests.snapshots import all_rows
from talks.models import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run the command; returns its lines."""

    def run(*args):
        call_command("import_pyvideo", *map(str, args))
        return capsys.readouterr().out.splitlines()

    return run


def test_command_says_a_line_per_event_and_one_at_the_end(tmp_path, run):
    write_event(tmp_path, {"a": video(), "b": video(title="Mulch", videos=[{"url": "/x"}])})
    write_event(tmp_path, {"a": "{", "b": video(speakers=["Bo Fern"])}, name="leafcon@v1")

    lines = run(tmp_path)

    assert lines == [
        "leafcon@v1: 1 new, 0 changed, 0 unchanged, 1 skipped",
        (
            "  error: leafcon@v1/videos/a.json (1:2): This is not JSON; the file was skipped."
            " [Expecting property name enclosed in double quotes]"
        ),
        "treecon-2017: 2 new, 0 changed, 0 unchanged, 0 skipped",
        (
            "  warning: treecon-2017/videos/b.json (/videos/0): The address is relative and its"
            " site unknown; it was left out. [/x]"
        ),
        "  warning: treecon-2017/videos/b.json (/videos): The talk has no video.",
        (
            "  warning: treecon-2017/videos/a.json: This may be the same talk as another file's;"
            " both were imported. [leafcon@v1/videos/b.json]"
        ),
        "2 conferences, 3 talks, 2 speakers: 3 new, 0 changed, 0 unchanged, 1 skipped",
    ]
    assert run(tmp_path)[-1] == (
        "2 conferences, 3 talks, 2 speakers: 0 new, 0 changed, 3 unchanged, 1 skipped"
    )


def test_command_groups_like_issues_and_names_every_file(tmp_path, run):
    urls = [{"url": f"https://vimeo.com/1000{n}"} for n in range(5)]
    talks = {f"t{n}": video(title=f"T{n}", videos=[urls[n]], recorded="soon") for n in range(5)}
    write_event(tmp_path, talks)

    lines = run(tmp_path)

    assert [line for line in lines if line.startswith("  ")] == [
        *(
            f"  warning: treecon-2017/videos/t{n}.json (/recorded): This is no date, or not a"
            " clear one; the talk is undated. [soon]"
            for n in range(3)
        ),
        (
            "    … 2 more like this: treecon-2017/videos/t3.json (/recorded),"
            " treecon-2017/videos/t4.json (/recorded)"
        ),
    ]


def test_command_speaks_of_one(tmp_path, run):
    write_event(tmp_path, {"a": video()})

    assert run(tmp_path)[-1] == (
        "1 conference, 1 talk, 1 speaker: 1 new, 0 changed, 0 unchanged, 0 skipped"
    )


def test_command_imports_only_what_is_named(tmp_path, run):
    for name in ("a-con", "b-con", "c-con"):
        write_event(tmp_path, {"a": video()}, name=name)

    lines = run(tmp_path, "--only", "a-con", "c-con")

    assert lines[-1].startswith("2 conferences, 2 talks, ")
    assert sorted(talk.conference.slug for talk in Talk.objects.all()) == ["a-con", "c-con"]


def test_command_in_a_dry_run_writes_nothing_and_says_so(tmp_path, run):
    write_event(tmp_path, {"a": video()})
    before = all_rows()

    lines = run(tmp_path, "--dry-run")

    assert all_rows() == before
    assert lines[-2:] == ["This was a dry run: nothing was written.", run(tmp_path)[-1]]


def test_command_writes_a_report(tmp_path, run):
    write_event(tmp_path / "data", {"a": video(), "b": "{"})
    (tmp_path / "data" / "README").write_text("")

    run(tmp_path / "data", "--report", tmp_path / "report.json")

    report = json.loads((tmp_path / "report.json").read_text())
    talks = {"new": 1, "changed": 0, "unchanged": 0, "skipped": 1, "gone": 0, "back": 0}
    assert report == {
        "dry_run": False,
        "conferences": 1,
        "speakers": 1,
        "talks": talks,
        "issue_counts": {"error": 1, "warning": 0, "note": 1},
        "issues": [
            {
                "severity": "note",
                "code": "folder.ignored",
                "file": "README",
                "location": "",
                "record": "",
                "message": "This does not belong to the layout; it was ignored.",
                "value": "",
            }
        ],
        "events": [
            {
                "event": "treecon-2017",
                "folder": "treecon-2017",
                "in_library": True,
                "conference_is_new": True,
                "talks": talks,
                "issues": [
                    {
                        "severity": "error",
                        "code": "file.not_json",
                        "file": "treecon-2017/videos/b.json",
                        "location": "1:2",
                        "record": "",
                        "message": "This is not JSON; the file was skipped.",
                        "value": "Expecting property name enclosed in double quotes",
                    }
                ],
            }
        ],
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "report.json"]


def test_the_same_input_gives_the_same_report(tmp_path, run):
    write_event(tmp_path / "data", {"a": video(), "b": "{"})
    run(tmp_path / "data")

    for name in ("one", "two"):
        run(tmp_path / "data", "--report", tmp_path / name)

    assert (tmp_path / "one").read_text() == (tmp_path / "two").read_text()


@pytest.mark.parametrize("name", ["missing/report.json", "data"], ids=["no-folder", "a-folder"])
def test_command_says_before_it_begins_that_the_report_cannot_be_written(tmp_path, run, name):
    write_event(tmp_path / "data", {"a": video()})

    with pytest.raises(CommandError, match=r"^The report cannot be written to .*: "):
        run(tmp_path / "data", "--report", tmp_path / name)

    assert not Talk.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_command_leaves_an_older_report_alone_when_it_fails(tmp_path, run):
    (tmp_path / "report.json").write_text("old")

    with pytest.raises(CommandError):
        run(tmp_path / "missing", "--report", tmp_path / "report.json")

    assert (tmp_path / "report.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing", "No such file or directory"), ("file", "Not a directory")],
)
def test_command_says_that_there_is_no_folder(tmp_path, run, name, reason):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError) as caught:
        run(tmp_path / name)

    assert str(caught.value) == f"{tmp_path / name}: {reason}"


@pytest.mark.parametrize(
    ("talks", "count"), [({"a": "{"}, 1), ({}, 0)], ids=["nothing-readable", "nothing-there"]
)
def test_command_fails_where_nothing_could_be_read(tmp_path, run, capsys, talks, count):
    write_event(tmp_path, talks)

    with pytest.raises(CommandError, match=r"^No talk could be read\.$"):
        run(tmp_path, "--report", tmp_path / "report.json")

    assert capsys.readouterr().out.splitlines()[-1] == (
        f"0 conferences, 0 talks, 0 speakers: 0 new, 0 changed, 0 unchanged, {count} skipped"
    )
    assert json.loads((tmp_path / "report.json").read_text())["talks"]["skipped"] == count


def test_command_is_content_with_a_known_event_that_it_leaves_alone(tmp_path, run):
    write_event(tmp_path / "1", {"a": video()})
    run(tmp_path / "1")
    write_event(tmp_path / "2", {"a": video(title="Theirs")}, category=None)

    assert run(tmp_path / "2")[-1] == (
        "0 conferences, 0 talks, 0 speakers: 0 new, 0 changed, 0 unchanged, 1 skipped"
    )


def test_command_draws_a_bar_on_a_terminal(tmp_path, run, capsys, monkeypatch):
    for name in ("a-con", "b-con"):
        write_event(tmp_path, {"a": video(title="\x1b[31m", videos=[])}, name=name)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    call_command("import_pyvideo", str(tmp_path))

    said = capsys.readouterr()
    assert said.err.split("\r\033[K") == [
        "",
        f"{'█' * 12}{'░' * 12} 1/2 a-con",
        f"{'█' * 24} 2/2 b-con",
        "",
    ]
    assert [line.split(":")[0] for line in said.out.splitlines()] == [
        "  warning",
        "  warning",
        "2 conferences, 2 talks, 1 speaker",
    ]
