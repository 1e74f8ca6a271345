"""schema.org data of recaps, for JSON-LD: articles about a talk or a conference. No queries."""

from typing import Any

from foundation.pages.json_ld import Thing, at_site, known, moment_for_machines
from recaps.models import Recap


def article_of(recap: Recap) -> Thing:
    """Return a recap as an Article. Its author and its subject must be loaded."""
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
        datePublished=moment_for_machines(published),
        dateModified=moment_for_machines(recap.revised_at),
        author=known(type_="Person", name=author.public_name, url=at_site(author)),
        about=known(type_="Thing", name=subject.title, url=at_site(subject)),
    )
