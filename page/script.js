// Opens the source of a citation in the panel. Sources travel with their answer, so nothing is asked of the server.
(() => {
  const empty = '<p class="cb-empty">Choose a number in an answer to read the source here.</p>';
  let opener = null;

  const part = (id) => document.getElementById(id);

  const open = (mark) => {
    const source = part(mark.dataset.source);
    const body = part("cb-panel-body");
    if (!source || !body) return;
    document.querySelectorAll(".cb-cite.cb-open").forEach((other) => other.classList.remove("cb-open"));
    mark.classList.add("cb-open");
    body.innerHTML = source.innerHTML;
    part("cb-panel").classList.add("cb-shown");
    part("cb-close").hidden = false;
    opener = mark;
    const quote = body.querySelector("mark");
    if (quote) quote.scrollIntoView({ block: "nearest" });
    part("cb-panel").focus({ preventScroll: true });
  };

  const close = () => {
    const panel = part("cb-panel");
    if (!panel) return;
    panel.classList.remove("cb-shown");
    part("cb-close").hidden = true;
    part("cb-panel-body").innerHTML = empty;
    document.querySelectorAll(".cb-cite.cb-open").forEach((mark) => mark.classList.remove("cb-open"));
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".cb-cite");
    const edit = event.target.closest(".cb-edit");
    if (edit) {
      const box = document.querySelector("#cb-question textarea");
      box.value = edit.dataset.query;
      box.dispatchEvent(new Event("input", { bubbles: true })); // Gradio reads the box when it is told of a change
      box.focus();
    } else if (mark) {
      event.preventDefault();
      open(mark);
    } else if (event.target.closest("#cb-close")) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  window.curbside = { close };
})();
