#!/usr/bin/env node
// Two races, each against two processes with all roles on PostgreSQL and RabbitMQ:
//  1. the same alert posted 1,000 times by 64 connections opens one incident;
//  2. an acknowledge arrives around the moment at which the first level times out, N times: after the acknowledge's commit
//     no level starts, and nothing reaches the second phone later than 2 s after it. The moment is steered by who came first
//     so far, so that both sides win often on a fast and on a slow machine.
//   node tests/chaos/race.mjs [--rounds 1000] [--copies 1000] [--connections 64] [--rate 40] [--out FILE.jsonl] [--keep]
// 10,000 rounds in the published run. Ends with `N passed, N failed`.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { System } from './lib/system.mjs';
import { Vendor } from './lib/vendor.mjs';
import { quantiles } from './lib/source.mjs';
import { organisation, GENERIC, serviceOf, LINES, firstPhone, secondPhone } from './lib/organisation.mjs';
import { options, Checks } from './lib/report.mjs';

const o = options({ rounds: 1000, copies: 1000, connections: 64, rate: 40, out: '', keep: false });
const TIMEOUT = 2000;                                       // of level 1, ms
const checks = new Checks();
const vendor = await new Vendor().start();
const system = new System({ shape: 'postgres', roles: ['all', 'all'], settings: { ...vendor.settings(), ...Checks.fastVendor } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

async function copies(run) {
  const key = `ck.${run}.copies`; let next = 0; const codes = {};
  await Promise.all(Array.from({ length: o.connections }, async (_, connection) => {
    while (next++ < o.copies) {
      const { api } = system.servers[connection % 2];
      const answer = await api.request('POST', `/integrations/${GENERIC}/generic`, { summary: `One alert ${key}`, dedupKey: key, severity: 'critical', service: 'line0' });
      codes[answer.status] = (codes[answer.status] ?? 0) + 1;
    }
  }));
  const end = performance.now() + 20_000;
  while (!vendor.byKey.has(key) && performance.now() < end) await pause(20);
  await pause(1500);                                        // anything more would have come by now
  const incidents = []; for await (const incident of system.api.incidents()) if (incident.title.includes(key)) incidents.push(incident);
  checks.that(codes[202] === o.copies || codes[200] === o.copies, `not every copy was accepted: ${JSON.stringify(codes)}`);
  checks.that(incidents.length === 1, `${o.copies} copies opened ${incidents.length} incidents`);
  const texts = (vendor.byKey.get(key) ?? []).filter((text) => text.to === firstPhone(0)).length;
  checks.that(texts === 1, `${o.copies} copies sent ${texts} texts to the first phone`);
  for (const incident of incidents) await system.api.sure('POST', `/api/v1/incidents/${incident.number}/resolve`, {});
  return { copies: o.copies, answers: codes, incidents: incidents.length, texts };
}

async function acknowledges(run) {
  const races = []; let open = 0, next = performance.now();
  for (let n = 0; n < o.rounds; n++) {
    const wait = next - performance.now(); if (wait > 1) await pause(wait);
    // A machine that cannot keep the rate gets fewer races at a time, not later and later ones.
    while (open >= 3 * o.rate) await pause(20);
    next = Math.max(next, performance.now() - 1000) + 1000 / o.rate;
    open++; races.push(race(`ck.${run}.${n}`, n).finally(() => { open--; }));
  }
  return Promise.all(races);
}

let offset = 0;                                             // of the acknowledge from the timeout, ms
async function race(key, n) {
  const api = (i) => system.servers[i % 2].api;
  const opened = await api(n).request('POST', '/api/v1/incidents', { title: `Race ${key}`, service: serviceOf(n) }, {}, 60_000);
  if (opened.status !== 201) return { key, why: `opening: ${opened.status} ${opened.text.slice(0, 200)}` };
  const { number, openedAt, pagingStartsAt } = opened.json;
  const due = Date.parse(pagingStartsAt ?? openedAt) + TIMEOUT;
  await pause(Math.max(0, due + offset + (Math.random() * 60 - 30) - Date.now()));
  const acknowledged = await api(n + 1).request('POST', `/api/v1/incidents/${number}/acknowledge`, {}, {}, 60_000);
  const at = performance.now();
  if (acknowledged.status === 200) offset = Math.min(5000, Math.max(-500, offset + (acknowledged.json.level > 1 ? -1 : 1) * (n < o.rounds / 4 ? 6 : 1.5)));
  return acknowledged.status === 200 ? { key, n, number, at, level: acknowledged.json.level } : { key, why: `acknowledging: ${acknowledged.status} ${acknowledged.text.slice(0, 200)}` };
}

try {
  await system.start();
  await system.api.configure(organisation({ timeout: `${TIMEOUT / 1000}s`, every: '12h' }));
  await pause(1500);
  const run = (Date.now() % 1_000_000).toString(36);
  // The first of each kind compiles code for seconds on a busy machine; races are about running code.
  for (let i = 0; i < 40; i++) { const made = await system.servers[i % 2].api.request('POST', '/api/v1/incidents', { title: `Warm-up ${i}`, service: serviceOf(i) }); await pause(100); await system.servers[(i + 1) % 2].api.request('POST', `/api/v1/incidents/${made.json?.number}/acknowledge`, {}); }
  const first = await copies(run);
  console.log(JSON.stringify(first));

  const races = await acknowledges(run);
  await pause(4000);
  const broken = races.filter((r) => r.why); const good = races.filter((r) => !r.why);
  checks.that(broken.length === 0, `${broken.length} rounds had no answer: ${broken[0]?.why}`);

  const trails = []; let texted = 0, notFirst = 0; const afterLimit = [], phones = new Set(Array.from({ length: LINES }, (_, i) => secondPhone(i)));
  for (const r of good) {
    const second = (vendor.byKey.get(r.key) ?? []).filter((text) => phones.has(text.to));
    if (!(vendor.byKey.get(r.key) ?? []).some((text) => text.to === firstPhone(r.n % LINES))) notFirst++;
    if (second.length) texted++;
    for (const text of second) { if (text.at > r.at) trails.push(text.at - r.at); if (text.at > r.at + 2000) afterLimit.push(r.key); }
  }
  // A row's number is given under the incident's lock, so within one incident it is the order of the commits.
  const startedAfter = await system.sql(`select i.title from escalation.incidents i join escalation.timeline a on a.incident = i.number and a.kind = 'acknowledged'
    where i.title like '%ck.${run}.%' and exists (select 1 from escalation.timeline l where l.incident = i.number and l.kind = 'levelStarted' and l.id > a.id)`);
  // Both times are taken before the lock is waited for: 50 ms is room for that wait, not for a claim that ignores the acknowledge.
  const claimedAfter = await system.sql(`select i.title from escalation.incidents i join paging.attempts a on a.incident = i.id and a.kind = 'Page'
    where i.title like '%ck.${run}.%' and a.first_claim_at > i.acknowledged_at + interval '50 milliseconds'`);
  const acknowledgedOnce = await system.sql(`select count(*) from escalation.timeline a join escalation.incidents i on i.number = a.incident where a.kind = 'acknowledged' and i.title like '%ck.${run}.%'`);
  checks.that(Number(acknowledgedOnce[0][0]) === good.length, `${acknowledgedOnce[0][0]} acknowledged entries for ${good.length} acknowledges`);
  checks.that(claimedAfter.length === 0, `an attempt was claimed after the acknowledge in ${claimedAfter.length} rounds: ${claimedAfter.slice(0, 5)}`);
  checks.that(startedAfter.length === 0, `after the acknowledge a level started in ${startedAfter.length} rounds: ${startedAfter.slice(0, 5)}`);
  checks.that(afterLimit.length === 0, `the vendor heard of ${afterLimit.length} pages later than 2 s after the acknowledge: ${afterLimit.slice(0, 5)}`);
  const escalated = good.filter((r) => r.level > 1).length;
  const second = { rounds: o.rounds, acknowledgedFirst: good.length - escalated, timeoutFirst: escalated, secondTexted: texted, acknowledgedBeforeTheFirstPage: notFirst, lastOffsetMs: offset, textsAfterAcknowledge: trails.length, trailMs: quantiles(trails), levelStartedAfterAcknowledge: startedAfter.length, claimedAfterAcknowledge: claimedAfter.length };
  // A race in which one side always wins would show nothing.
  checks.that(o.rounds < 200 || (escalated > o.rounds / 50 && escalated < o.rounds * 0.98), `the race was one-sided: the timeout came first in ${escalated} of ${o.rounds}`);
  console.log(JSON.stringify(second));
  if (o.out) fs.appendFileSync(o.out, `${JSON.stringify({ at: new Date().toISOString(), script: 'race', ...first, ...second })}\n`);
} catch (error) {
  checks.that(false, error.stack ?? String(error));
} finally {
  await system.stop({ keep: o.keep });
  vendor.stop();
}
checks.finish();
