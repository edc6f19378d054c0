// Calls a function of the server by Gradio's own routes. Closing the connection stops the function.
(() => {
  const base = () => `${location.origin}${location.pathname.replace(/\/?$/, "/")}gradio_api/call/`;

  const events = async function* (body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        rest += value;
        const blocks = rest.split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) {
          const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
          yield fields;
        }
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  };

  // Yields what the function yields. Throws an Error whose message is a sentence for the reader.
  const stream = async function* (name, given, signal) {
    const unreachable = "Curbside cannot be reached. Check the connection and ask again.";
    let answer;
    try {
      const joined = await fetch(base() + name, {
        method: "POST", signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ data: given }),
      });
      if (joined.status === 503) throw Object.assign(new Error("Many people are asking just now. Ask again in a moment."), { told: true });
      if (!joined.ok) throw new Error(String(joined.status));
      answer = await fetch(`${base()}${name}/${(await joined.json()).event_id}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch (error) {
      if (signal && signal.aborted) return;
      throw error.told ? error : new Error(unreachable);
    }
    let finished = false;
    try {
      for await (const { event, data } of events(answer.body)) {
        if (event === "error") throw Object.assign(new Error("The question was not answered. Ask again."), { told: true });
        if (event === "generating" || event === "complete") yield JSON.parse(data)[0];
        if (event === "complete") { finished = true; return; }
      }
    } catch (error) {
      if (signal && signal.aborted) return;
      throw error.told ? error : new Error(unreachable);
    }
    if (!finished && !(signal && signal.aborted)) throw new Error(unreachable);
  };

  window.curbside.stream = stream;
  // Returns the last of what the function yields.
  window.curbside.call = async (name, given) => {
    let last = null;
    for await (const found of stream(name, given)) last = found;
    return last;
  };
})();
