(() => {
  "use strict";
  const root = document.documentElement;

  // A page opened from a file may have no storage: then the choice lasts as long as the page.
  const store = {
    get: () => { try { return localStorage.getItem("deploygate-theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("deploygate-theme", value); } catch { /* see above */ } },
  };
  const button = document.getElementById("theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
  const chosen = store.get();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store.set(root.dataset.theme);
    name();
  });
  name();

  const form = document.getElementById("filter");
  if (!form) return;
  const findings = [...document.querySelectorAll("article.finding")];
  const files = [...document.querySelectorAll("section.file")];
  const nothing = document.getElementById("nothing");
  const output = form.querySelector("output");
  let texts = null;

  const apply = () => {
    const data = new FormData(form);
    const severities = new Set(data.getAll("severity"));
    const [rule, file] = [data.get("rule"), data.get("file")];
    const words = data.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0) texts ??= findings.map((one) => one.textContent.toLowerCase());
    let shown = 0;
    findings.forEach((one, index) => {
      const fits = severities.has(one.dataset.s) && (!rule || one.dataset.r === rule) && (!file || one.dataset.f === file)
        && words.every((word) => texts[index].includes(word));
      one.hidden = !fits;
      if (fits) shown++;
    });
    for (const section of files) section.hidden = !section.querySelector("article:not([hidden])");
    nothing.hidden = shown > 0;
    output.textContent = `${shown.toLocaleString("en")} of ${findings.length.toLocaleString("en")}`;
  };

  // A link to a finding that is filtered away shows it.
  const reveal = () => {
    const target = /^#f\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!target || !target.hidden) return;
    form.reset();
    apply();
    target.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);

  // Browsers keep what was typed when a page is loaded again.
  apply();
})();
