"""Schedule XML: a small file of each dialect, and files that are out to break something."""

import pytest

from exchange.tests.programmes import as_json, as_xml, codes, read, talk

PENTABARF = """<?xml version="1.0"?>
<schedule><conference><title>LeafCon 2030</title><city>Vienna</city>
<day_change>09:00:00</day_change></conference>
<day index="1" date="2030-05-03">
<event id="20"><start>16:40</start><duration>00:15</duration><room>Hall</room><title>Roots</title>
<type></type><language></language>
<abstract>&lt;p&gt;What &lt;b&gt;holds&lt;/b&gt;.&lt;/p&gt;</abstract>
<persons><person id="1">Ada Quill</person></persons><links></links><end></end></event>
<event id="21"><start>00:40</start><room>Attic</room><title>Moths</title></event>
</day></schedule>"""

WAFER = """<schedule><generator name="wafer"/><conference><title>LeafCon</title>
<start>2030-05-03</start><time_zone_name>Europe/Vienna</time_zone_name></conference>
<day date="2030-05-03" index="1"><room name="Hall"><event id="5" guid="g5">
<date>2030-05-03T10:00:00+00:00</date><start>10:00</start><duration>0:45</duration>
<title>Roots</title><abstract/><abstract>Deep ones.</abstract>
<url>/talks/5/</url><persons><person id="1">Ada Quill</person></persons>
<video_download_url>https://video.leafcon.example/roots.webm</video_download_url>
</event></room></day></schedule>"""

FOSDEM = """<schedule xmlns="urn:schedule"><conference><title>LeafCon</title>
<acronym>leafcon</acronym>
<time_zone_name>Europe/Vienna</time_zone_name></conference>
<tracks><track slug="soil">Soil</track></tracks>
<persons><person id="1"><name>Ada Quill</name>
<biography>No talk of hers.</biography></person></persons>
<day index="1" date="2030-05-03"><room name="Hall" slug="hall"><event guid="f1" id="1" code="">
<date>2030-05-03T10:00:00+02:00</date><start>10:00</start><duration>00:25</duration>
<title>Roots</title><track slug="soil" name="Soil"/><type>devroom</type>
<abstract>&lt;p&gt;One.&lt;/p&gt;</abstract>
<attachments><attachment href="https://leafcon.example/a.pdf" type="slides">Roots</attachment>
</attachments>
<links><link href="https://leafcon.example/roots.mp4" type="recording">Video</link></links>
<persons><person id="1">Ada Quill</person></persons></event></room></day></schedule>"""

EMF = (
    "<schedule><version>1.0-public</version><conference><title>Leaf Field</title>"
    "<acronym>leaf2030</acronym><days>1</days></conference>"
    '<day index="1" date="2030-05-03"><room name="Tent"><event id="432" guid="e1"><room>Tent</room>'
    "<title>Rope</title><type>workshop</type><date>2030-05-03T10:00:00+02:00</date>"
    "<start>10:00</start><duration>1:00</duration><persons><person id='9'>Ropers</person></persons>"
    "<recording><license>CC BY</license><optout>true</optout></recording></event></room></day>"
    "</schedule>"
)


def test_json_and_xml_of_one_event_say_the_same(tmp_path):
    talks = [
        talk(links=[{"url": "https://leafcon.example/a", "title": "Page"}]),
        talk(guid="b", title="Bark & <b>moss</b>", room="Attic", persons=[], language=""),
        talk(guid="c", title="Night", date="2030-05-04T01:00:00+02:00", subtitle="Owls"),
    ]
    one, other = read(tmp_path, as_json(talks)), read(tmp_path, as_xml(talks))

    assert (one.name, one.fields) == (other.name, other.fields)
    assert {t.external_id: t.fields for t in one.talks} == {
        t.external_id: t.fields for t in other.talks
    }


def test_pentabarf(tmp_path):
    event = read(tmp_path, PENTABARF)
    roots, moths = event.talks

    assert (event.name, event.fields["city"]) == ("leafcon-2030", "Vienna")
    assert (roots.external_id, roots.location) == ("id:20", "line 5")
    assert (roots.fields["abstract_format"], roots.fields["room"]) == ("html", "Hall")
    assert (roots.fields["given_on"], roots.fields["starts_at"]) == ("2030-05-03", None)
    assert roots.fields["duration"] == 900
    assert moths.fields["speakers"] == []
    assert "event.naive_times" in codes(event)


