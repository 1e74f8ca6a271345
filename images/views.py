"""The view that serves image files. They never change, so browsers may cache them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from foundation.pages.public_page import read_only
from foundation.text.image_names import CONTENT_TYPE, ImageName
from images.files import path_of


@read_only
def image(request: HttpRequest, name: ImageName) -> HttpResponseBase:
    """Answer with the file; needs no permission and runs no query."""
    try:
        file = path_of(name).open("rb")
    except OSError as error:
        raise Http404(_("There is no such image.")) from error
    etag = f'"{name}"'
    headers = _HEADERS | {"ETag": etag}
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        file.close()
        for header, value in headers.items():
            known.headers[header] = value
        return known
    return FileResponse(file, content_type=CONTENT_TYPE, headers=headers)


_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
