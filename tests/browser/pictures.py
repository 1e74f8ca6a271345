"""Pictures on their way into the editor, as a browser hands them over."""

import io

import PIL.Image

# Puts a file on the clipboard's or the pointer's way into the text, as a paste or a drop does.
TRANSFER = """([kind, name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
    const facts = {bubbles: true, cancelable: true};
    const event = kind === "paste"
        ? new ClipboardEvent(kind, {...facts, clipboardData: transfer})
        : new DragEvent(kind, {...facts, dataTransfer: transfer});
    document.querySelector("[name=body]").dispatchEvent(event);
}"""


def picture(size=(1200, 800), colour="teal"):
    drawn = io.BytesIO()
    PIL.Image.new("RGB", size, colour).save(drawn, "PNG")
    return drawn.getvalue()


def add_picture(page, kind, alt, drawn=None):
    """Paste, drop or choose a picture, and say what it shows."""
    drawn = drawn or picture()
    if kind == "choose":
        with page.expect_file_chooser() as chooser:
            page.locator("[data-do=image]").click()
        file = {"name": f"{alt}.png", "mimeType": "image/png", "buffer": drawn}
        chooser.value.set_files([file])
    else:
        page.evaluate(TRANSFER, [kind, f"{alt}.png", list(drawn)])
    dialog = page.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("What does it show?").fill(alt)
    page.keyboard.press("Enter")
