/* Words in, ranked entries out, red flags first.

   The ranking is described in spasm_reference/ranking.py; the stems in wording.py.  This file is the same
   in JavaScript, function by function, and gives the same entries in the same order: tests/browser/test_search.py
   compares them.  It only finds; search-page.js shows.  Word lists and numbers stand in Python alone and come with
   the index, `SPASM_SEARCH`, which spasm_reference/handbook/search.py writes into search-index.js.  */
"use strict";

const spasmSearch = (() => {
  const {
    ALIKE, ENDINGS, KIND_WORTH, LIKENESS_WORTH, LONGEST_QUERY, PLAINER, PREFIX_WORTH, ROUTINE, STOP_WORDS, UNFLAGGED,
  } = SPASM_SEARCH.ranking;
  const kindWorth = new Map(Object.entries(KIND_WORTH));
  const plainer = new Map(Object.entries(PLAINER));
  const stopWords = new Set(STOP_WORDS);

  /* wording.py */

  /** Return the words of a text in lower case without accents or apostrophes. */
  function plainWords(text) {
    const bare = text.replaceAll("’", "'").normalize("NFKD").replace(/\p{M}/gu, "");
    // toLowerCase leaves the German sharp s alone, which Python's casefold makes two letters.
    return bare.toLowerCase().replaceAll("ß", "ss").replaceAll("'", "").match(/[a-z0-9]+/g) ?? [];
  }

  /** Cut the commonest English endings, so that "cramps" and "cramping" meet "cramp". */
  function stem(word) {
    const endsWith = (...endings) => endings.some((ending) => word.endsWith(ending));
    if (word.length > 4 && endsWith("ies")) return word.slice(0, -3) + "y";
    if (word.length > 5 && endsWith("ches", "shes", "sses", "xes")) return word.slice(0, -2);
    if (word.length > 3 && endsWith("s") && !endsWith("ss", "us", "is")) word = word.slice(0, -1);
    for (const [ending, shortest] of ENDINGS) {
      const base = word.slice(0, -ending.length);
      if (endsWith(ending) && base.length >= shortest && /[aeiouy]/.test(base)) {
        const last = base[base.length - 1];
        const doubled = last === base[base.length - 2] && !"elsz".includes(last);
        return doubled ? base.slice(0, -1) : base;
      }
    }
    return word;
  }

  /** Return what stands for a word in the index: its stem, or that of a plainer word that means the same. */
  function root(word) {
    const cut = stem(word);
    return plainer.get(cut) ?? cut;
  }

  /** Return the roots that count in a text; if only stop words are there, they count. */
  function terms(text) {
    const words = plainWords(text);
    const kept = words.filter((word) => !stopWords.has(word));
    return (kept.length ? kept : words).map(root);
  }

  /* ranking.py */

  /** Return an index as written, ready to search: maps, which hold no names of their own as objects do. */
  function prepare(written) {
    return {
      docs: written.docs,
      words: new Map(Object.entries(written.words)),
      order: Object.keys(written.words).sort(),
      names: new Map(Object.entries(written.names)),
      redFlags: new Map(Object.entries(written.red_flags).map(([number, flag]) => [Number(number), flag])),
      rarities: new Map(written.rarities),
    };
  }

  /** Return the entries of `index` that match `query`, best first.  Throws RangeError if the query is too long. */
  function search(index, query) {
    const characters = [...query].length;
    if (characters > LONGEST_QUERY) {
      throw new RangeError(`the query has ${characters} characters; at most ${LONGEST_QUERY} are searched`);
    }
    const typed = new Map(plainWords(query).reverse().map((word) => [root(word), word]));
    const stems = [...new Set(terms(query))];
    const alternatives = new Map(stems.map((word) => [word, alternativesOf(index.words, index.order, word)]));
    const [scores, matched] = scoreWords(index, alternatives);
    addNames(index, plainWords(query).map(root).map((word) => known(word, alternatives)), scores);
    const flagged = matchingRedFlags(index, new Set(stems.map((word) => known(word, alternatives))));
    for (const number of flagged.keys()) {
      if (!scores.has(number)) scores.set(number, 1);
      if (!matched.has(number)) matched.set(number, []);
    }
    const ranked = [...scores.keys()].map((number) => ({
      number,
      place: flagged.get(number) ?? UNFLAGGED,
      worth: worth(index.docs[number], scores.get(number)),
    }));
    ranked.sort((a, b) =>
      a.place[0] - b.place[0] || a.place[1] - b.place[1] || b.worth - a.worth || a.number - b.number);
    return ranked.map(({ number }) => {
      const [kind, id, title, summary, place] = index.docs[number];
      const urgency = index.redFlags.get(number)?.[0];
      return { kind, id, title, summary, place, urgency, matched: (matched.get(number) ?? []).map((word) => typed.get(word)) };
    });
  }

  function worth(doc, score) {
    return score * (kindWorth.get(doc[0]) ?? 1);
  }

  function scoreWords(index, alternatives) {
    const sums = new Map();
    const told = new Map();
    const matched = new Map();
    let asked = 0;
    for (const [word, knownWords] of alternatives) {
      const best = new Map();
      let tells = 0;
      for (const [knownWord, wordWorth] of knownWords) {
        const postings = index.words.get(knownWord);
        const rare = index.rarities.get(postings.length / 2);
        tells = Math.max(tells, rare * wordWorth);
        for (let i = 0; i < postings.length; i += 2) {
          const value = postings[i + 1] * rare * wordWorth;
          if (value > (best.get(postings[i]) ?? 0)) best.set(postings[i], value);
        }
      }
      asked += tells;
      for (const [number, value] of best) {
        sums.set(number, (sums.get(number) ?? 0) + value);
        told.set(number, (told.get(number) ?? 0) + tells);
        if (!matched.has(number)) matched.set(number, []);
        matched.get(number).push(word);
      }
    }
    for (const [number, sum] of sums) sums.set(number, sum * (told.get(number) / asked));
    return [sums, matched];
  }

  /** Return how much a stem tells one red flag from others and from everyday words. */
  function telling(index, word) {
    const rare = index.rarities.get(index.words.get(word).length / 2);
    return rare * rare;
  }

  /** Return the indexed word that a misspelled one is most like, or the word itself. */
  function known(word, alternatives) {
    const found = alternatives.get(word);
    return found?.length && found[0][1] === LIKENESS_WORTH ? found[0][0] : word;
  }

  /** Return the indexed words that a query word stands for, and what each is worth. */
  function alternativesOf(words, order, word) {
    let found = words.has(word) ? [[word, 1]] : [];
    if (word.length >= 3) {
      // The words of the index stand in order, so those that begin alike stand together.
      for (let i = bisectLeft(order, word); i < order.length && order[i].startsWith(word); i++) {
        if (order[i] !== word) found.push([order[i], PREFIX_WORTH]);
      }
    }
    if (!found.length && word.length >= 4) {
      const letters = [...new Set(word)];
      const similar = [...order, ...plainer.keys()].filter((each) => each.length >= 4 && (each[0] === word[0] || each[1] === word[1]));
      for (let changes = 1; changes <= (word.length <= 7 ? 1 : 2); changes++) {
        const alike = similar
          // Each change can take one letter out, so most words need no closer look.
          .filter((each) => Math.abs(each.length - word.length) <= changes
            && letters.filter((letter) => !each.includes(letter)).length <= changes
            && within(word, each, changes))
          .map((each) => plainer.get(each) ?? each);
        found = [...new Set(alike)].filter((each) => words.has(each)).map((each) => [each, LIKENESS_WORTH]);
        if (found.length) break;
      }
    }
    return found;
  }

  function bisectLeft(order, word) {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Tell whether at most `allowed` letters were added, left out, changed or swapped with a neighbor. */
  function within(a, b, allowed) {
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const nextRow = [i];
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(row[j] + 1, nextRow[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1] ? 1 : 0));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        nextRow.push(cost);
      }
      if (Math.min(...nextRow) > allowed) return false;
      [before, row] = [row, nextRow];
    }
    return row[b.length] <= allowed;
  }

  function addNames(index, words, scores) {
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 1; end <= Math.min(words.length, start + 8); end++) {
        const postings = index.names.get(words.slice(start, end).join(" "));
        if (postings === undefined) continue;
        const times = 2 * (end - start) * (end - start === words.length ? 2 : 1);
        for (let i = 0; i < postings.length; i += 2) {
          scores.set(postings[i], (scores.get(postings[i]) ?? 0) + postings[i + 1] * times);
        }
      }
    }
  }

  /** Return the red flags to show first, with their place: group, then urgency. */
  function matchingRedFlags(index, query) {
    const found = new Map();
    const weights = new Map([...query].filter((word) => index.words.has(word))
      .map((word) => [word, telling(index, word)]));
    const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
    const asked = sum([...weights.values()]);
    for (const [number, [urgency, phrases, masses]] of index.redFlags) {
      let nearest = 0;
      const sharedWithAny = new Map();
      for (const [i, phrase] of phrases.entries()) {
        const both = phrase.filter((word) => weights.has(word));
        if (!both.length) continue;
        if (both.length === phrase.length) {
          found.set(number, [0, urgency]);
          break;
        }
        for (const word of both) sharedWithAny.set(word, weights.get(word));
        if (both.length === 1 && weights.size > 1) continue; // of several words one in common is chance
        const shared = sum(both.map((word) => weights.get(word)));
        nearest = Math.max(nearest, shared / masses[i] * (shared / asked));
      }
      if (found.has(number) || !nearest || urgency >= ROUTINE) continue;
      const likeness = nearest * (1 + sum([...sharedWithAny.values()]) / asked) / 2;
      if (likeness >= ALIKE) found.set(number, [1, urgency]);
    }
    return found;
  }

  const entries = prepare(SPASM_SEARCH.entries);
  const pages = prepare(SPASM_SEARCH.pages);

  return {
    plainWords,
    root,
    terms,
    /** Return the records that match, as `spasm_reference.search` does in Python. */
    entries: (query) => search(entries, query),
    /** Return the other pages of the book that have more than half of the query's words in their headings. */
    pages: (query) => {
      const count = new Set(terms(query)).size;
      return search(pages, query).filter((page) => page.matched.length * 2 > count);
    },
  };
})();
