"""The editor of recaps as a browser shows it: where it is, what it says, how one types."""

ADD = "/admin/recaps/recap/add/"


def address_of(recap):
    return f"/admin/recaps/recap/{recap.pk}/change/"


def status(page):
    return page.locator(".editor [role=status]")


def wait_for(page, words):
    status(page).filter(has_text=words).wait_for()


def type_at_end(page, text):
    page.locator("[name=body]").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
