from tests.rules.fixtures import fast_passwords, world

__all__ = ["fast_passwords", "world"]
