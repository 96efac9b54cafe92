"""The checks that a contributor also runs before a commit, with the real tools."""

import sys

from tests.architecture.source import passes, tool

PRODUCTION = {
    "CSE_HTTPS": "1",
    "CSE_DEBUG": "0",
    "ALLOWED_HOSTS": "cse.example.org",
    "DATABASE_URL": "postgresql://cse@database.example.org/cse",
    "REDIS_URL": "redis://queue.example.org/0",
    "FIELD_KEYS": f"1:{'k9Tv' * 10}k9Q=",
    "SECRET_KEY": "check-deploy-only-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
}


def test_ruff_finds_nothing() -> None:
    passes("ruff found something; most of it is mended by: ruff check --fix", [*tool("ruff"), "check", "."])


def test_code_is_formatted() -> None:
    passes("Some files are not formatted. Do: ruff format", [*tool("ruff"), "format", "--check", "."])


def test_types_hold() -> None:
    passes("The type checker disagrees.", [*tool("mypy"), "."])


def test_imports_keep_to_the_layers() -> None:
    passes("An import breaks a contract in pyproject.toml.", [*tool("lint-imports"), "--no-cache", "--no-logo"])


def test_templates_are_sound() -> None:
    passes("djlint found something in a template.", [*tool("djlint"), "--lint", "templates", "--quiet"])


def test_migrations_are_in_step_with_the_models() -> None:
    manage = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    passes("A model has changed without a migration. Do: manage.py makemigrations --name <what_it_does>", manage)


def test_production_settings_are_safe_to_deploy() -> None:
    manage = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    passes("Django warns about the production settings.", manage, **PRODUCTION)
