"""Who acts, with the partnerships their service takes part in now."""

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.models import Compte
from maillage.conventions.queries import partenariat_ids
from maillage.directory.models import Poste


def acting(compte: Compte, poste: Poste) -> Acteur:
    """Return the account's owner acting in this post, which the caller knows to be held now."""
    return build_acteur(compte, poste, partenariat_ids(poste.service_id, clock.today()))
