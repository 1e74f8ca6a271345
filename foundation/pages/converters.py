"""Path converters for slugs, years, months and image names: an invalid value is a 404."""

from django.urls import register_converter

from foundation.text.bounds import FIRST_YEAR, LAST_YEAR
from foundation.text.image_names import NAME_REGEX, ImageName, read_name
from foundation.text.slugs import is_slug


class SlugConverter:
    """A slug of any script (`slugs.is_slug`)."""

    regex = r"[^/]{1,120}"

    def to_python(self, value: str) -> str:
        if not is_slug(value):
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter:
    """A year of four digits, within the range for conferences."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        if not FIRST_YEAR <= int(value) <= LAST_YEAR:
            raise ValueError
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MonthConverter:
    """A month of two digits."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class ImageNameConverter:
    """The name of an image (`image_names`)."""

    regex = NAME_REGEX

    def to_python(self, value: str) -> ImageName:
        name = read_name(value)
        if name is None:
            raise ValueError
        return name

    def to_url(self, value: ImageName) -> str:
        return str(value)


def register() -> None:
    """Register `<word:…>`, `<yyyy:…>`, `<mm:…>` and `<image_name:…>`."""
    register_converter(SlugConverter, "word")
    register_converter(YearConverter, "yyyy")
    register_converter(MonthConverter, "mm")
    register_converter(ImageNameConverter, "image_name")
