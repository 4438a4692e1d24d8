"""What a reader finds in the printed book."""

from __future__ import annotations

import re

import pikepdf
import pymupdf
import pypdf
import pytest

from tests.pdf.bookmaking import BuiltBook


def link_pages(book: BuiltBook, page_number: int) -> list[tuple[str, int]]:
    """Return the words and the target page of each link inside the book on a page."""
    with pymupdf.open(book.pdf) as document:
        page = document[page_number - 1]
        found = []
        for link in page.get_links():
            if link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED):
                words = " ".join(page.get_textbox(link["from"] + (-1, 1, 1, -1)).split())
                found.append((words, int(link["page"]) + 1))
    return found


@pytest.mark.parametrize(
    "words",
    [
        "The front words of the book stand before its first part.",
        "Tables of every kind follow.",
        "These are the records.",
        "This sentence follows the list of records in the source.",
        "The dose tried was 300 mg.",
        "Low platelets.",
        "The rate at which a nerve must fire before a cramp starts.",
        "Find a record.",
        "First Author. Cramps. 2019.",
        "Second Author. More cramps. 2020.",
    ],
)
def test_every_document_is_in_the_book(book: BuiltBook, words: str) -> None:
    """A reader finds the text of each document."""
    assert words in book.text


@pytest.mark.parametrize(
    "words",
    [
        "A note with emphasis, strong words, code and a link to an address.",
        "Do not take tonic water for cramps.",
        "A box of its own",
        "nested too",
        "A quotation that someone said.",
        "spasm (medical word)",
        "With a second paragraph.",
        "--long=VALUE",
        "Lines kept",
        "one by one",
        "b. more letters",
        "i. roman",
        "Only in print.",
        "A caption for code",
        ">>> 1 + 1",
        "The calf muscle.",
        "A legend below the figure.",
        "a^2 + b^2 = c^2",
        "A rubric",
        "The body of a topic.",
        "The body of a sidebar.",
        "[Smith2020]",
        "Smith, A book on cramps, 2020.",
        "Something new.",
        "RCT (randomized controlled trial)",
        "fasciculation, twitch",
        "look_up(name: str, *, fuzzy: bool = True) → Record | None",
        "Cells may span columns.",
        "Cells may span rows.",
        "In short. Most cramps end by themselves.",
        "⊕⊕⊕⊝ moderate",
        "Marks: ⊕ ⊝ ○ ● ✓ → ≥ ≤ ≈ µg.",
    ],
)
def test_every_kind_of_content_is_printed(book: BuiltBook, words: str) -> None:
    """A reader finds each kind of content, with its marks as real characters."""
    assert words in book.text


def test_pages_meant_for_the_web_alone_stay_out(book: BuiltBook) -> None:
    """Documents marked "skip", web-only parts and raw HTML are not printed; links to them are plain words."""
    assert "must not be in the book" not in book.text
    assert "Only on the web." in book.text  # the words of the link
    assert "Raw HTML" not in book.text
    assert "hidden word" not in book.text


def test_cover_names_the_book_and_its_state(book: BuiltBook) -> None:
    """The cover shows title, subtitle, versions, date, license and that nobody has reviewed the text."""
    cover = book.pages[0]
    for words in (
        "Sample Handbook",
        "Everything a page can hold",
        "Version 1.4",
        "Data version 2026.1",
        "January 31, 2026",
        "CC BY 4.0",
        "No clinician has reviewed this text yet.",
    ):
        assert words in cover


def test_contents_page_numbers_are_true(book: BuiltBook) -> None:
    """The number beside each title in the contents is the page where that heading stands."""
    entries = re.findall(r"([A-Z][A-Za-z ]+?) (?:\. ?)*(\d+)(?= |$)", book.pages[1].split("Contents", 1)[1])
    numbers = {title: int(number) for title, number in entries}
    assert {"Help now", "Get help", "What to do first", "Magnesium", "Bibliography", "Index"} <= set(numbers)
    for title in ("Get help", "What to do first", "Treatments", "A wide table", "Magnesium", "Words", "Index"):
        assert numbers[title] == book.page_of_heading(title), title


def test_contents_leave_out_bibliography_entries(book: BuiltBook) -> None:
    """Books of the bibliography are numbered entries, not lines of the contents."""
    assert "First book of cramps" not in book.pages[1]
    assert "[1] First book of cramps" in book.text
    assert "[2] Second book of cramps" in book.text


