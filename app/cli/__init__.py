"""The `onopen` command, one file a subcommand; each is a thin skin over `app.workshop.workshop`."""
