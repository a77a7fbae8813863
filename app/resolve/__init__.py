"""The hinge: what an open asks for is laid together, decided, fetched and decided again, within its time."""
