"""How forms of the stand are drawn."""

from django.forms.renderers import TemplatesSetting


class StandFormRenderer(TemplatesSetting):
    """Draw fields by the templates of the kit."""
