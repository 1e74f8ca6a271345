"""Base classes for the admin: model admins, forms, inlines, filters, widgets, edit conflicts."""
