"""Where a recap stands between draft and publication, to compare before and after a write."""

import datetime as dt
from dataclasses import dataclass

from recaps.enums import RecapState
from recaps.models import Recap


@dataclass(frozen=True)
class Publication:
    """A recap's state, and when it appears where it is scheduled."""

    state: RecapState
    appears_at: dt.datetime | None

    @classmethod
    def of(cls, recap: Recap) -> "Publication":
        """Return where a recap stands now."""
        state = recap.state
        return cls(state, recap.published_at if state == RecapState.SCHEDULED else None)
