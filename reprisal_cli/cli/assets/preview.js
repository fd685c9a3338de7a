"use strict";
// The frame around the preview: it swaps the page for each new one where the reader is, and shows what was found. The
// page itself is the document as a build writes it; nothing is added to it on the server.
(() => {
  const at = (id) => document.getElementById(id);
  const pages = at("pages");
  const blocks = ".para[id], main h2[id], main h3[id], main h4[id], main h5[id], main h6[id]";
  let frame = null;
  let revision = 0;
  let state = null;
  let chosen = null;

  // --- the page -----------------------------------------------------------------------------------------------------

  // The words of each paragraph, without the numbers that follow when another comes or goes.
  function texts(doc) {
    const words = (node) => {
      const copy = node.cloneNode(true);
      for (const number of copy.querySelectorAll(".number, .cross, .noteref")) number.remove();
      return copy.textContent;
    };
    return new Map([...doc.querySelectorAll(".para[id]")].map((node) => [node.id, words(node)]));
  }

  // Where the reader is: the first paragraph in sight and how far it stands from the top.
  function standing(old) {
    const view = old.contentWindow;
    for (const node of old.contentDocument.querySelectorAll(blocks)) {
      const box = node.getBoundingClientRect();
      if (box.height && box.bottom > 0) return { id: node.id, top: box.top, scroll: view.scrollY };
    }
    return { id: "", top: 0, scroll: view.scrollY };
  }

  // What the reader has searched and filtered for.
  function asked(doc) {
    return [...doc.querySelectorAll("#find input, #find select")].map((node) => [node.id, node.value]);
  }

  function ask(doc, values) {
    if (!values.some(([, value]) => value)) return;
    for (const [id, value] of values) {
      const node = doc.getElementById(id);
      if (node) node.value = value;
    }
    doc.getElementById("find")?.dispatchEvent(new doc.defaultView.Event("input"));
  }

  function load() {
    return new Promise((resolve) => {
      const coming = document.createElement("iframe");
      coming.className = "coming";
      coming.title = "The document";
      coming.addEventListener("load", () => resolve(coming), { once: true });
      coming.src = `page?${revision}`;
      pages.append(coming);
    });
  }

  async function renew() {
    const coming = await load();
    const doc = coming.contentDocument;
    let changed = [];
    if (frame) {
      const before = texts(frame.contentDocument);
      changed = [...texts(doc)].filter(([id, text]) => before.get(id) !== text).map(([id]) => doc.getElementById(id));
      const was = standing(frame);
      ask(doc, asked(frame.contentDocument));
      const node = was.scroll > 10 && doc.getElementById(was.id);
      const top = node ? coming.contentWindow.scrollY + node.getBoundingClientRect().top - was.top : was.scroll;
      coming.contentWindow.scrollTo({ top, behavior: "instant" });
    }
    doc.addEventListener("click", clicked);
    coming.classList.remove("coming");
    frame?.remove();
    frame = coming;
    document.title = `${doc.title} – preview`;
    mark(changed);
    if (chosen) choose(chosen, false);
  }

  function mark(changed) {
    const line = at("changed");
    line.hidden = !changed.length;
    line.firstElementChild.textContent = changed.length === 1 ? "One paragraph has changed." : `${changed.length} paragraphs have changed.`;
    line.querySelector("button").onclick = () => changed[0].scrollIntoView({ block: "center" });
    for (const node of changed) {
      node.animate([{ boxShadow: "-6px 0 0 #009edb" }, { boxShadow: "-6px 0 0 #009edb" }, { boxShadow: "-6px 0 0 transparent" }], 6000);
    }
  }

  // --- where a paragraph stands -------------------------------------------------------------------------------------

  function clicked(event) {
    const link = event.target.closest("a");
    if (link && /^https?:$/.test(link.protocol) && link.host !== location.host) {
      event.preventDefault();
      open(link.href, "_blank", "noopener,noreferrer");
      return;
    }
    if (event.target.closest("a:not(.number), button, summary, input, select, label")) return;
    if (!frame.contentWindow.getSelection().isCollapsed) return;
    const node = event.target.closest(blocks);
    if (node) choose(node.id, true);
  }

  async function choose(id, byHand) {
    chosen = id;
    const where = at("where");
    const answer = await fetch(`place/${encodeURIComponent(id)}`);
    const place = answer.ok ? await answer.json() : {};
    if (chosen !== id) return;
    at("said").textContent = "";
    where.className = place.file ? "" : "made";
    where.textContent = place.file ? `${place.file}:${place.line}` : "Made by the program from several cases: it stands in no file.";
    if (place.generated) {
      const note = document.createElement("span");
      note.className = "none";
      note.textContent = " – a sentence made from this field";
      where.append(note);
    }
    at("opening").hidden = !place.file || !state?.opens;
    at("opening").querySelector("button").onclick = () => openAt({ paragraph: id }, place.link);
    if (byHand && place.file && state?.opens && at("opening").querySelector("input").checked) openAt({ paragraph: id }, place.link);
  }

  async function openAt(what, link) {
    if (link) {
      location.assign(link);
      return;
    }
    const answer = await fetch("open", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(what),
    });
    at("said").textContent = answer.ok ? "" : ((await answer.json().catch(() => ({}))).said ?? "The editor could not be opened.");
  }

  // --- what was found -----------------------------------------------------------------------------------------------

  function element(tag, className, text) {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = text;
    return node;
  }

  function finding(one, number) {
    const item = element("li", one.severity, "");
    item.append(element("p", "what", `${one.severity} ${one.code} ${one.name}`), element("p", "", one.message));
    if (one.hint) item.append(element("p", "help", one.hint));
    if (one.file) {
      const place = `${one.file}:${one.line}`;
      const line = element("p", "at", state.opens === "editor" ? "" : place);
      if (state.opens === "editor") {
        const button = element("button", "", place);
        button.type = "button";
        button.addEventListener("click", () => openAt({ finding: number, revision: state.revision }));
        line.append(button);
      } else if (one.link) {
        const link = element("a", "", place);
        link.href = one.link;
        line.replaceChildren(link);
      }
      item.append(line);
    }
    return item;
  }

  function tell() {
    const errors = state.findings.filter((one) => one.severity === "error").length;
    const line = at("state");
    line.className = state.fresh ? "fresh" : "stale";
    line.textContent = state.fresh
      ? `${state.edition}, as the files are now`
      : state.failure || `${errors} ${errors === 1 ? "error" : "errors"}: ${state.page ? "the last good page stays" : "no page yet"}`;
    at("findings").replaceChildren(...state.findings.map(finding));
    if (!state.findings.length) at("findings").append(element("li", "none", "Nothing was found wrong."));
    at("account").textContent = state.account;
    at("none").hidden = state.page;
  }

  // --- what is new --------------------------------------------------------------------------------------------------

  let busy = Promise.resolve();
  async function update(number) {
    if (number <= revision && state) return;
    const answer = await fetch("state");
    if (!answer.ok) return;
    const before = state;
    state = await answer.json();
    revision = state.revision;
    if (state.page && (state.fresh || !before || !frame)) await renew();
    tell();
  }

  // A preview that was started again has another address; this one stays as it was, and says so.
  const news = new EventSource("events?since=0");
  news.onmessage = (event) => {
    busy = busy.then(() => update(Number(event.data))).catch(() => {});
  };
  news.onerror = () => {
    at("state").className = "lost";
    at("state").textContent = "The preview has ended; start it again and open its new address.";
  };
  news.onopen = () => {
    if (state) tell();
  };
})();
