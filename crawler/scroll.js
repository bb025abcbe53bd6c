// Scrolls a list down until it no longer moves. Rows with links that the list takes away on the way are put back where they were, so that
// the page as it is read in the end holds all of them. Bounded by steps and by time.
async ({ steps, limit_ms }) => {
  const gone = [];
  const watch = new MutationObserver((records) => {
    for (const record of records)
      for (const node of record.removedNodes)
        if (node.nodeType === 1 && (node.matches("a[href]") || node.querySelector("a[href]"))) gone.push([record.target, node]);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  const began = Date.now();
  for (let step = 0, still = 0, before = -1; step < steps && still < 5 && Date.now() - began < limit_ms; step++) {
    window.scrollBy(0, window.innerHeight * 0.8);
    await new Promise((ready) => setTimeout(ready, 200));
    still = window.scrollY === before ? still + 1 : 0;
    before = window.scrollY;
  }
  watch.disconnect();
  for (const [place, node] of gone) if (!node.isConnected) (place.isConnected ? place : document.body).append(node);
}
