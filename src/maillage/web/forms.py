"""How every form of the site looks, and the entry of a list that chooses nothing."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting

# The first entry of a list where the screen must choose nobody by itself.
CHOOSE = ("", "Choisir")


class MaillageFormRenderer(TemplatesSetting):
    """Renders `{{ form.champ.as_field_group }}` with `components/field.html`.

    Label, help and errors are tied to the widget by `aria-describedby`; widgets take the classes of
    the design system from `{% widget %}` in that template.
    """

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"
