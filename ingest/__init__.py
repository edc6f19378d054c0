"""From files on disk to a published, verified index: sources -> clean -> split -> embed -> store."""
