"""Addresses of joint projects."""

from django.urls import path

from maillage.directory.enums import Role
from maillage.web.areas import NavItem
from maillage.web.projets import offrir, photos, views, writing
from maillage.web.rules import ENCADREMENT, TERRAIN, Rule, public, reserved

urlpatterns = [
    path("projets/", views.list_page, name="liste"),
    path("projets/nouveau/", writing.propose_view, name="nouveau"),
    path("projets/<uuid:projet>/", views.project_page, name="page"),
    path("projets/<uuid:projet>/signer/", writing.sign_view, name="signer"),
    path("projets/<uuid:projet>/commencer/", writing.begin_view, name="commencer"),
    path("projets/<uuid:projet>/seances/", writing.session_view, name="seance"),
    path("projets/<uuid:projet>/budget/", writing.line_view, name="ligne"),
    path("projets/<uuid:projet>/soutiens/", writing.supporter_view, name="soutien"),
    path("projets/<uuid:projet>/photos/", photos.add_view, name="photo"),
    path("projets/<uuid:projet>/photos/<uuid:photo>/retirer/", photos.remove_view, name="retirer_photo"),
    path("projets/<uuid:projet>/photos/<uuid:photo>.jpg", photos.picture, name="image"),
    path("projets/offres/<uuid:offre>/decliner/", writing.decline_view, name="decliner"),
    path("projets/offrir/<str:jeton>/", offrir.link_page, name="offrir"),
    path("projets/<uuid:projet>/inscrire/", writing.enrol_view, name="inscrire"),
    path("projets/<uuid:projet>/retirer/", writing.leave_view, name="retirer"),
    path("projets/<uuid:projet>/terminer/", writing.finish_view, name="terminer"),
    path("projets/<uuid:projet>/abandonner/", writing.give_up_view, name="abandonner"),
    path("projets/<uuid:projet>/bilan.<slug:genre>", views.bilan_file, name="bilan"),
]
WHO = TERRAIN | ENCADREMENT
MEETS = TERRAIN | {Role.CHEF_DE_SERVICE}
RULES: dict[str, Rule] = {
    "liste": reserved(WHO, "GET", readers={Role.COORDINATION}),
    "page": reserved(WHO, "GET", readers={Role.COORDINATION}),
    "image": reserved(WHO, "GET", readers={Role.COORDINATION}),
    "offrir": public("GET", "POST"),
    "bilan": reserved(WHO, "GET", readers={Role.COORDINATION}),
    "nouveau": reserved(WHO, "GET", "POST"),
    "inscrire": reserved(MEETS, "POST"),
    "retirer": reserved(MEETS, "POST"),
    **{
        name: reserved(WHO, "POST", readers={Role.COORDINATION})
        for name in (
            "signer",
            "commencer",
            "seance",
            "ligne",
            "soutien",
            "photo",
            "retirer_photo",
            "decliner",
            "terminer",
            "abandonner",
        )
    },
}
NAV = [NavItem(label="Projets", icon="partenariat", view="projets:liste", order=57)]
