"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from foundation.database.limits import limit_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
limit_database()
application = get_wsgi_application()
