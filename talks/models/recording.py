"""The model of recordings, with fields that read their value from the URL.

So the fields are right whether forms, imports or programs save the row.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import LineField, WebAddressField
from foundation.text.languages import LanguageField, language_constraint
from talks.enums import Provider
from talks.models.talk import Talk
from talks.recordings import seconds_in, video_of

# A stream of several days; below nothing where a recording begins after its talk.
LONGEST_OFFSET = 7 * 24 * 3600


class FromAddress(models.Field):
    """Base of a field that is filled from the recording's URL if no value is given."""

    def told(self, address: str) -> Any:
        """Return the value that the URL implies."""
        raise NotImplementedError

    def is_left_open(self, value: Any, add: bool) -> bool:
        """Return whether no value was given."""
        return value in ("", Provider.OTHER)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if self.is_left_open(value, add):
            value = self.told(model_instance.url)
            setattr(model_instance, self.attname, value)
        return value


class ProviderField(FromAddress, models.CharField):
    """The video host. "Other" counts as no value."""

    def told(self, address: str) -> str:
        return video_of(address).provider.value


class VideoIdField(FromAddress, LineField):
    """The id of the video at its host."""

    def told(self, address: str) -> str:
        return video_of(address).video_id


class OffsetField(FromAddress, models.IntegerField):
    """The second at which the talk begins in the recording. A 0 counts as a value once the row is
    saved.
    """

    def is_left_open(self, value: Any, add: bool) -> bool:
        return add and value == 0

    def told(self, address: str) -> int:
        return seconds_in(address)


class Recording(models.Model):
    """One video of a talk."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="recordings")
    provider = ProviderField(_("provider"), max_length=12, choices=Provider, default=Provider.OTHER)
    url = WebAddressField(_("address"))
    video_id = VideoIdField(_("video id"), max_length=200, blank=True, default="")
    language = LanguageField(_("language"))
    offset_seconds = OffsetField(
        _("offset in seconds"),
        default=0,
        validators=[MinValueValidator(-LONGEST_OFFSET), MaxValueValidator(LONGEST_OFFSET)],
        help_text=_("How far into the video the talk begins."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["position", "id"]
        constraints = [
            language_constraint("recording"),
            # An address can be longer than an index row, its digest cannot.
            models.UniqueConstraint(
                F("talk"),
                MD5("url"),
                name="recording_once_per_talk",
                violation_error_message=_("The talk has this recording already."),
            ),
            models.CheckConstraint(
                name="recording_offset_is_plausible",
                condition=Q(offset_seconds__range=(-LONGEST_OFFSET, LONGEST_OFFSET)),
                violation_error_message=_("A talk begins at most a week into its recording."),
            ),
            models.CheckConstraint(
                name="recording_url_is_a_web_address",
                condition=Q(url__regex=r"^https?://[^[:space:]]+$"),
                violation_error_message=_("A recording's address starts with http:// or https://."),
            ),
        ]

    def __str__(self) -> str:
        return self.url
