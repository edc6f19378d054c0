"""The command line's rooms: what ``cli`` puts together, and what its commands share."""
