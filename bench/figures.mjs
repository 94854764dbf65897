#!/usr/bin/env node
// Figures that the peer benchmark has no case for. Each run starts its own system and prints one JSON line.
//   node bench/figures.mjs accept    alerts accepted a second, one a POST at 64 connections, in turn with --peer (needs BENCH)
//   node bench/figures.mjs latency   accepted to the vendor at 1/s (20 s) and 50/s (30 s)
//   node bench/figures.mjs timeouts  6,000 acknowledge timeouts due within one second: when was every next step at the vendor?
//   node bench/figures.mjs steady    the highest rate of new incidents at which the second step is late by less than 1 s (p99)
//   node bench/figures.mjs idle      100,000 open incidents: what does doing nothing cost, before and after?
//   node bench/figures.mjs start     cold start to ready and resident memory of the default shape, five starts
// --shape postgres|sqlite (start: sqlite)  --roles all|split, accept: all|ingest  --count N  --rate N (first rate of steady)
// --seconds N  --out FILE.jsonl; accept: --connections N  --batch N (alerts a POST)  --rounds N  --peer NAME (alertmanager)
// SLOWSYNC_US=1000: every flush of the database 1 ms slower (needs BENCH, for its slowsync.c).
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { System, SPLIT } from '../tests/chaos/lib/system.mjs';
import { Vendor } from '../tests/chaos/lib/vendor.mjs';
import { Source, quantiles } from '../tests/chaos/lib/source.mjs';
import { organisation, firstPhone, secondPhone, LINES } from '../tests/chaos/lib/organisation.mjs';
import { options, Checks } from '../tests/chaos/lib/report.mjs';
import { cpuMs, rssMB, mark } from '../tests/chaos/lib/proc.mjs';
import { accept as accepted, slowFlushes } from './accept.mjs';

const CASES = { accept, latency, timeouts, steady, idle, start };
const name = process.argv.splice(2, 1)[0];
const o = options({ shape: name === 'start' ? 'sqlite' : 'postgres', roles: 'all', count: 0, rate: 50, seconds: 15, connections: 64, batch: 1, rounds: 3, peer: '', out: '' });
if (!CASES[name]) { console.error(`node bench/figures.mjs ${Object.keys(CASES).join('|')}`); process.exit(2); }
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

slowFlushes(o.shape, execFileSync);
const vendor = await new Vendor({ callbacks: false }).start();
const make = (roles = o.roles) => new System({ shape: o.shape, roles: roles === 'split' ? SPLIT : [roles], settings: { ...vendor.settings(), ...Checks.fastVendor, 'Paging:Twilio:RatePerSecond': '100000' } });
const system = make();
const run = (Date.now() % 1_000_000).toString(36);
const texts = (key, phone) => vendor.byKey.get(key)?.filter((text) => text.to === phone) ?? [];
const firstOf = (alert) => texts(alert.key, firstPhone(alert.n % LINES))[0];
const secondOf = (alert) => texts(alert.key, secondPhone(alert.n % LINES))[0];
async function until(done, seconds) { const end = performance.now() + seconds * 1000; while (performance.now() < end) { if (await done()) return true; await pause(50); } return false; }
async function configured(how) { await system.start(); await system.api.configure(organisation(how)); await pause(1500); return new Source(system, run); }

async function accept() { return accepted(make, o); }

async function latency() {
  const source = await configured(); await source.flow(20, 2); await pause(1000); const result = {};
  const roots = [...system.servers.map((s) => s.child.pid), ...system.storePids()];
  for (const [rate, seconds] of [[1, 20], [50, 30]]) {
    const spent = cpuMs(roots); const alerts = (await source.flow(rate, seconds)).filter((alert) => alert.acceptedAt);
    await until(() => alerts.every(firstOf), 30); const cpu = Math.round((cpuMs(roots) - spent) / Math.max(1, alerts.length) * 10) / 10;
    // From writing the request, as the peers are measured, and from having read the answer.
    result[`${rate}/s`] = { alerts: alerts.length, missing: alerts.filter((a) => !firstOf(a)).length, cpuMsAnIncident: cpu, postedMs: quantiles(alerts.filter(firstOf).map((a) => firstOf(a).at - a.postedAt)), acceptMs: quantiles(alerts.map((a) => a.acceptedAt - a.postedAt)) };
  }
  return result;
}

