"""How often the events of calendars have changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventRevision(models.Model):
    """How often what an event of a calendar says has changed, and when it last did.

    Triggers keep it; what never changed has none. Of deleted things it stays, so that a talk that
    comes back is no older version of itself.
    """

    name = models.CharField(max_length=80, primary_key=True)
    number = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision of an event")
        verbose_name_plural = _("revisions of events")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
