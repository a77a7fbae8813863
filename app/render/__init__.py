"""The renderer: a design, words and assets in, the bytes of a picture out.

It knows nothing of rules, requests or clocks, and draws the same bytes for the same input. Whatever it cannot do it
says with a `RenderTrouble`; the caller then serves the fallback that was encoded at load.
"""
