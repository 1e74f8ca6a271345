"""Whose tries a limit counts: the address is never taken from what the visitor wrote."""

import pytest
from django.test import RequestFactory

from notes_site.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        pytest.param(0, None, "10.0.0.9", id="no-proxy"),
        pytest.param(0, "1.1.1.1", "10.0.0.9", id="no-proxy-spoofed"),
        pytest.param(1, "203.0.113.7", "203.0.113.7", id="one-proxy"),
        pytest.param(1, "1.1.1.1, 203.0.113.7", "203.0.113.7", id="one-proxy-spoofed"),
        pytest.param(2, "203.0.113.7, 10.0.0.1", "203.0.113.7", id="two-proxies"),
        pytest.param(2, "203.0.113.7", "10.0.0.9", id="fewer-hops-than-proxies"),
        pytest.param(1, "", "10.0.0.9", id="empty"),
    ],
)
def test_client_address_counts_proxies_from_the_right(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}

    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR="10.0.0.9")

    assert client_address(request) == expected
