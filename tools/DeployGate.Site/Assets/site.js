"use strict";

// The search: every word must stand in a section; a word in a title or heading counts more than one in the text.
(() => {
  const most = 15;
  const root = document.documentElement.dataset.root;
  const form = document.getElementById("search");
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const status = found.querySelector("p");
  const list = found.querySelector("ol");
  let sections = null;

  const weigh = (section, wanted) => {
    let sum = 0;
    for (const word of wanted) {
      const at = section.lower.findIndex((text) => text.includes(word));
      if (at < 0) return 0;
      sum += [20, 8, 1][at];
    }
    return sum;
  };

  const excerpt = (text, word) => {
    const at = Math.max(0, text.toLowerCase().indexOf(word));
    const from = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
    return (from > 0 ? "… " : "") + text.slice(from, from + 180) + (from + 180 < text.length ? " …" : "");
  };

  const item = (section, wanted) => {
    const line = document.createElement("li");
    const link = line.appendChild(document.createElement("a"));
    link.href = root + section.address;
    link.textContent = section.heading ? `${section.title}: ${section.heading}` : section.title;
    line.appendChild(document.createElement("p")).textContent = excerpt(section.text, wanted[0]);
    return line;
  };

  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = wanted.length === 0;
    if (wanted.length === 0 || sections === null) return;
    const hits = sections.map((section) => [weigh(section, wanted), section]).filter(([weight]) => weight > 0).sort((one, other) => other[0] - one[0]);
    list.replaceChildren(...hits.slice(0, most).map(([, section]) => item(section, wanted)));
    status.textContent = hits.length > most ? `${most} of ${hits.length} found` : `${hits.length} found`;
  };

  // The index is large, so it is loaded when somebody is about to search. It calls this function.
  globalThis.deploygateSearch = (list) => {
    sections = list.map(([address, title, heading, text]) => ({ address, title, heading, text, lower: [title, heading, text].map((one) => one.toLowerCase()) }));
    show();
  };

  const load = () => {
    if (document.getElementById("index")) return;
    const script = document.createElement("script");
    script.id = "index";
    script.src = `${root}search-index.js`;
    document.head.append(script);
  };

  words.addEventListener("focus", load);
  words.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !found.hidden) { words.value = ""; show(); words.focus(); }
  });
  form.hidden = false;

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { words.value = asked; load(); show(); }
})();
