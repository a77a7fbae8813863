"""Where the recipient is: what the template, a CDN, an address or Apple says, as `geo.*` readings."""