def test_links_give_the_page_they_lead_to(book: BuiltBook) -> None:
    """The "(p. 15)" after a link is the page of its target, given once a section."""
    page = book.pages[book.page_of_heading("What to do first") - 1]
    magnesium = book.page_of_heading("Magnesium")
    assert f"Then read Magnesium (p. {magnesium}) and the doses (p. {magnesium})." in page
    assert "The page about magnesium (Magnesium) is named again" in page


def test_links_to_the_bibliography_show_its_number(book: BuiltBook) -> None:
    """A source is called by its number, after the author's words if there are any."""
    assert "stands in a study [1] and in [2]." in book.text


def test_links_inside_the_book_lead_somewhere(book: BuiltBook) -> None:
    """Each internal link resolves to a page of the book."""
    total = len(book.pages)
    targets = [page for number in range(1, total + 1) for _words, page in link_pages(book, number)]
    assert len(targets) > 40
    assert all(1 <= page <= total for page in targets)


def test_index_page_numbers_are_true(book: BuiltBook) -> None:
    """Each number in the index is a page where the entry is, and its link leads there."""
    index = len(book.pages)
    text = book.pages[-1]
    helping, magnesium = book.page_of_heading("Get help"), book.page_of_heading("Magnesium")
    treatments = book.page_of_heading("Treatments")
    assert f"cramp, {helping}, {magnesium} " in text
    # Two places on one page are one number.
    assert f"magnesium, {magnesium} " in text
    assert f"harms, {treatments} " in text
    assert all(words.strip(" ,") == str(page) for words, page in link_pages(book, index))


def test_index_points_from_other_words(book: BuiltBook) -> None:
    """The index has letters as headings and says "see" and "see also"."""
    assert "tonic water, see quinine" in book.pages[-1]
    assert "see also cramp" in book.pages[-1]
    assert re.search(r"\bC cramp, ", book.pages[-1])


def test_bookmarks_resolve(book: BuiltBook) -> None:
    """The reader's side panel lists parts, chapters and sections, each with its true page."""
    with pymupdf.open(book.pdf) as document:
        outline = document.get_toc()
    titles = {title: (level, page) for level, title, page in outline}
    assert titles["Help now"][0] == 1
    assert titles["Get help"] == (2, book.page_of_heading("Get help"))
    assert titles["What to do first"] == (3, book.page_of_heading("What to do first"))
    assert titles["Upper limit"][0] == 5
    assert all(page >= 1 for _level, _title, page in outline)


def test_the_pdf_is_tagged_and_says_its_language_and_title(book: BuiltBook) -> None:
    """A screen reader gets structure, language and title; the file says it is built to PDF/UA-1."""
    with pikepdf.open(book.pdf) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).lower().startswith("en")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Sample Handbook"
        assert metadata["pdfuaid:part"] == "1"
        assert all("/StructParents" in page for page in pdf.pages[1:])


def test_pictures_carry_their_words_and_stay_sharp(book: BuiltBook) -> None:
    """The alternative text is in the file, and the drawing is not turned into dots."""
    with pikepdf.open(book.pdf) as pdf:
        words = {str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item}
    assert {"A leg with the calf marked", "A gray square"} <= words
    with pymupdf.open(book.pdf) as document:
        assert sum(len(page.get_images()) for page in document) == 1  # the one made of dots
        assert any("calf" in page.get_text() for page in document)


def test_colors_from_css_variables_are_printed(book: BuiltBook) -> None:
    """A drawing made for light and dark screens prints in its light colors, not in black."""
    page_number = next(number for number, text in enumerate(book.pages) if "The calf muscle." in text)
    with pymupdf.open(book.pdf) as document:
        fills = [item["fill"] for item in document[page_number].get_drawings() if item.get("fill")]
    rounded = {tuple(round(part * 255) for part in fill) for fill in fills}
    assert {(0xE8, 0xD8, 0xC8), (0x8A, 0x1C, 0x2B)} <= rounded


def test_table_headings_repeat_after_a_page_break(book: BuiltBook) -> None:
    """A table that runs over pages shows its heading row on each."""
    pages = [text for text in book.pages if re.search(r"What was seen in week \d+", text)]
    assert len(pages) >= 2
    assert all("Repeated heading of the long table" in text for text in pages)
    assert all(f"What was seen in week {week}" in book.text for week in range(1, 71))


