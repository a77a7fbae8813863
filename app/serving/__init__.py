"""What is being served: placeholders with their pictures and links, on a desk where a newer edition can be laid."""
