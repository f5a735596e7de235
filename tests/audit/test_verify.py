"""An exported ledger verified elsewhere: every tampering is found, nothing sound is refused (S-22, S-23)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from maillage.audit import PLATEFORME
from maillage.audit.actions import Entree, record, record_many, sign_heads
from maillage.audit.enums import Acte
from maillage.audit.format import canonical, digest
from maillage.audit.queries import export_lines
from maillage.audit.signing import public_key
from maillage.audit.verify import Bad, Proof, read_lines, read_public_key, verify
from maillage.base import clock

pytestmark = pytest.mark.django_db
ACTS = list(Acte)


@pytest.fixture
def exported(service_a: UUID, service_b: UUID) -> list[bytes]:
    """Three chains over several days, exported."""
    rng = Random(7)
    start = datetime(2026, 3, 1, 20, tzinfo=clock.PARIS)
    for chaine, count in ((PLATEFORME, 3), (service_a, 14), (service_b, 9)):
        record_many(
            chaine,
            [
                Entree(
                    rng.choice(ACTS),
                    uuid4(),
                    "note",
                    uuid4(),
                    {"n": n, "quoi": "été"},
                    start + timedelta(hours=5 * n),
                )
                for n in range(count)
            ],
        )
    return export()


def export() -> list[bytes]:
    sign_heads()
    return list(export_lines())


def check(lines: list[bytes]) -> Proof:
    return verify(read_lines([b"".join(lines)]), read_public_key(public_key()))


def tampered(lines: list[bytes], rng: Random) -> list[bytes]:
    """Change the file in one of the ways someone could."""
    ways: list[Callable[[list[bytes], Random], list[bytes]]] = [
        flip_byte, drop_byte, add_byte, respell_signature, drop_line, repeat_line, swap_lines, truncate,
        change_field, rewrite_from, drop_chain, foreign_head, another_key, other_spelling, add_after,
    ]  # fmt: skip
    return rng.choice(ways)(list(lines), rng)


def _somewhere(lines: list[bytes], rng: Random) -> tuple[bytes, int]:
    raw = b"".join(lines)
    return raw, rng.randrange(len(raw))


def flip_byte(lines: list[bytes], rng: Random) -> list[bytes]:
    raw, at = _somewhere(lines, rng)
    return [raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]]


def drop_byte(lines: list[bytes], rng: Random) -> list[bytes]:
    raw, at = _somewhere(lines, rng)
    return [raw[:at] + raw[at + 1 :]]


def add_byte(lines: list[bytes], rng: Random) -> list[bytes]:
    raw, at = _somewhere(lines, rng)
    return [raw[:at] + rng.choice([b" ", b"\n", b"0", b"a", b"\r"]) + raw[at:]]


def drop_line(lines: list[bytes], rng: Random) -> list[bytes]:
    del lines[rng.randrange(len(lines))]
    return lines


def repeat_line(lines: list[bytes], rng: Random) -> list[bytes]:
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    return lines


def swap_lines(lines: list[bytes], rng: Random) -> list[bytes]:
    a, b = rng.sample(range(len(lines)), 2)
    lines[a], lines[b] = lines[b], lines[a]
    return lines


def truncate(lines: list[bytes], rng: Random) -> list[bytes]:
    raw, at = _somewhere(lines, rng)
    return [raw[:at]] if rng.random() < 0.5 else lines[: rng.randrange(len(lines))]


def change_field(lines: list[bytes], rng: Random) -> list[bytes]:
    at = rng.randrange(len(lines))
    record = json.loads(lines[at])
    name = rng.choice(sorted(record))
    record[name] = rng.choice([value for value in (0, "x", "0" * 64, None, [], {}) if value != record[name]])
    lines[at] = canonical(record) + b"\n"
    return lines


def rewrite_from(lines: list[bytes], rng: Random) -> list[bytes]:
    """Change one line and recompute every digest after it, as someone who knows the format would."""
    rows = [json.loads(line) for line in lines]
    at = rng.choice([n for n, row in enumerate(rows) if row["genre"] == "ligne"])
    chaine = rows[at]["chaine"]
    rows[at]["acte"] = next(act for act in ACTS if act != rows[at]["acte"]).value
    previous = rows[at]["precedent"]
    for row in rows[at:]:
        if row.get("chaine") == chaine and row["genre"] == "ligne":
            row["precedent"] = previous
            previous = row["empreinte"] = digest(row)
        elif row.get("chaine") == chaine:
            row["empreinte"] = previous
    return [canonical(row) + b"\n" for row in rows]


def drop_chain(lines: list[bytes], rng: Random) -> list[bytes]:
    chaine = rng.choice([json.loads(line)["chaine"] for line in lines[1:-1]])
    return [line for line in lines if json.loads(line).get("chaine") != chaine]


def foreign_head(lines: list[bytes], rng: Random) -> list[bytes]:
    """Put the signature of one head on another."""
    heads = [n for n, line in enumerate(lines) if b'"genre":"tete"' in line]
    a, b = rng.sample(heads, 2)
    row = json.loads(lines[a])
    row["signature"] = json.loads(lines[b])["signature"]
    lines[a] = canonical(row) + b"\n"
    return lines


def another_key(lines: list[bytes], rng: Random) -> list[bytes]:
    """Sign the end with a key of one's own."""
    row = json.loads(lines[-1])
    row["signature"] = Ed25519PrivateKey.generate().sign(rng.randbytes(8)).hex()
    return [*lines[:-1], canonical(row) + b"\n"]


