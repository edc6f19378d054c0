// What leaves the page with the reader: a copied answer, the conversation as Markdown or on paper, a sheet, a rating.
(() => {
  const { thread } = window.curbside;
  const part = (id) => document.getElementById(id);
  const turns = () => window.curbside.ask.turns().filter((turn) => turn.done);

  const copy = async (words) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
    // pages that come over plain http have no clipboard of their own
    const field = thread.element("textarea", { value: words, className: "cb-unseen" });
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied ? undefined : Promise.reject(new Error("not copied"));
  };

  const copy_turn = async (button, turn) => {
    try {
      await copy(turn.markdown);
      button.textContent = "Copied";
      thread.say("The answer and its sources are copied.");
    } catch {
      button.textContent = "Could not copy";
    }
    setTimeout(() => { button.textContent = "Copy with sources"; }, 2000);
  };

  const today = () => new Date().toLocaleDateString("sv");

  const save = () => {
    const written = turns().map((turn) => turn.markdown || `## ${turn.question}\n`);
    const words = `# Curbside, ${today()}\n\n${written.join("\n")}\nGeneral guidance, not legal, financial or medical advice.\n`;
    const address = URL.createObjectURL(new Blob([words], { type: "text/markdown" }));
    const link = thread.element("a", { href: address, download: `curbside-${today()}.md` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  // what a rating is kept with
  const about = ({ question, outcome, claims, citations, settings }) => ({
    question, outcome, settings,
    claims: claims.map((claim) => claim.text),
    passages: [...new Set(citations.map((citation) => citation.passage_id))],
  });

  const rate = async (place, rating, reason, note) => {
    const turn = window.curbside.ask.turns()[place];
    try {
      await window.curbside.call("feedback", [{ rating, reason, note, ...about(turn.record) }]);
      turn.rated = rating;
      thread.draw(turn, place);
      thread.say("Thank you.");
      await window.curbside.ask.save();
    } catch (error) {
      thread.say(error.message);
    }
  };

  const ask_why = (place) => {
    const article = part("cb-thread").children[place];
    if (article.querySelector(".cb-feedback")) return;
    article.querySelector(".cb-actions").after(part("cb-feedback").content.cloneNode(true));
    article.querySelector(".cb-feedback").scrollIntoView({ block: "nearest" });
    article.querySelector(".cb-feedback input").focus({ preventScroll: true });
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".cb-feedback")) return;
    event.preventDefault();
    const form = event.target;
    const chosen = form.querySelector("input:checked");
    const place = thread.place_of(form);
    const note = form.querySelector("textarea").value;
    form.remove();
    rate(place, "down", chosen ? chosen.value : "", note);
  });

  // a sheet is made of what is quoted: the passages around it stay here
  const sheet = async () => {
    const records = turns().map((turn) => turn.record).filter(Boolean).map(({ claims, citations }) => ({
      claims, citations: citations.map(({ passage, ...others }) => others),
    }));
    try {
      const made = await window.curbside.call("sheet", [records]);
      part("cb-sheet-body").innerHTML = made.html;
      part("cb-sheet").showModal();
    } catch {
      thread.say("The sheet could not be made. Try again.");
    }
  };

  // on paper nothing can be unfolded
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details.cb-more:not([open])")];
    unfolded.forEach((folded) => { folded.open = true; });
  });
  window.addEventListener("afterprint", () => unfolded.forEach((folded) => { folded.open = false; }));

  window.curbside.take = { copy_turn, save, rate, ask_why, sheet, print: () => window.print() };
})();
