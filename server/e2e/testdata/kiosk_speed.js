// Ears and hands for the tests that measure the kiosk. It runs in every page
// before the page's own modules.
(() => {
  // A second touch within 0.4 s is a tremor: visitors of a test come sooner.
  const stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp').get;
  let apart = 0;
  Object.defineProperty(Event.prototype, 'timeStamp', { get() { return stamp.call(this) + apart; } });
  const now = performance.now.bind(performance);

  // When what has just changed is on the screen: after the next frame.
  const drawn = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(now());
    port2.postMessage(0);
  });

  window.firstButton = 0;
  window.ticketSeen = 0;
  window.pressed = { seen: 0, frame: 0 };
  let touched = 0, waits = false;

  window.nextVisitor = () => {
    apart += 1000;
    window.ticketSeen = 0;
    window.pressed = { seen: 0, frame: 0 };
    waits = true;
  };

  addEventListener('pointerdown', (e) => {
    touched = stamp.call(e);
    const frame = window.pressed;
    drawn((at) => { frame.frame = at - touched; });
  }, true);

  const seen = () => document.querySelector('#stage[data-screen=ticket] [data-number]');
  let found = false;
  const look = () => {
    if (!found && document.querySelector('.tile:not(:disabled)')) {
      found = true;
      drawn((at) => { window.firstButton = at; });
    }
    if (!waits) return;
    const press = window.pressed;
    if (!press.began && document.querySelector('.down')) {
      press.began = true;
      drawn((at) => { press.seen = at - touched; });
    }
    if (seen()) {
      waits = false;
      drawn((at) => { window.ticketSeen = at - touched; });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'disabled', 'data-screen'] });

  // Waits without a clock, so that nothing is added to what is counted.
  const until = (done) => new Promise((resolve, reject) => {
    if (done()) return resolve();
    const late = setTimeout(() => { watch.disconnect(); reject(new Error(`the kiosk stays on ${document.getElementById('stage').dataset.screen}`)); }, 20_000);
    const watch = new MutationObserver(() => {
      if (!done()) return;
      clearTimeout(late);
      watch.disconnect();
      resolve();
    });
    watch.observe(document.getElementById('stage'), { subtree: true, childList: true, attributes: true });
  });
  const on = (name) => until(() => document.getElementById('stage').dataset.screen === name);
  const click = (selector) => {
    apart += 1000;
    const el = document.querySelector(`#stage ${selector}`);
    for (const kind of ['pointerdown', 'pointerup']) el.dispatchEvent(new PointerEvent(kind, { bubbles: true }));
    el.click();
  };

  window.visit = {
    async toConfirm(service) {
      click(`.tile[data-id=${service}]`);
      await on('confirm');
    },
    async home() {
      click('.acts button.go');
      await on('home');
    },
    /** Whole visits, one after the other, of the services in turn. */
    async many(from, to, services) {
      for (let n = from; n < to; n++) {
        await visit.toConfirm(services[n % services.length]);
        click('.acts button.go');
        await on('ticket');
        await visit.home();
      }
    },
  };

  // What the browser has fetched: bytes of the bodies as they came.
  window.fetched = () => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const part = (choose) => {
      const chosen = all.filter((e) => choose(new URL(e.name).pathname));
      return {
        Bytes: chosen.reduce((sum, e) => sum + e.encodedBodySize, 0), Files: chosen.length,
        List: chosen.map((e) => `${new URL(e.name).pathname} ${e.encodedBodySize}`).join(', '),
      };
    };
    const later = /\/(arrive|book|languages|speech)\.js$|\/i18n\/\w+\.(?!vi)\w+\.json$/, font = /\.woff2$/, data = /^\/(api|agent|readyz)/;
    return {
      Page: part((path) => !later.test(path) && !font.test(path) && !data.test(path)),
      Later: part((path) => later.test(path)), Fonts: part((path) => font.test(path)),
      quiet: all.every((e) => now() - e.responseEnd > 1000) && all.some((e) => /\.en\.json$/.test(e.name)),
    };
  };

  // Where the time went until the first button.
  window.startOf = () => {
    const ended = (test) => Math.round(Math.max(0, ...performance.getEntriesByType('resource').filter((e) => test.test(e.name)).map((e) => e.responseEnd)));
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const page = performance.getEntriesByType('navigation')[0];
    return `page ${Math.round(page.responseEnd)}, first paint ${Math.round(paint?.startTime ?? 0)}, styles ${ended(/\.css$/)}, modules ${ended(/\.js$/)}, tables ${ended(/vi\.json$/)}, button ${Math.round(window.firstButton)}`;
  };
})();
