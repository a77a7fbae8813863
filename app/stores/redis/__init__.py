"""The shared backend: Redis or Valkey, 7 or newer, alone or as a cluster."""
