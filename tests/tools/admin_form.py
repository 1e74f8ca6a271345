"""Admin forms as a browser sends them: all that the page shows, with a few fields changed."""

from unittest import mock

from django.template.response import TemplateResponse


def fields_of(response):
    """Return {name: value} of an admin form's page, its inlines included."""
    forms = [response.context_data["adminform"].form]
    sent = {}
    for inline in response.context_data["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            sent.update(_values(bound))
    opening = response.context_data.get("opening")
    return {**sent, "_opened_with": opening} if opening else sent


def _values(bound):
    value = bound.value()
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    if hasattr(widget, "widgets"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {f"{bound.html_name}_{n}": str(part or "") for n, part in enumerate(parts)}
    if value is None or value is False:
        return {} if value is False else {bound.html_name: ""}
    return {bound.html_name: "on" if value is True else value}


def opened(client, address):
    """Open the form without drawing its page, which takes longer than all the rest."""
    with mock.patch.object(TemplateResponse, "rendered_content", ""):
        return client.get(address)


def save(client, address, **changes):
    """Open the form, change these fields, send it; return the answer. `None` leaves one out."""
    sent = {**fields_of(opened(client, address)), **changes}
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def errors_of(response):
    """Return {field: errors} of the form that came again, with those of its inlines."""
    errors = dict(response.context_data["adminform"].form.errors)
    for inline in response.context_data["inline_admin_formsets"]:
        for form in inline.formset.forms:
            errors |= {f"{form.prefix}-{name}": list(said) for name, said in form.errors.items()}
        if inline.formset.non_form_errors():
            errors[inline.formset.prefix] = list(inline.formset.non_form_errors())
    return {name: [str(text) for text in said] for name, said in errors.items()}
