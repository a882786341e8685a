"""Writes the reference, a Markdown page a class and one for the functions, from the documentation strings.

    python python/reference/write.py          # writes the pages beside it
    python python/reference/write.py --check  # fails if a page differs
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duijie

PAGES = Path(__file__).parent
SECTIONS = ("Args", "Attributes", "Raises", "Returns")


def markdown(text: str) -> str:
    """A Google-style documentation string as Markdown."""
    lines: list[str] = []
    section = example = False
    for line in text.splitlines():
        if example and not line.strip():
            lines.append("```")
            example = False
        if line.rstrip(":") in SECTIONS and line.endswith(":"):
            lines += [f"**{line.rstrip(':')}**", ""]
            section = True
        elif section and re.match(r"    \w+: ", line):
            name, _, what = line.strip().partition(": ")
            lines.append(f"- `{name}`: {what}")
        elif section and line.startswith("        "):
            lines.append(f"  {line.strip()}")
        elif line.lstrip().startswith(">>>") and not example:
            lines += ["```python", line.strip()]
            example, section = True, False
        else:
            section = section and not line.strip()
            lines.append(line.strip() if example else line)
    return "\n".join([*lines, "```"] if example else lines).strip()


def signature(name: str, each: Any) -> str:
    """How it is called."""
    try:
        return f"{name}{inspect.signature(each)}".replace("'", "").replace("(self, ", "(").replace("(self)", "()")
    except (TypeError, ValueError):
        return name


def members(each: type) -> Iterator[str]:
    """A section a method and property."""
    for name, value in sorted(vars(each).items()):
        if name.startswith("_") or not (inspect.isroutine(value) or isinstance(value, property)):
            continue
        head = name if isinstance(value, property) else signature(name, getattr(each, name))
        yield f"## `{head}`\n\n{markdown(inspect.getdoc(getattr(each, name)) or '')}\n"


def class_page(name: str, each: type) -> str:
    """The page of a class."""
    called = signature(name, each) if dataclasses.is_dataclass(each) or "__init__" in vars(each) else ""
    # What takes no argument is made by something else.
    made = f"```python\n{called}\n```\n\n" if called and not called.startswith(f"{name}()") else ""
    return "\n".join([f"# {name}\n\n{made}{markdown(inspect.getdoc(each) or '')}\n", *members(each)])


def pages() -> dict[str, str]:
    """All pages by file name."""
    public = {name: getattr(duijie, name) for name in duijie.__all__}
    problems = {name: each for name, each in public.items() if isinstance(each, type) and issubclass(each, Exception | Warning)}
    classes = {name: each for name, each in public.items() if isinstance(each, type) and name not in problems}
    functions = {name: each for name, each in public.items() if inspect.isfunction(each)}
    found = {f"{name}.md": class_page(name, each) for name, each in classes.items()}
    told = [f"## `{signature(name, each)}`\n\n{markdown(inspect.getdoc(each) or '')}\n" for name, each in functions.items()]
    found["functions.md"] = "\n".join(["# Functions\n", *told])
    bases = {name: ", ".join(f"`{base.__name__}`" for base in each.__bases__) for name, each in problems.items()}
    said = [f"- `{name}` ({bases[name]}): {inspect.getdoc(each)}" for name, each in problems.items()]
    found["errors.md"] = "\n".join(["# Errors\n", *said]) + "\n"
    contents = [f"- [{name}]({name}.md): {(inspect.getdoc(each) or '').splitlines()[0]}" for name, each in classes.items()]
    contents += ["- [Functions](functions.md): " + ", ".join(f"`{name}`" for name in functions), "- [Errors](errors.md)"]
    found["index.md"] = "\n".join(["# duijie for Python\n", *contents]) + "\n"
    return found


def main() -> int:
    """Writes or checks the pages."""
    found = pages()
    if "--check" in sys.argv[1:]:
        there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
        other = sorted(name for name in found.keys() | there.keys() if found.get(name) != there.get(name))
        if other:
            print(f"reference pages differ from the documentation strings: {', '.join(other)}; run python/reference/write.py")
        return 1 if other else 0
    for path in PAGES.glob("*.md"):
        path.unlink()
    for name, text in found.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
