"""People, roles and logins in the admin. Only administrators change who may do what."""

from typing import Any

from axes.admin import AccessAttemptAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import OldAuthorSlug, User
from accounts.renaming import rename_author
from notes_site.admin_base import FormerInline, SafeAdmin
from notes_site.admin_forms import AddressedForm


class AdministratorsOnly:
    """Nobody else writes here: whoever may change users or roles may give themselves any right."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


class PersonCreationForm(AddressedForm, AdminUserCreationForm):
    """A new person, with the name that readers will see."""

    slug_source = "public_name"
    slug_fallback = "author"

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "public_name", "slug")


class PersonForm(AddressedForm, UserChangeForm):
    """A person."""

    slug_source = "public_name"
    slug_fallback = "author"

    class Meta(UserChangeForm.Meta):
        model = User


class FormerAuthorInline(FormerInline):
    """Addresses that an author's page had before."""

    model = OldAuthorSlug


@admin.register(User)
class PersonAdmin(AdministratorsOnly, SafeAdmin, UserAdmin):
    """People who sign in."""

    form = PersonForm
    add_form = PersonCreationForm
    list_display = ("username", "public_name", "email", "is_active", "is_staff", "is_superuser")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("username", "public_name", "email")
    ordering = ("username",)
    inlines = (FormerAuthorInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("What readers see"), {"fields": ("public_name", "slug")}),
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

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[type[FormerInline], ...]:
        return self.inlines if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        if change:
            rename_author(obj, slug=obj.slug)
        super().save_model(request, obj, form, change)


admin.site.unregister([Group, AccessAttempt, AccessLog, AccessFailureLog])


@admin.register(Group)
class RoleAdmin(AdministratorsOnly, SafeAdmin, GroupAdmin):
    """Roles: permissions under a name."""


@admin.register(AccessAttempt)
class FailedLoginAdmin(SafeAdmin, AccessAttemptAdmin):
    """Failed logins that count towards a refusal. Deleting one lets its person try again."""


@admin.register(AccessLog)
class LoginAdmin(SafeAdmin, AccessLogAdmin):
    """Who logged in and out, when and from where."""
