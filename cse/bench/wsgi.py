"""What gunicorn serves while measuring: the site as always, and the bare page beside it."""

from cse.bench.bare import beside
from cse.wsgi import application as site

application = beside(site)
