// Whom the answers are for: stage, setting and library, remembered by this browser and sent with each question.
(() => {
  const KEY = "curbside.facets";
  const chips = () => [...document.querySelectorAll("select[data-facet]")];

  const chosen = () => Object.fromEntries(chips().filter((chip) => chip.value).map((chip) => [chip.dataset.facet, chip.value]));

  const starters = (stage) => {
    const sets = JSON.parse(document.getElementById("cb-welcome").dataset.starters);
    const { element } = window.curbside.thread;
    const items = (sets[stage] || sets[""]).map((question) => {
      const ask = element("button", { type: "button", className: "cb-starter", textContent: question });
      ask.dataset.ask = question;
      return element("li", {}, ask);
    });
    document.getElementById("cb-starters").replaceChildren(...items);
  };

  const mark = () => {
    chips().forEach((chip) => chip.classList.toggle("cb-set", chip.value !== ""));
    starters(chosen().stage || "");
  };

  window.curbside.facets = () => {
    const { only, ...others } = chosen();
    return only ? { ...others, only: [only] } : others;
  };
  window.curbside.restore_facets = () => {
    let before = {};
    try { before = JSON.parse(localStorage.getItem(KEY) || "{}"); } catch { /* nothing was remembered */ }
    chips().forEach((chip) => {
      const value = before[chip.dataset.facet] || "";
      chip.value = [...chip.options].some((option) => option.value === value) ? value : "";
    });
    mark();
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-facet]")) return;
    try { localStorage.setItem(KEY, JSON.stringify(chosen())); } catch { /* it holds for this page */ }
    mark();
  });
})();
