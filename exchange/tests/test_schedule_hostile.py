"""Whatever a file holds, reading it ends in records and issues."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.tests.programmes import as_json, as_xml, import_file, read, talk
from exchange.tests.test_hostile_records import ODD_VALUES

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(["2030-05-03T25:00:00", "2030-02-30", "0000-00-00", "9999-12-31T23:59:59Z"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = [*talk(), "code", "end", "do_not_record", "recording_license", "url", "cancelled"]


def parsed(content):
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), content)


@FEW
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=6), values)
def test_no_value_of_an_entry_makes_it_raise(entry, other):
    event = parsed(as_json([talk(), {**talk(guid="b"), **entry, "room": "Hall"}, other]))

    assert len(event.talks) + len(event.skipped) in {2, 3}
    assert all(issue.as_line().isprintable() for issue in event.issues)


@FEW
@given(
    st.dictionaries(
        st.sampled_from(["title", "acronym", "start", "end", "days", "time_zone_name", "tracks"]),
        values,
    ),
    values,
)
def test_no_conference_makes_it_raise(conference, events):
    parsed(as_json([talk()], **conference))
    parsed(as_json([talk()], around={"events": events, "base_url": events}, **conference))


DUMPED = ["code", "title", "state", "slot", "slots", "speakers", "resources", "track", "duration"]


@FEW
@given(st.dictionaries(st.sampled_from(DUMPED), values), values)
def test_no_dump_makes_it_raise(entry, other):
    event = parsed(json.dumps([{"code": "A", "title": "Roots"}, {**entry, "code": "B"}, other]))

    assert event.talks
    parsed(json.dumps({"results": [{**entry, "code": other}]}))


@FEW
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")))
def test_no_bytes_make_it_raise(content):
    for beginning in (b"", b"{", b"<", b"\xff\xfe<\x00", b'<?xml version="1.0"?><schedule>'):
        event = parsed(beginning + content)
        assert event.issues


@FEW
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=4))
def test_no_damage_to_a_file_makes_it_raise(place, damage):
    for whole in (as_json([talk()]).encode(), as_xml([talk()]).encode()):
        parsed(whole[:place] + damage + whole[place + len(damage) :])
        parsed(whole[:place])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD_VALUES)
def test_odd_values_in_every_field_never_break_an_import(tmp_path, name):
    odd = [
        {**talk(guid=f"g{n}"), key: ODD_VALUES[name]} for n, key in enumerate(KEYS) if key != "room"
    ]
    content = json.dumps(json.loads(as_json([*odd, talk(guid="good", title="Good")])))

    result = import_file(tmp_path, content)

    counts = result.counts
    assert counts.new + counts.skipped == len(odd) + 1
    assert counts.new >= len(odd) - 1
    assert import_file(tmp_path, content).counts.unchanged == counts.new
