"""Admin of users, roles and login records.

Administrators manage people and give them the site's own roles. Only superusers manage superusers,
single permissions and other groups, so nobody can gain more rights than their role has.
"""

from typing import Any

from axes.admin import AccessAttemptAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import OldAuthorSlug, User
from accounts.roles import RIGHTS
from foundation.admin.forms import AddressedForm, PasswordAlone
from foundation.admin.model_admin import FormerInline, RenamingAdmin, SafeAdmin

# Whoever could change these could give themselves any right.
SUPERUSERS_FIELDS = ("is_superuser", "user_permissions", "last_login", "date_joined")


class SuperusersOnly:
    """Mixin: only superusers may write, since anybody who may change roles could give themselves
    any right.
    """

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


class PersonCreationForm(AddressedForm, AdminUserCreationForm):
    """Form of a new user, with the public name."""

    slug_source = "public_name"
    slug_fallback = "author"

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "public_name", "slug")


class PersonForm(AddressedForm, UserChangeForm):
    """Form of a user."""

    slug_source = "public_name"
    slug_fallback = "author"

    class Meta(UserChangeForm.Meta):
        model = User

    def clean_groups(self) -> list[Group]:
        """Keep the groups that the form did not offer."""
        hidden = self.instance.groups.exclude(pk__in=self.fields["groups"].queryset)  # type: ignore[attr-defined]  # -- a choice of models
        return [*self.cleaned_data["groups"], *hidden]


class PersonPasswordForm(PasswordAlone, AdminPasswordChangeForm):
    """Form with which an administrator sets a user's password."""


@admin.register(User)
class PersonAdmin(RenamingAdmin, SafeAdmin, UserAdmin):
    """Admin of users. Only superusers may change superusers."""

    form = PersonForm
    add_form = PersonCreationForm
    change_password_form = PersonPasswordForm
    list_display = ("username", "public_name", "email", "is_active", "is_staff", "is_superuser")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("username", "public_name", "email")
    ordering = ("username",)
    inlines = (FormerInline.of(OldAuthorSlug),)
    instead_of_deleting = _("Make the person inactive instead: nobody can sign in as them then.")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("What readers see"), {"fields": ("public_name", "slug", "about", "links")}),
        (_("Known here only"), {"fields": ("first_name", "last_name", "email")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "public_name",
                    "slug",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or not (obj and obj.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether the signed-in person may delete users. Others make them inactive."""
        return bool(request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return () if request.user.is_superuser else SUPERUSERS_FIELDS

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Offer only the site's own roles, except to superusers."""
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(name__in=RIGHTS)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[type[FormerInline], ...]:
        return self.inlines if obj else ()


admin.site.unregister([Group, AccessAttempt, AccessLog, AccessFailureLog])


@admin.register(Group)
class RoleAdmin(SuperusersOnly, SafeAdmin, GroupAdmin):
    """Admin of roles: Django's groups."""


@admin.register(AccessAttempt)
class FailedLoginAdmin(SafeAdmin, AccessAttemptAdmin):
    """Admin of failed logins that count towards a lockout. Deleting one lets the person
    try again.
    """


@admin.register(AccessLog)
class LoginAdmin(SafeAdmin, AccessLogAdmin):
    """Admin of logins and logouts, with time and client address."""
