"""Every starting text would pass as it stands in the workshop, and comes from a practice of the study."""

from __future__ import annotations

import pytest

from maillage.conventions.actions.atelier import TEXT_MAX, TITLE_MAX
from maillage.conventions.faits import check_fact
from maillage.etude.clauses import TexteDeDepart, textes_de_depart
from maillage.web.convention.forms import ProposeForm


def test_the_texts_have_each_their_key_and_title() -> None:
    texts = textes_de_depart()
    assert len(texts) == len({one.cle for one in texts}) == len({one.titre for one in texts}) == 12


@pytest.mark.parametrize("one", textes_de_depart(), ids=lambda one: one.cle)
def test_each_may_be_proposed_as_it_stands(one: TexteDeDepart) -> None:
    check_fact(one.etablit, one.valeur, one.metier)
    assert (len(one.titre) <= TITLE_MAX, len(one.texte) <= TEXT_MAX) == (True, True)
    typed = {
        "titre": one.titre,
        "texte": one.texte,
        "etablit": f"{one.etablit}={one.valeur}" if one.etablit else "",
        "metier": one.metier,
        "origine": "etude",
        "source": one.pratique.titre,
    }
    form = ProposeForm(typed)
    assert form.is_valid(), form.errors
    wording = form.wording()
    assert (wording.fait, wording.valeur) == (one.etablit, one.valeur)
