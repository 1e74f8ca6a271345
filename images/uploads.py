"""Stores uploaded images: first the file, safely on disk, then its row."""

import logging

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.logs.lines import log_when_done
from images.files import write_file
from images.locking import lock_image
from images.models import Image
from images.picture_process import NotMadeError, picture_from_process
from images.pictures import Picture
from operations.turns import UPLOAD, NoTurnError, turn_of_person

LARGEST_UPLOAD = 15_000_000
logger = logging.getLogger(__name__)


def store_image(upload: UploadedFile, *, by: User) -> Image:
    """Store an upload and return its image; the existing one if the image is already stored.

    Raises NoTurnError, and ValidationError with one sentence. Its code is `too_large`, `not_kept`
    if writing to the disk fails, or one of `images.pictures`. Three queries.
    """
    with turn_of_person(UPLOAD, by.pk):
        _refuse_too_large(upload)
        upload.seek(0)
        picture = _made(upload.read())
    try:
        image = _keep(picture, by)
    except OSError as error:
        logger.exception("An image could not be written.")
        text = _("The image cannot be kept at the moment. Please tell whoever runs this site.")
        raise ValidationError(text, code="not_kept") from error
    log_when_done("upload", by=by, what=f"image {image.pk}, {upload.size} bytes")
    return image


def _made(data: bytes) -> Picture:
    try:
        return picture_from_process(data)
    except NotMadeError as error:
        logger.exception("A picture was not made.")
        text = _("The image could not be read just now. Please try again in a moment.")
        raise NoTurnError(text, work=UPLOAD, status=503) from error


@transaction.atomic
def _keep(picture: Picture, by: User) -> Image:
    """Write file and row. An existing file is written again: it may have been damaged or lost."""
    lock_image(picture.name.key)
    write_file(picture.name, picture.content)
    image, _made = Image.objects.get_or_create(
        digest=picture.digest,
        defaults={
            "width": picture.width,
            "height": picture.height,
            "byte_count": len(picture.content),
            "uploaded_by": by,
        },
    )
    return image


def _refuse_too_large(upload: UploadedFile) -> None:
    if (upload.size or 0) > LARGEST_UPLOAD:
        raise ValidationError(_("The file is larger than 15 MB."), code="too_large")
