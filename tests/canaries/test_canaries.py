"""Whatever an account receives holds only words it may know (S-12, S-15): every text is a planted word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse

from tests.canaries import knows
from tests.canaries.crawl import addresses, crawl, links
from tests.canaries.knows import Secrets
from tests.canaries.plant import plant
from tests.canaries.read import words_of
from tests.probes.people import VISITOR, Who
from tests.probes.probe import Prober, questions
from tests.probes.test_probes import TABLE, prober

__all__ = ["prober"]
pytestmark = pytest.mark.requirement("S-12", "S-15")
# One of each relation to what is told: its team, the other team, beside, above, elsewhere, nowhere.
FEW = {
    ("alm", "mediateur"), ("nuit", "mediateur"), ("relais", "educateur"), ("alm", "administrateur"),
    ("mairie", "maire"), ("mediation_sud", "chef_de_service"), ("parti", "mediateur"), ("", ""),
}  # fmt: skip


class Listener:
    """Hears every answer, and keeps what someone should not have read."""

    def __init__(self, prober: Prober) -> None:
        """Plant the words."""
        lines, codes = knows.read()
        self.secrets = Secrets(plant(dict.fromkeys(codes)), lines, prober.services)
        self.faults: set[str] = set()
        self.heard, self.words = 0, set[str]()

    def hear(self, who: Who, address: str, answer: HttpResponse, *, link: bool = False) -> None:
        """Look for words that are not theirs; a page that breaks is a fault too."""
        self.heard += 1
        if answer.status_code >= 500:
            self.faults.add(f"{who} {address} : panne")
        found = words_of(answer) & self.secrets.planted.places.keys()
        self.words |= found
        for word in found:
            if not self.secrets.may_know(who, word, link=link):
                place, row = self.secrets.planted.places[word]
                self.faults.add(f"{who} lit {place} de {row} à {address}")

    def conclude(self, record: Callable[[str, object], None]) -> None:
        """Fail with each fault, one a line."""
        said = f"{self.heard} réponses lues, {len(self.words)} mots rencontrés, {len(self.faults)} de trop"
        record("figures", said)
        if self.faults:
            pytest.fail("\n".join(sorted(self.faults)[:60]), pytrace=False)


@pytest.fixture
def listener(prober: Prober) -> Listener:
    """A world where every text is a word planted."""
    return Listener(prober)


def test_nobody_reads_a_word_that_is_not_theirs(
    prober: Prober, listener: Listener, record_property: Any
) -> None:
    for who in prober.askers:
        if who.state in {"actif", VISITOR} and (who.service, who.role) in FEW:
            for address, answer in crawl(prober, who, TABLE, most=10):
                listener.hear(who, address, answer)
    _links(prober, listener)
    assert len(listener.words) > 300
    listener.conclude(record_property)


@pytest.mark.campaign
def test_every_account_reads_everything_it_can_reach(
    prober: Prober, listener: Listener, record_property: Any
) -> None:
    for who in prober.askers:
        if who.state in {"actif", VISITOR}:
            for address, answer in crawl(prober, who, TABLE, most=150):
                listener.hear(who, address, answer)
    _links(prober, listener)
    for line, method in questions(TABLE):
        # Who holds a secret link may read what it opens, whoever they are signed in as.
        prober.listen = partial(listener.hear, link=links(line))
        for who in prober.askers:
            if method == "POST" and who.state == "actif" and method in line.methods:
                prober.probe(who, line, method)
    listener.conclude(record_property)


def _links(prober: Prober, listener: Listener) -> None:
    """Open, without account, what each secret link opens."""
    holder = Who("", "", VISITOR)
    for line in TABLE:
        if links(line) and "GET" in line.methods:
            for address in addresses(prober, line):
                listener.hear(holder, address, prober.get(holder, address), link=True)


def test_a_leak_is_heard(prober: Prober, listener: Listener) -> None:
    """Prove the ear: a page of ALM read by ALM, then as if La Nuit had received it."""
    people = {(who.service, who.role): who for who in prober.askers if who.state == "actif"}
    answer = prober.get(people["alm", "mediateur"], "/notes/")
    listener.hear(people["alm", "mediateur"], "/notes/", answer)
    assert listener.faults == set()
    listener.hear(people["nuit", "mediateur"], "/notes/", answer)
    assert {one.split(" lit ")[1].split(" de ")[0] for one in listener.faults} >= {
        "main_courante.Note.texte_scelle"
    }
