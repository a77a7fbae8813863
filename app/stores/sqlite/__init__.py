"""The embedded backend: one SQLite file, read where it is asked, written by one thread a process."""
