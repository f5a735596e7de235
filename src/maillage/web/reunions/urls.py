"""Addresses of meetings."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.reunions import calendars, views, writing
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, public, reserved

urlpatterns = [
    path("reunions/", views.list_page, name="liste"),
    path("reunions/convoquer/", writing.convene_view, name="convoquer"),
    path("reunions/rythme/", writing.rhythm_view, name="rythme"),
    path("reunions/agenda/", calendars.feeds_page, name="agenda"),
    path("reunions/agenda/<uuid:flux>/fermer/", calendars.revoke_view, name="fermer"),
    path("reunions/flux/<str:jeton>.ics", calendars.feed_file, name="flux"),
    path("reunions/invite/<str:jeton>/", calendars.guest_page, name="invite"),
    path("reunions/creneaux/", calendars.slots_page, name="creneaux"),
    path("reunions/<uuid:reunion>/", views.meeting_page, name="page"),
    path("reunions/<uuid:reunion>/reporter/", writing.postpone_view, name="reporter"),
    path("reunions/<uuid:reunion>/annuler/", writing.cancel_view, name="annuler"),
    path("reunions/<uuid:reunion>/presents/", writing.attendance_view, name="presents"),
    path("reunions/<uuid:reunion>/compte-rendu/", writing.minutes_view, name="compte_rendu"),
    path("reunions/<uuid:reunion>/verrouiller/", writing.lock_view, name="verrouiller"),
    path("reunions/<uuid:reunion>/decider/", writing.decide_view, name="decider"),
    path("reunions/<uuid:reunion>/inviter/", writing.invite_view, name="inviter"),
    path("reunions/invitations/<uuid:invitation>/fermer/", writing.uninvite_view, name="fermer_invitation"),
    path("reunions/<uuid:reunion>/porte/", writing.door_view, name="porte"),
    path("reunions/<uuid:reunion>/comptes/", writing.counts_view, name="comptes"),
    path("reunions/<uuid:reunion>/invitation.ics", calendars.invitation_file, name="invitation"),
    path("reunions/<uuid:reunion>/compte-rendu.<slug:genre>", views.minutes_file, name="document"),
    path("reunions/decisions/<uuid:decision>/suivre/", writing.follow_view, name="suivre"),
]
WHO = TERRAIN | ENCADREMENT | {Role.COORDINATION, Role.COORDONNATEUR}
WRITES = (
    "convoquer", "rythme", "fermer", "reporter", "annuler", "presents", "compte_rendu", "verrouiller",
    "decider", "inviter", "fermer_invitation", "porte", "comptes", "suivre",
)  # fmt: skip
RULES: dict[str, Rule] = {
    "liste": reserved(WHO, "GET"),
    "page": reserved(WHO, "GET"),
    "agenda": reserved(WHO, "GET", "POST"),
    "creneaux": reserved(WHO, "GET", "POST"),
    "invitation": reserved(WHO, "GET"),
    "document": reserved(WHO, "GET"),
    "flux": public("GET"),
    "invite": public("GET"),
    **{name: reserved(WHO, "POST") for name in WRITES},
}
