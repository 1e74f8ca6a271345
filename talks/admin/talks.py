"""Admin of talks and their parts, and of tags."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as StockTag

from foundation.admin.filters import RelatedFilter
from foundation.admin.forms import DistinctNamesFormSet, OtherNameForm
from foundation.admin.model_admin import (
    FormerInline,
    NotesModelAdmin,
    RenamingAdmin,
    RowsInline,
)
from foundation.admin.namesakes import NamesakesForm
from foundation.models.old_addresses import change_name
from recaps.models import Recap
from recaps.rendering import render_again
from talks.addresses import rename_talk
from talks.admin.bulk_tagging import ADDING, REMOVING, has_signed_selection, tagging_page
from talks.admin.filters import (
    ADD_RECAP,
    ConferenceFilter,
    SpeakersFilter,
    TagsFilter,
    WhatIsMissingFilter,
)
from talks.admin.tagged import TaggedAdmin
from talks.forms import AddressesFormSet, CreditForm, CreditFormSet, RecordingForm, TalkForm
from talks.models import (
    OldTalkSlug,
    Recording,
    Tag,
    TagAlias,
    TagQuerySet,
    Talk,
    TalkLink,
    TalkQuerySet,
    TalkSpeaker,
)


class WritingAdmin(admin.ModelAdmin):
    """A list of talks; who may write recaps finds the way to the form of one in each row."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        title, *others = super().get_list_display(request)
        writing = ["write_link"] if request.user.has_perm(ADD_RECAP) else []
        return [title, *writing, *others]

    @admin.display(description=_("recap"))
    def write_link(self, talk: Talk) -> str:
        """Return the link. It names the talk to who hears it and does not see the row."""
        link = '<a href="{}?talk={}" class="addlink" aria-label="{}">{}</a>'
        named = gettext("Write: %(talk)s") % {"talk": talk}
        return format_html(
            link, reverse("admin:recaps_recap_add"), talk.pk, named, gettext("Write")
        )


SPEAKERS_SHOWN = 3
TAGGING_ACTIONS = {ADDING.name, REMOVING.name}

# django-taggit's own tags stay empty: ours stand in their place.
admin.site.unregister(StockTag)


class CreditInline(RowsInline):
    """Inline of a talk's speakers, in their order."""

    model = TalkSpeaker
    form = CreditForm
    formset = CreditFormSet
    fields = ("position", "speaker", "role", "credited_as")
    autocomplete_fields = ("speaker",)
    extra = 1
    verbose_name = _("speaker")
    verbose_name_plural = _("speakers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[TalkSpeaker]:
        return super().get_queryset(request).select_related("speaker")


class RecordingInline(RowsInline):
    """Inline of a talk's videos."""

    model = Recording
    form = RecordingForm
    formset = AddressesFormSet
    fields = ("url", "provider", "video_id", "language", "offset_seconds", "position")


class LinkInline(RowsInline):
    """Inline of a talk's slides, code and pages."""

    model = TalkLink
    formset = AddressesFormSet
    fields = ("url", "kind", "label")


class FormerTalkInline(FormerInline):
    """Inline of a talk's old URLs, each with its conference."""

    model = OldTalkSlug
    fields = readonly_fields = ("slug", "conference")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OldTalkSlug]:
        return super().get_queryset(request).select_related("conference")


