"""Writes of the administration."""

from maillage.administration.actions.grants import confirm, set_aside
from maillage.administration.actions.help import close_help, live_helps, open_help, read_as_helper
from maillage.administration.actions.partnerships import (
    PartenariatVoulu,
    ask_participation,
    change_rhythm,
    create_partnership,
)
from maillage.administration.actions.places import add_commune, add_places, change_place
from maillage.administration.actions.posts import (
    PosteDemande,
    ask_post,
    ask_return,
    close_account,
    end_one_post,
)
from maillage.administration.actions.retention import ask_term
from maillage.administration.actions.teams import ServiceVoulu, change_service, create_service
from maillage.administration.actions.words import change_words

__all__ = [
    "PartenariatVoulu",
    "PosteDemande",
    "ServiceVoulu",
    "add_commune",
    "add_places",
    "ask_participation",
    "ask_post",
    "ask_return",
    "ask_term",
    "change_place",
    "change_rhythm",
    "change_service",
    "change_words",
    "close_account",
    "close_help",
    "confirm",
    "create_partnership",
    "create_service",
    "end_one_post",
    "live_helps",
    "open_help",
    "read_as_helper",
    "set_aside",
]
