"""The tests: a package by name, since one of the libraries they use brings another of that name."""