@admin.register(Talk)
class TalkAdmin(RenamingAdmin, WritingAdmin, TaggedAdmin):
    """Admin of talks: filters by conference, speaker and tag; bulk tagging."""

    form = TalkForm
    list_display = ("title", "conference", "given_on", "speaker_names", "tag_names", "state")
    list_filter = (
        ConferenceFilter,
        SpeakersFilter,
        TagsFilter,
        WhatIsMissingFilter,
        "kind",
        "is_cancelled",
    )
    search_fields = ("title", "credits__speaker__name")
    search_help_text = _("Words of the title or of a speaker's name.")
    date_hierarchy = "given_on"
    ordering = ("-sort_date", "-id")
    autocomplete_fields = ("conference",)
    readonly_fields = ("announced", "created_at")
    inlines = (CreditInline, RecordingInline, LinkInline, FormerTalkInline)
    actions = ("add_tags", "remove_tags")
    instead_of_deleting = _("Mark the talk as cancelled instead: its page then says so.")
    fieldsets = (
        (None, {"fields": ("title", "conference", "kind", "tags", "slug")}),
        (
            _("In the programme"),
            {
                "fields": (
                    "given_on",
                    "starts_at",
                    "duration",
                    ("room", "track"),
                    "language",
                    ("is_cancelled", "do_not_record"),
                )
            },
        ),
        (
            _("As announced"),
            {"fields": ("abstract", "abstract_format", "speakers_note", "licence")},
        ),
        (
            _("Where it came from"),
            {"fields": ("announced", "created_at"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> TalkQuerySet:
        return super().get_queryset(request).select_related("conference")  # type: ignore[return-value]  # -- talks

    def for_list(self, queryset: QuerySet) -> QuerySet:
        talks: Any = queryset.defer("abstract", "announced", "conference__description")
        return talks.with_speakers().with_tags()

    def choice_label(self, talk: Talk) -> str:
        """Return the title with the conference: many talks are called “Keynote”."""
        return f"{talk.title} · {talk.conference.described}"

    def response_action(  # type: ignore[override]  # -- the stubs are Django 6's
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse | None:
        """Hand the whole list to the confirmation page, whose signed selection narrows it."""
        name = request.POST.get("action", "")
        if (
            has_signed_selection(request)
            and name in TAGGING_ACTIONS & self.get_actions(request).keys()
        ):
            response: HttpResponse | None = getattr(self, name)(request, queryset)
            return response
        return super().response_action(request, queryset)

    @admin.action(permissions=["change"], description=_("Add tags…"))
    def add_tags(self, request: HttpRequest, talks: TalkQuerySet) -> HttpResponse | None:
        """Ask which tags, show the numbers, and add them."""
        return tagging_page(self, request, talks, ADDING)

    @admin.action(permissions=["change"], description=_("Remove tags…"))
    def remove_tags(self, request: HttpRequest, talks: TalkQuerySet) -> HttpResponse | None:
        """Ask which tags, show the numbers, and remove them."""
        return tagging_page(self, request, talks, REMOVING)

    @admin.display(description=_("speakers"))
    def speaker_names(self, talk: Talk) -> str:
        """Return the first speakers, and how many more there are."""
        names = [str(credit.speaker) for credit in talk.credits.all()]
        shown, more = names[:SPEAKERS_SHOWN], len(names) - SPEAKERS_SHOWN
        if more > 0:
            shown.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
        return ", ".join(shown) or talk.speakers_note

    @admin.display(description=_("state"), ordering="is_cancelled")
    def state(self, talk: Talk) -> str:
        """Return whether the talk is cancelled, as text."""
        return gettext("cancelled") if talk.is_cancelled else ""

    @admin.display(description=_("tags"))
    def tag_names(self, talk: Talk) -> str:
        """Return the tags in their order."""
        return ", ".join(tag.name for tag in talk.shown_tags)

    def rename(self, row: Talk) -> None:
        rename_talk(row, slug=row.slug, conference=row.conference)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the inlines; if a recording changed, render the recaps again, whose timestamps link
        into it.
        """
        super().save_related(request, form, formsets, change)
        if any(each.model is Recording and each.has_changed() for each in formsets):
            render_again(Recap.objects.of_talks([form.instance.pk]))


class TalkFilter(RelatedFilter):
    """Filters rows by talk."""

    field_name = "talk"


class TagFilter(RelatedFilter):
    """Filters rows by tag."""

    field_name = "tag"


class SynonymInline(RowsInline):
    """Inline of a tag's synonyms and old URLs."""

    model = TagAlias
    form = OtherNameForm
    formset = DistinctNamesFormSet
    fields = ("name", "slug")
    readonly_fields = ("slug",)
    extra = 1


class TagForm(NamesakesForm):
    """Form of a tag: one spelling per key."""

    slug_source = "name"
    name_columns = ("name", "aliases__name")
    slug_fallback = "tag"

    def may_be_twice(self, name: str) -> bool:
        return Tag.objects.find([name]).of(name) is None


@admin.register(Tag)
class TagAdmin(RenamingAdmin, NotesModelAdmin):
    """Admin of tags, most used first; a search for a synonym finds its tag."""

    form = TagForm
    list_display = ("name", "talk_count", "slug")
    search_fields = ("name", "aliases__name")
    fields = ("name", "slug")
    inlines = (SynonymInline,)
    instead_of_deleting = _(
        "Rename the tag, or take it from its talks (“Remove tags…”) and recaps first."
    )

    def get_queryset(self, request: HttpRequest) -> TagQuerySet:
        tags: TagQuerySet = Tag.objects.with_talk_counts()
        return tags.order_by("-talk_count", "key")

    @admin.display(description=_("talks"), ordering="talk_count")
    def talk_count(self, tag: Any) -> int:
        """Return the number of talks with the tag."""
        count: int = tag.talk_count
        return count

    def rename(self, row: Tag) -> None:
        change_name(row, name=row.name, slug=row.slug)


@admin.register(TagAlias)
class TagAliasAdmin(NotesModelAdmin):
    """Admin of the synonyms of all tags."""

    form = OtherNameForm
    list_display = ("name", "tag", "slug")
    list_select_related = ("tag",)
    list_filter = (TagFilter,)
    search_fields = ("name", "tag__name")
    ordering = ("key",)
    autocomplete_fields = ("tag",)
    fields = ("name", "tag", "slug")
    readonly_fields = ("slug",)


@admin.register(Recording)
class RecordingAdmin(NotesModelAdmin):
    """Admin of the recordings of all talks, to find the talk of a video."""

    form = RecordingForm
    list_display = ("url", "talk", "provider", "language")
    list_filter = (TalkFilter, "provider")
    search_fields = ("url", "video_id", "talk__title")
    ordering = ("-id",)
    autocomplete_fields = ("talk",)
    fields = ("talk", *RecordingInline.fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recording]:
        return super().get_queryset(request).select_related("talk__conference")

    def save_model(self, request: HttpRequest, obj: Recording, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        render_again(Recap.objects.of_talks([obj.talk_id, form.initial.get("talk")]))

    def delete_model(self, request: HttpRequest, obj: Recording) -> None:
        super().delete_model(request, obj)
        render_again(Recap.objects.of_talks([obj.talk_id]))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Recording]) -> None:
        talks = list(queryset.values_list("talk", flat=True))
        super().delete_queryset(request, queryset)
        render_again(Recap.objects.of_talks(talks))


@admin.register(TalkLink)
class TalkLinkAdmin(NotesModelAdmin):
    """Admin of the links of all talks."""

    list_display = ("url", "talk", "kind", "label")
    list_filter = (TalkFilter, "kind")
    search_fields = ("url", "label", "talk__title")
    ordering = ("-id",)
    autocomplete_fields = ("talk",)
    fields = ("talk", *LinkInline.fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TalkLink]:
        return super().get_queryset(request).select_related("talk__conference")
