"""Old addresses and synonyms stay whose they are, whichever way another row is made."""

import importlib
import threading

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.factories import UserFactory
from accounts.models import User
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.append_only import history_may_change
from foundation.models.claimed_twice import claimed_twice
from foundation.models.old_addresses import change_address, change_name
from foundation.models.one_owner import OneOwner, address_rule, taken_slugs
from foundation.models.slug_columns import free_slug
from recaps.factories import RecapFactory
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import SpeakerAlias
from speakers.renaming import rename_speaker
from talks.addresses import rename_talk
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import OldTalkSlug, Tag, TagAlias, Talk
from tests.tools.admin_form import errors_of, save
from tests.tools.signing_in import sign_in

pytestmark = pytest.mark.django_db


def here():
    """Return the conference of every talk of these tests: addresses are its own."""
    return ConferenceFactory._meta.model.objects.filter(slug="here").first() or ConferenceFactory(
        slug="here"
    )


def talk(**fields):
    return TalkFactory(conference=here(), **fields)


KINDS = {
    "accounts.User": (UserFactory, change_address),
    "conferences.Conference": (ConferenceFactory, change_address),
    "conferences.Series": (SeriesFactory, change_address),
    "recaps.Recap": (RecapFactory, change_address),
    "speakers.Speaker": (SpeakerFactory, rename_speaker),
    "talks.Tag": (TagFactory, change_name),
    "talks.Talk": (talk, rename_talk),
}


@pytest.fixture(params=KINDS)
def kind(request):
    """A model, what makes a row of it, and the verb that gives it another address."""
    return apps.get_model(request.param), *KINDS[request.param]


def with_addresses():
    """Return every model whose rows have an address of a page."""
    return {
        model
        for model in apps.get_models()
        if any(rule.name.endswith("_slug_is_an_address") for rule in model._meta.constraints)
    }


def test_every_model_with_addresses_keeps_old_ones():
    assert {model._meta.label for model in with_addresses()} == set(KINDS)
    for model in with_addresses():
        rule = address_rule(model)
        old = rule.other_model(model)
        halves = [half for half in old._meta.constraints if isinstance(half, OneOwner)]
        assert any(
            (half.fields, half.owner, half.other_owner, half.other_model(old))
            == (rule.fields, rule.other_owner, rule.owner, model)
            for half in halves
        )


def by_save(model, make, slug):
    make(slug=slug)


def by_bulk(model, make, slug):
    row = make(slug="passing")
    copy = model.objects.get(pk=row.pk)
    with history_may_change():
        model.objects.filter(pk=row.pk).delete()
    copy.pk, copy.slug = None, slug
    model.objects.bulk_create([copy])


def by_update(model, make, slug):
    row = make(slug="passing")
    model.objects.filter(pk=row.pk).update(slug=slug)


def by_sql(model, make, slug):
    row = make(slug="passing")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET slug = %s WHERE id = %s", [slug, row.pk])


@pytest.mark.parametrize("way", [by_save, by_bulk, by_update, by_sql])
def test_nobody_else_gets_an_old_address(kind, way):
    model, make, rename = kind
    rename(make(slug="wanted"), slug="elsewhere")

    with pytest.raises(IntegrityError, match=r"wanted of .* belongs to another row"):
        way(model, make, "wanted")


def test_renaming_another_row_to_an_old_address_is_refused(kind):
    _model, make, rename = kind
    former, row = make(slug="wanted"), make(slug="other")
    rename(former, slug="elsewhere")

    with pytest.raises(IntegrityError), transaction.atomic():
        rename(row, slug="wanted")

    row.refresh_from_db()
    assert row.slug == "other"


def test_a_row_takes_its_own_old_address_back(kind):
    model, make, rename = kind
    row = make(slug="first")

    rename(row, slug="second")
    rename(row, slug="first")

    row.refresh_from_db()
    assert row.slug == "first"
    assert taken_slugs(model, Q(slug__in=["first", "second"]), besides=row.pk) == set()
    assert taken_slugs(model, Q(slug__in=["first", "second"])) == {"first", "second"}


