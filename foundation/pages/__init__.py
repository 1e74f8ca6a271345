"""Building blocks of public pages: paging, archives, charts, feeds, calendars, JSON-LD, template
tags.
"""
