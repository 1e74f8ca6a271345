import os
import sys
from pathlib import Path

import pytest

from exchange.files.json_files import (
    MAX_FILE_BYTES,
    UnreadableFileError,
    parse_object,
    read_bytes,
)

AFTER_COMMA = "1:8" if sys.version_info >= (3, 13) else "1:9"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b'{"a": 1}', {"a": 1}, id="plain"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', {"a": 1}, id="byte-order-mark"),
        pytest.param(b' \n{"a": "\xc3\xa9"}\n', {"a": "é"}, id="utf-8"),
        pytest.param(b'{"a": 1, "a": 2}', {"a": 2}, id="last-of-a-repeated-key"),
        pytest.param(b'{"a": "' + b"[" * 99 + b'"}', {"a": "[" * 99}, id="brackets-in-a-string"),
        pytest.param(b'{"a": [' + b"{}," * 99 + b"{}]}", {"a": [{}] * 100}, id="wide-not-deep"),
        pytest.param(b'{"a": "\\"' + b"[" * 99 + b'"}', {"a": '"' + "[" * 99}, id="escaped-quote"),
    ],
)
def test_parse_object_reads(content, expected):
    assert parse_object(content) == expected


@pytest.mark.parametrize(
    ("content", "code", "location"),
    [
        pytest.param(b"", "file.not_json", "1:1", id="empty"),
        pytest.param(b"{", "file.not_json", "1:2", id="one-byte"),
        # From Python 3.13 on the comma itself is named, before that what follows it.
        pytest.param(b'{"a": 1,}', "file.not_json", AFTER_COMMA, id="trailing-comma"),
        pytest.param(b'{"a": "x" y"}', "file.not_json", "1:11", id="unescaped-quote"),
        pytest.param(b'{\n "a": "\\*"}', "file.not_json", "2:8", id="bad-escape"),
        pytest.param(b'{"a": "x\ny"}', "file.not_json", "1:9", id="raw-newline"),
        pytest.param(b'"a": 1}', "file.not_json", "1:4", id="brace-missing"),
        pytest.param(b'{"a": NaN}', "file.not_json", "", id="nan"),
        pytest.param(b'{"a": -Infinity}', "file.not_json", "", id="infinity"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "file.not_json", "", id="endless-number"),
        pytest.param(b'{"a": "\xff"}', "file.not_utf8", "byte 7", id="not-utf-8"),
        pytest.param("{}".encode("utf-16"), "file.not_utf8", "byte 0", id="utf-16"),
        pytest.param(b"[1, 2]", "file.not_an_object", "", id="list"),
        pytest.param(b"null", "file.not_an_object", "", id="null"),
        pytest.param(b'{"a": ' + b"[" * 41 + b"]" * 41 + b"}", "file.too_deep", "", id="deep"),
        pytest.param(b"[" * 900_000, "file.too_deep", "", id="bottomless"),
        pytest.param(b'"\\' * 450_000, "file.not_json", "1:1", id="string-without-an-end"),
    ],
)
def test_parse_object_refuses(content, code, location):
    with pytest.raises(UnreadableFileError) as caught:
        parse_object(content)

    assert (caught.value.finding.code, caught.value.location) == (code, location)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("/proc/self/mem", "file.cannot_read", id="fails-while-it-is-read"),
        pytest.param("/proc/self/maps", "file.too_big", id="longer-than-it-said"),
    ],
)
def test_read_bytes_of_files_that_are_not_what_they_seem(name, code):
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(Path(name), limit=10)

    assert caught.value.finding.code == code


def test_read_bytes_returns_what_the_file_holds(tmp_path):
    (tmp_path / "a.json").write_bytes(b"{}")

    assert read_bytes(tmp_path / "a.json") == b"{}"


def _link_to_outside(path):
    path.with_name("outside").write_text('{"title": "secret"}')
    path.symlink_to(path.with_name("outside"))


def _fifty_megabytes(path):
    with path.open("wb") as file:
        file.truncate(50_000_000)


def _one_byte_too_many(path):
    path.write_bytes(b" " * (MAX_FILE_BYTES + 1))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(_link_to_outside, "file.link", id="link"),
        pytest.param(os.mkfifo, "file.not_regular", id="pipe"),
        pytest.param(os.mkdir, "file.not_regular", id="folder"),
        pytest.param(_fifty_megabytes, "file.too_big", id="50-mb"),
        pytest.param(_one_byte_too_many, "file.too_big", id="one-byte-too-many"),
        pytest.param(lambda path: None, "file.cannot_read", id="missing"),
    ],
)
def test_read_bytes_refuses(tmp_path, make, code):
    path = tmp_path / "a.json"
    make(path)

    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(path)

    assert caught.value.finding.code == code


def test_too_many_values_are_refused(monkeypatch):
    monkeypatch.setattr("exchange.files.json_files.MAX_VALUES", 3)

    with pytest.raises(UnreadableFileError) as refused:
        parse_object(b'{"a": [1, 2, 3]}')

    assert refused.value.finding.code == "file.too_big"
