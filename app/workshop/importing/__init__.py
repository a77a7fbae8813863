"""Many recipients at once, from a table: `onopen recipients import`."""
