"""Renderers: a content tree becomes a Word document, a chart becomes a picture, and what an office edited is read back.

Knows only what a document says and how a file is drawn. Must not know any indicator, budget or plan.
"""
