"""Images that people uploaded for their texts. Their content is in files (`images.files`)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import MomentField
from foundation.text.bounds import moment_constraints
from foundation.text.image_names import KEY_LENGTH, MOST_HEIGHT, MOST_WIDTH, ImageName
from foundation.text.markdown import image_markdown

if TYPE_CHECKING:
    from accounts.models import User


class ImageQuerySet(models.QuerySet["Image"]):
    """Queryset of images."""

    def visible_to(self, user: User) -> ImageQuerySet:
        """Return what a person may see in the admin: their own images, or all with that
        permission.
        """
        everybodys = user.has_perm("images.view_everybodys_images")
        return self if everybodys else self.filter(uploaded_by=user)

    def uploaded_since(self, moment: dt.datetime) -> ImageQuerySet:
        """Return the images uploaded at the moment or later."""
        return self.filter(created_at__gte=moment)

    def uploaded_before(self, moment: dt.datetime) -> ImageQuerySet:
        """Return the images uploaded before the moment."""
        return self.filter(created_at__lt=moment)

    def keyed(self, beginning: str) -> ImageQuerySet:
        """Return the images whose key has this prefix."""
        return self.filter(digest__startswith=beginning)


class Image(models.Model):
    """An uploaded image, re-encoded. Written by `images.uploads`, never changed."""

    digest = models.CharField(
        _("SHA-256"), max_length=64, unique=True, help_text=_("Of the file's content.")
    )
    width = models.PositiveSmallIntegerField(_("width"), help_text=_("In pixels."))
    height = models.PositiveSmallIntegerField(_("height"), help_text=_("In pixels."))
    byte_count = models.PositiveIntegerField(_("bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="images",
        verbose_name=_("uploaded by"),
        db_index=False,
    )
    created_at = MomentField(_("uploaded at"), db_default=Now())

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("view_everybodys_images", _("Can view everybody's images"))]
        indexes = [
            models.Index(fields=["uploaded_by", "-created_at"], name="image_by_uploader"),
            models.Index(fields=["-created_at", "-id"], name="image_newest"),
        ]
        constraints = [
            *moment_constraints("image", "created_at"),
            models.CheckConstraint(
                name="image_digest_is_sha256",
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A digest has 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                name="image_size_is_bounded",
                condition=Q(width__range=(1, MOST_WIDTH), height__range=(1, MOST_HEIGHT)),
                violation_error_message=_("An image is at most 2,560 wide and 8,192 high."),
            ),
            models.CheckConstraint(
                name="image_is_not_empty",
                condition=Q(byte_count__gt=0),
                violation_error_message=_("An image has a content."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return self.name.address

    @property
    def key(self) -> str:
        """The part of its digest that its file name contains."""
        return self.digest[:KEY_LENGTH]

    @property
    def name(self) -> ImageName:
        """The name of its file, also in its URL."""
        return ImageName(self.key, self.width, self.height)

    def markdown(self, alt: str = "") -> str:
        """Return the Markdown that shows it, with an alternative text."""
        return image_markdown(self.get_absolute_url(), alt)
