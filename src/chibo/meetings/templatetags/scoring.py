"""How points are written and typed."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from chibo.meetings.room.rubric import points_words

register = template.Library()


@register.filter
def points(hundredths: int) -> str:
    """450 as "4,5"."""
    return points_words(hundredths)


@register.filter
def typed(bound: BoundField) -> SafeString:
    """The field in which points are typed; its fieldset has the id that a summary of errors leads to."""
    return SafeString(bound.as_widget(attrs={"id": f"{bound.auto_id}_typed"}))
