"""What each row was: `@recorded()` on a model keeps every state of its rows in a table that only grows (domain.md 35).

PostgreSQL writes the history by trigger, so bulk writes and plain SQL are in it too. django-pghistory makes the models
and the migrations; the triggers are ours, because pghistory's can be told to stand aside by a setting that the
application itself may set, and cost twice as much. They run as the tables' owner: the application needs no right to
write history, and has none. Who did it is `cse.actor`, which our database backend sets for each transaction: one number
in the row is cheaper than a context row for each transaction, and needs nothing added to the statements themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar

import pghistory.models
import pghistory.trigger
import pgtrigger
import pgtrigger.compiler
from django.apps import apps
from django.db import models

M = TypeVar("M", bound=type[models.Model])

ABOUT = {
    "pgh_created_at": "pg_catalog.now()",
    "pgh_actor_id": "nullif(pg_catalog.current_setting('cse.actor', true), '')::bigint",
    "pgh_transaction": "pg_catalog.pg_current_xact_id()::text::bigint",
}
"""What the trigger says of each row beside its columns."""


class RecordSql(pgtrigger.compiler.UpsertTriggerSql):
    """pgtrigger's statement without its way out: `pgtrigger.ignore` skips nothing here. Migrations refer to it."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN {func} END $$;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} {condition}
                EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class RefuseSql(pgtrigger.compiler.UpsertTriggerSql):
    """The guard of a table that only grows; `audit_refuse` comes with audit's migration 0002."""

    def get_template(self) -> str:
        return """
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} EXECUTE FUNCTION audit_refuse();
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class _Compiled(pgtrigger.Trigger):
    """A trigger that is put into migrations with a statement of ours."""

    statement: type[pgtrigger.compiler.UpsertTriggerSql]

    def compile(self, model: Any) -> pgtrigger.compiler.Trigger:
        sql = self.statement(
            pgid=self.get_pgid(model),
            func=self.render_func(model),
            table=model._meta.db_table,
            when=self.when,
            operation=self.operation,
            level=str(self.level),
            condition=self.render_condition(model),
        )
        return pgtrigger.compiler.Trigger(name=self.name, sql=sql)


class AppendOnly(_Compiled):
    """Rows of the table are neither changed nor deleted, and the table is not truncated."""

    name = "append_only"
    statement = RefuseSql
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate
    func = "return null;"


class _Recording(_Compiled, pghistory.trigger.Event):
    """Adds the row, as it became or as it was when it was deleted, to its history."""

    statement = RecordSql

    event_model: Any

    def get_func(self, model: Any) -> str:
        tracked = {field.name for field in self.event_model.pgh_tracked_model._meta.fields}
        names = [field.column for field in self.event_model._meta.fields if field.name in tracked]
        values = {f'"{column}"': f'{self.row}."{column}"' for column in names} | ABOUT
        values["pgh_label"] = f"'{self.label}'"
        table = f'public."{self.event_model._meta.db_table}"'
        columns, written = ", ".join(values), ", ".join(values.values())
        return f"INSERT INTO {table} ({columns}) VALUES ({written}); RETURN NULL;"  # nosec B608 # noqa: S608


class _OurTrigger(pghistory.RowEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        trigger = _Recording(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=self.label,
            name=f"history_{self.label}",
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=pgtrigger.Row,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class _Inserted(_OurTrigger, pghistory.InsertEvent):
    pass


class _Updated(_OurTrigger, pghistory.UpdateEvent):
    pass


class _Deleted(_OurTrigger, pghistory.DeleteEvent):
    pass


class Row(pghistory.models.Event):
    """One state of a row: `insert`, `update` (what it became) or `delete` (what it was). `pgh_actor_id` did it."""

    append_only = True
    written_by_database = True

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_created_at = models.DateTimeField()
    pgh_label = models.CharField(max_length=6)
    pgh_actor_id = models.BigIntegerField(null=True)
    pgh_transaction = models.BigIntegerField()

    class Meta:
        abstract = True


def recorded(*, exclude: Iterable[str] = (), need_to_know: Any = None) -> Callable[[M], M]:
    """Keep the history of a model, in `<Model>History`, without secrets and bookkeeping (`exclude`).

    Its rows are seen by whoever may see the model's (`need_to_know`, `part_of`), or as is said here where the model
    itself says nothing. An update of what is excluded alone is no change.
    """

    def decorate(model: M) -> M:
        generated = [field.name for field in model._meta.local_fields if field.generated]
        concrete: Any = model._meta.concrete_model
        pghistory.track(
            _Inserted(),
            _Updated(),
            _Deleted(),
            exclude=[*exclude, *generated],
            obj_field=None,
            context_field=None,  # type: ignore[arg-type]
            append_only=False,
            base_model=Row,
            model_name=f"{model._meta.object_name}History",
            attrs=_sight(model) or ({"need_to_know": need_to_know} if need_to_know else {}),
            meta={
                "triggers": [AppendOnly()],
                "indexes": [models.Index(fields=[concrete._meta.pk.name], name=_index_name(model))],
            },
        )(model)
        return model

    return decorate


def append_only() -> list[type[models.Model]]:
    """The models whose tables only grow: for the application's rights, for the seals, for who checks them."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The model of its history; None where it has none."""
    for each in append_only():
        if getattr(each, "pgh_tracked_model", None) is model:
            return each
    return None


def _sight(model: type[models.Model]) -> dict[str, Any]:
    if parent := getattr(model, "part_of", None):
        return {"part_of": parent}
    scope: Any = getattr(model, "need_to_know", None)
    if scope is None:
        return {}
    of_itself = is_dataclass(scope) and getattr(scope, "key", "") == "pk"  # a history row's own key is another
    name = model._meta.pk.name if model._meta.pk else ""
    return {"need_to_know": replace(scope, key=name) if of_itself else scope}


def _index_name(model: type[models.Model]) -> str:
    return f"{model._meta.app_label[:9]}_{model.__name__.lower()[:17]}_of"
