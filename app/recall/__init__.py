"""Taking back what was shown: by which names, told to whom, and who saw it."""
