"""The partnership's refusals as answers of the site, for every screen that writes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.http import Http404

from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours, StaleClause
from maillage.web.errors import Conflict, Refusal


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
    """Run an act on a valid form; what it refuses comes back beside its field, renamed by `fields`."""
    try:
        with answered():
            yield
    except BadAnswer as error:
        form.add_error((fields or {}).get(error.champ, error.champ), str(error))
