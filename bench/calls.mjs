#!/usr/bin/env node
// Pages to the vendor: calls a second that two processes make together, and one page of pool A behind a queue. Each prints one JSON line.
//   node bench/calls.mjs rate     --limit 250 --calls 2500   two processes, one limit, a simulated vendor that answers after 50 ms
//   node bench/calls.mjs urgent   --limit 50 --queued 300    300 calls of low urgency wait, then one page of pool A: when is it at the vendor?
// Needs the server and tests/Incidents.Simulator.Trial built. PostgreSQL and RabbitMQ of its own; about half a minute.
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { System, freePort, root } from '../tests/chaos/lib/system.mjs';
import { GENERIC } from '../tests/chaos/lib/organisation.mjs';
import { Api } from '../tests/chaos/lib/api.mjs';
import { options } from '../tests/chaos/lib/report.mjs';
import { mark } from '../tests/chaos/lib/proc.mjs';

const CASES = { rate, urgent };
const name = process.argv.splice(2, 1)[0];
const o = options({ limit: name === 'urgent' ? 50 : 250, calls: 2500, queued: 300, delay: 50, out: '' });
if (!CASES[name]) { console.error(`node bench/calls.mjs ${Object.keys(CASES).join('|')}`); process.exit(2); }
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const GROUP = 100;                                       // people whom one incident pages
const phone = (i) => `+15551${String(i).padStart(6, '0')}`;

/** The simulator in a process of its own, as a vendor is. */
async function simulator() {
  const port = await freePort();
  const file = path.join(root, 'tests/Incidents.Simulator.Trial/bin/Release/net10.0/Incidents.Simulator.Trial.dll');
  if (!fs.existsSync(file)) throw new Error('Build tests/Incidents.Simulator.Trial (Release) first.');
  const child = spawn('dotnet', ['exec', file], { env: { ...process.env, Urls: `http://127.0.0.1:${port}` }, stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const api = new Api(`http://127.0.0.1:${port}/simulator/api`);
  for (let i = 0; i < 200 && (await api.request('GET', '/stats')).status !== 200; i++) await pause(50);
  await api.sure('POST', '/faults', { delay: `${o.delay}ms`, on: 'calls' });
  return { child, api, url: `http://127.0.0.1:${port}` };
}

function organisation(groups) {
  const people = Array.from({ length: groups * GROUP + 1 }, (_, i) => ({
    login: `p${i}`, name: `p${i}`, email: `p${i}@example.com`, zone: 'Etc/UTC', calendar: 'always', site: 'here', role: 'responder',
    contacts: [{ name: 'mobile', kind: 'voice', address: phone(i) }], notify: { high: [{ contact: 'mobile' }] },
  }));
  const of = (name, logins, pool) => ({ name, logins, pool });
  const lines = [...Array.from({ length: groups }, (_, g) => of(`group${g}`, people.slice(g * GROUP, (g + 1) * GROUP).map((p) => p.login), 'B')), of('urgent', [people.at(-1).login], 'A')];
  const pool = (name, rank) => ({ name, rank, mtta: '12h', levelTimeout: '12h', slo: 99.9, coverage: 'always', policy: 'urgent', firstLineDeadline: '2m' });
  return {
    version: 1,
    calendars: [{ name: 'always', zone: 'Etc/UTC', businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }, night: { from: '22:00', to: '06:00' }, holidays: [] }],
    people, pools: [pool('A', 1), pool('B', 2)],
    teams: [{ name: 'crew', lead: 'p0', calendar: 'always', members: people.map((p) => p.login) }],
    schedules: lines.map((l) => ({ name: l.name, team: 'crew', pool: l.pool, zone: 'Etc/UTC', layers: [{ name: 'weekly', position: 'primary', start: '2026-01-05T00:00', turn: '1w', slots: [[l.logins[0]]] }] })),
    policies: lines.map((l) => ({ name: l.name, repeat: 0, levels: [{ page: l.logins.map((person) => ({ person })), timeout: '12h' }], lastResort: { page: [{ person: l.logins[0] }], every: '12h' } })),
    services: lines.map((l) => ({ name: l.name, team: 'crew', pool: l.pool, schedule: l.name, policy: l.name })),
    integrations: [{ name: 'generic', kind: 'generic', key: GENERIC, service: { label: 'service', default: 'urgent' }, urgency: { label: 'severity', low: 'warning|info' } }],
  };
}

const vendor = await simulator();
const system = new System({
  shape: 'postgres', roles: ['all', 'all'],
  settings: {
    'Simulator:Enabled': 'false', 'Paging:Twilio:ApiBaseUrl': `${vendor.url}/simulator/twilio`, 'Paging:Twilio:AccountSid': 'AC00000000000000000000000000000001',
    'Paging:Twilio:AuthToken': 'simulator-token', 'Paging:Twilio:From': '+15550100000', 'Paging:Twilio:RatePerSecond': String(o.limit),
  },
});
const alert = (service, severity) => system.api.sure('POST', `/integrations/${GENERIC}/generic`, { summary: `${service} fails`, dedupKey: `${service}-${Date.now()}`, status: 'firing', severity, service, details: { severity } });
const calls = async () => (await vendor.api.sure('GET', '/calls?limit=10000')).json.items.map((c) => ({ to: c.to, at: Date.parse(c.receivedAt) })).sort((a, b) => a.at - b.at);
async function until(done, seconds) { const end = performance.now() + seconds * 1000; while (performance.now() < end) { if (await done()) return true; await pause(100); } return false; }

/** How many of these instants fall into each window of so many milliseconds. */
function windows(instants, width) { const count = new Map(); for (const at of instants) { const slot = Math.floor(at / width); count.set(slot, (count.get(slot) ?? 0) + 1); } return [...count.values()]; }

async function rate() {
  const groups = Math.ceil(o.calls / GROUP);
  await system.start(); await system.api.configure(organisation(groups)); await pause(1500);
  for (let g = 0; g < groups; g++) await alert(`group${g}`, 'critical');
  const all = await until(async () => (await calls()).length >= groups * GROUP, 60); await pause(1000);
  const made = await calls(); const span = (made.at(-1).at - made[0].at) / 1000; const seconds = windows(made.map((c) => c.at), 1000);
  // Who made it: each process claims for itself.
  const metrics = await Promise.all(system.servers.map(async (s) => Number(/incidents_paging_vendor_time[a-z_]*_count\{[^}]*vendor="twilio"[^}]*\} ([0-9.]+)/.exec((await s.api.request('GET', '/metrics')).text)?.[1] ?? 0)));
  return { limitPerSecond: o.limit, processes: 2, latencyMs: o.delay, calls: made.length, all, twice: made.length - new Set(made.map((c) => c.to)).size, spanS: span, perSecond: Math.round(made.length / span * 10) / 10, mostInASecond: Math.max(...seconds), mostInATenth: Math.max(...windows(made.map((c) => c.at), 100)), requestsOfProcess: metrics };
}

