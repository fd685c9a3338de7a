"use strict";
// What a reader's browser adds to the page, which is whole without it: footnotes that open in place, references to a
// paragraph that can be copied, search and filters over the cases, the place in the contents. It loads nothing, stores
// nothing and sends nothing.
(() => {
  const reading = JSON.parse(document.getElementById("reading").textContent);
  const words = reading.words;
  const main = document.getElementById("report");
  const said = document.getElementById("said");
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const filled = (text, values) => text.replace(/\{([a-z]+)\}/g, (slot, name) => values[name] ?? slot);
  const narrow = matchMedia("screen and (max-width: 68rem)");

  for (const node of all(".scripted")) node.hidden = false;

  // --- footnotes in place -------------------------------------------------------------------------------------------

  const opened = (ref) => document.getElementById(`${ref.id}-open`);

  function closeNote(ref, back) {
    opened(ref)?.remove();
    ref.setAttribute("aria-expanded", "false");
    if (back) ref.focus();
  }

  function openNote(ref, note) {
    const box = document.createElement("div");
    box.className = "open-note";
    box.id = `${ref.id}-open`;
    box.tabIndex = -1;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", filled(words["web.note"], { number: ref.textContent }));
    for (const child of note.children) {
      const copy = child.cloneNode(true);
      copy.querySelector(".back")?.replaceWith(numberOf(ref));
      box.append(copy);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = words["web.close"];
    close.addEventListener("click", () => closeNote(ref, true));
    box.append(close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closeNote(ref, true);
    });
    (ref.closest(".para, .note") ?? ref.closest(".table-box, h1, h2, h3, h4, h5, h6, p")).after(box);
    ref.setAttribute("aria-expanded", "true");
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }

  function numberOf(ref) {
    const number = document.createElement("span");
    number.className = "back";
    number.textContent = ref.textContent;
    return number;
  }

  for (const ref of all("a.noteref")) {
    ref.setAttribute("aria-expanded", "false");
    ref.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const note = document.getElementById(ref.hash.slice(1));
      if (!note) return;
      event.preventDefault();
      if (opened(ref)) closeNote(ref, true);
      else openNote(ref, note);
    });
    ref.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opened(ref)) closeNote(ref, true);
    });
  }

  // --- a paragraph as it is cited -----------------------------------------------------------------------------------

  let quiet;
  function say(text) {
    said.textContent = text;
    said.classList.add("seen");
    clearTimeout(quiet);
    quiet = setTimeout(() => said.classList.remove("seen"), 4000);
  }

  function cited(link) {
    const number = link.textContent.replace(/\.$/, "");
    const para = link.closest(".para");
    let above = para;
    if (para.classList.contains("item")) {
      while (above && !(above.matches(".para:not(.item)") && above.querySelector(".number"))) {
        above = above.previousElementSibling;
      }
    }
    const own = above && above !== para ? above.querySelector(".number").textContent.replace(/\.$/, "") + number : number;
    const annex = para.closest(".part")?.dataset.annex;
    const place = filled(annex ? words["place.annex"] : words.place, { number: own, annex });
    return [reading.symbol, place].filter(Boolean).join(", ");
  }

  for (const link of all("a.number", main)) {
    link.title = words["web.copy"];
    link.addEventListener("click", async () => {
      const text = cited(link);
      const web = /^https?:$/.test(location.protocol) && !/^(localhost|127\.)/.test(location.hostname);
      const address = web ? ` (${location.href.split("#")[0]}${link.hash})` : "";
      try {
        await navigator.clipboard.writeText(text + address);
        say(filled(words["web.copied"], { text }));
      } catch {
        say(text);
      }
    });
  }

  // --- search and filters over the cases ----------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const form = document.getElementById("find");
  const filtered = main.querySelector(".filtered");
  const notes = all(".notes > .note");
  const casesOf = (para) => para.dataset.case?.split(" ") ?? [];

  // The parts as lists of blocks; each block knows the headings that it stands under.
  const blocks = [];
  for (const part of all(".part", main)) {
    let under = [];
    for (const node of part.children) {
      if (/^H[1-6]$/.test(node.tagName)) {
        const level = Number(node.tagName[1]);
        under = [...under.filter((heading) => Number(heading.tagName[1]) < level), node];
      } else if (node.matches(".para, .table-box, .picture")) {
        blocks.push({ node, part, under, cases: casesOf(node) });
      }
    }
  }

  const texts = new Map();
  function learn() {
    for (const block of blocks) {
      const refs = all("a.noteref", block.node).map((ref) => document.getElementById(ref.hash.slice(1)));
      block.text = plain([block.node, ...refs].map((node) => node?.textContent ?? "").join(" "));
      const state = block.under.findLast((heading) => heading.classList.contains("state"));
      for (const one of block.cases) {
        texts.set(one, `${texts.get(one) ?? plain(state?.textContent ?? "")} ${block.text}`);
      }
    }
  }

  function wanted() {
    const query = plain(form.querySelector("#find-text").value).split(/\s+/).filter(Boolean);
    let cases = new Set(texts.keys());
    let narrowed = false;
    const chosen = [];
    for (const facet of reading.facets) {
      const select = form.querySelector(`#find-${facet.name}`);
      if (select.value === "") continue;
      narrowed = true;
      chosen.push(select.selectedOptions[0].textContent);
      const own = new Set(facet.choices[Number(select.value)]);
      cases = new Set([...cases].filter((one) => own.has(one)));
    }
    if (query.length) {
      chosen.push(`“${form.querySelector("#find-text").value.trim()}”`);
      cases = new Set([...cases].filter((one) => query.every((word) => texts.get(one).includes(word))));
    }
    return { query, cases, narrowed, chosen, active: narrowed || query.length > 0 };
  }

  function apply() {
    const want = wanted();
    const heads = new Set();
    const parts = new Set();
    const states = new Set();
    const visible = (block) => {
      if (block.cases.length) return block.cases.some((one) => want.cases.has(one));
      if (block.node.matches(".table-box")) return rows(block.node, want);
      return !want.narrowed && want.query.every((word) => block.text.includes(word));
    };
    for (const block of blocks) {
      const found = visible(block); // which also shows and hides the rows of a table
      block.shown = !want.active || found;
      if (block.shown && block.cases.length) states.add(block.under.at(-1));
    }
    for (const block of blocks) {
      const head = block.under.at(-1);
      // What opens a State's section stays beside its cases.
      if (!block.shown && !block.cases.length && head?.classList.contains("state")) block.shown = states.has(head);
      block.node.hidden = !block.shown;
      if (block.shown) {
        for (const heading of block.under) heads.add(heading);
        parts.add(block.part);
      }
    }
    for (const part of all(".part", main)) {
      part.hidden = want.active && !parts.has(part);
      for (const node of part.children) {
        if (/^H[1-6]$/.test(node.tagName)) {
          node.hidden = want.active && !heads.has(node) && !(node.matches(".annex-title") && parts.has(part));
        }
      }
    }
    for (const box of all(".open-note")) {
      const ref = document.getElementById(box.id.replace(/-open$/, ""));
      if (ref) closeNote(ref, false);
    }
    const seen = (node) => Boolean(node) && !node.closest("[hidden]");
    for (const note of notes) note.hidden = want.active && !seen(document.getElementById(note.id.replace("fn-", "fnref-")));
    for (const line of all(".contents > li")) {
      line.hidden = want.active && !seen(document.getElementById(line.querySelector("a").hash.slice(1)));
    }
    const count = want.cases.size
      ? filled(words["web.shown"], { count: want.cases.size, all: texts.size })
      : words["web.nothing"];
    form.querySelector(".find-count").hidden = !want.active;
    form.querySelector("#find-count").textContent = want.active ? count : "";
    filtered.hidden = !want.active;
    filtered.firstElementChild.textContent = want.active ? `${want.chosen.join(" · ")}: ${count}` : "";
    highlight(want.query);
    // Beside a wide screen's search the text shows what was found; a narrow one has a link to it.
    if (want.active && !narrow.matches) main.scrollIntoView({ behavior: "instant" });
  }

  function rows(box, want) {
    let any = false;
    for (const row of all("tbody tr", box)) {
      const own = all("a.cross", row).flatMap((link) => {
        const target = document.getElementById(link.hash.slice(1));
        return target ? casesOf(target) : [];
      });
      row.hidden = want.active && !own.some((one) => want.cases.has(one));
      any ||= !row.hidden;
    }
    return any;
  }

  function highlight(query) {
    if (!globalThis.Highlight) return;
    CSS.highlights.delete("found");
    if (!query.length) return;
    const ranges = [];
    for (const block of blocks.filter((one) => one.shown)) {
      const walker = document.createTreeWalker(block.node, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = plain(walker.currentNode.data);
        if (text.length !== walker.currentNode.data.length) continue; // a letter that is two without its accent
        for (const word of query) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function clear() {
    form.reset();
  }

  if (form) {
    learn();
    let soon;
    form.addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(apply, 80);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
      main.focus();
    });
    form.addEventListener("reset", () => {
      setTimeout(() => {
        apply();
        // The button that was pressed has gone; the keyboard goes on from the search, or from the text.
        if (document.activeElement === document.body) (filtered.dataset.from === "text" ? main : form.querySelector("input")).focus({ preventScroll: true });
      });
    });
    form.querySelector("input").addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear();
    });
    apply();
  }

  // --- where the reader is ------------------------------------------------------------------------------------------

  // A reference may lead to what a filter hides, or into a closed list.
  function arrive() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (form && target.closest("main [hidden], .notes [hidden]")) {
      form.reset();
      apply();
    }
    const fold = target.closest("details") ?? target.querySelector(":scope > details");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", arrive);

  const folds = all(".side details");
  // On paper, which is no screen, the contents are open.
  const fold = () => {
    for (const one of folds) one.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();
  arrive();

  const lines = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const stops = all("h2[id], h3[id], h4[id], h5[id]", main).filter((heading) => lines.has(heading.id));
  let here;
  function mark() {
    const top = 80; // just below where a link leads to
    const last = stops.findLast((heading) => !heading.hidden && heading.getBoundingClientRect().top < top);
    const link = last && lines.get(last.id);
    if (link === here) return;
    here?.removeAttribute("aria-current");
    here = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const side = link.closest(".side");
    if (side.scrollHeight > side.clientHeight + 1 && !side.contains(document.activeElement)) {
      const [line, box] = [link.getBoundingClientRect(), side.getBoundingClientRect()];
      if (line.top < box.top + 40 || line.bottom > box.bottom - 40) side.scrollTop += line.top - box.top - box.height / 3;
    }
  }
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
})();
