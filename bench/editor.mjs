#!/usr/bin/env node
// The schedule editor in Chromium: 20 layers of daily turns over a quarter of the year, in a draft with 30 overrides.
//   node bench/editor.mjs [--rounds N] [--layers N] [--throttle N]
// Starts a server of its own (one process on SQLite; built by ./run once), prints one JSON line.
//   renderMs   from the click on "Quarter" until the frame that shows it is on the screen; what it shows has been fetched before
//   drag       frames a second while an override is dragged to and fro with one pointer event a frame, and the longest frame
// playwright-core is the console's (npm ci in src/Incidents.Web).
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { System, ADMIN } from '../tests/chaos/lib/system.mjs';
import { mark } from '../tests/chaos/lib/proc.mjs';
import { quantiles } from '../tests/chaos/lib/source.mjs';
import { options } from '../tests/chaos/lib/report.mjs';

const { chromium } = createRequire(fileURLToPath(new URL('../src/Incidents.Web/package.json', import.meta.url)))('playwright-core');
const o = options({ rounds: 15, layers: 20, throttle: 1, out: '' });
const day = 86_400_000;
const people = Array.from({ length: 24 }, (_, n) => `person-${n}`);
const iso = (at) => new Date(at).toISOString();

const organisation = {
  version: 1,
  calendars: [{ name: 'office', zone: 'Europe/Tallinn', businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }, night: { from: '22:00', to: '06:00' }, holidays: [] }],
  people: people.map((login, n) => ({ login, name: `Person Number ${n}`, email: `${login}@example.com`, zone: 'Europe/Tallinn', calendar: 'office', site: 'here', role: 'responder', contacts: [{ name: 'text', kind: 'sms', address: `+1555010${1000 + n}` }], notify: { high: [{ contact: 'text' }] } })),
  teams: [{ name: 'crew', lead: people[0], calendar: 'office', members: people }],
  pools: [{ name: 'A', rank: 1, mtta: '5m', slo: 99.9, coverage: 'always', policy: 'default', firstLineDeadline: '2m' }],
  schedules: [{
    name: 'crew', team: 'crew', pool: 'A', zone: 'Europe/Tallinn',
    layers: Array.from({ length: o.layers }, (_, n) => ({ name: `layer ${n + 1}`, position: n % 2 ? 'secondary' : 'primary', start: '2026-01-05T09:00', turn: '1d', slots: people.map((_, i) => [people[(i + n) % people.length]]) })),
  }],
  overrides: Array.from({ length: 30 }, (_, n) => ({ schedule: 'crew', from: iso(Math.floor(Date.now() / day) * day + (2 + 2 * n) * day), to: iso(Math.floor(Date.now() / day) * day + (3 + 2 * n) * day), add: people[n % people.length] })),
  policies: [{ name: 'default', repeat: 0, levels: [{ page: [{ schedule: 'own', position: 'primary' }], timeout: '5m' }], lastResort: { page: [{ person: people[0] }], every: '1h' } }],
  services: [{ name: 'checkout', team: 'crew', pool: 'A', schedule: 'crew' }],
};

const system = new System({ shape: 'sqlite' });
await system.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  await system.api.configure(organisation);
  const context = await browser.newContext({ baseURL: system.servers[0].url, viewport: { width: 1440, height: 1000 } }); await context.request.post('/signin', { form: { key: ADMIN } });
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto('/schedules/crew?draft=1&zoom=quarter');
  await page.locator('[data-override]').first().waitFor();
  // A draft: the first layer's order is another.
  await page.getByRole('button', { name: 'Edit layer layer 1', exact: true }).click();
  await page.locator('[data-grip]').first().press('ArrowDown');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('status').filter({ hasText: '1 change' }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-row^="layer "]').length > 1_000 && !document.querySelector('[aria-busy]'));
  await page.waitForTimeout(2_000);
  const cdp = await context.newCDPSession(page);
  if (o.throttle > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: o.throttle });

  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.filter(({ name }) => /^(Script|Layout|RecalcStyle|Task)Duration$/.test(name)).map(({ name, value }) => [name, 1000 * value]));
  const costs = { ScriptDuration: [], RecalcStyleDuration: [], LayoutDuration: [], TaskDuration: [] };
  const zoom = (name) => page.getByRole('radio', { name, exact: true });
  const times = []; let bars = 0;
  for (let round = 0; round < o.rounds; round++) {
    await zoom('Day').evaluate((radio) => radio.click());
    await page.waitForFunction(() => document.querySelector('[data-zoom]').dataset.zoom === 'day');
    await page.waitForTimeout(400);
    const before = await spent();
    const { ms, count } = await zoom('Quarter').evaluate(async (radio) => {
      const from = performance.now();
      radio.click();
      // Until it is there, and then until the frame that draws it is over.
      while (document.querySelector('[data-zoom]').dataset.zoom !== 'quarter' || document.querySelectorAll('[data-row^="layer "]').length < 1_000) await new Promise((frame) => requestAnimationFrame(frame));
      await new Promise((frame) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = frame; port2.postMessage(0); }));
      return { ms: performance.now() - from, count: document.querySelectorAll('[data-bar]').length };
    });
    const after = await spent();
    for (const name of Object.keys(costs)) costs[name].push(after[name] - before[name]);
    times.push(ms); bars = count;
  }

  const bar = page.locator('[data-override]').nth(10);
  const box = await bar.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y);
  const frames = page.evaluate(() => new Promise((done) => {
    const at = []; const from = performance.now();
    const next = (now) => { at.push(now); if (now - from < 4_000) requestAnimationFrame(next); else done(at); };
    requestAnimationFrame(next);
  }));
  let over = false; void frames.then(() => { over = true; });
  let moves = 0; const places = new Set();
  for (let step = 0; !over; step++, moves++) {
    await page.mouse.move(x + 200 * Math.sin(step / 20), y);
    if (step % 10 === 0) places.add(await bar.evaluate((element) => element.style.left));
  }
  const at = await frames;
  await page.mouse.up();
  const gaps = at.slice(1).map((now, index) => now - at[index]);
  console.log(JSON.stringify({
    mark: mark(), layers: o.layers, bars, throttle: o.throttle, renderMs: quantiles(times), cpuMs: Object.fromEntries(Object.entries(costs).map(([name, values]) => [name.replace('Duration', '').toLowerCase(), quantiles(values).p50])),
    drag: { framesASecond: Math.round((1000 * gaps.length) / (at.at(-1) - at[0])), longestFrameMs: Math.round(Math.max(...gaps)), frameMs: quantiles(gaps), moves, places: places.size },
  }));
} finally {
  await browser.close();
  await system.stop();
}
