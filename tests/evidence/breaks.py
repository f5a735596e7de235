"""The faults planted on purpose: a requirement, one change of the code, and the tests that must see it.

A test counts as evidence only if it goes red on a broken build. `make campaign` applies each change to
a copy of the code and runs the tests named here; `test_breaks.py` checks at every run that each change
still finds its place in the code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """One fault: `before` stands once in `path` (under src/maillage) and becomes `after`.

    `dit` says the fault in French, for the evidence table; `tests` are below tests/, run on
    PostgreSQL when `postgresql` says so.
    """

    requirement: str
    name: str
    dit: str
    path: str
    before: str
    after: str
    tests: tuple[str, ...]
    postgresql: bool = False


SIGN_IN = "comptes/test_sign_in.py"
CONNEXION = "web/connexion/test_connexion.py"
REFUSALS = "orientations/test_refusals.py"
SILENT_LINE = "test_either_side_of_a_silent_line_gives_up_and_the_address_may_ask_otherwise"

BREAKS: list[Break] = [
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
    Break(
        "S-09",
        "other-service-reads",
        "un autre service lit l'orientation reçue",
        "orientations/access.py",
        "        service_destinataire_id=acteur.service.pk,\n",
        "",
        (f"{REFUSALS}::test_nobody_else_can_read",),
    ),
    Break(
        "S-10",
        "author-shown",
        "la hiérarchie lit l'auteur d'une note",
        "web/notes/views.py",
        "    hierarchy = acteur.role in ENCADREMENT\n",
        "    hierarchy = False\n",
        ("web/notes/test_noter.py::test_the_hierarchy_reads_places_and_slots_never_agents_nor_minutes",),
    ),
    Break(
        "S-11",
        "wall-down",
        "le partenariat n'est plus lu",
        "orientations/access.py",
        "        partenariat_id__in=acteur.partenariat_ids,\n        abandonnee_le__isnull=True,\n",
        "        abandonnee_le__isnull=True,\n",
        (f"{REFUSALS}::test_a_service_that_left_the_partnership_sees_nothing_more",),
    ),
    Break(
        "S-11",
        "person-of-all",
        "la base laisse passer toutes les personnes",
        "operations/policies.py",
        """    _PERSONNE: f"{_of('service_id')} OR {_opened(f'{_PERSONNE}.id')}",\n""",
        '    _PERSONNE: "true",\n',
        ("operations/test_wall.py::test_each_service_reads_its_rows_and_no_other",),
        postgresql=True,
    ),
    Break(
        "S-12",
        "news-of-all",
        "la liste des nouvelles montre celles d'autres équipes",
        "main_courante/queries/messages.py",
        "    rows = _by_wait(_visible(acteur).filter(service_destinataire=acteur.service))\n",
        "    rows = _by_wait(MessageDeLieu.objects.all())\n",
        ("canaries/test_canaries.py::test_nobody_reads_a_word_that_is_not_theirs",),
    ),
    Break(
        "S-12",
        "officer-of-all",
        "le délégué d'un service lit pour tout le partenariat",
        "sharing/demandes/mandats.py",
        "| Q(pk__in=named))",
        "| Q(pk__in=today))",
        ("sharing/test_mandats.py",),
    ),
    Break(
        "S-13",
        "small-numbers",
        "les petits nombres se montrent",
        "diagnostics/masking.py",
        "INSIDE = 5\n",
        "INSIDE = 2\n",
        ("diagnostics/test_attack.py",),
    ),
    Break(
        "S-14",
        "withdrawal-closes-nothing",
        "un retrait ne ferme rien",
        "sharing/receipts.py",
        "cause_fin=FinOuverture.RETRAIT",
        "cause_fin=''",
        (
            "sharing/test_adhesions.py::test_random_sequences_agree_with_a_simple_model",
            "orientations/test_withdrawal.py::test_a_withdrawal_ends_everything_at_once",
        ),
    ),
    Break(
        "S-14",
        "accord-outlives-withdrawal",
        "un accord survit à l'adhésion retirée",
        "dossiers/queries.py",
        "    if entendus_par is None:\n        _take_back(",
        "    if False:\n        _take_back(",
        (
            "orientations/test_withdrawal.py::"
            "test_what_was_taken_back_is_not_sent_again_until_it_is_agreed_to_again",
        ),
    ),
    Break(
        "S-15",
        "mayor-meets-people",
        "le maire passe la porte des personnes",
        "sharing/access.py",
        "PERSON_ROLES = frozenset({Role.MEDIATEUR,",
        "PERSON_ROLES = frozenset({Role.MAIRE, Role.MEDIATEUR,",
        (f"{REFUSALS}::test_posts_that_meet_nobody_have_no_list",),
    ),
    Break(
        "S-16",
        "alone-confirms",
        "qui demande un droit le confirme seul",
        "administration/actions/grants.py",
        "    if any(row.demandee_par.professionnel_id == by.professionnel_id for row in rows):\n",
        "    if False:\n",
        ("administration/test_grants.py::test_a_post_exists_only_once_a_second_person_confirmed_it",),
    ),
    Break(
        "S-16",
        "help-for-ever",
        "une assistance finie se lit encore",
        "administration/actions/help.py",
        "filter(fermee_le__isnull=True, expire_le__gt=clock.now())",
        "all()",
        ("web/administration/test_help.py",),
    ),
    Break(
        "S-17",
        "cell-not-bound",
        "une valeur scellée s'ouvre dans une autre ligne",
        "base/encryption.py",
        '    return f"{row._meta.db_table}:{row.pk}:{column}".encode()\n',
        '    return b"partout"\n',
        ("base/test_encryption.py::test_a_ciphertext_moved_to_another_row_does_not_open",),
    ),
    Break(
        "S-18",
        "rotation-forgets",
        "changer les clés n'enveloppe rien à nouveau",
        "base/encryption.py",
        "        for row in rows:\n            _rewrap(row, ring)\n        moved += len(rows)\n",
        "        return moved\n",
        ("operations/test_keys.py::test_every_envelope_moves_and_opens_to_the_same_key",),
    ),
    Break(
        "S-19",
        "keys-with-data",
        "les clés des personnes partent avec les données",
        "operations/backup.py",
        "        if (json.loads(raw)[place] == Portee.PERSONNE) == person_keys:\n            yield raw\n",
        "        yield raw\n",
        ("operations/test_backup.py::test_the_data_file_alone_holds_no_key_of_a_person",),
    ),
    Break(
        "S-20",
        "seal-not-read",
        "le sceau d'un acte n'est plus vérifié",
        "base/seals.py",
        "return hmac.compare_digest(bytes(seal), sign(kind, fields))",
        "return True",
        ("sharing/test_designations.py::test_an_act_changed_beside_the_product_opens_nothing",),
    ),
    Break(
        "S-20",
        "post-by-hand",
        "un poste écrit dans la base donne ses droits",
        "comptes/queries.py",
        "    return [row for row in rows if row.genuine]\n",
        "    return list(rows)\n",
        ("base/test_seals.py::test_a_post_changed_by_hand_gives_nothing",),
    ),
    Break(
        "S-20",
        "opening-by-hand",
        "une ouverture écrite dans la base ouvre une fiche",
        "sharing/access.py",
        " if one.genuine}\n",
        "}\n",
        ("base/test_seals.py::test_an_opening_written_by_hand_opens_no_sheet",),
    ),
    Break(
        "S-20",
        "support-by-hand",
        "un accompagnement rouvert dans la base se lit",
        "sharing/sheets.py",
        "if row and not genuinely_opened(",
        "if False and not genuinely_opened(",
        ("base/test_seals.py::test_a_closed_support_reopened_by_hand_stays_closed_to_its_own_service",),
    ),
    Break(
        "S-21",
        "read-unwritten",
        "une lecture ne laisse plus de ligne",
        "sharing/ledger.py",
        "    record(\n",
        "    if acte.value == 'lecture':\n        return\n    record(\n",
        ("sharing/test_exchanges.py::test_every_reading_leaves_one_line",),
    ),
    Break(
        "S-22",
        "verifier-blind",
        "le vérificateur ne vérifie plus rien",
        "audit/verify.py",
        "        _check(reader, number, record)\n",
        "        reader.ended = True\n",
        ("audit/test_verify.py::test_a_thousand_tamperings_are_found",),
    ),
    Break(
        "S-23",
        "past-accepted",
        "un journal ramené à son passé passe",
        "audit/verify.py",
        "        if reader.heads.get((chaine, rang)) != empreinte:\n",
        "        if False:\n",
        ("audit/test_verify.py::test_a_ledger_put_back_to_its_past_is_seen",),
    ),
    Break(
        "S-24",
        "ledger-names",
        "un identifiant entre au journal en clair",
        "audit/actions.py",
        "        detail=impersonal(entry.detail),\n",
        "        detail={key: str(value) for key, value in entry.detail.items()},\n",
        ("audit/test_actions.py::test_identifiers_inside_the_detail_become_pseudonyms",),
    ),
    Break(
        "S-30",
        "read-then-write",
        "prendre une orientation lit, puis écrit",
        "orientations/actions/receiving.py",
        "    waiting = Reception.objects.filter(orientation=orientation, etat=EtatReception.A_VOIR)\n",
        "    waiting = Reception.objects.filter(orientation=orientation)\n",
        ("orientations/test_races.py::test_two_hundred_races_each_have_one_winner",),
    ),
    Break(
        "S-31",
        "stale-saved",
        "une correction périmée est gardée",
        "orientations/actions/sending.py",
        "    if draft.version != version:\n        raise Stale\n    _require_findable(answers)\n",
        "    _require_findable(answers)\n",
        (f"{REFUSALS}::test_a_stale_correction_writes_nothing",),
    ),
    Break(
        "S-32",
        "hidden-marks",
        "un nom peut cacher des signes invisibles",
        "main_courante/saisie.py",
        '_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})\n',
        "_INVISIBLE: frozenset[str] = frozenset()\n",
        ("web/notes/test_listes.py::test_names_refuse_what_the_eye_cannot_see",),
    ),
    Break(
        "S-33",
        "live-formula",
        "une case devient une formule",
        "documents/spreadsheet.py",
        '    return f"\'{value}" if value.startswith(FORMULA_STARTS) else value\n',
        "    return value\n",
        ("documents/test_office.py::test_a_formula_is_text_in_every_file",),
    ),
    Break(
        "S-34",
        "no-limit",
        "une note n'a plus de limite",
        "main_courante/saisie.py",
        "    if len(text) > TEXT_LIMIT:\n",
        "    if False:\n",
        ("web/api/test_api.py::test_a_ten_megabyte_note_is_refused_with_its_identifier",),
    ),
    Break(
        "S-34",
        "picture-tells",
        "une photo garde le lieu où elle est prise",
        "documents/attachments.py",
        '    page = Image.new("RGB", picture.size, "white")\n'
        '    page.paste(picture, mask=picture if picture.mode == "RGBA" else None)\n',
        "    page = picture\n",
        ("documents/test_attachments.py::test_a_picture_keeps_its_pixels_and_tells_nothing_more",),
    ),
    Break(
        "S-35",
        "header-missing",
        "un en-tête manque",
        "web/middleware.py",
        '        response.headers.setdefault("X-Frame-Options", "DENY")\n',
        "",
        ("web/test_errors.py::test_every_class_of_answer_carries_the_strict_headers",),
    ),
    Break(
        "S-36",
        "nobody-counts",
        "lire en nombre n'est plus compté",
        "sharing/ledger.py",
        "    if acte == Acte.LECTURE:\n",
        "    if False:\n",
        ("sharing/test_pace.py::test_five_hundred_reads_are_all_given_slower_and_told_before_the_sixtieth",),
    ),
    Break(
        "S-36",
        "threads-taken",
        "un compte qui lit en nombre occupe tout le serveur",
        "sharing/pace.py",
        "compte not in _waiting and len(_waiting) < WAITING_AT_ONCE",
        "True",
        (
            "sharing/test_pace.py::"
            "test_an_account_never_holds_two_threads_and_its_next_page_asks_again_by_itself",
        ),
    ),
    Break(
        "S-38",
        "full-disk-unsaid",
        "un disque plein devient une panne sans phrase",
        "web/errors.py",
        "    return isinstance(failure, OperationalError | InterfaceError)\n",
        "    return False\n",
        ("web/test_database_out.py::test_a_refusal_of_the_disk_is_one_sentence_and_passes",),
    ),
    Break(
        "S-38",
        "silent-line-waited-for",
        "une base devenue muette fait attendre deux heures",
        "config/environment.py",
        '"connect_timeout": seconds, **SILENCE}',
        '"connect_timeout": seconds}',
        (f"config/test_environment.py::{SILENT_LINE}",),
    ),
    Break(
        "S-38",
        "standby-reads-rights",
        "un compte de la réplique lit autre chose que ce qui se compte",
        "operations/replica.py",
        "    if not tables or tables - COUNTED.keys() or columns - set().union(*COUNTED.values()):\n",
        "    if False:\n",
        ("operations/test_replica.py::test_nothing_but_what_is_counted_can_be_read",),
    ),
    Break(
        "S-39",
        "migration-in-two",
        "une migration s'applique et s'écrit en deux fois",
        "operations/upgrade.py",
        "        with atomic(using=connection.alias):\n            yield\n    finally:\n",
        "        yield\n    finally:\n",
        ("campaign/test_upgrades.py::test_an_upgrade_killed_at_its_edges_goes_on",),
    ),
]
