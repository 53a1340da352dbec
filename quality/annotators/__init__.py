"""Stage 5, beside measuring: the annotators of each slice, worked out and kept.

`reading` brings the ratings of a slice out of Postgres, `profiling` makes plain values
of them, `renewing` stores these.
"""

from quality.annotators.names import names_of
from quality.annotators.pairs import BY, SHOWN, measurements
from quality.annotators.profiling import FORMAT, profile
from quality.annotators.renewing import latest, renew, run_renew

__all__ = [
    "BY",
    "FORMAT",
    "SHOWN",
    "latest",
    "measurements",
    "names_of",
    "profile",
    "renew",
    "run_renew",
]
