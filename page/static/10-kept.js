// Conversations in this browser's own database, and nowhere else. Where the browser has none to give, they last as long
// as the page does.
(() => {
  const STORE = "conversations";
  const passing = new Map();
  let opened = null;

  const open = () => {
    opened = opened || new Promise((resolve) => {
      let request;
      try { request = indexedDB.open("curbside", 1); } catch { resolve(null); return; }
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    });
    return opened;
  };

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const within = async (mode, work, otherwise) => {
    const database = await open();
    if (!database) return otherwise();
    return done(work(database.transaction(STORE, mode).objectStore(STORE)));
  };

  window.curbside.kept = {
    // newest first
    all: async () => {
      const found = await within("readonly", (store) => store.getAll(), () => [...passing.values()]);
      return found.sort((one, other) => other.updated - one.updated);
    },
    get: (id) => within("readonly", (store) => store.get(id), () => passing.get(id)),
    put: (talk) => within("readwrite", (store) => store.put(talk), () => passing.set(talk.id, talk)),
    remove: (id) => within("readwrite", (store) => store.delete(id), () => passing.delete(id)),
    clear: () => within("readwrite", (store) => store.clear(), () => passing.clear()),
  };
})();
