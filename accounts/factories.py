"""Test factories for users."""

from typing import Any

import factory
from django.contrib.auth.models import Group, Permission
from factory.django import DjangoModelFactory

from accounts.models import User


class UserFactory(DjangoModelFactory):
    """A person without rights. `staff=True` may enter the admin, `superuser=True` may do all.

    `permissions=["talks.change_talk"]` gives single rights, `role="Curators"` a role's.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(is_staff=True)
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"person{n}")
    public_name = factory.Sequence(lambda n: f"Person {n}")
    slug = factory.Sequence(lambda n: f"person-{n}")
    password = "!"

    @factory.post_generation
    def permissions(self: Any, create: bool, extracted: list[str] | None, **_: Any) -> None:
        for name in extracted or []:
            app_label, codename = name.split(".")
            permission = Permission.objects.get(
                content_type__app_label=app_label, codename=codename
            )
            self.user_permissions.add(permission)

    @factory.post_generation
    def role(self: Any, create: bool, extracted: str | None, **_: Any) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))
