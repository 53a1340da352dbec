"""How dates look, by language; numbers follow Django."""
