"""What can go wrong while answers are evaluated."""


class EvalError(Exception):
    """Cases, gates or runs cannot be used; the message says which, where, and what to do."""
