// The tab on how well it works: fetches the last report when the tab is opened.
window.curbsideTabs = window.curbsideTabs || {};
window.curbsideTabs.report = (element, server) => {
  const place = element.querySelector(".cb-tab");
  server.report(null).then((html) => {
    place.innerHTML = html;
  }).catch(() => {
    place.innerHTML = '<p class="cb-empty" role="alert">The report could not be fetched. Load the page again to try once more.</p>';
  });
};
