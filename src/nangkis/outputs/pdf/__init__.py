"""PDF documents: set from a content tree by Typst, and the manifest attached to one read back.

Knows PDF and the template that sets it. Must not know what the numbers mean.
"""
