// Opens a sheet's page of its own in a new window, for the printer. The page travels with the sheet.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sheet-page]");
    if (!button) return;
    const address = URL.createObjectURL(new Blob([button.dataset.sheetPage], { type: "text/html" }));
    window.open(address, "_blank", "noopener");
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  });
})();
