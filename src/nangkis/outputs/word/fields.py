"""Word's fields: a code that Word computes, with the answer already in place."""

from __future__ import annotations

from nangkis.outputs.word.xml import element, run, text_element
from nangkis.outputs.xml_tree import Element


def field_start(code: str) -> tuple[Element, ...]:
    """Return the runs that open a field; its answer follows."""
    return (
        element("r", element("fldChar", fldCharType="begin")),
        element("r", text_element(f" {code} ", "instrText")),
        element("r", element("fldChar", fldCharType="separate")),
    )


def field_end() -> Element:
    """Return the run that closes a field."""
    return element("r", element("fldChar", fldCharType="end"))


def field_runs(code: str, answer: str) -> tuple[Element, ...]:
    """Return a whole field inside a paragraph."""
    return (*field_start(code), run(answer), field_end())
