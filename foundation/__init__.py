"""Shared code that every app builds on: text, model fields, public pages, admin classes, the page
cache and stored derived data.
"""
