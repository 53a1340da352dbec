"""The coefficients, one family per module. A published name is never changed."""
