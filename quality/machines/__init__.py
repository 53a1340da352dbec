"""Models beside people: what they said of the same items, and what it comes to."""

from quality.machines.renewing import latest, renew

__all__ = ["latest", "renew"]
