// Ears for the test that measures the look-up's search: from a letter on a real
// keyboard until the list it asks for is on the screen.
(() => {
  const now = performance.now.bind(performance);
  // When what has just changed is on the screen: after the next frame.
  const drawn = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(now());
    port2.postMessage(0);
  });
  let typed = 0;
  window.listed = 0;
  addEventListener('keydown', (e) => {
    typed = e.timeStamp;
    window.listed = 0;
  }, true);
  new MutationObserver((changes) => {
    if (!typed || !changes.some((c) => c.target instanceof Element && c.target.closest('.results'))) return;
    const began = typed;
    typed = 0;
    drawn((at) => { window.listed = at - began; });
  }).observe(document, { subtree: true, childList: true });
})();