def test_a_live_address_is_nobodys_old_one(kind):
    model, make, _rename = kind
    living, other = make(slug="living"), make(slug="other")
    rule = address_rule(model)
    old = rule.other_model(model)
    shared = {name: getattr(living, name) for name in rule.fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        old.objects.create(**shared, **{rule.other_owner: other})


def test_addresses_are_made_beside_the_old_ones(kind):
    _model, make, rename = kind
    row = make(slug="wanted")
    rename(row, slug="elsewhere")

    others = make(slug="other")
    assert free_slug(others, "Wanted", fallback="row") == "wanted-2"
    assert free_slug(row, "Wanted", fallback="row") == "wanted"


def test_a_check_of_the_model_says_it(kind):
    _model, make, rename = kind
    rename(make(slug="wanted"), slug="elsewhere")
    other = make(slug="other")
    other.slug = "wanted"

    with pytest.raises(ValidationError) as refused:
        other.validate_constraints()

    assert "old links still lead there" in refused.value.message_dict["slug"][0]


def test_the_admin_says_it(kind, client):
    model, make, rename = kind
    rename(make(slug="wanted"), slug="elsewhere")
    other = make(slug="other")
    sign_in(client, UserFactory(superuser=True))
    page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{other.pk}/change/"

    answer = save(client, page, slug="wanted")

    assert answer.status_code == 200
    assert "old links still lead there" in errors_of(answer)["slug"][0]


def test_with_a_row_its_addresses_go(kind):
    model, make, rename = kind
    row = make(slug="wanted")
    rename(row, slug="elsewhere")
    with history_may_change():
        model.objects.filter(pk=row.pk).delete()

    make(slug="wanted")
    make(slug="elsewhere")


# Names that only one tag may have


@pytest.mark.parametrize(
    "make",
    [
        lambda: TagFactory(name="K8S", slug="other"),
        lambda: Tag.objects.bulk_create([Tag(name="K8S", slug="other")]),
        lambda: change_name(TagFactory(name="other"), name="K8S"),
        lambda: Tag.objects.filter(pk=TagFactory().pk).update(name="K8S", key="k8s"),
    ],
)
def test_no_tag_takes_another_ones_synonym(make):
    TagAliasFactory(name="k8s", tag__name="Kubernetes")

    with pytest.raises(IntegrityError, match="k8s of talks_tag belongs to another row"):
        make()


def test_no_synonym_is_another_tag():
    TagFactory(name="K8s", slug="k8s")

    with pytest.raises(IntegrityError, match="belongs to another row of talks_tag"):
        TagAliasFactory(name="k8s", tag__name="Kubernetes")


def test_the_name_of_a_synonym_finds_its_tag_by_every_way_of_tagging():
    kubernetes = TagAliasFactory(name="k8s", tag__name="Kubernetes").tag
    tagged = TalkFactory()

    tagged.tags.add("K8S")

    assert list(tagged.tags.all()) == [kubernetes]


@pytest.mark.parametrize("name", ["K8S", "Kubernetes"])
def test_the_admin_says_of_a_tag_that_it_is_there(client, name):
    TagAliasFactory(name="k8s", tag__name="Kubernetes")
    sign_in(client, UserFactory(superuser=True))

    answer = save(client, "/admin/talks/tag/add/", name=name)

    assert "There is one of this name already" in errors_of(answer)["name"][0]
    assert "Kubernetes</a>" in errors_of(answer)["name"][0]


def test_a_tags_own_check_says_whose_synonym_it_is():
    TagAliasFactory(name="k8s", tag__name="Kubernetes")

    with pytest.raises(ValidationError, match="This is a synonym of “Kubernetes”"):
        Tag(name="K8S", key="k8s", slug="k8s").validate_constraints()


def test_the_admin_says_of_a_synonym_that_it_is_a_tag(client):
    TagFactory(name="Docker")
    tag = TagFactory(name="Containers")
    sign_in(client, UserFactory(superuser=True))

    answer = save(client, "/admin/talks/tagalias/add/", name="docker", tag=tag.pk)

    assert errors_of(answer) == {"name": ["There is a tag “Docker” already."]}


def test_a_tag_that_becomes_a_synonym_meanwhile_is_found(monkeypatch):
    kubernetes = TagFactory(name="Kubernetes")
    make = Tag.objects.all()

    def of_another_process(names):
        if not TagAlias.objects.filter(key="k8s"):
            TagAliasFactory(name="k8s", tag=kubernetes)
        return [Tag(name=name, slug=name.lower()) for name in names]

    monkeypatch.setattr(make, "_new_tags", of_another_process)

    made = make.make(["K8s", "helm"])

    assert {key: tag.name for key, tag in made.by_key.items()} == {
        "k8s": "Kubernetes",
        "helm": "helm",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [TagFactory, TagAliasFactory])
def test_one_of_two_who_claim_an_unused_name_at_one_instant_is_refused(first):
    """Two sessions of the database: the second one asks while the first has not committed."""
    (second,) = {TagFactory, TagAliasFactory} - {first}
    if second is TagAliasFactory:
        other = {"name": "k8s", "tag": TagFactory(name="Kubernetes")}
        own = {"name": "k8s"}
    else:
        own = {"name": "k8s", "tag": TagFactory(name="Kubernetes")}
        other = {"name": "k8s"}
    refused = []

    def claim():
        try:
            second(**other)
        except IntegrityError as error:
            refused.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=claim)
    with transaction.atomic():
        first(**own)
        thread.start()
        with connection.copy().cursor() as cursor:
            _until_somebody_waits(thread, cursor)
    thread.join()

    assert len(refused) == 1
    assert "belongs to another row" in refused[0]


def _until_somebody_waits(thread, cursor):
    while thread.is_alive():
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        if cursor.fetchone()[0]:
            return


def test_writing_a_tag_as_it_is_takes_no_turn():
    tag = TagFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        (before,) = cursor.fetchone()
        tag.save()
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (before,)


