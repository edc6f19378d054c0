"""Settings of the assistant, and the one place where the environment is read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import SettingError
from ingest.records import digest
from ingest.settings import SHIPPED_MODEL, IngestSettings

#: Folder of the checkout or installation: the shipped corpus is in it and the default index is made in it.
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class RetrieveSettings:
    """How passages are found."""

    candidates: int = 50
    """Passages taken from each arm, dense and lexical, before they are scored together."""
    kept: int = 24
    """Most passages that go on to the next step, the best; no step looks further."""
    closest_weight: float = 0.5
    """Share of the closest heading's or sentence's cosine, against the whole passage's, in the dense part, 0 to 1.

    Recall@1 on the core cases rose from .72 without headings to .80 with them.
    """
    pointer_weight: float = 0.33
    """Share of the nearest headings and known questions, on average, against the rest of the dense part, 0 to 1.

    With it recall@5 rose from .926 to .939 on 309 questions and from .899 to .913 on 207 others, recall@1 by .02 on
    both.
    """
    pointers: int = 3
    """How many of the nearest headings and known questions are averaged."""
    lexical_weight: float = 0.5
    """Weight of the share of attainable BM25 against the dense part's 1.

    nDCG@10 on two public development sets, by weight: SciFact .649 at 0, .722 at 0.5, .732 at 1; CounselChat .653,
    .678, .692. Words alone: .696 and .476. On the core cases more than 0.5 cost recall@1.
    """
    foreign_weight: float = 0.15
    """What is taken off a score where all of a question's words are foreign to the corpus; it changes no order.

    Between 309 questions that the corpus answers and 79 of the field that it does not, the area under the curve rose
    from .908 to .921.
    """

    facet_weight: float = 0.02
    """What a document's stage and setting are worth against a question that names another one, or none.

    Recall@5 on 309 questions rose from .942 to .948, on 222 others from .910 to .914; .05 cost the others .010 at 1.
    """


@dataclass(frozen=True, slots=True)
class FollowUpSettings:
    """When a follow-up is searched for with words of the conversation, and what counts as an answer then.

    Chosen on ``evals/rewrites/conversations.jsonl``; the report in ``lean.json`` says what it does there.
    """

    leaning: float = 0.3
    """Least chance, 0 to 1, that the question leans on the conversation."""
    confidence: float = 0.08
    """Such a question is not covered below this probability of the calibration.

    Against the decision on a person's version this bar declines 7 % of the answered and answers 49 % of the others;
    the score of the best passage, which decided before, 8 % and 76 %. The bar for other questions would decline 17 %.
    """


@dataclass(frozen=True, slots=True)
class RankSettings:
    """What counts as evidence.

    The two bars were chosen on ``evals/case_sets/core.jsonl``; ``evals/README.md`` says how and what they cost.
    """

    confidence: float = 0.42
    """The question is not covered below this probability of the calibration, 0 to 1.

    The report in ``calibration.json`` says what bars do with questions that the fit had not seen. By set, with the fit
    itself: refused 2 % of ``coverage.jsonl``, 5 % of ``abstention.jsonl`` and of ``terse.jsonl``, 14 % of
    ``boundary.jsonl``, whose writers kept far from the corpus's words; answered of the field's others 6, 23, 7 and 6 %,
    off topic 0, 0, 3 and 4 %. At .36 it was 1, 4, 5 and 12 % refused; 10, 24, 9 and 9 %, and 3, 1, 3 and 5 % answered.
    """
    foreign: float = 0.15
    """A question of which only a part seems covered is not answered where, read whole, it is below this probability.

    Of 23 questions of several parts that three readers thought of, the least likely had .38.
    """
    sure: float = 0.62
    """From this score on a question is covered, whatever the calibration says, which is unsure of very short ones.

    Of 331 questions of the field that the corpus does not answer one more is answered with it, and "what is a K award"
    is.
    """
    bar: float = 0.37
    """No other passage is evidence below this score, or below .9 of the best where that is lower; where there is no
    calibration, the best must reach it too."""
    field_bar: float = 0.23
    """Below this the question is outside the field altogether, and that is what is said."""
    reach: float = 0.8
    """Other passages are evidence down to this share of the best score."""
    most: int = 6
    """Passages kept as evidence."""
    wide: int = 16
    """Passages that a comparison may take its sides from."""
    related: int = 3
    """Passages offered as related where nothing answers."""


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How an answer is composed."""

    words: int = 230
    """Aim for no more words than this; the first list is whole, later ones give the items that fit."""
    more: int = 400
    """Words with what is kept for a reader who asks for more."""
    items: int = 10
    """Most items of one list."""
    kinds_from: float = 0.37
    """From this score of the best passage on, the kind of a section may lift it over one that comes nearer."""


