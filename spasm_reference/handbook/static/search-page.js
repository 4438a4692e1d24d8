/* The search page: reads the words from the field or the address and shows what search.js finds.

   Everything is shown as text: no word of a query or of an entry is read as markup.  */
"use strict";

(() => {
  const { KIND_WORDS, NOTHING_FOUND, URGENCY_ACTIONS, URGENCY_ORDER, URGENCY_WORDS } = SPASM_SEARCH.wording;
  const SHOWN_AT_FIRST = 20;
  const PAGES_SHOWN = 3;
  const TYPING_PAUSE = 250; // milliseconds; a screen reader then speaks once, not at each letter

  const form = document.getElementById("search-form");
  const field = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const root = document.documentElement.dataset.content_root;
  let timer;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function link(found) {
    const made = element("a", "", found.title);
    const [before, after] = SPASM_SEARCH.places[found.place];
    made.href = root + before + found.id + after;
    return made;
  }

  /** Return one entry as a list item: what it is, its name, its summary; for a warning sign how urgent it is. */
  function entryItem(found) {
    const kind = element("p", "search-kind");
    if (found.urgency !== undefined) {
      const urgency = URGENCY_ORDER[found.urgency];
      const badge = element("span", `spasm-badge spasm-badge-urgency spasm-badge-${urgency}`, URGENCY_WORDS[urgency]);
      kind.append(badge, ` ${URGENCY_ACTIONS[urgency]}, if this is you`);
    } else {
      kind.append(KIND_WORDS[found.kind]);
    }
    const item = element("li", "", kind, element("p", "search-title", link(found)));
    if (found.summary) item.append(element("p", "", found.summary));
    return item;
  }

  function pageItem(found) {
    return element("li", "search-other", link(found));
  }

  /** Add a heading and a list; what is over the limit comes with a button. */
  function addSection(heading, items, limit) {
    if (!items.length) return;
    const list = element("ul", "", ...items.slice(0, limit));
    results.append(element("h2", "", heading), list);
    if (items.length <= limit) return;
    const more = element("button", "", `Show all ${items.length}`);
    more.type = "button";
    more.addEventListener("click", () => {
      list.append(...items.slice(limit));
      more.remove();
      list.children[limit].querySelector("a").focus();
    });
    results.append(more);
  }

  function counted(count, one, several) {
    return count === 1 ? `1 ${one}` : `${count} ${several}`;
  }

  function show(query) {
    results.replaceChildren();
    status.textContent = "";
    if (!query.trim()) return;
    let entries;
    let pages;
    try {
      entries = spasmSearch.entries(query);
      pages = spasmSearch.pages(query).slice(0, PAGES_SHOWN);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      status.textContent = `${error.message[0].toUpperCase()}${error.message.slice(1)}.`;
      return;
    }
    const other = entries.findIndex((found) => found.kind !== "red_flags");
    const signs = other < 0 ? entries.length : other;
    addSection("Warning signs: read these first", entries.slice(0, signs).map(entryItem), SHOWN_AT_FIRST);
    addSection("Pages", pages.map(pageItem), PAGES_SHOWN);
    addSection("Entries", entries.slice(signs).map(entryItem), SHOWN_AT_FIRST);
    const found = [];
    if (signs) found.push(counted(signs, "warning sign", "warning signs"));
    if (pages.length) found.push(counted(pages.length, "page", "pages"));
    if (entries.length > signs) found.push(counted(entries.length - signs, "entry", "entries"));
    status.textContent = found.length ? `Found: ${found.join(", ")}.` : NOTHING_FOUND;
  }

  function remember(query) {
    try {
      history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
    } catch {
      // Some browsers keep the address of a page from disk as it is; the search works all the same.
    }
  }

  function searchNow() {
    clearTimeout(timer);
    remember(field.value);
    show(field.value);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    searchNow();
    // To what was found: a screen reader reads on from there, and a phone puts its keyboard away.
    status.focus();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(searchNow, TYPING_PAUSE);
  });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  show(field.value);
  if (!field.value) field.focus();
})();
