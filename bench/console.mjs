#!/usr/bin/env node
// The console's figures: the first page in Chromium, how soon an event is on open boards, what an idle board costs the server.
//   node bench/console.mjs [page] [events] [memory] [--shape sqlite|postgres] [--runs N] [--events N] [--boards N]
// Without a name all three. Starts a server of its own (built by ./run once), prints a table and one JSON line, and ends with 1
// when a target is missed.
//   page     a board of 40 incidents, each time a new browser profile (cold cache), processor throttled: first contentful paint,
//            until the rows are there, and the bytes that came over the line until then (event stream and service worker left out)
//   events   from an alert's accepted POST, and from an acknowledge's, to the slowest of 50 event streams and to a row in Chromium
//   memory   resident memory of the server before and with 1,000 open event streams, after all have been idle for a while
// With --shape postgres: two processes that serve boards, two that page, PostgreSQL and RabbitMQ. playwright-core is the console's.
import { createRequire } from 'node:module';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { System, ADMIN } from '../tests/chaos/lib/system.mjs';
import { organisation, GENERIC } from '../tests/chaos/lib/organisation.mjs';
import { mark, rssMB } from '../tests/chaos/lib/proc.mjs';
import { quantiles } from '../tests/chaos/lib/source.mjs';
import { options } from '../tests/chaos/lib/report.mjs';

const { chromium } = createRequire(fileURLToPath(new URL('../src/Incidents.Web/package.json', import.meta.url)))('playwright-core');
const parts = ['page', 'events', 'memory'];
const named = process.argv.slice(2).filter((word, i, all) => parts.includes(word) && !all[i - 1]?.startsWith('--'));
process.argv = process.argv.filter((word) => !named.includes(word));
const o = options({ shape: 'sqlite', runs: 9, throttle: 4, events: 30, readers: 50, boards: 1_000, idle: 30 });
const wanted = named.length ? named : parts;
const bearer = { authorization: `Bearer ${ADMIN}` };
const rows = [];
const row = (what, measured, unit, target) => rows.push({ what, measured, unit, target, missed: target !== undefined && !(measured <= target) });

/** One open board, as far as the server sees it. `on` gets what comes, with the time at which it came. */
function board(url, on = () => {}) {
  const agent = new http.Agent({ keepAlive: false });
  return new Promise((opened, failed) => {
    const call = http.get(`${url}/api/v1/events`, { agent, headers: { ...bearer, accept: 'text/event-stream' } }, (answer) => {
      if (answer.statusCode !== 200) { failed(new Error(`events: ${answer.statusCode}`)); return; }
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        const at = Date.now();
        text += part;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
          if (data) on(JSON.parse(data), at);
        }
        opened({ close: () => call.destroy() });
      });
      answer.on('error', () => {});
    });
    call.on('error', failed);
  });
}

let posted = 0;
async function alert(api, service = posted % 8) {
  const key = `bench-${posted++}`;
  const answer = await api.request('POST', `/integrations/${GENERIC}/generic`, { summary: `Checkout answers slowly (${key})`, dedupKey: key, status: 'firing', severity: 'error', service: `line${service}`, details: { host: `web-${posted % 5}`, key } });
  if (answer.status >= 300) throw new Error(`the alert was answered ${answer.status} ${answer.text}`);
  return key;
}
const open = async (api) => { const all = []; for await (const incident of api.incidents('')) all.push(incident); return all; };
async function until(what, done, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) { const result = await done(); if (result) return result; }
  throw new Error(`not within ${seconds} s: ${what}`);
}