def test_wide_tables_are_on_turned_pages_with_their_heading(book: BuiltBook) -> None:
    """A table of seven or more columns is on a page turned on its side, below its own heading."""
    with pymupdf.open(book.pdf) as document:
        turned = {page.number + 1 for page in document if page.rect.width > page.rect.height}
    assert turned == {book.page_of_heading("A wide table"), book.page_of_heading("Twenty columns")}
    assert "Nine columns" in book.pages[book.page_of_heading("A wide table") - 1]


def test_no_word_lies_outside_the_text_block(book: BuiltBook) -> None:
    """No word runs off the page or into its margins."""
    side = 3.1 / 2.54 * 72
    with pymupdf.open(book.pdf) as document:
        for page in document:
            for x0, y0, x1, y1, word, *_rest in page.get_text("words"):
                assert side - 3 <= x0 < x1 <= page.rect.width - side + 3, (page.number + 1, word)
                assert 20 <= y0 < y1 <= page.rect.height - 20, (page.number + 1, word)


def test_no_words_are_printed_over_others(book: BuiltBook) -> None:
    """No two words share a place."""
    with pymupdf.open(book.pdf) as document:
        for page in document:
            words = [(pymupdf.Rect(word[:4]), word[4]) for word in page.get_text("words")]
            for index, (first, first_word) in enumerate(words):
                for second, second_word in words[index + 1 :]:
                    shared = first & second
                    if shared.is_empty:
                        continue
                    smaller = min(abs(first), abs(second))
                    assert abs(shared) < 0.5 * smaller, (page.number + 1, first_word, second_word)


def test_signs_of_markup_are_printed_as_they_stand(book: BuiltBook) -> None:
    """Signs that mean something to the typesetter reach the reader unchanged."""
    hostile = '#sys #sys.version $x$ *b* @ref ] [ \\ " // comment /* more */ <label> emph ~ = heading'
    straight = book.text.translate(str.maketrans("“”", '""'))
    assert hostile in straight


def test_care_cards_say_their_level_and_bullets(book: BuiltBook) -> None:
    """The emergency card is on the page in full, in white on a dark band."""
    page_number = book.page_of_heading("Get help")
    text = book.pages[page_number - 1]
    assert "Call an ambulance now if: • a leg is swollen, hot and painful after a long flight" in text
    assert "See a doctor today if:" in text
    assert "Ask a pharmacist if:" in text
    with pymupdf.open(book.pdf) as document:
        spans = [
            span
            for block in document[page_number - 1].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    title = next(span for span in spans if "Call an ambulance" in span["text"])
    assert title["color"] == 0xFFFFFF


def test_footnotes_are_on_the_page_that_calls_them(book: BuiltBook) -> None:
    """A note stands at the foot of the page with its mark, once."""
    called = next(text for text in book.pages if "Stretch the muscle." in text and "Then read" in text)
    assert "This note stands at the foot of its page." in called
    assert book.text.count("This note stands at the foot of its page.") == 1


def test_every_page_says_where_it_is(book: BuiltBook) -> None:
    """Every page but the cover says its number and the number of pages."""
    total = len(book.pages)
    for number, text in enumerate(book.pages[1:], start=2):
        assert f"Page {number} of {total}" in text
    assert "Page 1 of" not in book.pages[0]


def test_running_heads_name_chapter_and_entry(book: BuiltBook) -> None:
    """A page inside a chapter names the chapter and the entry it is about."""
    assert book.pages[book.page_of_heading("A wide table") - 1].startswith("Treatments A wide table")


def test_long_addresses_are_copied_whole(book: BuiltBook) -> None:
    """An address that wraps can be copied without hidden characters."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(book.pdf).pages)
    assert "\u200b" not in text + book.text
    assert "https://example.org/10.1016/j.jclinepi.2019.10.014/with/a/long/path" in re.sub(r"\s", "", text)


def test_no_heading_is_stranded_at_the_foot_of_a_page(book: BuiltBook) -> None:
    """Text follows each heading on its own page."""
    with pymupdf.open(book.pdf) as document:
        titles = {title for level, title, _page in document.get_toc() if level > 1}
        for page in document.pages(2):
            lines = sorted(page.get_text("blocks"), key=lambda block: block[1])
            # The footer is always last; a heading just above it is stranded.
            above_footer = [" ".join(str(block[4]).split()) for block in lines if "Page " not in str(block[4])]
            assert not above_footer or above_footer[-1] not in titles, (page.number + 1, above_footer[-1])
