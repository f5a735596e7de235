"""The partnership's refusals as answers of the site, for every screen that writes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404

from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours, StaleClause
from maillage.web.errors import Conflict, Refusal

CONFLICT = "conflit"


@contextmanager
def answered() -> Iterator[None]:
    """Turn the partnership's refusals into answers: 404, 403 or 409; both texts of a stale clause pass."""
    try:
        yield
    except NotYours as error:
        raise Http404 from error
    except CannotWrite as error:
        raise Refusal(str(error), status=403) from error
    except StaleClause:
        raise
    except NotNow as error:
        raise Conflict(str(error)) from error


@contextmanager
def typed(form: forms.Form, fields: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run an act on a valid form; what it refuses comes back on the form, beside its field or above it.

    `fields` renames a refused answer's field. What was typed is never lost, whatever the refusal.
    """
    try:
        with answered():
            yield
    except Conflict as error:
        conflict(form, error.sentence)
    except BadAnswer as error:
        form.add_error((fields or {}).get(error.champ, error.champ), str(error))


@contextmanager
def beside(form: forms.Form) -> Iterator[None]:
    """Put an absurd answer beside its field, and let every other refusal pass."""
    try:
        yield
    except BadAnswer as error:
        form.add_error(error.champ, str(error))


def conflict(form: forms.Form, sentence: str) -> None:
    """Put above a form why its act does not fit the present state."""
    form.add_error(None, ValidationError(sentence, code=CONFLICT))


def status_of(*given: forms.Form) -> int:
    """Return the status of a page that sends forms back: 409 for a conflict, 422 for an answer, else 200."""
    if any(form.is_bound and form.has_error(NON_FIELD_ERRORS, CONFLICT) for form in given):
        return 409
    return 422 if any(form.errors for form in given) else 200
