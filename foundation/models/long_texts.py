"""Length limits for new texts: existing longer texts stay.

A check constraint would refuse every other change of a row whose text is older than the limit.
"""

import sys
from collections.abc import Callable, Collection
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, migrations
from django.db.migrations.operations.base import Operation
from django.db.models import CheckConstraint, Model, Q

from foundation.models.trigger_constraints import TriggerConstraint

# The length in bytes is at hand; that in characters takes a look at the whole text.
_CREATE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{copied}
    RAISE check_violation USING CONSTRAINT = '{name}', TABLE = '{table}',
        MESSAGE = '{column} of {table} violates check {name}: it has more than {most} characters';
END
$$;
CREATE TRIGGER {name} BEFORE INSERT ON {table}
    FOR EACH ROW WHEN ({is_long}) EXECUTE FUNCTION {name}();
CREATE TRIGGER {name}_anew BEFORE UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN ({is_long} AND NEW.{column} IS DISTINCT FROM OLD.{column})
    EXECUTE FUNCTION {name}();
"""
_IS_LONG = (
    "octet_length(NEW.{column}) > {most} AND char_length(NEW.{column}) > {most}"
    " AND current_setting('notes.loading', true) IS DISTINCT FROM 'yes'"
)
_COPIED = """
    IF EXISTS (SELECT FROM {origin} WHERE id = NEW.{link} AND {column} = NEW.{column}) THEN
        RETURN NEW;
    END IF;"""


class TextLimit(TriggerConstraint):
    """Constraint: a new or changed text has at most so many characters. `loaddata` is exempt.

    Args:
        field: the text's name.
        most: the number of characters.
        copied_from: the relation to the row whose text of the same name this one may repeat.
    """

    facts = {"field": "", "most": 0, "copied_from": ""}

    def __init__(
        self,
        *,
        name: str,
        field: str,
        most: int,
        copied_from: str = "",
        violation_error_message: Any = None,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.field, self.most, self.copied_from = field, most, copied_from

    def validate(
        self,
        model: Any,
        instance: Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError for a new text that is too long. One query, for long texts only."""
        text = getattr(instance, self.field)
        if self.field in (exclude or ()) or len(text) <= self.most:
            return
        if not self._is_known(model._base_manager.using(using), instance, text):
            said: Any = self.violation_error_message
            raise ValidationError({self.field: ValidationError(said, code="max_length")})

    def _is_known(self, rows: Any, instance: Any, text: str) -> bool:
        """Return whether the row, or the row that it copies from, has the text already."""
        origin = getattr(instance, self.copied_from) if self.copied_from else None
        is_own = rows.filter(pk=instance.pk, **{self.field: text}).exists()
        return is_own or (origin is not None and getattr(origin, self.field) == text)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """Return the SQL that creates the triggers."""
        facts = {"name": self.name, "table": model._meta.db_table, "most": self.most}
        column = model._meta.get_field(self.field).column
        is_long = _IS_LONG.format(column=column, most=self.most)
        return _CREATE.format(column=column, is_long=is_long, copied=self._copied(model), **facts)

    def _copied(self, model: Any) -> str:
        if not self.copied_from:
            return ""
        link = model._meta.get_field(self.copied_from)
        origin = link.related_model._meta.db_table
        return _COPIED.format(origin=origin, link=link.column, column=self.field)


def bounded(model: str, field: str, most: int, *, name: str) -> list[Operation]:
    """Return operations that refuse new texts above `most` characters and print the existing longer
    ones.

    Those stay and are read as before. This is a check; later migrations replace it by a
    `TextLimit`.
    """
    said = "The text is too long."
    condition = Q(**{f"{field}__length__lte": most})
    check = CheckConstraint(name=name, condition=condition, violation_error_message=said)
    return [
        migrations.RunPython(_listing(model, field, most), migrations.RunPython.noop),
        AddConstraintNotValid(model_name=model, constraint=check),
    ]


def _listing(model: str, field: str, most: int) -> Callable[[Any, Any], None]:
    def tell(apps: Any, editor: Any) -> None:
        [found] = [each for each in apps.get_models() if each._meta.model_name == model]
        rows = found._base_manager.using(editor.connection.alias)
        longer = rows.filter(**{f"{field}__length__gt": most}).order_by("pk")
        for key, length in longer.values_list("pk", f"{field}__length"):
            sys.stdout.write(f"  {found._meta.db_table} {key}: {field} has {length} characters\n")

    return tell
