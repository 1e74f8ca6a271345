"""What an author says of themselves to readers: a line, and where else they are found."""

from django import forms

from accounts.models import User

FIELDS = ("about", "links")


class ProfileForm(forms.ModelForm):
    """One's own line and links. Names, addresses and rights are for administrators."""

    class Meta:
        model = User
        fields = FIELDS
        widgets = {
            "about": forms.TextInput(attrs={"class": "vTextField"}),
            "links": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        }

    def save(self, commit: bool = True) -> User:
        """Write these columns of the person and no other one."""
        self.instance.save(update_fields=FIELDS)
        person: User = self.instance
        return person
