"""Mentions: the objects that a recap's text links to by name."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from recaps.models.recap import Recap
from speakers.models import Speaker
from talks.models import Tag, Talk


def _exactly_one(*columns: str) -> Q:
    alone = ({f"{other}__isnull": other != column for other in columns} for column in columns)
    return reduce(or_, (Q(**states) for states in alone))


class Mention(models.Model):
    """A link from a recap's text to an object; written with the text."""

    KINDS = ("talk", "speaker", "conference", "tag")

    recap = models.ForeignKey(Recap, models.CASCADE, related_name="mentions")
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="mentions")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="mentions")
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, related_name="mentions")
    tag = models.ForeignKey(Tag, models.PROTECT, null=True, related_name="mentions")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.CheckConstraint(
                name="mention_of_one_thing",
                condition=_exactly_one("talk", "speaker", "conference", "tag"),
            ),
            models.UniqueConstraint(fields=["recap", "talk"], name="mention_of_talk_once"),
            models.UniqueConstraint(fields=["recap", "speaker"], name="mention_of_speaker_once"),
            models.UniqueConstraint(
                fields=["recap", "conference"], name="mention_of_conference_once"
            ),
            models.UniqueConstraint(fields=["recap", "tag"], name="mention_of_tag_once"),
        ]

    def __str__(self) -> str:
        return "{} {}".format(*self.kind_and_id)

    @property
    def kind_and_id(self) -> tuple[str, int]:
        """The model name and id of the mentioned object, without a query."""
        ids = ((kind, getattr(self, f"{kind}_id")) for kind in self.KINDS)
        return next((kind, pk) for kind, pk in ids if pk is not None)
