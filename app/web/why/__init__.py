"""`/why/<placeholder>`: the text twin of a picture, for its recipient: what it says, why, and what they permit."""
