"""What can go wrong while a question is answered, sorted by what the asker can do about it."""


class AssistantError(Exception):
    """Base class of every error that this package raises on purpose."""


class QuestionError(AssistantError):
    """The question cannot be worked with: ask in another way. The message is a plain sentence for the asker."""


class SettingError(AssistantError):
    """An environment variable has a value that cannot be used: change the setting."""
