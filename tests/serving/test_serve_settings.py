from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import ServeSettings, serve_from_environment


def test_without_variables_it_is_served_on_this_machine_alone() -> None:
    settings = serve_from_environment({})
    assert settings == ServeSettings()
    assert (settings.host, settings.accounts, settings.keep_gaps) == ("127.0.0.1", None, False)


def test_every_variable_is_read() -> None:
    settings = serve_from_environment(
        {
            "CURBSIDE_HOST": "::1",
            "CURBSIDE_PORT": "80",
            "CURBSIDE_ROOT_PATH": "/curbside/",
            "CURBSIDE_AUTH": "/etc/accounts",
            "CURBSIDE_FEEDBACK": "/var/feedback",
            "CURBSIDE_KEEP_GAPS": "1",
            "CURBSIDE_LOG": "json",
            "CURBSIDE_CONCURRENCY": "2",
            "CURBSIDE_QUEUE": "0",
            "CURBSIDE_BODY_BYTES": "2048",
        }
    )
    assert settings == ServeSettings(
        "::1", 80, "/curbside", Path("/etc/accounts"), Path("/var/feedback"), True, "json", 2, 0, 2048
    )


def test_a_flag_wins_over_its_variable() -> None:
    assert serve_from_environment({"CURBSIDE_PORT": "80"}, flags={"CURBSIDE_PORT": "81"}).port == 81


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CURBSIDE_PORT", "0"),
        ("CURBSIDE_ROOT_PATH", "curbside"),
        ("CURBSIDE_KEEP_GAPS", "yes"),
        ("CURBSIDE_LOG", "xml"),
        ("CURBSIDE_CONCURRENCY", "0"),
        ("CURBSIDE_BODY_BYTES", "12"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{name}={value}"):
        serve_from_environment({name: value})
