// Sorting of tables by a click on a heading.  Without this script the table is whole, only not sortable.
"use strict";

(() => {
  // Words with an order of their own come in it; all others come by letter, and numbers by size.
  const ORDERED = ["High certainty", "Moderate certainty", "Low certainty", "Very low certainty", "none"];

  const valueOf = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const place = ORDERED.indexOf(text);
    if (place >= 0) return place;
    const number = Number(text.replace(/,/g, ""));
    return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
  };

  const compare = (a, b) => {
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === "number" ? -1 : 1;  // what is not stated comes after all numbers
  };

  const sort = (table, column, ascending) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const sign = ascending ? 1 : -1;
    rows.sort((a, b) => sign * compare(valueOf(a, column), valueOf(b, column)));
    body.append(...rows);
  };

  document.querySelectorAll(".sortable table").forEach((table) => {
    const headings = Array.from(table.tHead.rows[0].cells);
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const ascending = heading.getAttribute("aria-sort") !== "ascending";
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        sort(table, column, ascending);
      });
    });
  });
})();
