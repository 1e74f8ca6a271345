"""The preview looks as the page does: each kind of element has the same styles in both."""

import pytest

from recaps.factories import RecapFactory
from tests.browser.editing import address_of
from tests.browser.test_curating import log_in
from tests.tools.drawing import a_kept_image

BODY = """Words, *emphasis*, **strength**, ~~gone~~, `code`, [a link](https://harbour.example/),
[[Nobody Known]], [12:34] and a note[^1].

# One

## Two

### Three

#### Four

##### Five

- an item
    - a nested one
- [ ] to do
- [x] done

1. first
2. second

> A quotation.
>
> - in it

| head | number |
|---|--:|
| cell | 1 |

```python
def harbour():
    return "sea"  # light
```

```
plain
```

A term
: its meaning

---

<kbd>Ctrl</kbd> H<sub>2</sub>O x<sup>2</sup>

<details><summary>More</summary>

Inside.

</details>

![A plan]({image} "As drawn")

[^1]: Its text.
"""
# Each element of a text with its way down from the text, and its styles; the first of each kind.
# What follows from the width of the box is no style of its own.
STYLES = """() => {
    const apart = new RegExp("^(" + [
        "width|height|inline-size|block-size|perspective-origin|transform-origin",
        "content-visibility|contain-intrinsic.*|contain",
    ].join("|") + ")$");
    const tree = document.querySelector(".editor-preview")?.shadowRoot ?? document;
    const prose = [...tree.querySelectorAll(".prose")].find((one) => one.querySelector("table"));
    const found = {};
    for (const element of prose.querySelectorAll("*")) {
        const way = [];
        for (let one = element; one !== prose; one = one.parentElement)
            way.unshift(one.tagName.toLowerCase());
        const kind = way.join(" ");
        if (found[kind]) continue;
        const styles = getComputedStyle(element);
        found[kind] = Object.fromEntries([...styles].filter((name) => !apart.test(name))
            .map((name) => [name, styles.getPropertyValue(name)]));
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_preview_and_page_have_the_same_styles(page, site, recap, settings, tmp_path, scheme):
    settings.MEDIA_ROOT = tmp_path
    image = a_kept_image(by=recap.author)
    body = BODY.replace("{image}", image.get_absolute_url())
    shown = RecapFactory(title="Shown", body=body)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{shown.get_absolute_url()}")
    on_page = page.evaluate(STYLES)
    log_in(page, site)
    page.goto(f"{site}{address_of(shown)}")
    page.get_by_role("region", name="Preview").locator("table").wait_for()
    in_preview = page.evaluate(STYLES)

    differing = {
        f"{kind}: {name}": (styles[name], in_preview[kind][name])
        for kind, styles in on_page.items()
        if kind in in_preview
        for name in styles
        if in_preview[kind].get(name) != styles[name]
    }
    assert differing == {}
    assert len(on_page.keys() & in_preview.keys()) > 40


def test_links_within_the_text_are_followed_in_the_preview(opened):
    area = opened.locator("[name=body]")
    area.fill("[Down](#far)\n\n" + "Line.\n\n" * 80 + "## Far")
    preview = opened.get_by_role("region", name="Preview")
    preview.get_by_role("link", name="Down").click()

    opened.wait_for_function("document.querySelector('.editor-preview').scrollTop > 0")
    assert "#" not in opened.url
