"""The picture of talks and recaps per year."""

import pytest

from foundation.pages.charts import Bar, YearTally, chart_of


def test_bars_are_as_high_as_their_share_of_the_most_and_stand_in_their_year():
    chart = chart_of([YearTally(2015, talks=4), YearTally(2016, talks=2, recaps=1)])

    assert [(year.talks, year.recaps, year.middle) for year in chart.years] == [
        (Bar(x=6.0, y=8.0, width=25.0, height=78.0), None, 25.0),
        (Bar(x=56.0, y=47.0, width=25.0, height=39.0), Bar(81.0, 66.5, 13.0, 19.5), 75.0),
    ]
    assert (chart.most, chart.has_recaps) == (4, True)


def test_years_with_nothing_stand_in_the_picture_and_not_in_the_table():
    chart = chart_of([YearTally(2018, talks=1), YearTally(2015, recaps=1)])

    assert [year.tally.year for year in chart.years] == [2015, 2016, 2017, 2018]
    assert chart.newest_first == [YearTally(2018, talks=1), YearTally(2015, recaps=1)]


@pytest.mark.parametrize("years", [[], [2017]])
def test_less_than_two_years_make_no_picture(years):
    assert chart_of(YearTally(year, talks=1) for year in years) is None


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (2015, 2018, [2015, 2016, 2017, 2018]),
        (2009, 2018, [2010, 2012, 2014, 2016, 2018]),
        (1999, 2018, [2000, 2005, 2010, 2015]),
        (1900, 2018, [1900, 1920, 1940, 1960, 1980, 2000]),
    ],
)
def test_so_many_years_are_named_as_there_is_room_for(first, last, named):
    chart = chart_of([YearTally(first, talks=1), YearTally(last, talks=1)])

    assert [year.tally.year for year in chart.years if year.is_named] == named
