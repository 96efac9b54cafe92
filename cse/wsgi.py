"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse.settings")
application = get_wsgi_application()

# What is loaded now stays, and a page makes some ten thousand objects that soon go: look for garbage less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000)
