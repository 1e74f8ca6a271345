"""Tests of the whole site, and the tools that tests of several apps share."""
