"""A claim + the sentences that it cites -> a verdict by any natural language inference model.

``CURBSIDE_VERIFIER`` names a sentence-transformers CrossEncoder with three labels, in a folder or in the local model
cache; nothing is downloaded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import SettingError
from assistant.records import Judgement, Verdict

#: Names that models give to their labels, in lower case -> the verdict.
_LABELS: dict[str, Verdict] = {
    "entailment": "supported",
    "supported": "supported",
    "contradiction": "contradicted",
    "contradicted": "contradicted",
    "neutral": "unsupported",
    "unsupported": "unsupported",
}


class CrossEncoderVerifier:
    """A sentence-transformers CrossEncoder on the CPU.

    Raises SettingError where it is not on this machine, or where its labels are not entailment, contradiction and
    neutral.
    """

    def __init__(self, name: str) -> None:
        # before the import, which reads it: no look-up on a model hub
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        folder = Path(name).expanduser()
        try:
            self._model: Any = CrossEncoder(
                str(folder) if folder.is_dir() else name, device="cpu", local_files_only=True
            )
        except (OSError, ValueError) as error:
            raise SettingError(
                f"CURBSIDE_VERIFIER={name}: no such CrossEncoder on this machine, and none is downloaded; give its "
                f"folder, or leave the variable out"
            ) from error
        named = {int(place): str(label).lower() for place, label in self._model.config.id2label.items()}
        if sorted(map(_LABELS.get, named.values()), key=str) != ["contradicted", "supported", "unsupported"]:
            raise SettingError(
                f"CURBSIDE_VERIFIER={name}: its labels are {sorted(named.values())}; give a model with entailment, "
                f"contradiction and neutral"
            )
        self._verdicts = [_LABELS[named[place]] for place in range(len(named))]

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        """Return what the model says of the claim and each sentence, and of all of them together.

        The score is the largest probability of entailment. A claim that no sentence entails and one contradicts is
        contradicted.
        """
        if not evidence:
            return Judgement("unsupported", 0.0, -1)
        premises = [*evidence, " ".join(evidence)]
        logits = np.asarray(self._model.predict([(premise, claim) for premise in premises], show_progress_bar=False))
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        place = {verdict: shares[:, column] for column, verdict in enumerate(self._verdicts)}
        supported, contradicted = place["supported"], place["contradicted"]
        score = float(supported.max())
        verdicts = [self._verdicts[int(row.argmax())] for row in shares]
        if "supported" in verdicts:
            return Judgement("supported", score, int(supported[: len(evidence)].argmax()))
        if "contradicted" in verdicts:
            return Judgement("contradicted", score, int(contradicted[: len(evidence)].argmax()))
        return Judgement("unsupported", score, int(supported[: len(evidence)].argmax()))
