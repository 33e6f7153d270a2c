(() => {
  "use strict";
  const make = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const status = make("p", { className: "hidden" });
  status.setAttribute("role", "status");
  document.body.append(status);

  const row = (id) => document.getElementById(id);
  const column = (line, place) => line.cells[place].textContent;
  const file = (line) => line.parentElement.querySelector("[data-where]").dataset.where;
  const what = (line) => `${line.cells[2].firstChild.textContent}, ${column(line, 1)}`;
  const credit = (line) => (line.dataset.credit ? line : line.parentElement.querySelector("[data-credit]")).dataset.credit;
  const cells = (figure) => {
    const entry = row(figure.hash.slice(1));
    return entry.id.startsWith("cell-") ? [entry] : [...entry.querySelectorAll("a")].map((link) => row(link.hash.slice(1)));
  };
  const citation = (figure) => {
    const found = cells(figure);
    const credits = [...new Set(found.map(credit))].join("; ");
    if (found.length === 1) return `${figure.textContent} (${what(found[0])}; ${credits})`;
    const parts = found.map((line) => `${column(line, 0)}, ${what(line)}`);
    return `${figure.textContent} (rests on ${parts.join("; ")}; ${credits})`;
  };

  const text = make("span", { id: "tip-text" });
  text.setAttribute("role", "tooltip");
  const button = make("button", { type: "button", textContent: "Copy" });
  const tip = make("span", { className: "tip", popover: "manual" }, text, button);
  let shown = null;
  let waiting = 0;
  const hide = () => {
    clearTimeout(waiting);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.remove();
  };
  const hideSoon = () => { waiting = setTimeout(hide, 200); };
  const settle = () => {
    if (!shown) return;
    const at = shown.getBoundingClientRect();
    tip.style.maxHeight = "";
    const under = innerHeight - at.bottom - 14;
    const over = at.top - 14;
    const isUnder = tip.offsetHeight <= under || under >= over;
    tip.style.maxHeight = `${Math.max(isUnder ? under : over, 96)}px`;
    tip.style.top = `${isUnder ? at.bottom + 6 : at.top - tip.offsetHeight - 6}px`;
    tip.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  };
  const show = (figure) => {
    clearTimeout(waiting);
    if (shown === figure) return;
    hide();
    const found = cells(figure);
    const lines = found.length > 1 ? [make("span", { textContent: `Rests on ${found.length} published cells:` })] : [];
    found.slice(0, 6).forEach((line, place) => {
      const isNew = place === 0 || file(line) !== file(found[place - 1]);
      if (isNew) lines.push(make("span", { className: "file", textContent: file(line) }));
      const printed = make("strong", { textContent: column(line, 0) });
      lines.push(make("span", {}, printed, ` ${what(line)}: line ${column(line, 3)}, column ${column(line, 4)}`));
    });
    if (found.length > 6) lines.push(make("span", { textContent: `and ${found.length - 6} more` }));
    text.replaceChildren(...lines);
    button.setAttribute("aria-label", `Copy ${figure.textContent} with its source`);
    figure.after(tip);
    figure.setAttribute("aria-describedby", text.id);
    tip.showPopover();
    shown = figure;
    settle();
  };
  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = make("textarea", { value: words });
      tip.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    status.textContent = `Copied: ${words}`;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  const figureAt = (target) => (target instanceof Element ? target.closest("a.figure") : null);
  for (const figure of document.querySelectorAll("a.figure")) figure.removeAttribute("title");
  button.addEventListener("click", () => copy(citation(shown)));
  document.addEventListener("pointerover", (event) => {
    const figure = figureAt(event.target);
    if (figure && event.pointerType !== "touch") show(figure);
    else if (tip.contains(event.target)) clearTimeout(waiting);
    else if (shown && !shown.matches(":focus") && !tip.matches(":focus-within")) { clearTimeout(waiting); hideSoon(); }
  });
  document.addEventListener("focusin", (event) => {
    const figure = figureAt(event.target);
    if (figure) show(figure);
    else if (!tip.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const figure = shown;
    if (tip.matches(":focus-within")) figure.focus();
    hide();
  });
  document.addEventListener("scroll", settle, { capture: true, passive: true });
  addEventListener("resize", settle);
  addEventListener("hashchange", hide);

  const number = (written) => {
    const plain = written.replace(/,/g, "").replace("\u2212", "-").replace(/\s*(%|pts)$/, "");
    if (/^<\d/.test(plain)) return Number(plain.slice(1)) / 2;
    return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
  };
  const key = (line, place) => {
    const cell = line.cells[place].cloneNode(true);
    for (const extra of cell.querySelectorAll("sup, .tip")) extra.remove();
    return cell.textContent.trim();
  };
  const sort = (table, place, direction) => {
    const body = table.tBodies[0];
    const lines = original.get(table).map((line) => ({ line, text: key(line, place), value: number(key(line, place)) }));
    const isNumeric = lines.some((each) => each.value !== null);
    if (direction) {
      lines.sort((a, b) => {
        if (!isNumeric) return direction * a.text.localeCompare(b.text, "en-GB", { numeric: true });
        if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
        return direction * (a.value - b.value);
      });
    }
    body.append(...lines.map((each) => each.line));
    table.classList.toggle("sorted", direction !== 0);
  };
  const original = new Map();
  const turns = [["descending", -1], ["ascending", 1], [null, 0]];
  for (const table of document.querySelectorAll("table.sortable")) {
    original.set(table, [...table.tBodies[0].rows]);
    [...table.tHead.rows[0].cells].forEach((header, place) => {
      const label = header.textContent;
      const sorter = make("button", { type: "button", className: "sort", textContent: label });
      header.replaceChildren(sorter);
      sorter.addEventListener("click", () => {
        const now = turns.findIndex(([name]) => name === header.getAttribute("aria-sort"));
        const [name, direction] = turns[(now + 1) % turns.length];
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (name) header.setAttribute("aria-sort", name);
        sort(table, place, direction);
        status.textContent = name ? `Sorted by ${label}, ${name}` : "In the order of the report";
      });
    });
  }

  const sized = new ResizeObserver((regions) => {
    for (const { target } of regions) {
      const isWide = target.scrollWidth > target.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-labelledby", target.dataset.label]]) {
        if (isWide) target.setAttribute(name, value);
        else target.removeAttribute(name);
      }
    }
  });
  for (const region of document.querySelectorAll(".scroll")) {
    region.dataset.label = region.getAttribute("aria-labelledby");
    sized.observe(region);
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of closed) details.open = false; });
})();
