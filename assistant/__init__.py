"""From a question to a cited answer: question -> contextualise -> retrieve -> rank -> answer -> verify -> cite."""
