"""All faults, in the order in which they are run, and those that one machine does not allow."""

from faults import (
    of_backups,
    of_clocks,
    of_files,
    of_imports,
    of_load,
    of_migrations,
    of_people,
    of_processes,
    of_schedules,
)
from faults import of_operators as operators
from faults import of_the_database as database
from faults.fault import Fault

FAULTS: tuple[type[Fault], ...] = (
    of_processes.WorkersKilled,
    of_processes.KilledWhileTagging,
    of_imports.ImportKilled,
    of_imports.ImportEnded,
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
    of_schedules.ChangedSchedule,
    database.ReadOnly,
    of_clocks.OtherZones,
    of_migrations.MigrationsKilled,
    of_processes.Reload,
    of_processes.EndedWhileSaving,
    of_processes.RedisAway,
    of_processes.RedisFrozen,
    of_files.UploadKilled,
    of_files.MediaAway,
    of_load.ManyReaders,
    of_load.HeavySearches,
    operators.DerivedAltered,
    operators.WrongStarts,
    operators.StartedWithoutDatabase,
    of_backups.OldBackup,
    operators.NothingHalf,
)

NOT_RUN = {
    "F7, F9, F10 backups": "the site has no backup command of its own yet; that pg_dump and"
    " pg_restore give every table back is seen with the old backup (F28)",
    "F8 disk full under the database": "needs a small file system, which only root can mount",
    "F15 migrations of released versions": "none is released yet; the first tables are migrated",
    "F17 a clock that is set back": "a machine has one clock, which only root may set",
    "F18 with searches": "the site takes as many searches at once as it has processors, and tells"
    " others of five hundred to come back (ADR 39)",
    "F19 slow clients": "nginx takes them (docs/operations.md), which no package of Python brings",
    "F23 out of memory": "needs a control group, which only root can make",
    "power loss": "a killed server loses no pages of the system; only a cut of power does",
    "F27 long run": "takes a day",
}
