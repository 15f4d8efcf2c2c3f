"""Write the generated pages of ``docs/``, or check that they are current (``--check``)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from nangkis.cli.exits import CAUSES
from nangkis.cli.main import app
from nangkis.indicators.catalogue import indicators
from nangkis.intake.layouts.register import LAYOUTS
from nangkis.intake.mapped.said import HEADERS, NEEDED, UNITS
from nangkis.intake.mapping import KEYS
from nangkis.parameters.loader import packaged


ROOT = Path(__file__).parents[1]
MADE = "<!-- Written by `make pages`; do not edit. -->\n"
LONGEST_VALUE = 60


def commands() -> Iterator[str]:
    """The manual of the command line, from the commands themselves."""
    yield "# Commands"
    group = typer.main.get_command(app)
    yield f"\n{group.help}\n"
    for name, command in _below(group):
        yield from _manual_of(f"nangkis {name}", command)
    yield "\n## Exit codes\n\n| code | cause |\n|---|---|"
    yield from (f"| {code.value} | {cause} |" for code, cause in CAUSES.items())


def _below(group: Any) -> Iterator[tuple[str, Any]]:
    """Yield the commands of a group by their names, in the order in which the program lists them."""
    context = typer.Context(group, info_name="nangkis")
    for name in group.list_commands(context):
        yield name, group.get_command(context, name)


def _manual_of(name: str, command: Any) -> Iterator[str]:
    """Say what a command does and its options, then the commands below it."""
    yield f"\n## {name}\n\n{command.help}\n"
    told = [line for parameter in command.params if (line := _option(parameter))]
    if told:
        yield "| option | meaning |\n|---|---|"
    yield from told
    for below, deeper in _below(command) if hasattr(command, "list_commands") else ():
        yield from _manual_of(f"{name} {below}", deeper)


def _option(parameter: Any) -> str:
    is_option = parameter.opts[0].startswith("-")
    words = (
        ", ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else parameter.metavar or parameter.name
    )
    meaning = getattr(parameter, "help", None)
    return f"| `{words}` | {meaning} |" if meaning and "--help" not in words else ""


def parameters() -> Iterator[str]:
    """Every dated value with its source."""
    yield "# Parameters\n\nEach rule or amount, the day from which it holds, its source, and how sure we are.\n"
    yield "| name | what | from | until | value | unit | source | place | confidence |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, values in packaged().by_name.items():
        for value in values:
            told = value.value[:LONGEST_VALUE] if isinstance(value.value, str) else f"{len(value.value)} entries"
            days = f"{value.in_force_from} | {value.until or ''}"
            source = f"{value.source.title} | {value.source.place} | {value.confidence}"
            yield f"| {name} | {value.title.english} | {days} | {told} | {value.unit} | {source} |"


def indicator_list() -> Iterator[str]:
    """Every indicator of the catalogue: what it measures, how it is computed, who publishes it."""
    yield "# Indicators\n"
    yield "| code | Indonesian | English | unit | better when |\n|---|---|---|---|---|"
    for code, indicator in indicators().items():
        names = f"{indicator.name['id']} | {indicator.name['en']}"
        yield f"| {code} | {names} | {indicator.unit} | {indicator.direction} |"
    for code, indicator in indicators().items():
        yield f"\n## {code}: {indicator.name['en']}\n"
        yield f"- measures: {indicator.definition['en']}"
        yield f"- computed as: {indicator.formula['en']}"
        yield f"- published: {indicator.frequency}; smallest regions: {indicator.level}"
        yield f"- source: {indicator.source.title}; {indicator.source.place} ({indicator.confidence})"
        yield f"- Indonesian: {indicator.definition['id']} ({indicator.formula['id']})"


def tag_rules() -> Iterator[str]:
    """Every rule that proposes a poverty tag, in the order in which they are read."""
    yield "# Rules that propose a poverty tag\n\nRead from the first order to the last; what no rule places is held."
    yield "\n| order | rule | codes | words | decision | dimension | strategy | reach | reason | confidence |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for rule in packaged().by_name["penandaan_aturan"][-1].value:
        codes = ", ".join(_listed(rule.get("codes")))
        words = ", ".join(_listed(rule.get("words"))).replace("|", "\\|")
        given = " | ".join(str(rule.get(part) or "") for part in ("decision", "dimension", "strategy", "directness"))
        why = f"{rule['reason']['en']} | {rule['confidence']}"
        yield f"| {rule['order']} | {rule['id']} | {codes} | {words} | {given} | {why} |"


def _listed(entry: object) -> list[str]:
    return [] if entry is None else [str(part) for part in entry] if isinstance(entry, list) else [str(entry)]


def rooms() -> Iterator[str]:
    """The rooms of the library, high to low, with what each knows."""
    yield "# Rooms\n\nA room may import the rooms below it, never above and never beside it.\n"
    for name in _layers():
        said = importlib.import_module(f"nangkis.{name}").__doc__ or ""
        yield f"- **{name}**: {' '.join(said.split())}"


def _layers() -> list[str]:
    import tomllib  # noqa: PLC0415 - only this page needs it

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    names = [name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")]
    return [name for name in names if not name.startswith("(")]


MAPPING = """\
# Naming the columns of a sheet that no layout knows

