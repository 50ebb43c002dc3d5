// Runs before a page's own modules where its states are gone through: the same
// hour of the same day stands on the screen whenever that is done.
(() => {
  const { shown, lookup } = sessionStorage;
  if (!shown) return;
  const { from, to } = JSON.parse(shown), ahead = to - from;
  const parse = JSON.parse, Real = Date;
  // Every time that is shown goes through `new Date(milliseconds)`.
  window.Date = class extends Real {
    constructor(...parts) {
      if (parts.length === 1 && typeof parts[0] === 'number') super(parts[0] + ahead);
      else super(...parts);
    }
  };
  // The hours of the calendar are written as the hall's clock has them.
  const moved = (hm) => {
    if (!hm) return hm;
    const [h, m] = hm.split(':').map(Number), all = (((h * 60 + m + Math.round(ahead / 60_000)) % 1440) + 1440) % 1440;
    return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
  };
  JSON.parse = (...args) => {
    const m = parse(...args), branch = m?.type === 'snapshot' && m.state.branch;
    if (branch) {
      for (const half of branch.halves ?? []) for (const at of ['from', 'to', 'cut_off']) half[at] = moved(half[at]);
      if (lookup) branch.lookup = true;
    }
    if (window.noPaperYet && m?.event?.kind?.startsWith('ticket.print')) m.event.kind = 'ticket.unprinted';
    return m;
  };
})();
