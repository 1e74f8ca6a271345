"""The profile form: what an author tells readers about themselves, and links to their
other pages.
"""

from django import forms

from accounts.models import User

FIELDS = ("about", "links")


class ProfileForm(forms.ModelForm):
    """A person's own line and links. Only administrators change names, slugs and rights."""

    class Meta:
        model = User
        fields = FIELDS
        widgets = {
            "about": forms.TextInput(attrs={"class": "vTextField"}),
            "links": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        }

    def save(self, commit: bool = True) -> User:
        """Write only these columns of the user."""
        self.instance.save(update_fields=FIELDS)
        person: User = self.instance
        return person
