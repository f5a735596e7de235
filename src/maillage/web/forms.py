"""How every form of the site looks: Django's renderer pointed at our own field templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class MaillageFormRenderer(TemplatesSetting):
    """Renders `{{ form.champ.as_field_group }}` with `components/field.html`.

    Label, help and errors are tied to the widget by `aria-describedby`; widgets take the classes of
    the design system from `{% widget %}` in that template.
    """

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"
