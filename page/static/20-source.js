// The source of a citation: a glance at the quotation on hover or focus, the whole passage in the panel on a click.
// The address says which source is open (#source=…), so that back closes it, and reload and forward open it again.
(() => {
  const part = (id) => document.getElementById(id);
  const asked = () => (location.hash.startsWith("#source=") ? location.hash.slice(8) : null);
  const marksOf = (source) => document.querySelectorAll(`.cb-cite[data-source="${CSS.escape(source)}"]`);
  let opener = null;
  let waiting = null;

  const glance = (mark) => {
    const source = part(mark.dataset.source);
    const pop = part("cb-pop");
    if (!source || !pop) return;
    const quote = source.querySelector("mark").textContent;
    const title = source.querySelector(".cb-source-title").textContent;
    pop.replaceChildren(
      Object.assign(document.createElement("span"), { className: "cb-pop-quote", textContent: quote.length > 260 ? `${quote.slice(0, 257)}…` : quote }),
      Object.assign(document.createElement("span"), { className: "cb-pop-title", textContent: title }),
    );
    pop.hidden = false;
    const at = mark.getBoundingClientRect();
    const box = pop.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - box.width / 2), window.innerWidth - box.width - 8);
    const above = at.top - box.height - 6;
    pop.style.left = `${left}px`;
    pop.style.top = `${above > 8 ? above : at.bottom + 6}px`;
    mark.setAttribute("aria-describedby", "cb-pop");
  };

  const by_key = () => document.activeElement.matches(".cb-cite[aria-describedby]:focus-visible");

  const hush = () => {
    clearTimeout(waiting);
    const pop = part("cb-pop");
    if (pop) pop.hidden = true;
    document.querySelectorAll(".cb-cite[aria-describedby]").forEach((mark) => mark.removeAttribute("aria-describedby"));
  };

  const show = (source) => {
    const passage = part(source);
    const panel = part("cb-panel");
    if (!passage || !panel) return false;
    hush();
    document.querySelectorAll(".cb-cite.cb-open").forEach((mark) => mark.classList.remove("cb-open"));
    marksOf(source).forEach((mark) => mark.classList.add("cb-open"));
    part("cb-panel-body").innerHTML = passage.innerHTML;
    panel.hidden = false;
    part("cb-scrim").hidden = false;
    part("cb-main").classList.add("cb-reading");
    if (!opener || !opener.isConnected) opener = marksOf(source)[0];
    panel.scrollTop = 0;
    const quote = panel.querySelector("mark");
    // only the panel scrolls: the answer stays where the reader left it
    const below = quote && quote.offsetTop + quote.offsetHeight > panel.clientHeight - 24;
    if (below) panel.scrollTop = quote.offsetTop - panel.clientHeight / 3;
    panel.focus({ preventScroll: true });
    return true;
  };

  const hide = () => {
    const panel = part("cb-panel");
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    part("cb-scrim").hidden = true;
    part("cb-main").classList.remove("cb-reading");
    document.querySelectorAll(".cb-cite.cb-open").forEach((mark) => mark.classList.remove("cb-open"));
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };

  const follow = () => {
    const source = asked();
    if (!source) { hide(); return; }
    const tab = document.querySelector('[role="tab"][id^="ask"], #cb-tab-ask-button');
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
    if (!show(source)) hide();
  };

  const open = (mark) => {
    opener = mark;
    const address = `#source=${mark.dataset.source}`;
    // one step back closes the panel, however many sources were looked at
    if (asked()) history.replaceState(history.state, "", address);
    else history.pushState({ curbside: "source" }, "", address);
    show(mark.dataset.source);
  };

  const close = () => {
    hush();
    if (!asked()) { hide(); return; }
    if (history.state && history.state.curbside === "source") { history.back(); return; }
    history.replaceState(null, "", location.pathname + location.search);
    hide();
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".cb-cite");
    if (mark) { event.preventDefault(); open(mark); }
  });
  document.addEventListener("mouseover", (event) => {
    const mark = event.target.closest(".cb-cite");
    clearTimeout(waiting);
    if (mark) waiting = setTimeout(() => glance(mark), 120);
    else if (!event.target.closest("#cb-pop") && !by_key()) waiting = setTimeout(hush, 120);
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".cb-cite");
    if (mark && mark.matches(":focus-visible")) glance(mark);
    else hush();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const pop = part("cb-pop");
    if (pop && !pop.hidden) hush();
    else close();
  });
  document.addEventListener("scroll", () => {
    // a mark that was reached by key may have scrolled into view because of that
    if (by_key()) glance(document.activeElement);
    else hush();
  }, { passive: true });
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  window.curbside.source = { follow, close, hide };
  window.curbside.close = close;
})();
