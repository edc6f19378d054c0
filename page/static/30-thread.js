// The turns of the conversation on the page. An answer's markup comes from the server, which escapes all that it quotes;
// what the reader typed is set as text.
(() => {
  const part = (id) => document.getElementById(id);
  // characters of a question that stand as they are; more is cut after some lines
  const LONG = 280;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter(Boolean));
    return made;
  };

  const button = (words, act, more) => {
    const made = element("button", { type: "button", className: "cb-quiet", textContent: words, ...more });
    made.dataset.cb = act;
    return made;
  };

  // Puts markup in place and leaves alone what came the same before, so that focus, an open mark and an open list survive
  // a growing answer.
  const grow = (place, markup) => {
    const fresh = element("template", {});
    fresh.innerHTML = markup;
    const next = fresh.content.firstElementChild;
    const now = place.firstElementChild;
    const wanted = next ? [...next.children] : [];
    wanted.forEach((child) => { child.came = child.outerHTML; });
    if (!next || !now?.classList.contains("cb-answer")) { place.replaceChildren(fresh.content); return; }
    now.className = next.className;
    wanted.forEach((child, i) => {
      const old = now.children[i];
      if (!old) now.append(child);
      else if (old.came !== child.came) old.replaceWith(child);
    });
    while (now.children.length > wanted.length) now.lastElementChild.remove();
  };

  const next = (questions) => {
    const items = questions.map((question) => {
      const ask = element("button", { type: "button", className: "cb-next", textContent: question });
      ask.dataset.ask = question;
      return element("li", {}, ask);
    });
    return items.length ? [element("p", { className: "cb-next-title", textContent: "Ask next" }), element("ul", {}, ...items)] : [];
  };

  const actions = (turn) => {
    if (!turn.html) return [];
    const rate = part("cb-feedback") && turn.record && turn.outcome !== "care" && !turn.rated;
    return [
      turn.markdown && button("Copy with sources", "copy"),
      button("Ask again", "retry"),
      rate && button("Helpful", "up"),
      rate && button("Not helpful", "down"),
      turn.rated && element("span", { className: "cb-hint", textContent: "Thank you." }),
    ].filter(Boolean);
  };

  // Draws a turn, anew or over itself.
  const draw = (turn, place) => {
    let article = part("cb-thread").children[place];
    if (!article) {
      const question = element("p", { className: "cb-question", textContent: turn.question });
      const long = turn.question.length > LONG || turn.question.split("\n").length > 4;
      question.classList.toggle("cb-long", long);
      const edit = button("Edit", "edit", { ariaLabel: `Edit the question: ${turn.question.slice(0, LONG)}` });
      const whole = long && button("Show all", "whole", { ariaExpanded: "false" });
      article = element(
        "article", { className: "cb-turn", ariaLabel: `Question ${place + 1}` },
        element("div", { className: "cb-asked" }, question, element("span", { className: "cb-asked-acts" }, whole, edit)),
        element("div", { className: "cb-reply" }),
        element("div", { className: "cb-actions" }),
        element("div", { className: "cb-follow" }),
      );
      part("cb-thread").append(article);
    }
    const [reply, acts, follow] = ["reply", "actions", "follow"].map((name) => article.querySelector(`:scope > .cb-${name}`));
    reply.setAttribute("aria-busy", String(!turn.done));
    if (turn.html) grow(reply, turn.html);
    else reply.replaceChildren(element("p", { className: "cb-wait", textContent: "Looking it up …" }));
    if (turn.stopped) reply.append(element("p", { className: "cb-aside", textContent: "Stopped here." }));
    acts.replaceChildren(...(turn.done ? actions(turn) : []));
    follow.replaceChildren(...next(turn.done ? turn.follow_ups || [] : []));
    return article;
  };

  const draw_all = (turns) => {
    part("cb-thread").replaceChildren();
    turns.forEach(draw);
    settle(turns);
  };

  // What stands around the turns depends on whether there are any, and on whether there is something to take along.
  let take = null;
  const settle = (turns) => {
    take = take || part("cb-take");
    part("cb-welcome").hidden = turns.length > 0;
    take.hidden = !turns.some((turn) => turn.markdown);
    part("cb-thread").lastElementChild?.append(take);
  };

  const unfold = (button) => {
    const unfolded = button.closest(".cb-asked").querySelector(".cb-question").classList.toggle("cb-unfolded");
    button.textContent = unfolded ? "Show less" : "Show all";
    button.ariaExpanded = String(unfolded);
  };

  window.curbside.thread = {
    draw, draw_all, settle, unfold, element, button,
    place_of: (inside) => [...part("cb-thread").children].indexOf(inside.closest(".cb-turn")),
    say: (words) => { part("cb-status").textContent = words; },
  };
})();
