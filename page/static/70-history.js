// Earlier conversations of this browser: searched, opened, deleted.
(() => {
  const part = (id) => document.getElementById(id);
  const { kept, thread } = window.curbside;
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  let sure = null;
  let drawn = 0;

  const words_of = (talk) => talk.turns.map((turn) => `${turn.question} ${turn.markdown || ""}`).join(" ").toLowerCase();

  const row = (talk) => {
    const open = thread.button("", "open");
    open.className = "cb-kept-open";
    const count = `${talk.turns.length} question${talk.turns.length > 1 ? "s" : ""}`;
    open.append(
      thread.element("span", { className: "cb-kept-title", textContent: talk.turns[0].question }),
      thread.element("span", { className: "cb-hint", textContent: `${day.format(talk.updated)}, ${count}` }),
    );
    const away = thread.button("Delete", "delete", { ariaLabel: `Delete: ${talk.turns[0].question}` });
    open.dataset.talk = away.dataset.talk = talk.id;
    return thread.element("li", {}, open, away);
  };

  const list = async () => {
    const turn = ++drawn;
    const all = await kept.all();
    // what was read before something was deleted must not be drawn after it
    if (turn !== drawn) return;
    const wanted = part("cb-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter((talk) => { const text = words_of(talk); return wanted.every((word) => text.includes(word)); });
    part("cb-kept").replaceChildren(...found.map(row));
    part("cb-none").hidden = found.length > 0;
    part("cb-none").textContent = all.length ? "No conversation has these words." : "There is none yet.";
    document.querySelector('[data-cb="delete-all"]').hidden = all.length === 0 || wanted.length > 0;
  };

  const show = async () => {
    part("cb-search").value = "";
    calm();
    await list();
    part("cb-history").showModal();
  };

  const calm = () => {
    sure = null;
    document.querySelector('[data-cb="delete-all"]').textContent = "Delete all";
  };

  const remove_all = async (button) => {
    if (!sure) { sure = true; button.textContent = "Really delete all?"; return; }
    calm();
    window.curbside.ask.begin();
    await kept.clear();
    await list();
    part("cb-search").focus();
  };

  const remove = async (id) => {
    if (id === window.curbside.ask.id()) window.curbside.ask.begin();
    await kept.remove(id);
    await list();
    part("cb-search").focus();
  };

  document.addEventListener("input", (event) => { if (event.target.id === "cb-search") list(); });
  window.curbside.history = { show, remove, remove_all, close: () => part("cb-history").close() };
})();
