// Screenshots of every page at phone and desktop width, in both colour schemes:
//   npm run shots -- <base url> <output folder> [page ...]
// FULL=1: whole pages instead of what the window shows.
// INCIDENTS_AS=ana signs in first, as a server with demo data allows on loopback.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [base = 'http://127.0.0.1:4173', folder = 'shots', ...only] = process.argv.slice(2);
const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const schemes = ['light', 'dark'];
const person = process.env.INCIDENTS_AS;

/** Fills in "Cover…" with the first person who may take over, and waits for the preview. */
async function cover(page) {
  await page.getByRole('button', { name: 'Cover…', exact: true }).click();
  const by = page.getByLabel('By', { exact: true });
  await by.selectOption({ index: 1 });
  await page.locator('[role=dialog] aside li, [role=dialog] aside p').first().waitFor();
  await page.waitForTimeout(1_500);
}

async function pagesOf(request) {
  const { items } = await (await request.get(`${base}/api/v1/incidents?limit=100`)).json();
  const schedules = (await (await request.get(`${base}/api/v1/schedules`)).json()).items;
  const soon = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
  const schedule = (schedules.find((one) => one.layers.length > 1) ?? schedules[0])?.name;
  const first = items.find((incident) => incident.status === 'triggered') ?? items[0];
  const second = items.find((incident) => incident.status === 'acknowledged');
  return {
    incidents: '/',
    ...(first && { incident: `/incidents/${first.number}` }),
    ...(second && { acknowledged: `/incidents/${second.number}` }),
    oncall: '/oncall',
    schedules: '/schedules',
    ...(schedule && {
      schedule: `/schedules/${schedule}?date=${soon}`,
      'schedule-day': `/schedules/${schedule}?zoom=day`,
      'schedule-month': `/schedules/${schedule}?zoom=month&form=timeline`,
      'schedule-list': `/schedules/${schedule}?form=list`,
      cover: { path: `/schedules/${schedule}?date=${soon}`, act: cover },
    }),
    me: '/me',
    services: '/services',
    service: '/services/checkout',
    policies: '/policies',
    policy: '/policies/default?service=checkout',
    people: '/people',
    person: '/people/ana',
    teams: '/teams',
    team: '/teams/payments',
    rules: '/rules',
    pay: '/pay',
    audit: '/audit',
    integrations: '/integrations',
    system: '/system',
  };
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
let faults = 0;
for (const scheme of schemes)
  for (const [name, viewport] of Object.entries(widths)) {
    const context = await browser.newContext({
      viewport,
      colorScheme: scheme,
      deviceScaleFactor: name === 'phone' ? 2 : 1,
      hasTouch: name === 'phone',
      isMobile: name === 'phone',
    });
    if (person) await context.request.post(`${base}/signin`, { form: { as: person, return: '/' } });
    const pages = await pagesOf(context.request);
    const page = await context.newPage();
    const report = (what) => {
      faults++;
      console.error(`${scheme} ${name}: ${what}`);
    };
    page.on('console', (message) => message.type() === 'error' && report(message.text()));
    page.on('pageerror', (error) => report(error.message));
    for (const [title, what] of Object.entries(pages)) {
      const { path, act } = typeof what === 'string' ? { path: what } : what;
      if (only.length && !only.includes(title)) continue;
      await page.goto(base + path);
      await page.waitForFunction(() => !document.querySelector('[aria-busy]') && document.querySelector('main')?.children.length);
      await act?.(page);
      await page.evaluate(() => document.fonts.ready);
      const wide = await page.evaluate((width) => document.documentElement.scrollWidth - width, viewport.width);
      if (wide > 0) report(`${path} is ${wide} px too wide`);
      await page.screenshot({ path: `${folder}/${title}-${name}-${scheme}.png`, fullPage: !!process.env.FULL });
    }
    await context.close();
  }
await browser.close();
process.exitCode = faults ? 1 : 0;
