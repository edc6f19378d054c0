// Asking: the field, the growing answer, stop, ask again, edit. The conversation is held here and kept by the browser;
// each question goes out with the turns before it.
(() => {
  const part = (id) => document.getElementById(id);
  const { thread, kept } = window.curbside;
  const SESSION = "curbside.talk";
  const fresh = () => ({ id: crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2), turns: [], updated: Date.now() });
  let talk = fresh();
  let editing = null;
  let under_way = null;

  const remember = (id) => { try { if (id) sessionStorage.setItem(SESSION, id); else sessionStorage.removeItem(SESSION); } catch { /* the page works without */ } };

  const save = async (mine = talk) => {
    const whole = mine.turns.filter((turn) => turn.done);
    const wanted = !part("cb-unkept").checked && whole.length > 0;
    if (mine === talk) remember(wanted ? mine.id : null);
    // what was deleted while its suggestions were on their way stays deleted
    else if (!(await kept.get(mine.id))) return;
    if (wanted) await kept.put({ ...mine, turns: whole, updated: Date.now() });
  };

  const fill = (words) => {
    const field = part("cb-field");
    field.value = words;
    stretch();
    field.focus();
  };

  const stretch = () => {
    const field = part("cb-field");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
  };

  const busy = (yes) => {
    part("cb-send").hidden = yes;
    document.querySelector('[data-cb="stop"]').hidden = !yes;
    part("cb-main").classList.toggle("cb-busy", yes);
  };

  const cut = (place) => {
    talk.turns.length = place;
    while (part("cb-thread").children.length > place) part("cb-thread").lastElementChild.remove();
  };

  const take = (turn, found) => {
    if (found.html) turn.html = found.html;
    if (found.follow_ups) turn.follow_ups = found.follow_ups;
    if (!found.done) return;
    const { outcome, turn: said, markdown, record } = found;
    Object.assign(turn, { done: true, problem: Boolean(found.problem), outcome, turn: said, markdown, record });
    thread.say(found.said || "");
  };

  const fail = (turn, words) => {
    const note = document.createElement("p");
    note.textContent = words;
    Object.assign(turn, { done: true, problem: true, html: `<div class="cb-answer cb-note cb-done">${note.outerHTML}</div>` });
    thread.say(words);
  };

  const ask = async (question) => {
    if (!question.trim()) { thread.say("Type a question first."); return; }
    if (under_way && !talk.turns.at(-1)?.done) return;
    stop(); // what is still to come of an answer that is there are only suggestions
    stop_editing(true);
    // a question that was not answered is no subject for those that follow, and what somebody in danger wrote goes out once
    const before = talk.turns.filter((turn) => turn.outcome === "answered").map((turn) => turn.turn);
    const turn = { question, asked: Date.now(), done: false };
    const place = talk.turns.push(turn) - 1;
    const mine = talk;
    const here = () => mine.turns[place] === turn;
    const shown = () => mine === talk && here();
    under_way = new AbortController();
    const { signal } = under_way;
    fill("");
    const article = thread.draw(turn, place);
    thread.settle(talk.turns);
    article.scrollIntoView({ block: "start" });
    busy(true);
    thread.say("Looking it up.");
    try {
      for await (const found of window.curbside.stream("ask", [question, before, window.curbside.facets()], signal)) {
        if (!here()) return;
        take(turn, found);
        if (shown()) thread.draw(turn, place);
        if (turn.done) {
          if (shown()) { busy(false); thread.settle(talk.turns); }
          await save(mine);
        }
      }
      if (!turn.done) Object.assign(turn, { done: true, stopped: true });
    } catch (error) {
      if (!turn.done) fail(turn, error.message);
    } finally {
      const last = under_way && under_way.signal === signal;
      if (last) { under_way = null; busy(false); }
      if (shown()) await finish(turn, place);
    }
  };

  const finish = async (turn, place) => {
    const article = thread.draw(turn, place);
    thread.settle(talk.turns);
    // what could not be answered goes back to the field, to be mended
    if (turn.problem && !part("cb-field").value) {
      fill(turn.question);
      article.scrollIntoView({ block: "start" });
    }
    if (turn.stopped) thread.say("Stopped.");
    await save();
  };

  const stop = () => { if (under_way) under_way.abort(); };

  // What is still to come of an answer that is there, its suggestions, is kept with it.
  const leave = () => {
    if (!talk.turns.at(-1)?.done) stop();
    under_way = null;
    stop_editing(false);
  };

  const start_editing = (place, words) => {
    stop();
    editing = place;
    [...part("cb-thread").children].forEach((turn, i) => turn.classList.toggle("cb-leaving", i >= place));
    part("cb-editing").hidden = false;
    fill(words);
  };

  const stop_editing = (drop) => {
    if (editing === null) return;
    if (drop) cut(editing);
    editing = null;
    part("cb-editing").hidden = true;
    document.querySelectorAll(".cb-leaving").forEach((turn) => turn.classList.remove("cb-leaving"));
  };

  const open = async (id) => {
    const found = await kept.get(id);
    if (!found) return false;
    leave();
    talk = found;
    part("cb-unkept").checked = false;
    remember(id);
    busy(false);
    thread.draw_all(talk.turns);
    return true;
  };

  const begin = () => {
    leave();
    window.curbside.source.close();
    talk = fresh();
    remember(null);
    part("cb-unkept").checked = false;
    busy(false);
    thread.draw_all([]);
    thread.say("New conversation.");
    fill("");
  };

  window.curbside.ask = {
    ask, stop, begin, open, fill, stretch, save, start_editing, stop_editing,
    turns: () => talk.turns,
    id: () => talk.id,
    is_editing: () => editing !== null,
    again: (place) => {
      const { question } = talk.turns[place];
      stop();
      under_way = null;
      cut(place);
      ask(question);
    },
    restore: async () => {
      let id = null;
      try { id = sessionStorage.getItem(SESSION); } catch { /* the page works without */ }
      return id ? open(id) : false;
    },
  };
})();
