"""The user model, with a public name and a slug."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import LineField, MomentField, ProseField, prose_constraint
from foundation.models.old_addresses import AddressedQuerySet, OldAddress
from foundation.models.one_owner import HAD_BY_ANOTHER, address_stays, old_address_stays
from foundation.models.slug_columns import SlugColumn, free_slug, slug_constraints
from foundation.text.bounds import moment_constraints
from foundation.text.weblinks import is_safe_address, safe_address


class UserQuerySet(AddressedQuerySet, models.QuerySet):
    """Queryset of users."""


ABOUT_MAX_LENGTH = 200
LINKS_MAX_LENGTH = 1_000
MOST_LINKS = 6


def validate_links(text: str) -> None:
    """Raise ValidationError if a line is no web URL, or if there are too many lines."""
    lines = text.split()
    if len(lines) > MOST_LINKS:
        raise ValidationError(_("Give six addresses at most."))
    if not all(map(is_safe_address, lines)):
        raise ValidationError(_("Give whole addresses that start with http:// or https://."))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # -- made at run time
    """Creates users; fills in public name and slug if they are not given."""

    def create_user(self, username: str, *args: Any, **fields: Any) -> "User":
        return super().create_user(username, *args, **self._with_address(username, fields))

    def create_superuser(self, username: str, *args: Any, **fields: Any) -> "User":
        return super().create_superuser(username, *args, **self._with_address(username, fields))

    def _with_address(self, username: str, fields: dict[str, Any]) -> dict[str, Any]:
        name = fields.get("public_name") or username
        slug = fields.get("slug") or free_slug(self.model(), name, fallback="author")
        return {**fields, "public_name": name, "slug": slug}


class User(AbstractUser):
    """A user. Readers see the public name and never the user name."""

    public_name = LineField(_("public name"), max_length=150)
    slug = SlugColumn(unique=True, help_text=_("Made from the public name when left empty."))
    about = LineField(
        _("a line about you"),
        max_length=ABOUT_MAX_LENGTH,
        blank=True,
        default="",
        help_text=_("Readers see it on your page and in the list of authors."),
    )
    links = ProseField(
        _("links"),
        max_length=LINKS_MAX_LENGTH,
        blank=True,
        default="",
        validators=[validate_links],
        help_text=_("Where else you are found: one address on each line, six at most."),
    )
    # Django's own two, within the years that the site knows.
    last_login = MomentField(_("last login"), null=True, blank=True)
    date_joined = MomentField(_("date joined"), default=timezone.now)
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            *slug_constraints("user"),
            *moment_constraints("user", "last_login", "date_joined", "created_at"),
            address_stays(
                "user", old="accounts.OldAuthorSlug", owner="user", message=HAD_BY_ANOTHER
            ),
            prose_constraint("user", "links", LINKS_MAX_LENGTH),
            models.CheckConstraint(
                name="user_has_a_public_name",
                condition=~models.Q(public_name=""),
                violation_error_message=_("A user needs a public name."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    @property
    def own_links(self) -> list[str]:
        """The author's other web pages, without URLs that may not be linked to."""
        return [address for line in self.links.split() if (address := safe_address(line))]


class OldAuthorSlug(OldAddress):
    """A former slug of an author's page."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old author address")
        verbose_name_plural = _("old author addresses")
        constraints = [
            old_address_stays("old_author_address", live="accounts.User", owner="user"),
        ]