`nangkis import FILE --map map.yaml` reads such a sheet by what a mapping file says. It is a YAML list; each entry holds
for the files whose name fits `file` (`*` and `?` stand for any letters and any letter), and the last word counts.
With `sheet`, written the same way, it holds for those sheets alone, over what is said of the whole file:

```yaml
- file: "areas*.csv"
  header_row: 3
  columns:
    Area: region_name
    B: {indicator: POV.P0, year: 2024, period: maret, unit: persen}
- file: "spend*.xlsx"
  sheet: "Dinas*"
  region: kemendagri:72.06
  year: 2025
  stage: apbd
  columns:
    Who: office
    What: sub_kegiatan
    How much: {role: amount, unit: juta}
```

A column is named by its header, or by its letter; letters alone need `header_row`, the row of the file in which the
header stands. What `columns` does not name is not read. A mapping that contradicts a header is refused.

Offices may be told by their names alone where the whole sheet has no code of any; the codes are then blank, which is
told. A sub kegiatan needs its code, in a column of its own or before its name: a name alone is not enough, and neither
is that of an account.

The workspace remembers a mapping by the shape of the header: the same words in the same columns, whatever year they
name. The next file of that shape needs no `--map`; one that nearly has it is refused, with the headers that it lacks.
"""


def mapping() -> Iterator[str]:
    """How a mapping file looks, and every role that a column may have."""
    yield MAPPING
    yield f"Keys of an entry: {', '.join(f'`{key}`' for key in KEYS)}."
    yield "\n## Roles of columns\n\n| layout | roles | of each group at least one |\n|---|---|---|"
    for layout, headers in HEADERS.items():
        needed = "; ".join(" or ".join(f"`{role}`" for role in group) for group in NEEDED[layout])
        yield f"| {layout} | {', '.join(f'`{role}`' for role in headers)} | {needed} |"
    yield "\n`indicator_many` also needs a column that names an indicator of [indicators.md](indicators.md)."
    yield f"Amounts may be in {', '.join(f'`{unit}`' for unit in UNITS)}."
    yield "`layout` may be left out: the roles tell it. Columns of other layouts cannot be mapped; they are known"
    others = ", ".join(f"`{name}`" for name in LAYOUTS if name not in HEADERS)
    yield f"by their headers, or named by `--layout`: {others}."


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "docs/commands.md": commands,
    "docs/parameters.md": parameters,
    "docs/indicators.md": indicator_list,
    "docs/tag-rules.md": tag_rules,
    "docs/rooms.md": rooms,
    "docs/mapping.md": mapping,
}


def main() -> int:
    """Write the pages, or with ``--check`` say which are not current; 1 when some are not."""
    old = []
    for name, page in PAGES.items():
        path, text = ROOT / name, MADE + "\n".join(page()) + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        old.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and old:
        print(f"not current: {', '.join(old)}; run make pages")
        return 1
    print("generated pages are current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