def test_pentabarf_starts_before_the_days_change_are_of_the_night(tmp_path):
    zone = "<time_zone_name>Europe/Vienna</time_zone_name></conference>"
    moths = read(tmp_path, PENTABARF.replace("</conference>", zone)).talks[1].fields

    assert (moths["given_on"], moths["starts_at"]) == ("2030-05-03", "2030-05-03T22:40:00+00:00")


def test_wafer(tmp_path):
    event = read(tmp_path, WAFER)
    found = event.talks[0].fields

    assert found["starts_at"] == "2030-05-03T08:00:00+00:00"
    assert found["abstract"] == "Deep ones."
    assert [r["url"] for r in found["recordings"]] == ["https://video.leafcon.example/roots.webm"]
    assert {"schedule.local_as_utc", "url.relative"} <= set(codes(event))


def test_fosdem(tmp_path):
    found = read(tmp_path, FOSDEM).talks[0].fields

    assert (found["track"], found["speakers"], found["kind"]) == ("Soil", ["Ada Quill"], "talk")
    assert found["links"][0]["kind"] == "slides"
    assert found["recordings"][0]["provider"] == "file"


def test_emf(tmp_path):
    event = read(tmp_path, EMF)
    found = event.talks[0].fields

    assert (event.name, found["kind"], found["licence"]) == ("leaf2030", "workshop", "CC BY")
    assert (found["do_not_record"], found["duration"]) == (True, 3600)
    assert event.fields["time_zone_guessed"] is True


def test_one_person_element_with_several_names_is_kept_as_one_and_said(tmp_path):
    content = EMF.replace("Ropers", "Ada Quill, Bo Fern")
    event = read(tmp_path, content.replace("<persons>", "").replace("</persons>", ""))

    assert event.talks[0].fields["speakers"] == ["Ada Quill, Bo Fern"]
    assert "speakers.several" in codes(event)


def test_white_space_before_the_declaration_is_passed_over_and_said(tmp_path):
    event = read(tmp_path, "\n" + as_xml([talk()]))

    assert len(event.talks) == 1
    assert "file.leading_space" in codes(event)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "koi8-r", "utf-8-sig"])
def test_encodings_that_the_declaration_names(tmp_path, encoding):
    title = "Корни" if encoding in {"koi8-r", "utf-16"} else "Wurzeln"
    declared = encoding.removesuffix("-sig")
    content = as_xml([talk(title=title)]).replace('encoding="utf-8"', f'encoding="{declared}"')
    event = read(tmp_path, content.encode(encoding))

    assert event.talks[0].fields["title"] == title


BOMB = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "file.dtd"),
        ('<!DOCTYPE s SYSTEM "file:///etc/passwd"><schedule/>', "file.dtd"),
        ("<schedule><conference>", "file.not_xml"),
        ("<schedule>\ufffe</schedule>", "file.not_xml"),
        ('<?xml version="1.0" encoding="klingon"?><schedule/>', "file.not_xml"),
        ("<html/>", "file.not_a_schedule"),
        ("<iCalendar/>", "file.xml_calendar"),
        ("<schedule/>", "schedule.no_conference"),
        ("<schedule><conference><title>x</title></conference></schedule>", "schedule.no_days"),
        ("<a>" * 60 + "</a>" * 60, "file.too_deep"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_sentence(tmp_path, content, code):
    event = read(tmp_path, content)

    assert (codes(event), event.talks) == ([code], ())


def test_the_place_of_a_slip_in_the_file_is_said(tmp_path):
    [issue] = read(tmp_path, "<schedule>\n <conference>\n</schedule>").issues

    assert issue.location == "3:3"


def test_too_many_elements_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("exchange.files.xml_files.MAX_ELEMENTS", 10)

    assert codes(read(tmp_path, as_xml([talk()]))) == ["file.too_big"]


def test_a_big_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("exchange.sources.schedule.source.MAX_FILE_BYTES", 100)

    assert codes(read(tmp_path, as_xml([talk()]))) == ["file.too_big"]
