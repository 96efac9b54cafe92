"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse.settings")
application = get_wsgi_application()

# What is loaded now stays: without this, every few requests wait until all of it has been looked through for garbage.
gc.collect()
gc.freeze()
