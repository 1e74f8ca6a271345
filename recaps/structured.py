"""Recaps as machines read them (schema.org): articles about a talk or a conference. No query."""

from typing import Any

from conferences.structured import event_id
from notes_site.json_ld import Thing, at_site, known
from recaps.models import Recap


def article_of(recap: Recap) -> Thing:
    """Return a recap as an article. Its author and its subject must be loaded."""
    author: Any = recap.author
    published = recap.published_at or recap.updated_at
    subject = recap.subject
    return known(
        type_="Article",
        id_=recap.uid.urn,
        headline=recap.shown_title,
        url=at_site(recap),
        description=recap.summary,
        inLanguage=recap.language,
        datePublished=published.isoformat(),
        dateModified=recap.revised_at.isoformat(),
        author=known(type_="Person", name=author.public_name, url=at_site(author)),
        about=known(type_="Event", id_=event_id(subject), name=subject.title, url=at_site(subject)),
    )
