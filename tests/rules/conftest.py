from tests.rules.fixtures import world

__all__ = ["world"]
