"""Keys, and the signed documents of licensing: the room that imports cryptography and lxml.

Both are imported inside functions, because a console must prompt before anything heavy is loaded. Nothing here is
compatible with genuine keys: every world derives its own from its secret, and no real router accepts what they sign.
"""
