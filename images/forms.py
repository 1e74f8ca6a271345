"""The upload form: a file and its alternative text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from images.models import Image
from images.uploads import store_image

LONGEST_ALT = 500
_ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"


class ImageForm(forms.ModelForm):
    """Stores the image during validation, so that a file that cannot be stored is a field error."""

    image = forms.FileField(
        label=_("Image"),
        help_text=_("JPEG, PNG, WebP or GIF, at most 15 MB. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("For whoever does not see it. It becomes part of the Markdown."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    uploader: User  # set by the admin, on a class of its own for each request

    class Meta:
        model = Image
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        upload = self.cleaned_data.get("image")
        if upload and not self.errors:
            try:
                self.instance = store_image(upload, by=self.uploader)
            except forms.ValidationError as error:
                self.add_error("image", error)
        return cleaned

    @property
    def markdown(self) -> str:
        """The Markdown of the stored image, with its alternative text."""
        return self.instance.markdown(self.cleaned_data.get("alt", ""))