def test_rows_that_two_have_are_found_and_left_to_the_living_one(capsys):
    living, former = TagFactory(name="K8s", slug="k8s"), TagFactory(name="Helm", slug="helm")
    here_now, was_here = talk(slug="living"), talk(slug="former")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    alias = TagAlias.objects.create(tag=former, name="K8S", slug="kube")
    both = TagAlias.objects.create(tag=living, name="helm", slug="helm")
    old = OldTalkSlug.objects.create(conference=here(), slug="living", talk=was_here)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")

    with pytest.raises(SystemExit):
        call_command("check_kept")
    said = capsys.readouterr().out
    call_command("check_kept", mend=True)

    for row, column in [(alias, "key"), (both, "key"), (both, "slug"), (old, "slug")]:
        assert f"{row._meta.label_lower} {row.pk} {column}" in said
    assert list(TagAlias.objects.values_list("name", "slug", "address")) == [("", "kube", "")]
    assert not here_now.conference.old_talk_slugs.exists()
    assert list(claimed_twice()) == []


# What was there before


def without_triggers(model):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("label", "migration"),
    [
        ("accounts.User", "accounts.migrations.0004_old_addresses_stay"),
        ("conferences.Series", "conferences.migrations.0004_old_addresses_stay"),
        ("recaps.Recap", "recaps.migrations.0012_old_addresses_stay"),
        ("speakers.Speaker", "speakers.migrations.0004_old_addresses_stay"),
    ],
)
def test_a_migration_lists_what_two_had(label, migration, capsys):
    model, (make, _rename) = apps.get_model(label), KINDS[label]
    rule = address_rule(model)
    old = rule.other_model(model)
    make(slug="wanted")
    without_triggers(old)
    own = old.objects.create(slug="own", **{rule.other_owner: make(slug="other")})
    old.objects.create(slug="wanted", **{rule.other_owner: make(slug="former")})

    importlib.import_module(migration)._release(apps, None)

    assert [row.pk for row in old.objects.all()] == [own.pk]
    assert "'wanted' is another" in capsys.readouterr().out


def test_a_migration_takes_names_from_synonyms_that_say_nothing(capsys):
    docker = TagFactory(name="Docker", slug="docker-engine")
    TagFactory(name="K8s", slug="k8s")
    TagFactory(name="Helm")
    without_triggers(TagAlias)
    rows = [("docker-2", "docker"), ("docker-3", "docker-3"), ("k8s", "kube"), ("moby", None)]
    for name, slug in [*rows, ("helm", None), ("box", "k8s"), ("python-3", "python-3")]:
        TagAlias.objects.create(tag=docker, name=name, slug=slug)

    importlib.import_module("talks.migrations.0009_synonyms")._mend(apps, None)

    assert set(TagAlias.objects.values_list("name", "slug", "address")) == {
        ("", "docker", ""),
        ("", "docker-3", ""),
        ("", "kube", ""),
        ("moby", None, "moby"),
        ("box", None, "box"),
        ("python-3", "python-3", "python-3"),
    }
    assert "was ('docker-2', 'docker'), is ('', 'docker')" in capsys.readouterr().out


def test_a_migration_keeps_the_links_below_an_address_that_two_conferences_had():
    former, living = ConferenceFactory(slug="former"), ConferenceFactory(slug="wanted")
    talk_of_former = TalkFactory(conference=former, slug="only-there")
    TalkFactory(conference=former, slug="both")
    TalkFactory(conference=living, slug="both")
    old = former.old_slugs.model
    without_triggers(old)
    old.objects.create(conference=former, slug="wanted")

    migration = importlib.import_module("talks.migrations.0009_synonyms")
    migration._release_conferences(apps, None)

    assert old.objects.count() == 0
    (kept,) = OldTalkSlug.objects.all()
    assert (kept.conference, kept.slug, kept.talk) == (living, "only-there", talk_of_former)


def test_a_migration_releases_addresses_of_living_talks():
    living = talk(slug="wanted")
    without_triggers(OldTalkSlug)
    OldTalkSlug.objects.create(conference=here(), slug="wanted", talk=talk(slug="former"))
    OldTalkSlug.objects.create(conference=here(), slug="kept", talk=living)

    importlib.import_module("talks.migrations.0009_synonyms")._release_talks(apps, None)

    assert [row.slug for row in OldTalkSlug.objects.all()] == ["kept"]


def test_the_same_address_at_two_conferences_is_two_addresses():
    rename_talk(TalkFactory(slug="keynote"), slug="opening")

    assert Talk.objects.filter(pk=TalkFactory(slug="keynote").pk).exists()


def test_speakers_of_one_other_name_are_two_persons():
    SpeakerAliasFactory(name="Alex Kim")

    SpeakerFactory(name="Alex Kim")

    assert SpeakerAlias.objects.count() == 1


def test_the_site_has_no_user_without_an_address():
    change_address(UserFactory(slug="ada"), slug="lovelace")

    assert User.objects.create_user("ada").slug == "ada-2"
