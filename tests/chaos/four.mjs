#!/usr/bin/env node
// Four processes on PostgreSQL and RabbitMQ, two that take alerts in and two that page: 30 incidents a second, while one of
// each kind is killed and one of each is drained. Each incident pages its first person at once and its second after 5 s.
// Nothing may be lost; nobody may be paged twice for one step, except for what was under way in a killed process (counted).
//   node tests/chaos/four.mjs [--seconds 120] [--rate 30] [--out FILE.jsonl] [--keep]
// Ends with `N passed, N failed`.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { System } from './lib/system.mjs';
import { Vendor } from './lib/vendor.mjs';
import { Source, incidentsByKey, quantiles } from './lib/source.mjs';
import { organisation, firstPhone, secondPhone, LINES } from './lib/organisation.mjs';
import { options, Checks } from './lib/report.mjs';

const o = options({ seconds: 120, rate: 30, out: '', keep: false });
const checks = new Checks();
const vendor = await new Vendor().start();
const system = new System({ shape: 'postgres', settings: { ...vendor.settings(), ...Checks.fastVendor } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
try {
  await system.start();
  await system.api.configure(organisation({ timeout: '5s' }));
  await pause(1500);
  const source = new Source(system, (Date.now() % 1_000_000).toString(36), { tries: 6 });
  const [front, otherFront] = system.fronts, [back, otherBack] = system.backs;
  const kills = [], drains = []; const at = (part) => pause(o.seconds * 1000 * part);
  const flow = source.flow(o.rate, o.seconds);
  const faults = (async () => {
    await at(0.15); kills.push({ what: 'pager', at: performance.now() }); await back.kill9(); await pause(1000); await back.start();
    await at(0.15); kills.push({ what: 'front', at: performance.now() }); await front.kill9(); await pause(1000); await front.start();
    await at(0.15); drains.push({ what: 'pager', ms: Math.round(await otherBack.drain()) }); await otherBack.start();
    await at(0.15); drains.push({ what: 'front', ms: Math.round(await otherFront.drain()) }); await otherFront.start();
  })();
  faults.catch(() => {});
  const alerts = await flow; await faults;
  const accepted = alerts.filter((alert) => alert.acceptedAt);

  const wanted = (alert) => [firstPhone(alert.n % LINES), secondPhone(alert.n % LINES)];
  const end = performance.now() + 60_000; let missing = accepted;
  const reached = (alert, phone) => vendor.byKey.get(alert.key)?.filter((text) => text.to === phone) ?? [];
  do { missing = missing.filter((alert) => wanted(alert).some((phone) => !reached(alert, phone).length)); if (missing.length) await pause(100); } while (missing.length && performance.now() < end);
  await pause(3000);
  const found = await incidentsByKey(system.api, source.run);

  // One step pages one phone once. What came twice must have been under way when a process was killed, and taken over within its lease.
  let excused = 0; const unexcused = [];
  for (const alert of accepted) for (const phone of wanted(alert)) {
    const texts = reached(alert, phone); if (texts.length < 2) continue;
    const near = kills.some((kill) => texts[0].at > kill.at - 2000 && texts[0].at < kill.at + 2000);
    if (near) excused += texts.length - 1; else unexcused.push(`${alert.key} to ${phone}: ${new Set(texts.map((text) => text.attempt)).size} attempts, ${texts.map((text) => Math.round(text.at - alert.acceptedAt))} ms after the accept`);
  }
  const lost = accepted.filter((alert) => !found.has(alert.key)), twice = [...found].filter(([, incidents]) => incidents.length > 1);
  const steps = [0, 1].map((i) => quantiles(accepted.flatMap((alert) => reached(alert, wanted(alert)[i]).slice(0, 1).map((text) => text.at - alert.acceptedAt - i * 5000))));
  checks.that(missing.length === 0, `${missing.length} of ${accepted.length} accepted alerts did not reach both phones: ${missing.slice(0, 3).map((alert) => alert.key)}`);
  checks.that(lost.length === 0, `${lost.length} accepted alerts are in no incident: ${lost.slice(0, 3).map((alert) => alert.key)}`);
  checks.that(twice.length === 0, `${twice.length} alerts opened more than one incident`);
  checks.that(unexcused.length === 0, `${unexcused.length} people were paged twice for one step with no crash near: ${unexcused.slice(0, 3).join('; ')}`);
  checks.that(accepted.length === alerts.length, `only ${accepted.length} of ${alerts.length} posts were accepted: ${JSON.stringify(source.refused)}`);
  const total = { seconds: o.seconds, rate: o.rate, posted: alerts.length, accepted: accepted.length, refused: source.refused, lost: lost.length + missing.length, pagedTwiceAtACrash: excused, pagedTwiceOtherwise: unexcused.length, firstPageMs: steps[0], secondPageLateMs: steps[1], drains };
  console.log(JSON.stringify(total));
  if (o.out) fs.appendFileSync(o.out, `${JSON.stringify({ at: new Date().toISOString(), script: 'four', ...total })}\n`);
} catch (error) {
  checks.that(false, error.stack ?? String(error));
} finally {
  await system.stop({ keep: o.keep });
  vendor.stop();
}
checks.finish();
