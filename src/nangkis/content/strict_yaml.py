"""YAML as Nangkis writes it: every scalar is text (a number keeps its exact digits), and no key stands twice."""

from __future__ import annotations

from typing import Any

import yaml


class YamlBroken(ValueError):  # noqa: N818 - named for what is wrong
    """The text is not YAML, or a key stands twice; the message says where, and ``line`` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def read_yaml(text: str) -> Any:
    """Return what the text holds: mappings, lists, text and None. Raises YamlBroken."""
    try:
        return yaml.load(text, Loader=_TextualLoader)  # noqa: S506 - the loader descends from the safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlBroken(str(error), mark.line + 1 if mark else 1) from None


# The C parser reads all our files ten times as fast; a YAML package without it reads them all the same.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextualLoader(_SafeLoader):  # type: ignore[misc]  # chosen at run time
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        keys = [key.value for key, _ in node.value]
        if twice := sorted({str(key) for key in keys if keys.count(key) > 1}):
            raise yaml.constructor.ConstructorError(None, None, f"written twice: {', '.join(twice)}", node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


_TextualLoader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern) for tag, pattern in resolvers if tag in {"tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"}
    ]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
