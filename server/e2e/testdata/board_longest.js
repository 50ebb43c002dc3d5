// Draws so many calls of the longest numbers, at counters with the longest names,
// in the board's large field.
async (n) => {
  const { hero } = await import('/board/hero.js');
  const field = hero(), calls = [], visits = new Map(), counters = [];
  for (let i = 0; i < n; i++) {
    const id = `v${i}`, label = i % 2 ? `1${i}A` : 'Tiếp dân';
    visits.set(id, { id, number: i % 3 === 1 ? 'XD004' : 'XD1004', service: 's', state: 'called', counter: id, calls: 2 });
    counters.push({ id, label, name: { vi: '' }, services: ['s'] });
    calls.push({ id, counter: id, calls: 2, fresh: true });
  }
  field.draw({ open: true, visits, branch: { version: n, services: [{ id: 's', name: { vi: 'Đất đai, xây dựng' } }], counters } }, calls);
  document.querySelector('main .now').replaceWith(field.el);
  await document.fonts.ready;
}
