"""``POST /feedback``, and what the page's buttons call: what a person thinks of an answer, kept because it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from serving.errors import FeedbackError, ProblemError
from serving.feedback import FeedbackStore
from serving.forms import FeedbackForm, FeedbackRecord
from serving.problems import BODY_PROBLEMS


@dataclass(frozen=True, slots=True)
class FeedbackDesk:
    """Takes feedback, from wherever it was sent."""

    store: FeedbackStore
    """Where it is kept."""
    build: Callable[[], str]
    """The build that is answered from."""
    rated: Callable[[str], None]
    """Who counts it."""

    def take(self, form: FeedbackForm) -> None:
        """Keep it. Raises a 503 problem where that cannot be done."""
        try:
            self.store.add(form.to_feedback(self.build()))
        except (FeedbackError, OSError) as error:
            raise ProblemError(
                503, "Not kept", "The feedback could not be kept. Tell the operator.", headers={"Retry-After": "60"}
            ) from error
        self.rated(form.rating)

    def take_fields(self, fields: Mapping[str, Any]) -> None:
        """Keep what the page sends: the fields of ``FeedbackForm``. Raises a problem where they are not, too."""
        try:
            form = FeedbackForm.model_validate(dict(fields))
        except ValidationError as error:
            # without the error itself, which repeats what somebody wrote
            names = ", ".join(sorted({str(entry["loc"][0]) for entry in error.errors() if entry["loc"]}))
            raise ProblemError(422, "The feedback has another form", f"Wrong: {names}. See /docs.") from None
        self.take(form)


def rating_routes(desk: FeedbackDesk) -> APIRouter:
    """Return the route."""
    router = APIRouter(tags=["feedback"])

    @router.post("/feedback", response_model=FeedbackRecord, status_code=201, responses=BODY_PROBLEMS)
    def feedback(form: FeedbackForm) -> JSONResponse:
        """Keep what a person thinks of an answer: the day, the rating, the question, and which answer it was."""
        desk.take(form)
        return JSONResponse({"kept": True}, 201)

    return router
