"""All faults, in the order in which they are run, and those that one machine does not allow."""

from faults import of_imports, of_migrations, of_people, of_processes
from faults import of_operators as operators
from faults import of_the_database as database
from faults.fault import Fault

FAULTS: tuple[type[Fault], ...] = (
    of_processes.WorkersKilled,
    of_processes.KilledWhileTagging,
    of_imports.ImportKilled,
    database.DatabaseStoppedAtOnce,
    database.DatabaseKilled,
    of_imports.ImportWithoutDatabase,
    of_imports.ImportDatabaseKilled,
    database.DatabaseAway,
    database.DatabaseFrozen,
    database.NoConnections,
    database.LongLock,
    database.WholeLock,
    of_people.ManyEditors,
    of_people.FormWithout,
    of_imports.ImportTwiceAtOnce,
    database.ReadOnly,
    of_migrations.MigrationsKilled,
    of_processes.Reload,
    of_processes.EndedWhileSaving,
    of_processes.RedisAway,
    of_processes.RedisFrozen,
    operators.DerivedAltered,
    operators.WrongStarts,
    operators.StartedWithoutDatabase,
    operators.NothingHalf,
)

NOT_RUN = {
    "F7, F9, F10 backups": "the site has no backup command of its own yet; pg_dump is PostgreSQL's",
    "F8 disk full under the database": "needs a small file system, which only root can mount",
    "F15 migrations of released versions": "none is released yet; the first tables are migrated",
    "F18 to F20 load, slow and huge requests": "figures of a load, not faults: `make bench`",
    "F23 out of memory": "needs a control group, which only root can make",
    "power loss": "a killed server loses no pages of the system; only a cut of power does",
    "F27 long run": "takes a day",
}
