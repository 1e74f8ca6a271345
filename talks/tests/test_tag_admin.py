"""Tags and their synonyms in the admin."""

import pytest
from django.db import connection

from speakers.factories import SpeakerAliasFactory
from talks.factories import (
    TagAliasFactory,
    TagFactory,
    TalkFactory,
)
from talks.models import Tag, TagAlias
from tests.tools.admin_form import errors_of, save

pytestmark = pytest.mark.django_db


def test_tags_are_listed_by_use_and_found_by_synonym(admin_client):
    rare, common = TagFactory(name="a rare one"), TagFactory(name="JavaScript")
    TagAliasFactory(tag=common, name="js")
    TagAliasFactory(tag=common, name="jscript")
    TalkFactory(tags=[common])

    def tags(query=""):
        return list(admin_client.get(f"/admin/talks/tag/{query}").context_data["cl"].result_list)

    assert tags() == [common, rare]
    assert tags("?q=js") == [common]
    assert tags("?o=1") == [common, rare]
    assert tags("?o=-2.1") == [common, rare]


def test_a_tag_gets_its_address_and_synonyms(admin_client):
    save(
        admin_client,
        "/admin/talks/tag/add/",
        name="C++",
        **{"aliases-TOTAL_FORMS": 2, "aliases-0-name": "cpp", "aliases-1-name": "c plus plus"},
    )

    tag = Tag.objects.get()
    assert (tag.slug, {alias.name for alias in tag.aliases.all()}) == (
        "cpp",
        {"cpp", "c plus plus"},
    )


def test_a_renamed_tag_keeps_its_name_and_address(admin_client):
    tag = TagFactory(name="js", slug="js")

    save(admin_client, f"/admin/talks/tag/{tag.pk}/change/", name="JavaScript", slug="")

    tag.refresh_from_db()
    assert (tag.name, tag.key, tag.slug) == ("JavaScript", "javascript", "javascript")
    assert list(TagAlias.objects.values_list("name", "slug")) == [("js", "js")]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"name": "\u200d"},
            {"__all__": ["A tag needs a name with at least one visible sign."]},
            id="invisible",
        ),
        pytest.param(
            {"name": "new", "aliases-0-name": "Other"},
            {"aliases-0-name": ["Another one has this name already."]},
            id="synonym-of-another-tag",
        ),
        pytest.param(
            {"name": "new", "aliases-TOTAL_FORMS": 2, "aliases-0-name": "x", "aliases-1-name": "X"},
            {"aliases-1-name": ["This is there already."]},
            id="synonym-twice",
        ),
    ],
)
def test_what_a_tags_form_refuses(admin_client, fields, errors):
    TagFactory(name="async")
    TagAliasFactory(name="other", tag=Tag.objects.get())

    response = save(admin_client, "/admin/talks/tag/add/", **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Tag.objects.count() == 1


def test_choices_of_tags_are_found_by_synonym(admin_client):
    SpeakerAliasFactory()
    TagAliasFactory(tag=TagFactory(name="JavaScript"), name="ecma")
    search = "/admin/autocomplete/?app_label=talks&model_name=taggedtalk&field_name=tag&term="

    found = admin_client.get(f"{search}ECMA").json()["results"]

    assert [choice["text"] for choice in found] == ["JavaScript"]


def test_a_save_that_met_another_one_is_checked_once_more(admin_client):
    """As when somebody saves the same name between our check and our writing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE SEQUENCE tries; CREATE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN IF nextval('tries') = 1 THEN RAISE unique_violation; END IF;"
            " RETURN NEW; END $$; CREATE TRIGGER refuses_once BEFORE INSERT ON talks_tag"
            " FOR EACH ROW EXECUTE FUNCTION refuse_once()"
        )

    response = save(admin_client, "/admin/talks/tag/add/", name="async")

    assert response.status_code == 302
    assert [tag.name for tag in Tag.objects.all()] == ["async"]
