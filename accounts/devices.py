"""A browser's long name for itself, in the words of whoever uses it."""

_PROGRAMS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def device_in_words(agent: str) -> str:
    """As "Firefox on Windows". Browsers name others beside themselves, so the first that fits counts."""
    program = next((name for mark, name in _PROGRAMS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{program} on {system}" if system else program
