/** Adds what only a script can: the filter and the sorting. It reads and hides rows that stand in the page, and writes text only. */
export const SCRIPT = `
(() => {
  "use strict";
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const named = (name) => document.getElementById("f-" + name);
  const filter = document.getElementById("filter");
  const folds = all("details");
  addEventListener("beforeprint", () => folds.forEach((fold) => { fold.dataset.was = fold.open; fold.open = true; }));
  addEventListener("afterprint", () => folds.forEach((fold) => { fold.open = fold.dataset.was === "true"; }));
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  if (!filter) return;

  const ranks = ["critical", "high", "medium", "low"];
  const shown = (cell) => (cell.querySelector("b, i, code, span") || cell).textContent;
  const groups = all(".group").map((fold) => {
    const rows = all("tr.f", fold).map((row, index) => {
      const [severity, , provider, owner] = [...row.cells].map(shown);
      return { row, index, severity, provider, owner, text: row.textContent.toLowerCase() };
    });
    const about = fold.querySelector("summary").textContent.toLowerCase();
    return { fold, rows, about, more: fold.querySelector(".more"), wasOpen: fold.open };
  });
  const rows = groups.flatMap((group) => group.rows);
  const unlisted = Number(filter.dataset.unlisted);
  const beyond = unlisted > 0 ? "; " + unlisted + " more are counted only and were not searched" : "";
  const counting = new Intl.Collator("en", { numeric: true });

  for (const name of ["provider", "owner"]) {
    const values = [...new Set(rows.map((row) => row[name]))].sort(counting.compare);
    named(name).append(...values.map((value) => new Option(value, value)));
  }

  const apply = () => {
    const text = named("text").value.trim().toLowerCase();
    const wanted = ["severity", "provider", "owner"].map((name) => [name, named(name).value]).filter(([, value]) => value);
    const isOn = text !== "" || wanted.length > 0;
    let count = 0;
    let matched = 0;
    for (const group of groups) {
      let left = 0;
      for (const one of group.rows) {
        const fits = wanted.every(([name, value]) => one[name] === value) && (one.text.includes(text) || group.about.includes(text));
        one.row.hidden = !fits;
        if (fits) left += 1;
      }
      group.fold.hidden = isOn && left === 0;
      group.left = left;
      if (group.more) group.more.hidden = isOn;
      count += left;
      if (left > 0) matched += 1;
    }
    for (const group of groups) group.fold.open = isOn ? group.left > 0 && count <= 500 : group.wasOpen;
    named("shown").value = isOn ? count + " of " + rows.length + " listed findings, in " + matched + (matched === 1 ? " policy" : " policies") + beyond : rows.length + " findings listed";
  };
  for (const name of ["text", "severity", "provider", "owner"]) named(name).addEventListener("input", apply);
  named("clear").addEventListener("click", () => {
    for (const name of ["text", "severity", "provider", "owner"]) named(name).value = "";
    apply();
    named("text").focus();
  });
  named("open").addEventListener("click", () => {
    const isOpening = named("open").textContent === "Open all";
    for (const group of groups) group.fold.open = group.wasOpen = isOpening;
    named("open").textContent = isOpening ? "Close all" : "Open all";
  });

  const keys = [(one) => ranks.indexOf(one.severity), (one) => shown(one.row.cells[1]), (one) => one.provider, (one) => one.owner, (one) => shown(one.row.cells[4]), (one) => one.row.cells[5].textContent];
  const sort = (group, heads, column) => {
    const direction = heads[column].getAttribute("aria-sort") === "ascending" ? -1 : 1;
    heads.forEach((head) => { head.removeAttribute("aria-sort"); });
    heads[column].setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const sorted = group.rows.map((one) => ({ one, key: keys[column](one) }));
    const compare = column === 0 ? (a, b) => a - b : counting.compare;
    sorted.sort((a, b) => direction * compare(a.key, b.key) || a.one.index - b.one.index);
    group.fold.querySelector("tbody").append(...sorted.map(({ one }) => one.row));
  };
  for (const group of groups) {
    const heads = all("thead th", group.fold);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(group, heads, column));
      head.replaceChildren(button);
    });
  }
  if (groups.every((group) => group.fold.open)) named("open").textContent = "Close all";
  filter.hidden = false;
  apply();
})();
`;
