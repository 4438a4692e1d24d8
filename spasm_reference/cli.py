"""The command line: thin, over the library."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from . import __version__
from .bibliography import STYLES
from .errors import DataError, SpasmReferenceError
from .exports import FORMATS
from .notices import INTENDED_USE, NOT_REVIEWED
from .records import COLLECTIONS, Claim, Entry, Record, RedFlag, Source

NOT_FOUND = 2
FAULTY = 1

FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


class _OneLineErrors(click.Group):
    """Turns each error raised on purpose into one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DataError as error:
            _fail(str(error), FAULTY)
        except LookupError as error:
            _fail(f"Error: {error}", NOT_FOUND)
        except (SpasmReferenceError, ValueError) as error:
            _fail(f"Error: {error}", FAULTY)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


@click.group(cls=_OneLineErrors, help=f"The muscle-spasm reference.\n\n{INTENDED_USE}")
@click.version_option(__version__, prog_name="spasm-reference")
def main() -> None:
    """Read and search the muscle-spasm reference."""


@main.command()
@click.argument("id")
@FORMAT
def show(id: str, form: str) -> None:
    """Show the record with this ID or alias.

    Example: spasm-reference show magnesium
    """
    from . import get

    record = get(id)
    click.echo(_json(record.to_dict()) if form == "json" else describe(record))


@main.command("list")
@click.argument("kind", type=click.Choice(list(COLLECTIONS)))
@FORMAT
def list_(kind: str, form: str) -> None:
    """List the records of one KIND.

    Example: spasm-reference list red_flags
    """
    from .library import default_library

    records = default_library().collections[kind].values()
    if form == "json":
        click.echo(_json([{"id": record.id, "name": record.name} for record in records]))
        return
    for record in records:
        click.echo(f"{record.id:40} {record.name}")


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="The most results to show.")
@click.option("--kind", "kinds", type=click.Choice(list(COLLECTIONS)), multiple=True, help="Look in this kind only.")
@FORMAT
def search(words: tuple[str, ...], limit: int, kinds: tuple[str, ...], form: str) -> None:
    """Search for WORDS, as people say them.

    Example: spasm-reference search charley horse at night
    """
    from . import search as search_records

    results = search_records(" ".join(words), limit=limit, kinds=kinds or None)
    if form == "json":
        click.echo(_json({"results": [_result(result) for result in results], "message": results.message}))
    elif not results:
        click.echo(results.message)
    for result in results if form == "text" else ():
        click.echo(f"{result.kind}/{result.id}: {result.title}")


def _result(result: Any) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.field_names()}


@main.command()
@click.argument("id")
@click.option("--style", type=click.Choice(STYLES), default="text", show_default=True)
@click.option("--sources", is_flag=True, help="Add every source that the record cites.")
def cite(id: str, style: str, sources: bool) -> None:
    """Print a citation of the source or record with this ID or alias.

    Example: spasm-reference cite magnesium --style bibtex --sources
    """
    from . import cite as cite_record

    click.echo(cite_record(id, style, sources=sources))


@main.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")
def export(form: str, output: Path) -> None:
    """Write all records to a file, or to a folder for csv, datapackage and parquet.

    The format fhir holds findings and sources, bibtex and csl-json hold sources.

    Example: spasm-reference export --format sqlite -o spasm-reference.sqlite
    """
    from .exports import write

    write(form, output)
    click.echo(f"wrote {output}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def validate(folder: Path | None) -> None:
    """Check the TOML files of a checkout, or of FOLDER, and name every fault."""
    from .authoring import DATA
    from .validation import validate_tree

    root = folder or DATA
    if folder is None and not DATA.is_dir():
        raise click.UsageError("an installed package has no TOML files; name the data folder of a checkout")
    problems = validate_tree(root)
    for problem in problems:
        click.echo(problem)
    if problems:
        _fail(f"{len(problems)} problems", FAULTY)
    click.echo("no problems")


@main.command("format")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is not in canonical form.")
def format_(check: bool) -> None:
    """Bring the TOML files of a checkout into their canonical form."""
    from .authoring import DATA, format_tree

    changed = format_tree(DATA, check=check)
    for file in changed:
        click.echo(f"{file}: {'not in canonical form; run make format' if check else 'formatted'}")
    if check and changed:
        sys.exit(FAULTY)


@main.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("--require-tombstones", is_flag=True, help="Fail if an id is gone and NEW does not say so.")
def changes(old: str, new: str, form: str, require_tombstones: bool) -> None:
    """List the ids added, removed, renamed and changed between two versions of the data.

    OLD and NEW are data folders, checkouts, exported JSON files, or git revisions.

    Example: spasm-reference changes v1.0 spasm_reference/data --format md
    """
    from . import changes as comparing

    found = comparing.compare_versions(old, new)
    click.echo(comparing.FORMATS[form](found))
    if require_tombstones and found.without_tombstone:
        _fail(f"gone without a tombstone: {len(found.without_tombstone)}; add them to removed.toml", FAULTY)


@main.command()
@click.argument("kind", type=click.Choice(list(COLLECTIONS)), required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of one KIND of record, or of a whole export."""
    from .schema import schema as make_schema

    click.echo(_json(make_schema(kind)))


@main.command()
@click.argument("what", type=click.Choice(["html", "pdf", "leaflet", "all"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to build in.  [default: build/html, build/pdf or build/leaflet]",
)
def build(what: str, output: Path | None) -> None:
    """Build the handbook from a checkout, as HTML pages, as a PDF, or both; or the one-page leaflet."""
    from .handbook.building import build as build_handbook
    from .handbook.building import build_both, build_leaflet

    if what == "all":
        if output is not None:
            raise click.UsageError("--output goes with html, pdf or leaflet, not with all")
        for result in build_both():
            click.echo(f"built {result}")
        return
    result = build_leaflet(output) if what == "leaflet" else build_handbook(what, output)
    click.echo(f"built {result}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def describe(record: Record) -> str:
    """Return a record as plain text for a terminal, the most urgent part first."""
    lines = [record.name, "=" * len(record.name), f"{record.kind}/{record.id}", ""]
    if isinstance(record, Source):
        return "\n".join([*lines, record.citation, record.link])
    assert isinstance(record, Entry)
    cards = (record.care_card,) if isinstance(record, RedFlag) else getattr(record, "care_cards", ())
    for card in cards:
        lines += [f"[{card.level.upper()}] {card.action} if:", *(f"  - {bullet}" for bullet in card.bullets), ""]
    lines += [record.summary, ""]
    if record.status == "partial":
        lines += ["This record is not complete yet.", ""]
    if isinstance(record, Claim):
        from .grading import VERDICT_WORDS

        lines += [
            f"Claim: {record.statement}",
            f"Verdict: {VERDICT_WORDS[record.verdict]}",
            f"Instead: {record.instead}",
            "",
        ]
    if record.findings:
        from .grading import certainty_label

        lines.append("What the evidence says:")
        lines += [
            f"  - {finding.sentence} ({certainty_label(finding)}; {finding.source_id})" for finding in record.findings
        ]
        lines.append("")
    harms = getattr(record, "harms", ())
    if harms:
        lines += ["Harms:", *(f"  - {harm.text}" for harm in harms), ""]
    lines.append("Sources:")
    lines += [f"  - {source.citation}" for source in record.sources]
    lines += ["", f"Reviewed {record.reviewed}. {NOT_REVIEWED}", INTENDED_USE]
    return "\n".join(lines)
