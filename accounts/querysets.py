"""Questions about people."""

from django.db import models

from foundation.models.old_addresses import AddressedQuerySet


class UserQuerySet(AddressedQuerySet, models.QuerySet):
    """People who sign in."""
