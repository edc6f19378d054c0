"""Settings -> a chat model of LangChain's. The one place that names a provider's package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from langchain_core.language_models import BaseChatModel

from assistant.errors import SettingError
from assistant.settings import ModelSettings

#: Tokens that a local model is given for prompt and reply: its own default would cut the prompt without a word.
_OLLAMA_WINDOW = 8192


def open_model(settings: ModelSettings) -> BaseChatModel:
    """Return the chat model that the settings name; nothing is sent yet.

    Raises SettingError, naming the extra, where the provider's package is not installed.
    """
    from langchain.chat_models import init_chat_model

    provider = settings.name.partition(":")[0]
    options = dict(_OPTIONS[provider](settings))
    if settings.base_url:
        options["base_url"] = settings.base_url
    try:
        model: BaseChatModel = init_chat_model(settings.name, **options)
    except ImportError as error:
        raise SettingError(
            f"CURBSIDE_MODEL={settings.name}: the package langchain-{provider} is not installed; "
            f"run pip install 'curbside[{provider}]'"
        ) from error
    return model


def _hosted(settings: ModelSettings) -> Mapping[str, Any]:
    # requests are sent again by ``receive``, which knows how much time is left
    return {"timeout": settings.seconds, "max_retries": 0, "max_tokens": settings.tokens}


def _ollama(settings: ModelSettings) -> Mapping[str, Any]:
    return {
        "num_predict": settings.tokens,
        "num_ctx": _OLLAMA_WINDOW,
        "client_kwargs": {"timeout": settings.seconds},
    }


_OPTIONS: Mapping[str, Callable[[ModelSettings], Mapping[str, Any]]] = {
    "openai": _hosted,
    "anthropic": _hosted,
    "ollama": _ollama,
}
