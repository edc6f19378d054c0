from __future__ import annotations

from importlib.util import find_spec

import pytest

from assistant.errors import SettingError
from assistant.generate.model import open_model
from assistant.settings import ModelSettings, from_environment

KEYED = {"OPENAI_API_KEY": "x"}


def test_without_a_name_no_model_is_asked() -> None:
    assert from_environment({}).model == ModelSettings() == ModelSettings(name="")


def test_the_environment_chooses_the_model_and_its_limits() -> None:
    chosen = from_environment(
        {
            "CURBSIDE_MODEL": "openai:some:tag",
            "CURBSIDE_MODEL_BASE_URL": "http://localhost:8000/v1/",
            "CURBSIDE_MODEL_TIMEOUT": "20",
            "CURBSIDE_MODEL_RETRIES": "0",
            "CURBSIDE_MODEL_TOKENS": "300",
            **KEYED,
        }
    ).model
    assert chosen == ModelSettings("openai:some:tag", "http://localhost:8000/v1", 20.0, 0, 300)


def test_a_model_that_was_named_wins_over_the_environment() -> None:
    settings = from_environment({"CURBSIDE_MODEL": "openai:a"}, model="ollama:b")
    assert settings.model.name == "ollama:b"
    assert from_environment({"CURBSIDE_MODEL": "openai:a"}, model="").model.name == ""


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"CURBSIDE_MODEL": "some"}, "CURBSIDE_MODEL=some: not a provider and a name; write PROVIDER:NAME with one of"),
        ({"CURBSIDE_MODEL": "openai:"}, "not a provider and a name"),
        ({"CURBSIDE_MODEL": "acme:some"}, "unknown provider 'acme'; use one of openai, anthropic, ollama"),
        ({"CURBSIDE_MODEL": "openai:a"}, "OPENAI_API_KEY is not set; set it"),
        ({"CURBSIDE_MODEL": "anthropic:a", **KEYED}, "ANTHROPIC_API_KEY is not set; set it"),
        ({"CURBSIDE_MODEL": "ollama:a", "CURBSIDE_MODEL_BASE_URL": "localhost"}, "localhost: not an address; write"),
        ({"CURBSIDE_MODEL": "ollama:a", "CURBSIDE_MODEL_TIMEOUT": "0"}, "CURBSIDE_MODEL_TIMEOUT=0: not a whole number"),
        ({"CURBSIDE_MODEL": "ollama:a", "CURBSIDE_MODEL_RETRIES": "-1"}, "CURBSIDE_MODEL_RETRIES=-1: not a whole"),
        ({"CURBSIDE_MODEL": "ollama:a", "CURBSIDE_MODEL_TOKENS": "many"}, "CURBSIDE_MODEL_TOKENS=many: not a whole"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_variable(variables: dict[str, str], told: str) -> None:
    with pytest.raises(SettingError) as error:
        from_environment(variables)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.skipif(find_spec("langchain_anthropic") is not None, reason="the package is installed")
def test_a_package_that_is_not_installed_is_named_with_its_extra() -> None:
    with pytest.raises(SettingError, match=r"langchain-anthropic is not installed; run pip install 'curbside\[anth"):
        open_model(ModelSettings("anthropic:some"))


def test_the_client_is_opened_with_the_limits_and_without_retries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    model = open_model(ModelSettings("openai:some", "http://127.0.0.1:9/v1", seconds=7.0, tokens=50))
    assert model.model_dump(include={"max_retries", "max_tokens", "request_timeout", "openai_api_base"}) == {
        "max_retries": 0,
        "max_tokens": 50,
        "request_timeout": 7.0,
        "openai_api_base": "http://127.0.0.1:9/v1",
    }
