"""The GOV.UK Frontend macros (govuk-frontend-jinja), callable from Python and from every template."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader

from frontend import compiled

Macro = Callable[..., str]


@lru_cache(maxsize=1)
def design_system() -> Mapping[str, Macro]:
    """Every ``govuk…`` macro by its name, compiled once per process.

    They have an environment of their own with lenient undefined values, because they ask for parameters that were not
    given; what our templates hand to them has already passed StrictUndefined.
    """
    environment = Environment(
        autoescape=True,
        auto_reload=False,  # a package does not change while we run
        bytecode_cache=compiled.templates(),
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    )
    names = environment.list_templates(filter_func=lambda name: name.endswith("/macro.html"))
    modules: list[Any] = [environment.get_template(name).module for name in names]
    return {name: macro for module in modules for name, macro in vars(module).items() if name.startswith("govuk")}
