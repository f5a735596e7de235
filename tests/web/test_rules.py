"""Every address has a declared rule, and the rule decides (S-08)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from maillage.directory.enums import Role
from maillage.web.areas import area_urls, nav_items, rule_table
from maillage.web.middleware import DeclaredRuleMiddleware
from maillage.web.rules import Access, Rule, public, reserved
from maillage.web.rules import signed_in as for_everyone
from tests.cast import Cast

RESERVED = reserved([Role.MEDIATEUR], "GET", "POST", readers=[Role.DIRECTION])


def view_names(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names += view_names(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            names.append(f"{space}{pattern.name}")
    return names


@pytest.mark.requirement("S-08")
def test_addresses_and_rules_are_the_same_list() -> None:
    assert sorted(view_names(get_resolver().url_patterns)) == sorted(rule_table())


def test_menu_entries_lead_to_addresses_that_have_a_rule() -> None:
    assert [entry.view for entry in nav_items() if entry.view not in rule_table()] == []


def test_no_area_hides_a_rule_for_another_one() -> None:
    assert [area for area, module in area_urls().items() if not module.RULES] == []


@pytest.mark.requirement("S-08")
@pytest.mark.parametrize(
    ("rule", "role", "method", "expected"),
    [
        (public("GET"), None, "GET", Access.GRANTED),
        (public("GET"), None, "HEAD", Access.GRANTED),
        (public("GET"), None, "POST", Access.WRONG_METHOD),
        (for_everyone("GET"), None, "GET", Access.SIGN_IN),
        (for_everyone("GET"), None, "POST", Access.SIGN_IN),
        (for_everyone("GET"), "dpo", "GET", Access.GRANTED),
        (for_everyone("POST"), "dpo", "GET", Access.WRONG_METHOD),
        (RESERVED, "mediateur", "POST", Access.GRANTED),
        (RESERVED, "direction", "GET", Access.GRANTED),
        (RESERVED, "direction", "POST", Access.READ_ONLY),
        (RESERVED, "direction", "DELETE", Access.WRONG_METHOD),
        (RESERVED, "educateur", "GET", Access.ABSENT),
        (RESERVED, "educateur", "DELETE", Access.ABSENT),
        (RESERVED, "inconnu", "GET", Access.ABSENT),
        (RESERVED, None, "GET", Access.SIGN_IN),
        (RESERVED, "mediateur", "TRACE", Access.WRONG_METHOD),
        (RESERVED, "mediateur", "", Access.WRONG_METHOD),
    ],
)
def test_a_rule_decides(rule: Rule, role: str | None, method: str, expected: Access) -> None:
    assert rule.decide(role=role, method=method) == expected


def test_a_read_only_post_reads_what_its_role_reads_and_writes_nothing() -> None:
    assert RESERVED.decide(role="mediateur", method="GET", read_only=True) == Access.GRANTED
    assert RESERVED.decide(role="mediateur", method="POST", read_only=True) == Access.READ_ONLY


def test_a_rule_names_known_methods() -> None:
    with pytest.raises(ValueError, match="give some of"):
        public("FETCH")
    with pytest.raises(ValueError, match="give some of"):
        for_everyone()


@pytest.mark.requirement("S-08")
def test_a_view_without_a_rule_is_never_reached(settings: object, rf: RequestFactory) -> None:
    def unreachable(request: HttpRequest) -> HttpResponse:
        raise AssertionError("reached")

    request = rf.get("/nulle-part/")
    request.resolver_match = type("Match", (), {"view_name": "nulle:part"})()  # type: ignore[assignment]
    answer = DeclaredRuleMiddleware(unreachable).process_view(request, unreachable, [], {})
    assert answer is not None
    assert answer.status_code == 404


@pytest.mark.requirement("S-35")
def test_an_absent_page_says_so_in_french_under_strict_headers(client: Client) -> None:
    answer = client.get("/n-existe-pas/")
    assert answer.status_code == 404
    assert "Cette page n&#x27;existe pas, ou elle n&#x27;est pas pour vous." in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self'",
    ]
    kept = {
        name: answer.headers[name] for name in ("Cache-Control", "X-Content-Type-Options", "Referrer-Policy")
    }
    assert kept == {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def test_the_api_refuses_in_json(client: Client) -> None:
    answer = client.get("/api/v1/n-existe-pas")
    assert (answer.status_code, answer.json()) == (
        404,
        {"erreur": "Cette page n'existe pas, ou elle n'est pas pour vous."},
    )


def test_the_style_page_exists_only_in_a_demo(client: Client, settings: object) -> None:
    settings.MAILLAGE_DEMO = False  # type: ignore[attr-defined]
    assert client.get("/style/").status_code == 404
    settings.MAILLAGE_DEMO = True  # type: ignore[attr-defined]
    assert client.get("/style/").status_code == 200
    assert client.post("/style/").status_code == 405


def test_the_frame_knows_who_is_signed_in(cast: Cast, signed_in: Any) -> None:
    page = signed_in(cast.nadia).get("/nulle-part/")
    assert page.status_code == 404
    assert page.context["acteur"].service == cast.alm
    assert 'class="guest"' not in page.content.decode()
    assert signed_in(cast.partie).get("/nulle-part/").context["acteur"] is None