async function firstPage(browser, system) {
  const paints = [], lists = []; let bytes = [];
  for (let run = 0; run <= o.runs; run++) {
    const context = await browser.newContext({ baseURL: system.fronts[0].url, viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block' }); await context.request.post('/signin', { form: { key: ADMIN } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: o.throttle });
    const asked = new Map(); let over = false;
    cdp.on('Network.requestWillBeSent', ({ requestId, request }) => { if (!over && !request.url.endsWith('/events')) asked.set(requestId, { url: request.url, size: 0 }); });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { const one = asked.get(requestId); if (one) one.size = encodedDataLength; });
    await page.goto('/');
    await page.waitForFunction(() => document.querySelectorAll('[data-incident]').length >= 40);
    const times = await page.evaluate(() => ({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, list: performance.now() }));
    over = true;
    await until('the first page has come whole', () => [...asked.values()].every(({ size }) => size > 0), 10);
    await context.close();
    if (run === 0) continue; // the server's own first time
    paints.push(times.paint); lists.push(times.list); bytes = [...asked.values()];
  }
  const kB = bytes.reduce((sum, { size }) => sum + size, 0) / 1024;
  const heaviest = bytes.sort((a, b) => b.size - a.size).slice(0, 6).map(({ url, size }) => `${new URL(url).pathname.split('/').at(-1) || 'index.html'} ${(size / 1024).toFixed(1)}`);
  row(`first contentful paint, ${o.throttle}x throttle, p50 of ${o.runs}`, quantiles(paints).p50, 'ms');
  row('the same, slowest', quantiles(paints).max, 'ms', 1_000);
  row('until 40 rows are in the page, p50', quantiles(lists).p50, 'ms');
  row(`first page over the line (${bytes.length} requests)`, Math.round(kB * 10) / 10, 'KiB', 250);
  return { paintMs: quantiles(paints), listMs: quantiles(lists), firstPageKiB: kB, heaviest };
}

async function events(browser, system) {
  const seen = new Map(); // number → times at which boards heard of it
  const told = ({ number }, at) => { if (!seen.has(number)) seen.set(number, []); seen.get(number).push(at); };
  const first = new Map(); // board and number, first time only
  const readers = await Promise.all(Array.from({ length: o.readers }, (_, i) => board(system.fronts[i % system.fronts.length].url, (fact, at) => {
    const key = `${i}/${fact.number}/${first.get('round')}`;
    if (fact.number === undefined || first.has(key)) return;
    first.set(key, at); told(fact, at);
  })));
  const context = await browser.newContext({ baseURL: system.fronts[0].url, viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block' }); await context.request.post('/signin', { form: { key: ADMIN } });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('[data-incident]').first().waitFor();
  await page.evaluate(() => {
    window.shown = new Map();
    const look = () => { for (const link of document.querySelectorAll('[data-incident] a[data-row]')) { const text = link.textContent; if (!window.shown.has(text)) window.shown.set(text, Date.now()); } };
    look(); new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  const { api } = system.fronts[0];
  const alerts = [], acknowledges = [], pages = [];
  try {
    for (let n = 0; n < o.events; n++) {
      first.set('round', n); seen.clear();
      const key = await alert(api);
      const accepted = Date.now();
      const heard = await until('all boards have heard of the incident', () => [...seen.entries()].find(([, times]) => times.length >= o.readers), 20);
      alerts.push(Math.max(...heard[1]) - accepted);
      const there = await until('the row is in the page', () => page.evaluate((wanted) => [...window.shown].find(([text]) => text.includes(wanted))?.[1], key), 20);
      pages.push(there - accepted);

      await pause(700); // the console gathers what follows an event within half a second
      first.set('round', `${n} again`); seen.clear();
      const from = Date.now();
      await api.sure('POST', `/api/v1/incidents/${heard[0]}/acknowledge`, {});
      const again = await until('all boards have heard of the acknowledge', () => { const times = seen.get(heard[0]); return times?.length >= o.readers && times; }, 20);
      acknowledges.push(Math.max(...again) - from);
      await pause(700);
    }
  } finally {
    readers.forEach((one) => one.close());
    await context.close();
  }
  row(`an alert's accepted POST to the slowest of ${o.readers} boards, p50 of ${o.events}`, quantiles(alerts).p50, 'ms');
  row('the same, slowest', quantiles(alerts).max, 'ms', 300);
  row('an acknowledge, from its POST to the slowest board, slowest', quantiles(acknowledges).max, 'ms', 300);
  row("an alert's accepted POST to its row in Chromium, p50", quantiles(pages).p50, 'ms');
  row('the same, slowest', quantiles(pages).max, 'ms');
  return { alertMs: quantiles(alerts), acknowledgeMs: quantiles(acknowledges), pageMs: quantiles(pages) };
}

async function memory(system) {
  const pids = system.fronts.map((server) => server.child.pid);
  const resident = async (seconds) => { const values = []; for (let n = 0; n < seconds; n++) { values.push(rssMB(pids)); await pause(1_000); } return quantiles(values).p50; };
  const many = async (count) => {
    const all = [];
    for (let n = 0; n < count; n += 50) all.push(...await Promise.all(Array.from({ length: Math.min(50, count - n) }, (_, i) => board(system.fronts[(n + i) % system.fronts.length].url))));
    return all;
  };
  // What serving boards needs once, whoever comes: it is not the price of a board.
  for (const one of await many(100)) one.close();
  await pause(3_000);
  const before = await resident(5);
  const boards = await many(o.boards);
  await pause(o.idle * 1_000);
  const after = await resident(5);
  boards.forEach((one) => one.close());
  const each = ((after - before) * 1024) / o.boards;
  row(`resident memory, ${system.fronts.length} process(es), before`, before, 'MiB');
  row(`with ${o.boards} idle boards for ${o.idle} s`, after, 'MiB');
  row('for each board', Math.round(each * 10) / 10, 'KiB', 100);
  return { beforeMiB: before, afterMiB: after, eachKiB: each };
}

const system = new System({ shape: o.shape });
await system.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const result = { shape: o.shape, mark: mark() };
try {
  await system.api.configure(organisation({ held: true }));
  for (let n = 0; n < 40; n++) await alert(system.fronts[0].api);
  await until('40 incidents are open', async () => (await open(system.api)).length >= 40);
  if (wanted.includes('memory')) result.memory = await memory(system);
  if (wanted.includes('events')) result.events = await events(browser, system);
  if (wanted.includes('page')) result.page = await firstPage(browser, system);
} finally {
  await browser.close();
  await system.stop();
}
console.log(`\n| ${o.shape}, mark ${result.mark} | measured | target |\n|---|---|---|`);
for (const { what, measured, unit, target, missed } of rows) console.log(`| ${what} | ${missed ? '**missed** ' : ''}${measured} ${unit} | ${target === undefined ? '' : `${target} ${unit}`} |`);
console.log(JSON.stringify(result));
process.exit(rows.some(({ missed }) => missed) ? 1 : 0);