def other_spelling(lines: list[bytes], rng: Random) -> list[bytes]:
    at = rng.randrange(len(lines))
    lines[at] = json.dumps(json.loads(lines[at]), ensure_ascii=rng.random() < 0.5).encode() + b"\n"
    return lines


def respell_signature(lines: list[bytes], rng: Random) -> list[bytes]:
    """Write the last signature with capitals, or with a space: the same number, another file."""
    row = json.loads(lines[-1])
    at = 2 * rng.randrange(64)
    kept = str(row["signature"])
    row["signature"] = kept.upper() if rng.random() < 0.5 else f"{kept[:at]} {kept[at:]}"
    return [*lines[:-1], canonical(row) + b"\n"]


def add_after(lines: list[bytes], rng: Random) -> list[bytes]:
    return [*lines, rng.choice([b"\n", b"{}\n", b" ", rng.choice(lines)])]


@pytest.mark.requirement("S-22")
def test_a_sound_ledger_holds(exported: list[bytes]) -> None:
    proof = check(exported)
    assert (proof.chaines, proof.lignes, proof.tetes) == (3, 26, 9)
    assert len(proof.heads) == 9


def test_an_empty_ledger_holds() -> None:
    proof = check(export())
    assert (proof.chaines, proof.lignes, proof.tetes) == (0, 0, 0)


def test_the_first_bad_line_is_said(exported: list[bytes]) -> None:
    lines = list(exported)
    lines[4] = lines[4].replace("été".encode(), b"hiver")
    with pytest.raises(Bad) as bad:
        check(lines)
    assert (bad.value.number, bad.value.reason) == (5, "son contenu a changé")


def _found(exported: list[bytes], count: int) -> None:
    rng, whole = Random(42), b"".join(exported)
    missed = 0
    for _ in range(count):
        lines = tampered(exported, rng)
        if b"".join(lines) == whole:
            continue
        try:
            check(lines)
        except Bad:
            continue
        missed += 1
    assert missed == 0


@pytest.mark.requirement("S-22")
def test_a_thousand_tamperings_are_found(exported: list[bytes]) -> None:
    _found(exported, 1000)


@pytest.mark.requirement("S-22")
@pytest.mark.campaign
def test_a_hundred_thousand_tamperings_are_found(exported: list[bytes]) -> None:
    _found(exported, 100_000)


@pytest.mark.parametrize(
    "way",
    [
        drop_line,
        rewrite_from,
        drop_chain,
        foreign_head,
        another_key,
        truncate,
        swap_lines,
        add_after,
        respell_signature,
    ],
)
def test_each_way_is_found(exported: list[bytes], way: Callable[[list[bytes], Random], list[bytes]]) -> None:
    for seed in range(40):
        lines = way(list(exported), Random(seed))
        if lines != exported:
            with pytest.raises(Bad):
                check(lines)


@pytest.mark.requirement("S-23")
def test_another_installation_s_key_is_refused(exported: list[bytes]) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(Bad):
        verify(exported, other)


@pytest.mark.requirement("S-23")
def test_a_ledger_put_back_to_its_past_is_seen(exported: list[bytes], service_a: UUID) -> None:
    yesterday = exported
    record(chaine=service_a, acte=Acte.EXPORT, acteur=None)
    today = check(export())
    key = read_public_key(public_key())
    assert verify(export(), key, against=check(yesterday).heads).lignes == 27
    with pytest.raises(Bad, match="déjà signée"):
        verify(yesterday, key, against=today.heads)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"pas du json\n",
        b"[]\n",
        b'{"genre":["ligne"]}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"genre":"entete","format":1,"cle_publique":"\\ud800","le":""}\n',
        b'{"cle_publique":"","format":NaN,"genre":"entete","le":""}\n',
    ],
)
def test_anything_else_is_refused_at_its_line(content: bytes) -> None:
    with pytest.raises(Bad) as bad:
        verify(read_lines([content]), read_public_key(public_key()))
    assert bad.value.number == 1


@pytest.mark.requirement("S-22")
def test_the_verifier_needs_neither_django_nor_the_keys() -> None:
    import subprocess
    import sys

    code = (
        "import sys, maillage.audit.verify as v; "
        "print([m for m in sys.modules if m.split('.')[0] == 'django' or m.startswith('maillage.base')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={})
    assert done.stdout.strip() == "[]"
