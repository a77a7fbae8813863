"""What editors write, on its way to the engine: read with positions, checked all at once, compiled.

This room knows YAML, documents and problems; it knows no request and paints nothing. Bad content ends here, as
problems with a place and a remedy, and never as an exception.
"""
