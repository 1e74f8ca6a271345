"""Constraint over two tables: a value in both belongs to one owner.

An old slug stays its row's and a synonym its tag's: no other row may use it as its live value,
whichever is written first. PostgreSQL has no unique index over two tables, so triggers check after
each write, when the table's own unique index has made concurrent writers wait. Each of the two
tables declares its half. Why, and what is left: ADR 31.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.models.trigger_constraints import TriggerConstraint

HAD_BEFORE = _("“%(owner)s” had this address before, and old links still lead there.")
# Of what not everybody may see, nothing is told.
HAD_BY_ANOTHER = _("Another one had this address before, and old links still lead there.")
CODE = "one_owner"
_CREATE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{turns}
    PERFORM FROM {other} WHERE {same} AND {other}.{other_owner} <> NEW.{owner};
    IF FOUND THEN
        RAISE unique_violation USING CONSTRAINT = '{name}', TABLE = '{table}',
            MESSAGE = format('%s of {table} belongs to another row of {other}', {values});
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER {name} AFTER INSERT OR UPDATE OF {columns} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}();
"""
# Both tables' writers take the same lock, so that the second one looks when the first is done.
# A thousand locks for all values: who writes many rows does not fill the server's table of locks.
_TURN = """
    PERFORM pg_advisory_xact_lock(hashtext('{tables}'), hashtext(NEW.{column}) & 1023);"""
_ONLY_CHANGES = """
    IF TG_OP = 'UPDATE' THEN
        IF ({after}) IS NOT DISTINCT FROM ({before}) THEN
            RETURN NULL;
        END IF;
    END IF;"""


class OneOwner(TriggerConstraint):
    """The value of `fields` may occur in the other table only for the same owner.

    Args:
        fields: the columns compared, which both tables have under the same names; what is said
            of a form is said of the last one. Rows with nothing in it are left alone.
        owner, other_owner: the columns that name the owner, here and there: "id", "talk" …
        other: the other table's model, as "app.Model".
        takes_turns: whether both tables may claim at one instant what nobody had. An old address
            was always a live one before, so its writers wait at that table's unique index.
        message: what forms say; `%(owner)s` is who has the value.
    """

    facts = {"fields": (), "owner": "", "other": "", "other_owner": "", "takes_turns": False}
    default_violation_error_message = HAD_BY_ANOTHER

    def __init__(  # noqa: PLR0913 -- each says something else of the two tables
        self,
        *,
        name: str,
        fields: Sequence[str],
        owner: str,
        other: str,
        other_owner: str,
        takes_turns: bool = False,
        violation_error_message: Any = None,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields = tuple(fields)
        self.owner, self.other, self.other_owner = owner, other, other_owner
        self.takes_turns = takes_turns

    def other_model(self, model: type[Model]) -> type[Model]:
        """Return the other table's model, of the same registry: today's, or a migration's."""
        found: type[Model] = model._meta.apps.get_model(self.other)
        return found

    def breaking(self, model: type[Model]) -> QuerySet[Any]:
        """Return the rows that violate the constraint: those from before it existed."""
        same = {name: OuterRef(name) for name in self.fields}
        others = self.other_model(model)._base_manager.filter(**same)
        elsewhere = others.exclude(**{self.other_owner: OuterRef(self.owner)})
        return model._base_manager.filter(Exists(elsewhere))

    def validate(
        self,
        model: Any,
        instance: Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError at the last field if the value has another owner. One query."""
        values = {name: getattr(instance, _column(model, name)) for name in self.fields}
        if set(self.fields) & set(exclude or ()) or not all(values.values()):
            return
        others = self.other_model(model)._base_manager.using(using).filter(**values)
        own = getattr(instance, _column(model, self.owner))
        row = others.exclude(**{self.other_owner: own}).first()
        if row is not None:
            raise ValidationError({self.fields[-1]: self._error(row)})

    def _error(self, row: Model) -> ValidationError:
        owner = row if self.other_owner == "id" else getattr(row, self.other_owner)
        message: Any = self.violation_error_message
        return ValidationError(message, CODE, {"owner": str(owner)})

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """Return the SQL that creates the trigger."""
        here, there = model._meta.db_table, self.other_model(model)
        columns = [_column(model, name) for name in self.fields]
        same = [f"{there._meta.db_table}.{column} = NEW.{column}" for column in columns]
        return _CREATE.format(
            name=self.name,
            table=here,
            other=there._meta.db_table,
            owner=_column(model, self.owner),
            other_owner=_column(there, self.other_owner),
            same=" AND ".join([*same, f"NEW.{columns[-1]} <> ''"]),
            values=f"NEW.{columns[-1]}",
            columns=", ".join(dict.fromkeys([*columns, _column(model, self.owner)])),
            turns=self._turns(model) if self.takes_turns else "",
        )

    def _turns(self, model: Any) -> str:
        here, there = model._meta.db_table, self.other_model(model)._meta.db_table
        columns = [_column(model, name) for name in [*self.fields, self.owner]]
        after, before = (", ".join(f"{row}.{c}" for c in columns) for row in ("NEW", "OLD"))
        tables = " ".join(sorted([here, there]))
        only_changes = _ONLY_CHANGES.format(after=after, before=before)
        turn = _TURN.format(tables=tables, column=_column(model, self.fields[-1]))
        return only_changes + turn


def address_stays(
    model: str, *, old: str, owner: str, scope: Sequence[str] = (), message: Any = HAD_BEFORE
) -> OneOwner:
    """Return the constraint of a live table: no row takes another row's old slug.

    Args:
        model: names the constraint.
        old: the model of the old addresses, whose field `owner` names the row that had each.
        scope: the columns within which an address is one row's.
    """
    return OneOwner(
        name=f"{model}_address_is_no_others_old_one",
        fields=[*scope, "slug"],
        owner="id",
        other=old,
        other_owner=owner,
        violation_error_message=message,
    )


def old_address_stays(model: str, *, live: str, owner: str, scope: Sequence[str] = ()) -> OneOwner:
    """Return the constraint of a table of old slugs: none equals another row's live slug."""
    return OneOwner(
        name=f"{model}_is_no_others_address",
        fields=[*scope, "slug"],
        owner=owner,
        other=live,
        other_owner="id",
    )


def name_stays(name: str, *, owner: str, other: str, message: Any) -> OneOwner:
    """Return the constraint of one of two tables of names: a key has one owner in both.

    `other` is the other table's column that names the owner: "talks.TagAlias.tag".
    """
    other, _dot, other_owner = other.rpartition(".")
    return OneOwner(
        name=name,
        fields=["key"],
        owner=owner,
        other=other,
        other_owner=other_owner,
        takes_turns=True,
        violation_error_message=message,
    )


def taken_slugs(model: type[Model], condition: Q, *, besides: Any = None) -> set[str]:
    """Return the slugs that rows under a condition have or had. One query.

    Args:
        condition: of the columns that live and old addresses share: the slug, a talk's conference.
        besides: the id of a row whose own addresses do not count; None for a new one.
    """
    rule = address_rule(model)
    there = rule.other_model(model)._base_manager.filter(condition)
    live = model._base_manager.filter(condition).exclude(pk=besides).values_list("slug", flat=True)
    old = there.exclude(**{rule.other_owner: besides}).values_list("slug", flat=True)
    return {slug for slug in live.union(old, all=True) if slug}


def address_rule(model: type[Model]) -> OneOwner:
    """Return the model's constraint that protects its old slugs."""
    rules = (rule for rule in model._meta.constraints if isinstance(rule, OneOwner))
    return next(rule for rule in rules if rule.fields[-1] == "slug")


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)
