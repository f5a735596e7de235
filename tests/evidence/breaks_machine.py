"""The faults planted in what leaves, what counts and what the machine holds (S-30 to S-39)."""

from __future__ import annotations

from tests.evidence.planted import Break

REFUSALS = "orientations/test_refusals.py"
SILENT_LINE = "test_either_side_of_a_silent_line_gives_up_and_the_address_may_ask_otherwise"

MACHINE: list[Break] = [
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
