"""Static files under names that carry a digest, the modules that a module imports among them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with Django's rewriting of `import … from "./other.js"` switched on.

    Without it a module would load others by names that stay the same when their text changes,
    and after an update run together with old ones out of a cache.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return a file's name; one that was not collected costs its link and not the page."""
        try:
            stored: str = super().stored_name(name)
        except ValueError:
            return name
        return stored