#: Providers of chat models, each with the variable that its own package reads its key from, if it needs one.
PROVIDERS: Mapping[str, str] = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "ollama": ""}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which chat model writes answers, and how long it may take. It has no key: the provider's package reads it."""

    name: str = ""
    """``provider:name``, or empty: answers are quoted and no model is asked."""
    base_url: str = ""
    """Address of the provider's interface, or empty for its own."""
    seconds: float = 60.0
    """Most seconds for a whole reply, retries included."""
    retries: int = 2
    """How often a request is sent again after the server was busy, failed or could not be reached."""
    tokens: int = 1000
    """Most tokens of a reply."""


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Everything that the assistant lets an operator choose."""

    ingest: IngestSettings
    """Where the index is and what it is made with."""
    retrieve: RetrieveSettings = RetrieveSettings()
    """How passages are found."""
    follow_up: FollowUpSettings = FollowUpSettings()
    """When a follow-up is taken to stand alone."""
    rank: RankSettings = RankSettings()
    """What counts as evidence."""
    answer: AnswerSettings = AnswerSettings()
    """How an answer is composed."""
    reranker: str = ""
    """Name or folder of a sentence-transformers CrossEncoder that orders what was found, or empty."""
    verifier: str = ""
    """Name or folder of a sentence-transformers CrossEncoder that judges a chat model's sentences, or empty for the
    built-in verifier."""
    model: ModelSettings = ModelSettings()
    """Which chat model writes answers, if one does."""

    def fingerprint(self, build: str) -> str:
        """Return 12 hex digits that change with any setting, with the chat model's name and with the index."""
        quoting = (
            asdict(self.retrieve),
            asdict(self.follow_up),
            asdict(self.rank),
            asdict(self.answer),
            self.reranker,
        )
        written = (self.model.name, str(self.model.tokens), self.verifier) if self.model.name else ()
        return digest(build.partition("-")[0], repr(quoting), *written)[:12]


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Where and how the page and the interface are served."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 7860
    """Port to listen on."""
    root_path: str = ""
    """Path under which a proxy serves it, such as ``/curbside``, or empty."""
    accounts: Path | None = None
    """File of ``name:hash`` lines; without it nobody is asked who they are."""
    feedback: Path = ROOT / "feedback.sqlite"
    """Where feedback is kept; made when somebody first gives some."""
    keep_gaps: bool = False
    """Whether questions that are not covered are kept although nobody sent feedback."""
    log_format: str = "plain"
    """``plain`` or ``json``: a line of text or an object a line."""
    concurrency: int = 4
    """Questions answered at once. Two cores: more than two only wait for each other, two more cover reading from disk;
    raise it where a chat model is waited for."""
    queue: int = 64
    """Questions that may wait for their turn, about two seconds of work; the next one is told to come again."""
    body_bytes: int = 1 << 20
    """Most bytes of a request's body: a conversation of some hundred turns."""


def from_environment(
    environment: Mapping[str, str] | None = None, *, index: Path | None = None, model: str | None = None
) -> AssistantSettings:
    """Return the settings that the ``CURBSIDE_…`` variables ask for.

    ``index`` wins over ``CURBSIDE_INDEX`` and ``model`` over ``CURBSIDE_MODEL``. Raises SettingError, naming the
    variable, for a value that cannot be used.
    """
    variables = os.environ if environment is None else environment
    folder = index or Path(variables.get("CURBSIDE_INDEX") or ROOT / "index")
    return AssistantSettings(
        ingest=IngestSettings(
            index=folder.expanduser(),
            model=variables.get("CURBSIDE_ENCODER") or SHIPPED_MODEL,
            chroma=(variables.get("CURBSIDE_CHROMA") or "").rstrip("/"),
            threads=_number(variables, "CURBSIDE_THREADS", default=0, least=0, most=256),
        ),
        reranker=variables.get("CURBSIDE_RERANKER") or "",
        verifier=variables.get("CURBSIDE_VERIFIER") or "",
        model=_model(variables, variables.get("CURBSIDE_MODEL") or "" if model is None else model),
    )


