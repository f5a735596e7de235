"""Forms of the sign-in area."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from maillage.comptes.models import Compte
from maillage.comptes.passwords import MAX_LENGTH

CODE_HELP = "Les six chiffres de votre application, ou un code de secours."
CODE_ATTRS: dict[str, str | bool] = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class PasswordForm(forms.Form):
    """First step. The identifier and the password stay what the person typed."""

    login = forms.CharField(
        label="Identifiant",
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="Mot de passe",
        max_length=MAX_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Second step: a code of the application, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text=CODE_HELP,
        widget=forms.TextInput(attrs={**CODE_ATTRS, "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        help_text="Douze caractères au moins. Plusieurs mots sans rapport font le meilleur.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Le même, encore une fois",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, compte: Compte, **kwargs: object) -> None:
        """Keep the account: its identifier makes a bad password."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.compte = compte

    def clean_password(self) -> str:
        """Refuse what guessers try first."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.compte)
        return password

    def clean_again(self) -> str:
        """Refuse a second typing that differs."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise forms.ValidationError("Les deux mots de passe ne sont pas les mêmes.")
        return again


class ApplicationForm(forms.Form):
    """The first code of a new application."""

    code = forms.CharField(
        label="Le code qu'elle affiche",
        max_length=20,
        help_text="Six chiffres, qui changent toutes les trente secondes.",
        widget=forms.TextInput(attrs={**CODE_ATTRS, "inputmode": "numeric"}),
    )


class InvitationForm(NewPasswordForm, ApplicationForm):
    """Everything an invited person gives at once: password twice, first code."""

    field_order = ("password", "again", "code")
