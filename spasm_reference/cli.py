"""The command line: thin, over the library."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from . import __version__, terminal
from .arguments import check_text, condition_id, examples, field_values, record_id, record_kind
from .bibliography import STYLES
from .exports import FORMATS
from .notices import INTENDED_USE
from .progress import progress
from .records import COLLECTIONS, Finding
from .refusals import FAULTY, OneLineErrors, Refused, fail
from .selecting import select
from .terminal import printable, printable_lines

AFTER_HELP = f"""Kinds: {", ".join(COLLECTIONS)}.

\b
Exit codes:
  0  all is well
  1  faulty data, or something could not be written or built
  2  wrong usage, or no such record, kind or field

\b
To have the Tab key complete commands, kinds and ids, add one line:
  bash, in ~/.bashrc:
    eval "$(_SPASM_REFERENCE_COMPLETE=bash_source spasm-reference)"
  zsh, in ~/.zshrc:
    eval "$(_SPASM_REFERENCE_COMPLETE=zsh_source spasm-reference)"
  fish, in ~/.config/fish/completions/spasm-reference.fish:
    _SPASM_REFERENCE_COMPLETE=fish_source spasm-reference | source
"""

FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group(
    cls=OneLineErrors,
    help=f"The muscle-spasm reference.\n\n{INTENDED_USE}",
    epilog=AFTER_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="spasm-reference")
@click.pass_context
def main(context: click.Context) -> None:
    """Read and search the muscle-spasm reference."""
    context.color = terminal.wants_color()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without ⊕ shows its number


@main.command(epilog=examples("spasm-reference show magnesium", "spasm-reference show MS --format json"))
@record_id()
@FORMAT
def show(id: str, form: str) -> None:
    """Show the record or finding with this ID.

    A record is also found by any other name it has.
    """
    from .library import default_library

    library = default_library()
    record = library.findings[id] if id in library.findings else library.get(id)
    if form == "json":
        terminal.say_json(record.to_dict())
    else:
        terminal.say(terminal.describe_finding(record) if isinstance(record, Finding) else terminal.describe(record))


@main.command(
    "list",
    epilog=examples(
        "spasm-reference list red_flags --where urgency=emergency",
        "spasm-reference list conditions --where region_ids=calf",
        "spasm-reference list supplements --finding certainty=high",
        "spasm-reference list findings --where direction=harm --format json",
    ),
)
@record_kind()
@field_values("--where", help="Only records whose field has this value, or holds it; may be repeated.")
@field_values("--finding", "findings", help="Only records with a finding whose field has this value; may be repeated.")
@FORMAT
def list_(kind: str, where: tuple[tuple[str, str], ...], findings: tuple[tuple[str, str], ...], form: str) -> None:
    """List the records of one KIND, or all findings.

    `spasm-reference schema KIND` names the fields; `none` stands for an empty one.
    KIND can also be `findings`.
    """
    from .library import default_library

    records = select(default_library(), kind, where, findings)
    if form == "json":
        terminal.say_json([_row(record) for record in records])
    elif records:
        click.echo("\n".join(terminal.list_lines(records)))
    else:
        click.echo(f"none of the {kind} matched", err=True)


def _row(record: Any) -> dict[str, Any]:
    if isinstance(record, Finding):
        return {"id": record.id, "sentence": record.sentence, "certainty": record.certainty}
    return {"id": record.id, "name": record.name}


@main.command(
    epilog=examples(
        "spasm-reference search charley horse at night",
        "spasm-reference search --kind supplements cramps",
        "spasm-reference search -- -ibuprofen",
    )
)
@click.argument("words", nargs=-1, required=True, callback=check_text)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="The most results to show.")
@record_kind("--kind", "kinds", multiple=True, help="Look in this kind only; may be repeated.")
@FORMAT
@click.pass_context
def search(context: click.Context, words: tuple[str, ...], limit: int, kinds: tuple[str, ...], form: str) -> None:
    """Search for WORDS, as people say them.

    Warning signs come first.  Nothing in the words is an operator.
    Words that begin with a dash go after `--`.
    """
    from . import search as search_records

    query = " ".join(words)
    if not query.strip():
        raise click.UsageError("the words are empty", context)
    results = search_records(query, limit=limit, kinds=kinds or None)
    if form == "json":
        rows = [{name: getattr(result, name) for name in result.field_names()} for result in results]
        terminal.say_json({"results": rows, "message": results.message})
        return
    for result in results:
        click.echo(f"{result.kind}/{result.id}: {result.title}{terminal.urgency_after(result.record)}")
    if not results:
        click.echo(results.message)


@main.command(epilog=examples("spasm-reference compare ibuprofen tizanidine --condition acute-back-spasm"))
@record_id(nargs=-1, required=True)
@condition_id("--condition", help="Only findings about this condition.")
@FORMAT
def compare(ids: tuple[str, ...], condition: str | None, form: str) -> None:
    """Set treatments or remedies side by side.

    Each ID is a treatment, medicine, supplement or food.
    Shown are findings with their certainty, serious harms, and six groups of people who need more care.
    """
    from . import compare as compare_records
    from . import conditions

    rows = compare_records(ids, condition=condition)
    if form == "json":
        terminal.say_json([row.to_dict() for row in rows])
    else:
        terminal.say(terminal.describe_comparison(rows, conditions[condition].name if condition is not None else None))


@main.command(epilog=examples("spasm-reference cite magnesium --style bibtex --sources"))
@record_id()
@click.option("--style", type=click.Choice(STYLES), default="text", show_default=True)
@click.option("--sources", is_flag=True, help="Add every source that the record cites.")
def cite(id: str, style: str, sources: bool) -> None:
    """Print a citation of a source or record."""
    from . import cite as cite_record

    click.echo(cite_record(id, style, sources=sources))


@main.command(
    epilog=examples(
        "spasm-reference export --format sqlite -o spasm-reference.sqlite",
        "spasm-reference export --format jsonld --base https://clinic.example/ -o spasm.jsonld",
    )
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")
@click.option("--base", metavar="URL", help="Where your records stand on the web; for jsonld and fhir.")
def export(form: str, output: Path, base: str | None) -> None:
    """Write all records in another format.

    The output is a file, or a folder for csv, datapackage and parquet.
    The format fhir holds findings and sources; bibtex and csl-json hold sources.
    An earlier export is replaced whole, or stays as it was.
    """
    from .exports import write

    with progress(f"writing {form}"):
        write(form, output, base=base)
    click.echo(f"wrote {printable(str(output))}")


@main.command(epilog=examples("spasm-reference validate spasm_reference/data"))
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def validate(folder: Path | None) -> None:
    """Check the TOML files and name every fault.

    They are those of the checkout, or of FOLDER.
    """
    from .authoring import DATA
    from .validation import validate_tree

    root = folder or DATA
    if folder is None and not DATA.is_dir():
        raise click.UsageError("an installed package has no TOML files; name the data folder of a checkout")
    with progress("checking the records"):
        problems = validate_tree(root)
    for problem in problems:
        click.echo(printable(str(problem)))
    if problems:
        fail(f"{len(problems)} problems", FAULTY)
    click.echo("no problems")


@main.command("format", epilog=examples("spasm-reference format --check"))
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is not in canonical form.")
def format_(check: bool) -> None:
    """Bring the TOML files into canonical form."""
    from .authoring import DATA, format_tree

    changed = format_tree(DATA, check=check)
    for file in changed:
        click.echo(f"{file}: {'not in canonical form; run make format' if check else 'formatted'}")
    if check and changed:
        sys.exit(FAULTY)


@main.command(epilog=examples("spasm-reference changes old.json new.json --format md"))
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("--require-tombstones", is_flag=True, help="Fail if an id is gone and NEW does not say so.")
def changes(old: str, new: str, form: str, require_tombstones: bool) -> None:
    """List ids that two versions of the data differ in.

    They are added, removed, renamed or changed.
    OLD and NEW are data folders, checkouts, exported JSON files, or git revisions.
    """
    from . import changes as comparing

    found = comparing.compare_versions(old, new)
    click.echo(printable_lines(comparing.FORMATS[form](found)))
    if require_tombstones and found.without_tombstone:
        fail(f"gone without a tombstone: {len(found.without_tombstone)}; add them to removed.toml", FAULTY)


@main.command(epilog=examples("spasm-reference schema supplements", "spasm-reference schema -o build/schema"))
@record_kind(required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write the schemas of all kinds and of a whole export to.",
)
def schema(kind: str | None, output: Path | None) -> None:
    """Print the JSON Schema of one KIND.

    Without KIND, that of a whole export; or write them all with --output.
    """
    from .schema import schema as make_schema
    from .schema import write_schemas

    if output is None:
        terminal.say_json(make_schema(kind))
        return
    if kind is not None:
        raise click.UsageError("--output writes the schemas of all kinds; name no KIND with it")
    write_schemas(output)
    click.echo(f"wrote {printable(str(output))}")


@main.command(epilog=examples("spasm-reference build all", "spasm-reference build leaflet -o leaflet"))
@click.argument("what", type=click.Choice(["html", "pdf", "epub", "leaflet", "all"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to build in.  [default: build/html, build/pdf, build/epub or build/leaflet]",
)
def build(what: str, output: Path | None) -> None:
    """Build web pages, the book, an e-book or the leaflet.

    `all` is web pages and book; they and the e-book need a checkout.
    """
    from .handbook.building import build as build_handbook
    from .handbook.building import build_both, build_leaflet

    if what == "all":
        if output is not None:
            raise click.UsageError("--output goes with html, pdf, epub or leaflet, not with all")
        results = build_both()
    else:
        results = [build_leaflet(output) if what == "leaflet" else build_handbook(what, output)]
    for result in results:
        click.echo(f"built {printable(str(result))}")


@main.command(epilog=examples("spasm-reference serve --port 8080"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("build/html"),
    show_default=True,
    help="The folder of built web pages.",
)
def serve(port: int, folder: Path) -> None:
    """Preview built web pages on this computer.

    Ctrl+C ends it. Nobody else in the network can see them.
    """
    from .serving import HOST, preview

    if not (folder / "index.html").is_file():
        raise Refused(f"no web pages in {folder}; make handbook builds them")
    with preview(folder, port) as server:
        click.echo(f"http://{HOST}:{server.server_port}/ shows {printable(str(folder))}; Ctrl+C ends it")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


@main.command(epilog=examples("spasm-reference info --format json"))
@FORMAT
def info(form: str) -> None:
    """Show versions, counts and review dates.

    Also the licences, and where the data is.
    """
    from .info import info as gather
    from .library import default_library

    facts = gather(default_library(), date.today())
    if form == "json":
        terminal.say_json(facts)
    else:
        terminal.say(terminal.describe_info(facts))
