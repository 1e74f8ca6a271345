"""Advisory lock for one image, so that its file and its row change together."""

from django.db import connection

# Any number that nothing else uses, of the kind of locks with two numbers.
_IMAGES = 1_735_289_197
_DIGITS_OF_A_LOCK = 7


def lock_image(key: str) -> None:
    """Wait for the image's lock, and hold it until the transaction ends. One query."""
    with connection.cursor() as cursor:
        number = int(key[:_DIGITS_OF_A_LOCK], 16)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_IMAGES, number])
