"""The composition root, the only room that names concrete classes: it makes everything, and hands it inwards."""
