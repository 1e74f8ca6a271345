"""Task lists: `- [ ] …` and `- [x] …` become read-only checkboxes, and their items are
collected.
"""

from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from foundation.text.markdown.plain_text import plain_text

_BOX = {"class": "task-list-item-checkbox", "disabled": "disabled", "type": "checkbox"}
_TICKED_BOX = {"class": _BOX["class"], "checked": "checked", **_BOX}
_TASK_MARKS = {"[ ] ": _BOX, "[x] ": _TICKED_BOX, "[X] ": _TICKED_BOX}


@dataclass(frozen=True)
class Task:
    """One item of a task list: its plain text, and whether it is done."""

    text: str
    is_done: bool


def tasks_plugin(markdown: MarkdownIt) -> None:
    """Give the items of task lists their checkboxes."""
    markdown.core.ruler.push("check_task_items", _check_task_items)


def tasks_of(env: dict[str, Any]) -> tuple[Task, ...]:
    """Return the tasks of a parsed text, in their order."""
    return tuple(env.get("tasks", ()))


def _check_task_items(state: StateCore) -> None:
    tasks = state.env.setdefault("tasks", [])
    lists = []
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type.endswith("_list_open"):
            lists.append(item)
        elif item.type.endswith("_list_close"):
            lists.pop()
        elif item.type == "list_item_open" and paragraph.type == "paragraph_open":
            tasks += _mark_task(inline, item, lists[-1])


def _mark_task(inline: Token, item: Token, around: Token) -> list[Task]:
    """Replace the mark at the beginning of a line by a checkbox; return its task, if it is one."""
    mark = inline.content[:4]
    first, *others = inline.children or [inline]
    if mark not in _TASK_MARKS or first.type != "text" or not first.content.startswith(mark):
        return []  # "[x]" may also be a link, and "\\[x]" is text
    first.content = first.content[3:]
    box = Token("task_box", "input", 0, attrs={**_TASK_MARKS[mark]})
    opening, closing = Token("task_open", "label", 1), Token("task_close", "label", -1)
    task = Task(plain_text([first, *others]), is_done="checked" in _TASK_MARKS[mark])
    inline.children = [opening, box, first, *others, closing]
    item.attrSet("class", "task-list-item")
    around.attrSet("class", "contains-task-list")
    return [task]
