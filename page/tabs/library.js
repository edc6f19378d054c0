// The Library tab: fetches the list and single documents when they are looked at, filters, and follows the address.
// #document=ID (with &library=NAME and &passage=ID where they are known) opens a document; going back closes it.
window.curbsideTabs = window.curbsideTabs || {};
(() => {
  const LIBRARY = "Library";
  let cameFrom = ""; // the tab that was left for a document, to go back to

  // tabs that have no room in the bar stand in a menu beside it
  const tabs = () => [...document.querySelectorAll('#cb-tabs [role="tab"], #cb-tabs .overflow-dropdown button')];
  const named = (name) => tabs().find((tab) => tab.textContent.trim() === name);
  let attempt = 0; // only the tab that was asked for last is opened
  let own = false; // whether a click is the script's
  /** Choose a tab; while the page is being drawn a click may come too early, so it is repeated until it has worked. */
  const open = (name) => {
    const mine = ++attempt;
    const step = (tries) => {
      if (mine !== attempt || selected() === name || tries === 0) return;
      own = true;
      named(name)?.click();
      own = false;
      setTimeout(() => step(tries - 1), 100);
    };
    step(300);
  };
  // whoever chooses a tab meanwhile gets that one
  document.addEventListener("click", (event) => {
    if (!own && event.target.closest("#cb-tabs .tab-wrapper button")) attempt += 1;
  }, true);
  // the name stays known where the open tab's own name stands in the menu
  const selected = () => {
    const tab = document.querySelector('#cb-tabs [role="tab"][aria-selected="true"], #cb-tabs .overflow-dropdown .selected');
    return tab ? tab.textContent.trim() : "";
  };

  const asked = () => {
    const fields = new URLSearchParams(location.hash.slice(1));
    return fields.get("document") ? Object.fromEntries(fields) : null;
  };

  const follow = () => {
    if (asked() || location.hash === "#library") {
      if (selected() === LIBRARY) return;
      cameFrom = selected();
      open(LIBRARY);
    } else if (cameFrom && selected() === LIBRARY) {
      open(cameFrom);
      cameFrom = "";
    }
  };

  window.addEventListener("hashchange", follow);
  // Gradio's page has a base address, against which a bare "#…" would load the page again where it has a query
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#document="], a[href="#library"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const wanted = link.getAttribute("href");
    // the address may name it already, while another tab is open
    if (location.hash === wanted) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = wanted;
  });
  // the script may come before or after the page
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", follow);
  else follow();

  const filter = (index) => {
    const form = index.querySelector(".cb-filter");
    if (!form) return;
    const apply = () => {
      const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
      const evidence = form.elements.evidence.value;
      const review = form.elements.review.value;
      const active = words.length > 0 || evidence !== "" || review !== "";
      let shown = 0;
      index.querySelectorAll(".cb-topic").forEach((topic) => {
        let here = 0;
        topic.querySelectorAll("li").forEach((row) => {
          const fits = words.every((word) => row.dataset.words.includes(word))
            && (!evidence || row.dataset.evidence === evidence)
            && (!review || row.dataset.review === review);
          row.hidden = !fits;
          here += fits ? 1 : 0;
        });
        topic.hidden = here === 0;
        topic.open = active && here > 0;
        const count = topic.querySelector(".cb-topic-count");
        const all = Number(count.dataset.count);
        count.textContent = (here === all ? `${all}` : `${here} of ${all}`) + (all === 1 ? " document" : " documents");
        shown += here;
      });
      index.querySelectorAll(".cb-shelf").forEach((shelf) => {
        shelf.hidden = !shelf.querySelector(".cb-topic:not([hidden])");
      });
      const total = index.querySelectorAll(".cb-topic li").length;
      index.querySelector('[role="status"]').textContent = shown === 0
        ? "No document fits. Use fewer words, or another evidence or review."
        : shown === total ? `${total} documents` : `${shown} of ${total} documents`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  };

  window.curbsideTabs.library = (element, server) => {
    const index = element.querySelector(".cb-index");
    const reader = element.querySelector(".cb-reader");
    let place = 0; // how far down the list was
    let turn = 0; // only the document that was asked for last is shown

    const failed = (part, what) => {
      part.innerHTML = `<p class="cb-empty" role="alert">${what} could not be fetched. Load the page again to try once more.</p>`;
    };
    const fetchIndex = server.listing(null).then((html) => {
      index.innerHTML = html;
      filter(index);
    }).catch(() => failed(index, "The list"));

    const show = async () => {
      const wanted = asked();
      const mine = ++turn;
      if (!wanted) {
        const wasReading = !reader.hidden;
        reader.hidden = true;
        index.hidden = false;
        await fetchIndex;
        if (wasReading) scrollTo(0, place);
        return;
      }
      if (!index.hidden) place = window.scrollY;
      index.hidden = true;
      reader.hidden = false;
      reader.innerHTML = '<p class="cb-empty" role="status">The document is being fetched …</p>';
      try {
        const html = await server.read(wanted);
        if (mine !== turn) return;
        reader.innerHTML = html;
      } catch {
        if (mine === turn) failed(reader, "The document");
        return;
      }
      reader.focus({ preventScroll: true });
      const here = reader.querySelector(".cb-here");
      if (here) here.scrollIntoView({ block: "center" });
      else reader.scrollIntoView({ block: "start" });
    };
    reader.addEventListener("click", (event) => {
      const mark = event.target.closest(".cb-ref");
      if (!mark) return;
      const source = reader.querySelectorAll(".cb-sources-list li")[mark.dataset.ref - 1];
      source.scrollIntoView({ block: "center" });
      source.focus({ preventScroll: true });
    });
    const listen = () => {
      // a tab that is drawn anew leaves its old element behind
      if (!element.isConnected) window.removeEventListener("hashchange", listen);
      else show();
    };
    window.addEventListener("hashchange", listen);
    // the address may have been emptied without a word while another tab was open
    new ResizeObserver(() => {
      if (element.clientWidth && !asked() && !reader.hidden) show();
    }).observe(element);
    show();
  };
})();
