"""How recaps are written: the rendered HTML always belongs to the text beside it."""

from django.db import transaction
from django.utils import timezone

from notes_site.markdown import RENDERER_VERSION
from notes_site.slugs import free_slug
from recaps.models import Recap
from recaps.rendering import keep_parts, rendering_of


@transaction.atomic
def write_recap(recap: Recap) -> Recap:
    """Save a recap, new or changed, with what its text becomes: HTML, mentions, follow-ups.

    A recap without an address gets one from its title. `updated_at` moves only when title or
    text changed. The number of queries does not grow with the text. Raises ValidationError for
    what the model forbids.
    """
    recap.slug = recap.slug or free_slug(Recap.objects.all(), recap.title, fallback="recap")
    recap.full_clean()
    before = Recap.objects.filter(pk=recap.pk).values_list("title", "body").first()
    if before != (recap.title, recap.body):
        recap.updated_at = timezone.now()
    rendering = rendering_of(recap)
    recap.body_html = rendering.html
    recap.renderer_version = RENDERER_VERSION
    recap.save()
    keep_parts(recap, rendering)
    return recap
