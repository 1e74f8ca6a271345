"""The key of the embedded default is made once."""

import stat

from notes_site.secret_key import MINIMUM_LENGTH, stored_secret_key


def test_kept_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret_key"

    first = stored_secret_key(file)

    assert len(first) >= MINIMUM_LENGTH
    assert stored_secret_key(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_kept_secret_key_takes_the_one_of_a_process_that_was_quicker(tmp_path, monkeypatch):
    file = tmp_path / "secret_key"
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: _quicker(file))

    assert stored_secret_key(file) == "theirs"


def _quicker(file):
    file.write_text("theirs")
    return "ours"
