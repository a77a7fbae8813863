"""What people do at a terminal, away from the open path; the command line is thin over it."""
