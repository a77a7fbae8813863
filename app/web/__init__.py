"""The way in for requests: routes, addresses, headers. The only room where a request meets the clock."""
