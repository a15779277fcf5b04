"""How forms of the stand are drawn: `{{ form }}` gives the pattern of the kit."""

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Widget
from django.utils.functional import cached_property

# these widgets have a look of their own in the kit
_BARE = frozenset({"checkbox", "radioselect", "checkboxselectmultiple", "hidden", "file", "clearablefile"})


class StandBoundField(BoundField):
    """A field that knows which part of the pattern draws it."""

    @cached_property
    def pattern(self) -> str:
        """Name of the variant: `hidden`, `check` (one box), `choices` (several in a frame) or `input`."""
        if self.is_hidden:
            return "hidden"
        if self.widget_type == "checkbox":
            return "check"
        return "choices" if self.use_fieldset else "input"

    @property
    def focus_id(self) -> str:
        """Id of the control that a link of the error summary leads to; in a group, of its first choice."""
        return f"{self.auto_id}_0" if self.pattern == "choices" else str(self.id_for_label or self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the class of the kit to the classes that the form asked for."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.widget_type not in _BARE:
            own = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = f"input {own}".strip()
        return built


class StandFormRenderer(TemplatesSetting):
    """Draw forms and fields by the templates of the kit."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"
    bound_field_class = StandBoundField
