// Buttons and keys -> what they do; and the beginning, once Gradio has drawn the page.
(() => {
  const part = (id) => document.getElementById(id);
  const { ask, take, history, theme, thread, source } = window.curbside;
  const turn_of = (button) => ask.turns()[thread.place_of(button)];

  const acts = {
    new: () => ask.begin(),
    theme: () => theme.turn(),
    close: () => source.close(),
    stop: () => ask.stop(),
    edit: (button) => ask.start_editing(thread.place_of(button), turn_of(button).question),
    "edit-cancel": () => { ask.stop_editing(false); ask.fill(""); },
    whole: (button) => thread.unfold(button),
    retry: (button) => ask.again(thread.place_of(button)),
    copy: (button) => take.copy_turn(button, turn_of(button)),
    up: (button) => take.rate(thread.place_of(button), "up", "", ""),
    down: (button) => take.ask_why(thread.place_of(button)),
    "feedback-cancel": (button) => button.closest(".cb-feedback").remove(),
    export: () => take.save(),
    print: () => take.print(),
    sheet: () => take.sheet(),
    "sheet-close": () => part("cb-sheet").close(),
    history: () => history.show(),
    "history-close": () => history.close(),
    "delete-all": (button) => history.remove_all(button),
    delete: (button) => history.remove(button.dataset.talk),
    open: async (button) => {
      history.close();
      source.close();
      await ask.open(button.dataset.talk);
      part("cb-thread").scrollIntoView({ block: "start" });
    },
  };

  const to_ask = () => {
    const tab = [...document.querySelectorAll('[role="tab"]')].find((other) => other.textContent.trim() === "Ask");
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cb], [data-ask], .cb-edit, .cb-skip");
    if (!button) return;
    if (button.matches(".cb-skip")) { event.preventDefault(); to_ask(); part("cb-field").focus(); return; }
    if (button.matches(".cb-edit")) { ask.start_editing(thread.place_of(button), button.dataset.query); return; }
    if (button.dataset.ask) { ask.ask(button.dataset.ask); return; }
    if (["new", "history"].includes(button.dataset.cb)) to_ask();
    acts[button.dataset.cb]?.(button);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "cb-ask") return;
    event.preventDefault();
    ask.ask(part("cb-field").value);
  });
  document.addEventListener("input", (event) => { if (event.target.id === "cb-field") ask.stretch(); });
  document.addEventListener("change", async (event) => {
    if (event.target.id !== "cb-unkept") return;
    if (event.target.checked) await window.curbside.kept.remove(ask.id());
    await ask.save();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "cb-field" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      ask.ask(part("cb-field").value);
    }
    if (event.key === "Escape" && ask.is_editing()) acts["edit-cancel"]();
  });

  const start = async () => {
    theme.apply();
    window.curbside.restore_facets();
    await ask.restore();
    source.follow();
    document.body.classList.add("cb-ready");
    performance.mark("cb-ready");
    if (window.matchMedia("(hover: hover)").matches && !location.hash) part("cb-field").focus();
  };

  const drawn = new MutationObserver(() => {
    if (!part("cb-thread") || !part("cb-header")) return;
    drawn.disconnect();
    start();
  });
  drawn.observe(document.body, { childList: true, subtree: true });
})();
