"""From cases to a verdict: cases -> run -> score -> report and gate."""