def serve_from_environment(
    environment: Mapping[str, str] | None = None, *, flags: Mapping[str, str] | None = None
) -> ServeSettings:
    """Return where and how to serve; ``flags`` win over the variables of the same name.

    Raises SettingError, naming the variable, for a value that cannot be used.
    """
    variables = {**(os.environ if environment is None else environment), **(flags or {})}
    plain = ServeSettings()
    root_path = (variables.get("CURBSIDE_ROOT_PATH") or "").rstrip("/")
    if root_path and not root_path.startswith("/"):
        raise SettingError(f"CURBSIDE_ROOT_PATH={root_path}: does not begin with a slash; write it as /{root_path}")
    log_format = variables.get("CURBSIDE_LOG") or plain.log_format
    if log_format not in ("plain", "json"):
        raise SettingError(f"CURBSIDE_LOG={log_format}: not a form of the log; use plain or json")
    accounts, feedback = variables.get("CURBSIDE_AUTH"), variables.get("CURBSIDE_FEEDBACK")
    return ServeSettings(
        host=variables.get("CURBSIDE_HOST") or plain.host,
        port=_number(variables, "CURBSIDE_PORT", default=plain.port, least=1, most=65535),
        root_path=root_path,
        accounts=Path(accounts).expanduser() if accounts else None,
        feedback=Path(feedback).expanduser() if feedback else plain.feedback,
        keep_gaps=bool(_number(variables, "CURBSIDE_KEEP_GAPS", default=0, least=0, most=1)),
        log_format=log_format,
        concurrency=_number(variables, "CURBSIDE_CONCURRENCY", default=plain.concurrency, least=1, most=1024),
        queue=_number(variables, "CURBSIDE_QUEUE", default=plain.queue, least=0, most=100_000),
        body_bytes=_number(variables, "CURBSIDE_BODY_BYTES", default=plain.body_bytes, least=1024, most=1 << 30),
    )


def _model(variables: Mapping[str, str], name: str) -> ModelSettings:
    if not name:
        return ModelSettings()
    provider, _, model = name.partition(":")
    if not model:
        raise SettingError(
            f"CURBSIDE_MODEL={name}: not a provider and a name; write PROVIDER:NAME with one of {', '.join(PROVIDERS)}"
        )
    if provider not in PROVIDERS:
        raise SettingError(f"CURBSIDE_MODEL={name}: unknown provider {provider!r}; use one of {', '.join(PROVIDERS)}")
    # only whether there is a key: the provider's package reads the key itself
    if (key := PROVIDERS[provider]) and not variables.get(key):
        raise SettingError(f"CURBSIDE_MODEL={name}: {key} is not set; set it (to any text, if none is needed)")
    base_url = variables.get("CURBSIDE_MODEL_BASE_URL") or ""
    if base_url and not base_url.startswith(("http://", "https://")):
        raise SettingError(f"CURBSIDE_MODEL_BASE_URL={base_url}: not an address; write one as http://localhost:8000/v1")
    default = ModelSettings()
    return ModelSettings(
        name=name,
        base_url=base_url.rstrip("/"),
        seconds=_number(variables, "CURBSIDE_MODEL_TIMEOUT", default=round(default.seconds), least=1, most=3600),
        retries=_number(variables, "CURBSIDE_MODEL_RETRIES", default=default.retries, least=0, most=10),
        tokens=_number(variables, "CURBSIDE_MODEL_TOKENS", default=default.tokens, least=1, most=100_000),
    )


def _number(variables: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    value = variables.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(f"{name}={value}: not a whole number from {least} to {most}; change it or leave it out")
    return int(value)
