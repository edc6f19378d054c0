"""The corpus's editorial policy, checked: Documents -> Findings. ``corpus/README.md`` is the policy in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a document that the policy does not allow, or that somebody should look at."""

    document: str
    """Document id."""
    rule: str
    """Name of the rule."""
    message: str
    """What is wrong and what to do."""
    severity: Severity = "error"
    """``error`` fails the check, ``warning`` is printed only."""
    excerpt: str = ""
    """Words of the document by which the place can be found."""
