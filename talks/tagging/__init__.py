"""Tags on talks: what names mean, forms, and bulk tagging."""
