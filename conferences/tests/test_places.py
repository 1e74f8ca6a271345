"""The countries that conferences may name."""

import pytest

from conferences.places import countries, country_name, country_names


def test_every_country_of_iso_3166_has_one_name_and_stands_by_its_code():
    codes = [code for code, _name in countries()]
    names = {str(name) for _code, name in countries()}

    assert codes == sorted(codes)
    assert len(set(codes)) == len(names) == 249
    assert all(len(code) == 2 and code.isupper() for code in codes)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("DE", "Germany", id="as-in-the-standard"),
        pytest.param("KR", "South Korea", id="as-people-say"),
        pytest.param("US", "United States", id="as-we-say"),
        pytest.param("XX", "XX", id="none"),
    ],
)
def test_a_country_is_called_as_people_call_it(code, name):
    assert country_name(code) == name


def test_countries_are_listed_by_name():
    assert country_names(["PT", "CH", "ZZ"]) == [
        ("PT", "Portugal"),
        ("CH", "Switzerland"),
        ("ZZ", "ZZ"),
    ]
