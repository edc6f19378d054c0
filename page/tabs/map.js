// The mentor map: a form, a drawing, a table. What is typed stays in this browser's storage and is never sent.
window.curbsideTabs = window.curbsideTabs || {};
(() => {
  const STORED = "curbside-mentor-map";
  const MOST = 40; // people; more cannot be read on one page
  const ROLES = ["mentor", "sponsor", "coach", "peer", "paid professional"];

  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /** Return the stored people, without whatever is not of this form. */
  const load = (keys) => {
    try {
      const stored = JSON.parse(localStorage.getItem(STORED) || "[]");
      return stored.filter((one) => one && typeof one.who === "string" && Array.isArray(one.domains)).slice(0, MOST).map((one) => ({
        who: one.who.slice(0, 24),
        role: ROLES.includes(one.role) ? one.role : ROLES[0],
        domains: keys.filter((key) => one.domains.includes(key)),
        recent: one.recent !== false,
      }));
    } catch {
      return [];
    }
  };
  const keep = (people) => {
    try {
      localStorage.setItem(STORED, JSON.stringify(people));
      return true;
    } catch {
      return false;
    }
  };

  /** Return at most three signs for a dot. */
  const initials = (who) => {
    const name = who.trim();
    if (name.length <= 3) return name;
    const parts = name.split(/[\s.-]+/).filter(Boolean);
    return parts.length > 1 ? parts.slice(0, 3).map((part) => [...part][0]).join("").toUpperCase() : [...name].slice(0, 2).join("");
  };
  const covered = (people, key) => people.some((one) => one.recent && one.domains.includes(key));
  const whoIn = (people, key) => people.filter((one) => one.domains.includes(key));
  const listed = (names) => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

  const SCREEN = { ink: "var(--cb-ink)", soft: "var(--cb-soft)", line: "var(--cb-line)", accent: "var(--cb-accent)", paper: "var(--cb-ground)", tint: "var(--cb-tint)", on: "var(--cb-on-accent)" };
  const PAPER = { ink: "#0f172a", soft: "#475569", line: "#cbd5e1", accent: "#0f766e", paper: "#ffffff", tint: "#ecfdf5", on: "#ffffff" };

  const point = (centre, radius, angle) => [centre + radius * Math.cos(angle), centre + radius * Math.sin(angle)];
  const number = (value) => value.toFixed(1);

  /** Return one part of the circle: its ground, its name, and a dot for each person in it. */
  const wedge = (domain, place, people, size, colour) => {
    const centre = size / 2;
    const outer = centre - 3;
    const inner = size * 0.09;
    const from = -Math.PI / 2 + (place - 0.5) * 2 * Math.PI / 5 + 0.02;
    const to = from + 2 * Math.PI / 5 - 0.04;
    const middle = (from + to) / 2;
    // at the sides, the name stands above the dots, not beside them
    const side = place === 1 ? 1 : place === 4 ? -1 : 0;
    const has = covered(people, domain.key);
    const corner = (radius, angle) => point(centre, radius, angle).map(number).join(" ");
    const path = `M${corner(inner, from)} L${corner(outer, from)} A${outer} ${outer} 0 0 1 ${corner(outer, to)} L${corner(inner, to)} A${inner} ${inner} 0 0 0 ${corner(inner, from)}Z`;
    const type = Math.max(12, size / 38);
    const words = domain.name.length > 12 ? domain.name.split(/ (?=\S+$)/) : [domain.name];
    const [labelX, labelY] = point(centre, outer - size * (side ? 0.12 : 0.095), middle - side * 0.36);
    const lines = words.map((line, row) => `<text x="${number(labelX)}" y="${number(labelY + (row - (words.length - 1) / 2) * type * 1.2 + type * 0.35)}" text-anchor="middle" font-size="${type}" font-weight="600" style="fill:${colour.ink}">${escaped(line)}</text>`).join("");
    return `<path d="${path}" style="fill:${has ? colour.tint : colour.paper};stroke:${has ? colour.accent : colour.soft}" stroke-width="1.5"${has ? "" : ' stroke-dasharray="5 4"'}/>${lines}${dots(whoIn(people, domain.key), middle + side * 0.08, size, colour)}`;
  };

  const dots = (people, middle, size, colour) => {
    const centre = size / 2;
    const radius = Math.max(13, size * 0.031);
    const rows = [[size * 0.29, 3], [size * 0.185, 2]];
    const most = 5;
    const shown = people.length > most ? people.slice(0, most - 1) : people;
    const marks = shown.map((one) => ({ text: initials(one.who), full: one.recent, title: `${one.who}, ${one.role}${one.recent ? "" : ", not talked with for six months"}` }));
    if (people.length > most) marks.push({ text: `+${people.length - shown.length}`, full: false, title: `${people.length - shown.length} more: see the table` });
    if (!marks.length) {
      const [x, y] = point(centre, size * 0.25, middle);
      return `<text x="${number(x)}" y="${number(y + 4)}" text-anchor="middle" font-size="${Math.max(12, size / 42)}" style="fill:${colour.soft}">nobody yet</text>`;
    }
    return rows.map(([distance, room], row) => {
      const here = row === 0 ? marks.slice(0, room) : marks.slice(rows[0][1]);
      return here.map((mark, place) => {
        const angle = middle + (place - (here.length - 1) / 2) * (radius * 2.25) / distance;
        const [x, y] = point(centre, distance, angle).map(number);
        const fill = mark.full ? colour.accent : colour.paper;
        return `<g><title>${escaped(mark.title)}</title><circle cx="${x}" cy="${y}" r="${number(radius)}" style="fill:${fill};stroke:${colour.accent}" stroke-width="1.5"/><text x="${x}" y="${number(Number(y) + radius * 0.32)}" text-anchor="middle" font-size="${number(radius * 0.82)}" font-weight="600" style="fill:${mark.full ? colour.on : colour.ink}">${escaped(mark.text)}</text></g>`;
      }).join("");
    }).join("");
  };

  /** Return the map as SVG, size by size pixels. */
  const draw = (domains, people, size, colour) => {
    const gaps = domains.filter((domain) => !covered(people, domain.key)).map((domain) => domain.name);
    const told = `${people.length} people. ${gaps.length ? `Without a current mentor: ${listed(gaps)}.` : "Every domain has a current mentor."} The table below says the same in words.`;
    const centre = size / 2;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" role="img" aria-label="Mentor map: ${escaped(told)}" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif">`
      + domains.map((domain, place) => wedge(domain, place, people, size, colour)).join("")
      + `<circle cx="${centre}" cy="${centre}" r="${number(size * 0.075)}" style="fill:${colour.ink}"/><text x="${centre}" y="${number(centre + 5)}" text-anchor="middle" font-size="${Math.max(13, size / 34)}" font-weight="700" style="fill:${colour.paper}">You</text></svg>`;
  };

  const markdown = (domains, people) => {
    const cell = (text) => text.replace(/([\\|`*_<>[\]])/g, "\\$1");
    const day = new Date().toISOString().slice(0, 10);
    const rows = domains.map((domain) => {
      const names = whoIn(people, domain.key).map((one) => `${cell(one.who)} (${one.role}${one.recent ? "" : ", not within six months"})`);
      return `| ${domain.name} | ${names.join(", ") || "nobody yet"} | ${covered(people, domain.key) ? "yes" : "no"} |`;
    });
    return `# Mentor map\n\n${day}\n\n| domain | who | current mentor |\n|---|---|---|\n${rows.join("\n")}\n`;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const savePicture = (svg, size) => new Promise((done, fail) => {
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size * 2;
      const pen = canvas.getContext("2d");
      pen.fillStyle = PAPER.paper;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => { save(blob, "mentor-map.png"); done(); }, "image/png");
    };
    picture.onerror = fail;
    // a data address, because a canvas that was painted from another origin cannot be read
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });

  const cited = (root) => {
    // a source is read in a dialogue of its own here: the conversation's panel stands in another tab
    let dialogue = document.getElementById("cb-map-source");
    if (!dialogue) {
      dialogue = document.createElement("dialog");
      dialogue.id = "cb-map-source";
      dialogue.setAttribute("aria-label", "Source");
      document.querySelector(".gradio-container").append(dialogue);
      dialogue.addEventListener("click", (event) => {
        if (event.target === dialogue || event.target.closest(".cb-dialog-close, a[href^='#']")) dialogue.close();
      });
    }
    root.addEventListener("click", (event) => {
      const mark = event.target.closest(".cb-cite");
      const source = mark && document.getElementById(mark.dataset.source);
      if (!source) return;
      event.stopPropagation();
      dialogue.innerHTML = `<button type="button" class="cb-dialog-close" aria-label="Close the source">✕</button><div class="cb-dialog-body">${source.innerHTML}</div>`;
      dialogue.showModal();
      const quote = dialogue.querySelector("mark");
      if (quote) quote.scrollIntoView({ block: "center" });
    });
  };

  window.curbsideTabs.map = (element, server) => {
    const root = element.querySelector(".cb-tab");
    const domains = JSON.parse(root.dataset.domains);
    const form = root.querySelector("form");
    const drawing = root.querySelector(".cb-map-drawing");
    const fault = root.querySelector(".cb-map-fault");
    const gaps = root.querySelector(".cb-map-gaps");
    const button = (name) => root.querySelector(`[data-do="${name}"]`);
    const read = () => load(domains.map((domain) => domain.key));
    let people = read();
    let isKept = true; // whether what is stored is what is shown
    let edited = -1;

    const tell = (text) => {
      fault.textContent = text;
      fault.hidden = !text;
    };
    const table = () => domains.map((domain) => {
      const names = people.map((one, place) => [one, place]).filter(([one]) => one.domains.includes(domain.key)).map(([one, place]) =>
        `<li><span>${escaped(one.who)} <small>${one.role}${one.recent ? "" : ", not within six months"}</small></span><span class="cb-map-edit"><button type="button" class="cb-link" data-edit="${place}" aria-label="Change ${escaped(one.who)}">Change</button><button type="button" class="cb-link" data-remove="${place}" aria-label="Remove ${escaped(one.who)}">Remove</button></span></li>`);
      return `<tr data-domain="${domain.key}"><th scope="row">${domain.name}</th><td data-label="Who">${names.length ? `<ul>${names.join("")}</ul>` : '<span class="cb-soft">nobody yet</span>'}</td></tr>`;
    }).join("");
    const guide = () => root.querySelectorAll(".cb-map-guidance [data-domain]").forEach((part) => {
      part.querySelector(".cb-gap").textContent = people.length && !covered(people, part.dataset.domain) ? "not covered on your map" : "";
    });
    const show = () => {
      const size = Math.round(Math.min(Math.max(drawing.clientWidth, 280), 520));
      drawing.innerHTML = draw(domains, people, size, SCREEN);
      root.querySelector(".cb-map-table tbody").innerHTML = table();
      const open = domains.filter((domain) => !covered(people, domain.key)).map((domain) => domain.name);
      gaps.textContent = !people.length ? "The map is empty. Add the first person who advises you."
        : open.length ? `Not covered by anybody you talked with lately: ${listed(open)}. See below whom to look for.`
          : "Every domain has somebody whom you talked with lately.";
      ["picture", "markdown", "clear"].forEach((name) => { button(name).disabled = !people.length; });
      guide();
    };
    const change = (next) => {
      people = next;
      isKept = keep(people);
      tell(isKept ? "" : "This browser does not let the page keep anything: the map is lost when the page is closed.");
      show();
    };
    const edit = (place) => {
      edited = place;
      const one = people[place];
      form.reset();
      if (one) {
        form.elements.who.value = one.who;
        form.elements.role.value = one.role;
        form.elements.recent.checked = one.recent;
        form.querySelectorAll('[name="domain"]').forEach((box) => { box.checked = one.domains.includes(box.value); });
      }
      form.querySelector('[type="submit"]').textContent = one ? "Save the change" : "Add to the map";
      button("cancel").hidden = !one;
      form.elements.who.focus();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const who = form.elements.who.value.trim();
      const chosen = [...form.querySelectorAll('[name="domain"]:checked')].map((box) => box.value);
      if (!who) return tell("Type initials or a name.");
      if (!chosen.length) return tell("Choose at least one domain that this person helps with.");
      if (edited < 0 && people.length >= MOST) return tell(`The map holds ${MOST} people; remove one first.`);
      const one = { who, role: form.elements.role.value, domains: chosen, recent: form.elements.recent.checked };
      change(edited < 0 ? [...people, one] : people.map((old, place) => (place === edited ? one : old)));
      edit(-1);
    });
    root.addEventListener("click", (event) => {
      const { edit: changed, remove, do: action } = event.target.closest("button")?.dataset ?? {};
      if (changed !== undefined) edit(Number(changed));
      else if (remove !== undefined) {
        change(people.filter((_, place) => place !== Number(remove)));
        edit(-1);
      } else if (action === "cancel") edit(-1);
      else if (action === "markdown") save(new Blob([markdown(domains, people)], { type: "text/markdown" }), "mentor-map.md");
      else if (action === "picture") savePicture(draw(domains, people, 640, PAPER), 640).catch(() => tell("The picture could not be made by this browser."));
      else if (action === "clear" && window.confirm("Remove everybody from the map? This cannot be undone.")) {
        change([]);
        edit(-1);
      }
    });
    // it is drawn to the width that there is, and read again, as another window may have changed it
    const again = () => {
      if (!element.isConnected || !drawing.clientWidth) return;
      if (isKept && edited < 0) people = read();
      show();
    };
    new ResizeObserver(again).observe(drawing);
    window.addEventListener("storage", (event) => {
      if (event.key === STORED || event.key === null) again();
    });
    cited(root.querySelector(".cb-map-guidance"));
    show();
    server.guidance(null).then((html) => {
      root.querySelector(".cb-map-guidance").innerHTML = html;
      guide();
    }).catch(() => {
      root.querySelector(".cb-map-guidance").innerHTML = '<p class="cb-empty" role="alert">The guidance could not be fetched. Load the page again to try once more.</p>';
    });
  };
})();
