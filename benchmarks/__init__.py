"""Speed, always beside a plain reference stack in the same run."""
