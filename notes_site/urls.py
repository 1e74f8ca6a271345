"""The root URLconf. Each app's URLs are included below the prefix given here."""

from django.contrib import admin
from django.urls import include, path

from foundation.pages import converters

converters.register()  # before the rooms' lists below are read

from notes_site import home, sitemaps  # noqa: E402 -- the converters must be known first

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.sitemap_section, name="sitemap-section"),
    path("", include("conferences.urls")),
    path("", include("talks.urls")),
    path("", include("speakers.urls")),
    path("", include("recaps.urls")),
    path("search/", include("search.urls")),
    path("images/", include("images.urls")),
    path("health/", include("operations.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "notes_site.error_pages.bad_request"
handler403 = "notes_site.error_pages.permission_denied"
handler404 = "notes_site.error_pages.page_not_found"
handler500 = "notes_site.error_pages.server_error"
