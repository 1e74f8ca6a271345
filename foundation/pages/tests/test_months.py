"""Calendar months and their counts."""

import datetime as dt

import pytest

from foundation.pages.months import Month, MonthCount, start_of, years_of


@pytest.mark.parametrize(
    ("month", "first", "last", "following"),
    [
        (Month(2017, 4), dt.date(2017, 4, 1), dt.date(2017, 4, 30), Month(2017, 5)),
        (Month(2016, 2), dt.date(2016, 2, 1), dt.date(2016, 2, 29), Month(2016, 3)),
        (Month(2017, 12), dt.date(2017, 12, 1), dt.date(2017, 12, 31), Month(2018, 1)),
    ],
)
def test_a_month_knows_its_first_day_and_what_follows(month, first, last, following):
    assert (month.first_day, month.following) == (first, following)
    assert Month.of(last) == month
    assert Month.of(last + dt.timedelta(days=1)) == following


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (dt.date(2017, 10, 1), dt.datetime(2017, 9, 30, 22, tzinfo=dt.UTC)),
        (dt.date(2017, 11, 1), dt.datetime(2017, 10, 31, 23, tzinfo=dt.UTC)),
    ],
)
def test_a_day_begins_in_the_sites_zone(settings, day, moment):
    settings.TIME_ZONE = "Europe/Berlin"

    assert start_of(day).astimezone(dt.UTC) == moment


def test_months_are_put_into_their_years_whatever_their_order():
    april, may, old = (
        MonthCount(Month(*m), n) for *m, n in ((2017, 4, 2), (2017, 5, 1), (2015, 1, 7))
    )

    years = years_of([may, old, april])

    assert [(year.year, year.count, year.filled_months) for year in years] == [
        (2017, 3, [april, may]),
        (2015, 7, [old]),
    ]
    assert [month.month.month for month in years[0].months] == list(range(1, 13))


def test_no_months_make_no_year():
    assert years_of([]) == []
