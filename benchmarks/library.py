"""A large library made by the database itself: 100,000 talks in seconds."""

from typing import Any

from django.db import connection

from accounts.factories import UserFactory
from talks.factories import TagFactory

# Of sixty real conferences, half had at most 34 talks, and nine of ten at most 60.
TALKS_PER_CONFERENCE = 50
# In each, `n` counts from 1, and %(…)s are the numbers of rows of `fill`.
_STEPS = [
    """INSERT INTO conferences_conference (title, slug, starts_on, ends_on, dates_estimated, city,
           country, time_zone, time_zone_guessed, website, description)
       SELECT 'Conf ' || n, 'conf-' || n, day, day + 2, false, 'Town', 'DE', 'Europe/Berlin', false,
           '', 'What it was about.'
       FROM (SELECT n, date '2004-01-01' + n * 8000 / %(conferences)s AS day
             FROM generate_series(1, %(conferences)s) AS n) AS held""",
    """INSERT INTO speakers_speaker (name, key, slug, sort_key, letter, website, bio)
       SELECT 'Person ' || n, 'person ' || n, 'person-' || n, 'person ' || n, chr(65 + n %% 26),
           '', ''
       FROM generate_series(1, %(speakers)s) AS n""",
    """INSERT INTO talks_tag (name, key, slug)
       SELECT 'topic ' || n, 'topic' || n, 'topic-' || n FROM generate_series(1, %(tags)s) AS n""",
    """INSERT INTO talks_talk (conference_id, title, slug, kind, given_on, starts_at, duration,
           room, track, language, abstract, abstract_format, speakers_note, licence, is_cancelled,
           do_not_record, announced)
       SELECT c.id, 'How number ' || n || ' was done', 'talk-' || n, 'talk', c.starts_on + n %% 3,
           c.starts_on + n %% 3 + interval '9 hours' + (n %% 8) * interval '1 hour',
           interval '30 minutes', 'Room ' || n %% 4, '', 'en', repeat('What it is about. ', 30),
           'plain', '', '', false, false, '{}'
       FROM generate_series(1, %(talks)s) AS n
       JOIN conferences_conference AS c ON c.slug = 'conf-' || 1 + n %% %(conferences)s""",
    """INSERT INTO talks_talkspeaker (talk_id, speaker_id, position, role, credited_as)
       SELECT t.id, s.id, 0, 'speaker', ''
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM talks_talk
             WHERE slug LIKE 'talk-%%') AS t
       JOIN speakers_speaker AS s ON s.slug = 'person-' || 1 + t.n %% %(speakers)s""",
    """INSERT INTO talks_taggedtalk (tag_id, content_object_id)
       SELECT g.id, t.id
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM talks_talk
             WHERE slug LIKE 'talk-%%') AS t
       CROSS JOIN (VALUES (1), (7), (31)) AS step (size)
       JOIN talks_tag AS g ON g.slug = 'topic-' || 1 + (t.n * step.size) %% %(tags)s
       ON CONFLICT DO NOTHING""",
    """INSERT INTO talks_taggedtalk (tag_id, content_object_id)
       SELECT g.id, t.id FROM talks_talk AS t JOIN talks_tag AS g ON g.slug = 'common'
       WHERE t.id %% 20 = 0 ON CONFLICT DO NOTHING""",
    """INSERT INTO recaps_recap (uid, talk_id, author_id, title, slug, summary, body, body_html,
           renderer_version, language, verdict, presence, version, status, published_at, updated_at)
       SELECT gen_random_uuid(), t.id, %(author)s, 'Recap ' || t.id, 'recap-' || t.id, '', 'Text.',
           repeat('<p>What was said on the stage, and what to try on Monday.</p>', 40), 1, '', '',
           '', 1, CASE WHEN t.id %% 10 = 1 THEN 'draft' ELSE 'published' END,
           timestamptz '2008-01-01' + t.id * interval '90 minutes', now()
       FROM talks_talk AS t WHERE t.slug LIKE 'talk-%%' ORDER BY t.id LIMIT %(recaps)s""",
]


def fill(*, talks: int, recaps: int) -> None:
    """Fill an empty database: 50 talks to a conference, three tags and one speaker to a talk.

    One tag, `common`, is on every twentieth talk.
    """
    TagFactory(name="common")
    numbers: dict[str, Any] = {
        "author": UserFactory().pk,
        "talks": talks,
        "recaps": recaps,
        "conferences": max(1, talks // TALKS_PER_CONFERENCE),
        "speakers": max(1, talks // 3),
        "tags": max(1, talks // 100),
    }
    with connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(step, numbers)
        cursor.execute("VACUUM (ANALYZE)")