async function timeouts() {
  const count = o.count || 6000; const source = await configured();
  const alerts = await source.burst(count); await until(() => alerts.every(firstOf), 120);
  // The due times are moved by hand so that all fall into one second, 3 s from now; all else is the product's own doing.
  await system.sql(`create temp table due as select i.number, i.timer_id, now() + interval '3 s' + random() * interval '1 s' as at from escalation.incidents i where i.title like '%ck.${run}.%' and i.timer_id is not null;
    update platform.messages m set next_publish_at = d.at, due_at = d.at from due d where m.id = d.timer_id; update escalation.incidents i set next_step_at = d.at from due d where i.number = d.number`);
  const rows = await system.sql(`select title, extract(epoch from next_step_at) * 1000 from escalation.incidents where title like '%ck.${run}.%'`);
  const due = new Map(rows.map(([title, at]) => [/ck\.[0-9a-z.]+/.exec(title)[0], Number(at)]));
  await until(() => alerts.every(secondOf), 120);
  const reached = alerts.filter(secondOf); const lates = reached.map((a) => secondOf(a).wall.getTime() - due.get(a.key));
  const from = Math.min(...due.values());
  return { timeouts: alerts.length, missing: alerts.length - reached.length, allSentAfterS: (Math.max(...reached.map((a) => secondOf(a).wall.getTime())) - from) / 1000, lateMs: quantiles(lates) };
}

async function steady() {
  const source = await configured({ timeout: '2s' }); const rates = []; let highest = 0;
  for (let rate = o.rate; rate <= 3200; rate = Math.round(rate * 1.5)) {
    const alerts = (await source.flow(rate, o.seconds)).filter((alert) => alert.acceptedAt);
    const all = await until(() => alerts.every(secondOf), 60); const good = alerts.filter((a) => firstOf(a) && secondOf(a));
    const late = quantiles(good.map((a) => secondOf(a).at - firstOf(a).at - 2000)), first = quantiles(alerts.filter(firstOf).map((a) => firstOf(a).at - a.acceptedAt));
    rates.push({ rate, accepted: alerts.length, all, firstMs: first, lateMs: late }); console.error(JSON.stringify(rates.at(-1)));
    if (!all || late.p99 >= 1000 || first.p99 >= 1000) break;
    highest = rate; await pause(2000);
  }
  return { highestSteadyPerSecond: highest, rates };
}

async function idle() {
  const count = o.count || 100_000; const source = await configured({ held: true });
  const roots = [...system.servers.map((s) => s.child.pid), ...system.storePids()];
  const quiet = async () => { await pause(5000); const from = cpuMs(roots), at = performance.now(); await pause(30_000); return Math.round((cpuMs(roots) - from) / (performance.now() - at) * 1000) / 10; };
  const before = { cpuPercent: await quiet(), rssMB: rssMB(system.servers.map((s) => s.child.pid)) };
  await source.burst(count);
  const opened = await until(async () => Number((await system.sql(`select count(*) from escalation.incidents where title like '%ck.${run}.%'`))[0][0]) === count && Number((await system.sql('select count(*) from platform.messages where published'))[0][0]) === 0, 900);
  await pause(20_000);
  const after = { cpuPercent: await quiet(), rssMB: rssMB(system.servers.map((s) => s.child.pid)) };
  return { incidents: count, opened, before, after };
}

async function start() {
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const fresh = make(); const from = performance.now(); await fresh.start(); const ready = Math.round(performance.now() - from);
    const pid = fresh.servers[0].child.pid; await pause(10_000); const idleMB = rssMB([pid]);
    for (let n = 0; n < 200; n++) await fresh.api.request('GET', '/api/v1/incidents');
    starts.push({ readyMs: ready, idleMB, after200RequestsMB: rssMB([pid]) }); await fresh.stop();
  }
  return { readyMs: quantiles(starts.map((s) => s.readyMs)), starts };
}

let code = 0;
try {
  const speed = mark(); const result = await CASES[name]();
  const line = JSON.stringify({ at: new Date().toISOString(), figure: name, shape: o.shape, roles: o.roles, flushSlowerUs: Number(process.env.SLOWSYNC_US ?? 0), mark: speed, ...result });
  console.log(line); if (o.out) fs.appendFileSync(o.out, `${line}\n`);
} catch (error) { console.error(error); code = 1; } finally { await system.stop(); vendor.stop(); }
process.exit(code);
