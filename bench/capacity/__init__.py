"""How much it takes: from a send to requests, from the cacheability table to hits, from both to machines."""
