"""Base class of constraints that PostgreSQL enforces by triggers."""

from typing import Any, ClassVar

from django.db.models import BaseConstraint


class TriggerConstraint(BaseConstraint):
    """A constraint whose SQL is a trigger: created once all tables exist, dropped by name.

    `facts` are the arguments that identify it, which migrations write down.
    """

    facts: ClassVar[dict[str, Any]] = {}  # each with what it is where it is left out

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]  # -- Django takes None
        """Add nothing to the CREATE TABLE statement; create the trigger once all tables exist."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Return the SQL that drops the triggers."""
        return f"DROP FUNCTION {self.name}() CASCADE;"

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        told = {name: getattr(self, name) for name in self.facts}
        return path, args, {**kwargs, **{k: v for k, v in told.items() if v != self.facts[k]}}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)