async function urgent() {
  const groups = Math.ceil(o.queued / GROUP);
  await system.start(); await system.api.configure(organisation(groups)); await pause(1500);
  for (let g = 0; g < groups; g++) await alert(`group${g}`, 'info');
  await until(async () => Number((await system.sql("select count(*) from paging.attempts"))[0][0]) >= groups * GROUP, 20);
  const waiting = Number((await system.sql("select count(*) from paging.attempts where state = 'Waiting'"))[0][0]);
  const target = phone(groups * GROUP), from = Date.now();
  await alert('urgent', 'critical'); const accepted = Date.now();
  await until(async () => (await calls()).some((c) => c.to === target), 30);
  const made = await calls(); const mine = made.find((c) => c.to === target);
  return { limitPerSecond: o.limit, latencyMs: o.delay, queued: groups * GROUP, waitingThen: waiting, postedToVendorMs: mine.at - from, acceptedToVendorMs: mine.at - accepted, callsBetween: made.filter((c) => c.at > accepted && c.at < mine.at).length };
}

let code = 0;
try {
  const line = JSON.stringify({ at: new Date().toISOString(), figure: name, mark: mark(), ...(await CASES[name]()) });
  console.log(line); if (o.out) fs.appendFileSync(o.out, `${line}\n`);
} catch (error) { console.error(error); code = 1; } finally { await system.stop(); vendor.child.kill(); }
process.exit(code);
