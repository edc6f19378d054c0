from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import (
    ROOT,
    AssistantSettings,
    RetrieveSettings,
    ServeSettings,
    from_environment,
    serve_from_environment,
)
from ingest.settings import SHIPPED_MODEL, IngestSettings


def test_with_nothing_set_the_shipped_model_answers_from_the_index_beside_the_corpus() -> None:
    settings = from_environment({})
    assert settings == AssistantSettings(IngestSettings(index=ROOT / "index", model=SHIPPED_MODEL))
    assert (ROOT / "corpus" / "README.md").is_file()


def test_the_environment_chooses_index_encoder_and_threads() -> None:
    settings = from_environment(
        {"CURBSIDE_INDEX": "/data/index", "CURBSIDE_ENCODER": "my/model", "CURBSIDE_THREADS": "2"}
    )
    assert settings.ingest == IngestSettings(index=Path("/data/index"), model="my/model", threads=2)


def test_an_index_that_was_named_wins_over_the_environment() -> None:
    settings = from_environment({"CURBSIDE_INDEX": "/data/index"}, index=Path("/other"))
    assert settings.ingest.index == Path("/other")


def test_a_tilde_is_the_home_folder() -> None:
    assert from_environment({"CURBSIDE_INDEX": "~/index"}).ingest.index == Path.home() / "index"


def test_an_empty_variable_is_as_good_as_none() -> None:
    empty = {"CURBSIDE_INDEX": "", "CURBSIDE_ENCODER": "", "CURBSIDE_THREADS": ""}
    assert from_environment(empty) == from_environment({})
    assert serve_from_environment({"CURBSIDE_HOST": "", "CURBSIDE_PORT": ""}) == ServeSettings()


@pytest.mark.parametrize("value", ["two", "-1", "1.5", " 2", "257", "²"])
def test_a_number_of_threads_that_is_none_is_named_with_its_variable(value: str) -> None:
    with pytest.raises(SettingError, match=f"CURBSIDE_THREADS={value}: not a whole number from 0 to 256; change it"):
        from_environment({"CURBSIDE_THREADS": value})


def test_host_and_port_can_be_set() -> None:
    environment = {"CURBSIDE_HOST": "0.0.0.0", "CURBSIDE_PORT": "65535"}
    assert serve_from_environment(environment) == ServeSettings(host="0.0.0.0", port=65535)


def test_by_default_only_this_machine_is_served() -> None:
    assert serve_from_environment({}) == ServeSettings(host="127.0.0.1", port=7860)


@pytest.mark.parametrize("value", ["0", "65536", "http"])
def test_a_port_that_is_none_is_named_with_its_variable(value: str) -> None:
    with pytest.raises(SettingError, match=f"CURBSIDE_PORT={value}: not a whole number from 1 to 65535"):
        serve_from_environment({"CURBSIDE_PORT": value})


def test_without_a_mapping_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_INDEX", "/from/process")
    monkeypatch.setenv("CURBSIDE_PORT", "8080")
    assert from_environment().ingest.index == Path("/from/process")
    assert serve_from_environment().port == 8080


@pytest.mark.parametrize("part", ["retrieve", "rank", "answer"])
def test_the_fingerprint_changes_with_every_setting(part: str) -> None:
    settings = from_environment({})
    group = getattr(settings, part)
    changed = [replace(group, **{field.name: getattr(group, field.name) + 1}) for field in fields(group)]
    prints = [replace(settings, **{part: other}).fingerprint("build") for other in changed]
    assert len({settings.fingerprint("build"), *prints}) == len(changed) + 1


def test_the_fingerprint_changes_with_the_index_and_with_nothing_else() -> None:
    settings = from_environment({})
    assert settings.fingerprint("one") != settings.fingerprint("two")
    assert settings.fingerprint("one") == replace(settings, retrieve=RetrieveSettings()).fingerprint("one")
    assert len(settings.fingerprint("one")) == 12
    assert int(settings.fingerprint("one"), 16) >= 0
