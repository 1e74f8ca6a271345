"""How recaps are written: the rendered HTML always belongs to the text beside it."""

from django.db import transaction
from django.utils import timezone

from notes_site.markdown import RENDERER_VERSION, render_markdown
from notes_site.slugs import free_slug
from recaps.models import Recap


@transaction.atomic
def write_recap(recap: Recap) -> Recap:
    """Save a recap, new or changed, with its HTML rendered from its text.

    A recap without an address gets one from its title. `updated_at` moves only when title or
    text changed. At most four queries beside those of `full_clean`, which asks one for each
    constraint. Raises ValidationError for what the model forbids.
    """
    recap.slug = recap.slug or free_slug(Recap.objects.all(), recap.title, fallback="recap")
    recap.full_clean()
    before = Recap.objects.filter(pk=recap.pk).values_list("title", "body").first()
    if before != (recap.title, recap.body):
        recap.updated_at = timezone.now()
    recap.body_html = render_markdown(recap.body, name=recap.uid.hex[:8])
    recap.renderer_version = RENDERER_VERSION
    recap.save()
    return recap
