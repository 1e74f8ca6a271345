"""Settings from the environment: strict, and safe when empty."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from operations.env import Env, WrongSetting

REPOSITORY = Path(settings.BASE_DIR)


def start(**variables: str) -> subprocess.CompletedProcess:
    """Load the settings in a process of their own, with this environment and nothing else."""
    inherited = {"PATH": os.environ["PATH"]}
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        if name in os.environ:
            inherited[name] = os.environ[name]
    code = "import notes_site.settings as s; print(s.DEBUG, s.SITE_URL, s.SESSION_COOKIE_NAME)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_are_safe_when_the_environment_is_empty():
    started = start()

    assert started.stdout == "False http://127.0.0.1:8000 sessionid\n"


def test_settings_over_https_name_host_cookies():
    started = start(SITE_URL="https://notes.example")

    assert started.stdout == "False https://notes.example __Host-sessionid\n"


@pytest.mark.servers
@pytest.mark.parametrize(
    ("variables", "accepts"),
    [
        pytest.param({"DEBUG": "Flase"}, "1, true, yes, on, 0, false, no or off", id="flag"),
        pytest.param({"PORT": "99999"}, "a whole number from 1 to 65535", id="port-too-high"),
        pytest.param({"PORT": "²"}, "a whole number from 1 to 65535", id="superscript"),
        pytest.param({"TIME_ZONE": "Mars/Base"}, "the IANA name", id="zone"),
        pytest.param({"TIME_ZONE": "../etc/passwd"}, "the IANA name", id="zone-path"),
        pytest.param({"SITE_URL": "http://notes.example"}, "https://your.host", id="plain-http"),
        pytest.param({"SITE_URL": "https://a.b/c"}, "https://your.host", id="path"),
        pytest.param({"SITE_URL": "https://a.b:port"}, "https://your.host", id="bad-port"),
        pytest.param({"ALLOWED_HOSTS": "a.b,*"}, "never *", id="any-host"),
        pytest.param(
            {"DEBUG": "1", "SITE_URL": "https://a.b"}, "0 where SITE_URL is public", id="debug"
        ),
        pytest.param(
            {"PROXY_COUNT": "0", "SITE_URL": "https://a.b"}, "number from 1 to 9", id="no-proxy"
        ),
        pytest.param({"VAR_DIR": "/dev/null"}, "a folder of the site's own", id="no-folder"),
        pytest.param(
            {"HSTS_PRELOAD": "1", "SITE_URL": "https://a.b"}, "1 with HSTS_SUBDOMAINS", id="preload"
        ),
        pytest.param({"LOG_LEVEL": "LOUD"}, "one of DEBUG, INFO", id="level"),
        pytest.param({"SECRET_KEY": "short"}, "at least 50 random characters", id="short-key"),
        pytest.param(
            {"SECRET_KEY": "change-me-to-at-least-fifty-random-characters-000000"},
            "not the sample",
            id="sample-key",
        ),
        pytest.param(
            {"DATABASE_URL": "postgres://u:p@h/n"}, "at least 50 random characters", id="no-key"
        ),
        pytest.param(
            {"DATABASE_URL": "mysql://u:p@h/n", "SECRET_KEY": "k" * 50},
            "postgres://user:password@host",
            id="other-database",
        ),
        pytest.param(
            {"DATABASE_URL": "nonsense", "SECRET_KEY": "k" * 50},
            "postgres://user:password@host",
            id="no-database-url",
        ),
    ],
)
def test_settings_stop_with_one_line_that_names_the_variable(variables, accepts):
    started = start(**variables)

    assert started.returncode == 3
    lines = started.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].split("=")[0] in {*variables, "SECRET_KEY"}
    assert accepts in lines[0]


def test_settings_do_not_repeat_a_password():
    started = start(DATABASE_URL="mysql://u:p4ssw0rd@h/n", SECRET_KEY="k" * 50)

    assert "p4ssw0rd" not in started.stderr + started.stdout


def test_every_variable_is_in_the_example_file():
    code = "\n".join(
        path.read_text()
        for path in [
            REPOSITORY / "notes_site/settings.py",
            REPOSITORY / "notes_site/gunicorn_config.py",
        ]
    )
    named = {part.split('"')[1] for part in code.split("env.")[1:] if '("' in part.split(")")[0]}
    example = {
        line.split("=")[0]
        for line in (REPOSITORY / ".env.example").read_text().splitlines()
        if "=" in line and not line.startswith("#")
    }

    assert named <= example


def test_env_reads_flags_numbers_words_and_choices():
    env = Env({"A": " Yes ", "B": "7", "C": " x, ,y ", "D": ""})

    assert env.flag("A") is True
    assert env.flag("D", default=True) is True
    assert env.number("B", 1) == 7
    assert env.number("D", 1) == 1
    assert env.words("C") == ["x", "y"]
    assert env.choice("D", "x", ("x", "y")) == "x"


def test_env_refuses_a_number_below_the_least():
    with pytest.raises(WrongSetting, match="from 3 to 5"):
        Env({"A": "2"}).number("A", 4, least=3, most=5)
