// Light and dark: the system's choice until the reader makes one, which this browser remembers. Gradio keeps the choice
// as a class of the body and sets it anew when it starts, so the class is watched.
window.curbside = window.curbside || {};
(() => {
  const KEY = "curbside.theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const asked = new URLSearchParams(location.search).get("__theme");

  let printing = false;

  const read = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const isDark = () => {
    const chosen = read() || (asked === "dark" || asked === "light" ? asked : null);
    return chosen ? chosen === "dark" : system.matches;
  };

  const apply = () => {
    const dark = isDark() && !printing;
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    const button = document.querySelector('[data-cb="theme"]');
    if (button) button.setAttribute("aria-pressed", String(dark));
  };

  window.curbside.theme = {
    apply,
    turn: () => {
      try { localStorage.setItem(KEY, isDark() ? "light" : "dark"); } catch { return; }
      apply();
    },
  };
  new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  system.addEventListener("change", apply);
  // paper is white
  window.addEventListener("beforeprint", () => { printing = true; apply(); });
  window.addEventListener("afterprint", () => { printing = false; apply(); });
  apply();
})();
