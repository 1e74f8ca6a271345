"""Admin of images: upload (by the editor's script or by form), list, delete if unused."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.admin.deletion import Deletion, refusal
from foundation.admin.filters import RelatedFilter
from foundation.admin.model_admin import NotesChangeList, NotesModelAdmin
from foundation.text.image_names import ADDRESS_PREFIX, keys_in
from images.forms import ImageForm
from images.models import Image, ImageQuerySet
from images.tidying import delete_images
from recaps.models import Recap
from recaps.states import may_see

# The longer side of a thumbnail, and of the picture on the page of an image.
_THUMBNAIL, _PREVIEW = 120, 640
_STATUSES = {"too_large": 413, "not_kept": 503}


class UploaderFilter(RelatedFilter):
    """Filters images by uploader."""

    field_name = "uploaded_by"


class ImageChangeList(NotesChangeList):
    """Change list whose images know the recaps that show them. One extra query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        set_recaps(self.result_list, request)


def set_recaps(images: list[Any], request: HttpRequest) -> None:
    """Set `recaps` on each image: the recaps that show it and that the person may see.
    One query.

    Only recaps whose text changed after the upload can show the image; older ones are not read.
    """
    by_key: dict[str, list[Recap]] = defaultdict(list)
    for recap in _recaps_with(images).visible_to(request.user) if images else []:
        for key in set(keys_in(recap.body)):
            by_key[key].append(recap)
    for image in images:
        image.recaps = by_key[image.key]


def _recaps_with(images: list[Image]) -> Any:
    oldest = min(image.created_at for image in images)
    keys = "|".join(image.key for image in images)
    recaps = Recap.objects.kept().filter(
        updated_at__gte=oldest,
        body__contains=ADDRESS_PREFIX,
        body__regex=f"{ADDRESS_PREFIX}({keys})",
    )
    return (
        recaps.select_related("talk").only("title", "body", "author", "talk__title").order_by("pk")
    )


@admin.register(Image)
class ImageAdmin(NotesModelAdmin):
    """Admin of images, newest first: a person's own, or everybody's for curators."""

    list_display = ("thumbnail", "size", "uploaded_by", "created_at", "used_in")
    list_filter = (UploaderFilter,)
    search_fields = ("digest", "uploaded_by__public_name")
    ordering = ("-created_at", "-id")
    list_per_page = 24
    instead_of_deleting = _("Take the image out of those texts first.")
    fields = ("preview", "to_copy", "dimensions", "size", "uploaded_by", "created_at", "used_in")
    readonly_fields = fields

    def get_urls(self) -> list[Any]:
        upload = self.admin_site.admin_view(self.upload)
        return [path("upload/", upload, name="images_image_upload"), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ImageChangeList]:
        return ImageChangeList

    # Who may do what

    def get_queryset(self, request: HttpRequest) -> ImageQuerySet:
        images: Any = super().get_queryset(request)
        return images.visible_to(request.user).select_related("uploaded_by")

    def has_view_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or _may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return False

    # Uploading

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Store an image that a script sends; the response is JSON."""
        if request.method != "POST":
            return _refusal(gettext("Images are sent by POST."), status=405, allow="POST")
        if not self.has_add_permission(request):
            return _refusal(gettext("You may not upload images."), status=403)
        form = self.get_form(request)(request.POST, request.FILES)
        if not form.is_valid():
            fault: ValidationError = next(iter(form.errors.as_data().values()))[0]
            return _refusal(fault.messages[0], status=_STATUSES.get(fault.code or "", 400))
        image = form.instance
        kept = {"width": image.width, "height": image.height, "markdown": form.markdown}
        return JsonResponse({"address": image.get_absolute_url(), **kept}, status=201)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else [(None, {"fields": _UPLOADED})]

    def get_form(
        self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        return type("UploadForm", (ImageForm,), {"uploader": request.user})

    def save_model(
        self, request: HttpRequest, obj: Image, form: forms.ModelForm, change: bool
    ) -> None:
        """Do nothing: the form stored the image when it was validated."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: an image has no inline rows and no fields to report as changed."""

    def construct_change_message(self, *args: Any, **kwargs: Any) -> Any:
        return [{"added": {}}]

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Redirect to the image's page, which shows the Markdown for a text."""
        alt = " ".join(request.POST.get("alt", "").split())
        text = gettext("The image is kept. Copy this into your text:")
        said = format_html("{} <code>{}</code>", text, obj.markdown(alt))
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[obj.pk]))

    # The page of one image

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        image = super().get_object(request, *args, **kwargs)
        if image:
            set_recaps([image], request)
        return image

    @admin.display(description=_("image"))
    def thumbnail(self, image: Image) -> str:
        """Return the image, scaled down."""
        return _picture(image, _THUMBNAIL)

    @admin.display(description=_("image"))
    def preview(self, image: Image) -> str:
        """Return the image, with a link to its full size."""
        return format_html(
            '<a href="{}">{}</a>', image.get_absolute_url(), _picture(image, _PREVIEW)
        )

    @admin.display(description=_("Markdown"))
    def to_copy(self, image: Image) -> str:
        """Return the Markdown that shows the image."""
        return format_html("<code>{}</code>", image.markdown(gettext("what it shows")))

    @admin.display(description=_("pixels"))
    def dimensions(self, image: Image) -> str:
        """Return width and height."""
        return f"{image.width} × {image.height}"

    @admin.display(description=_("size"), ordering="byte_count")
    def size(self, image: Image) -> str:
        """Return the file size."""
        return filesizeformat(image.byte_count)

    @admin.display(description=_("used in"))
    def used_in(self, image: Any) -> str:
        """Return links to the recaps that show it."""
        rows = ((_address(recap), recap.shown_title) for recap in image.recaps)
        return format_html_join(", ", '<a href="{}">{}</a>', rows) or "-"

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deletion:
        """Return what would be deleted. An image stays as long as a recap shows it."""
        images = list(objs)
        foreseen = super().get_deleted_objects(images, request)
        if not images:
            return foreseen
        showing = list(_recaps_with(images))
        names = [_named(recap, request.user) for recap in showing]
        refused = refusal(showing, names, str(self.instead_of_deleting))
        return foreseen._replace(protected=[*foreseen.protected, *refused])

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        delete_images([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        delete_images(queryset.order_by("digest"))


_UPLOADED = ("image", "alt")


def _may_see(user: Any, image: Image) -> bool:
    own = image.uploaded_by_id == user.pk
    return own or bool(user.has_perm("images.view_everybodys_images"))


def _refusal(sentence: str, *, status: int, allow: str = "") -> JsonResponse:
    headers = {"Allow": allow} if allow else None
    return JsonResponse({"error": sentence}, status=status, headers=headers)


def _picture(image: Image, longer_side: int) -> str:
    scale = min(1, longer_side / max(image.width, image.height))
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        image.get_absolute_url(),
        # What it shows is said where a text shows it; here it has to be told from others.
        gettext("Image %(name)s") % {"name": image},
        max(round(image.width * scale), 1),
        max(round(image.height * scale), 1),
    )


def _named(recap: Recap, user: Any) -> str:
    return str(recap) if may_see(user, recap) else gettext("A recap that you may not see")


def _address(recap: Recap) -> str:
    return reverse("admin:recaps_recap_change", args=[recap.pk])
