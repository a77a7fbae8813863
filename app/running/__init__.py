"""What a server does again and again: look for changes, follow recalls, keep its store and its maps."""
