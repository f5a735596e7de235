"""The faults planted among accounts, sign-in and what a session may do (S-01 to S-08)."""

from __future__ import annotations

from tests.evidence.planted import Break

SIGN_IN = "comptes/test_sign_in.py"
CONNEXION = "web/connexion/test_connexion.py"

ACCOUNTS: list[Break] = [
    Break(
        "S-01",
        "code-twice",
        "un code peut servir deux fois",
        "comptes/mfa.py",
        "    return fresh\n",
        "    return True\n",
        (f"{SIGN_IN}::test_a_code_serves_once",),
    ),
    Break(
        "S-02",
        "password-easy",
        "les mots de passe courants passent",
        "comptes/passwords.py",
        "    if {plain, plain.translate(LEET)} & known:\n        return True\n"
        "    core = plain.strip(string.digits + string.punctuation + string.whitespace)\n",
        "    return False\n    core = plain.strip(string.digits + string.punctuation + string.whitespace)\n",
        ("comptes/test_passwords.py::test_refused",),
    ),
    Break(
        "S-03",
        "unknown-differs",
        "un compte inconnu est refusé plus tôt",
        "comptes/sign_in.py",
        "    right = check_password(password, _stored_hash(compte))\n",
        "    if compte is None:\n        raise Refused\n"
        "    right = check_password(password, _stored_hash(compte))\n",
        (f"{SIGN_IN}::test_unknown_and_known_cost_the_same_queries",),
    ),
    Break(
        "S-04",
        "no-throttle",
        "les essais ne sont plus comptés",
        "comptes/throttle.py",
        "            if row.nombre >= count.limite:\n",
        "            if row.nombre >= 10**6:\n",
        (f"{SIGN_IN}::test_a_thousand_guesses_five_evaluated",),
    ),
    Break(
        "S-05",
        "session-forever",
        "une session ne vieillit plus",
        "web/acteur.py",
        "    return now - _moment(session, SEEN) < IDLE and now - _moment(session, OPENED) < LONGEST\n",
        "    return True\n",
        (f"{CONNEXION}::test_twenty_minutes_idle_twelve_hours_at_most",),
    ),
    Break(
        "S-06",
        "post-never-ends",
        "la fin d'un poste n'est plus lue",
        "comptes/queries.py",
        "        .filter(Q(fin__isnull=True) | Q(fin__gte=last_day))\n",
        "",
        (f"{CONNEXION}::test_a_contract_that_ends_closes_every_channel_at_once",),
    ),
    Break(
        "S-07",
        "no-fresh-code",
        "le code n'est plus redemandé",
        "web/connexion/fresh.py",
        "        if recently_confirmed(request.session):\n",
        "        if True:\n",
        ("web/connexion/test_account.py::test_changes_ask_the_code_again",),
    ),
    Break(
        "S-08",
        "no-rule-passes",
        "une adresse sans règle passe",
        "web/middleware.py",
        "        if rule is None:\n            logger.error",
        "        if rule is None:\n            return None\n            logger.error",
        ("web/test_rules.py::test_a_view_without_a_rule_is_never_reached",),
    ),
]
