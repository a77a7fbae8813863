"""The demo site's pictures, drawn in code: a small SVG pen, a stock of scenery, and one file a picture.

It is no drawing library and no part of the server. Light falls from the upper right in every picture, and the lower
left third stays calm, since a headline stands there.
"""
