#!/usr/bin/env node
// Rounds of faults. Each posts alerts at a fixed rate and breaks something at a random moment: kill -9 of a server process
// (drained now and then instead), of RabbitMQ (its data wiped, or left down, in some rounds), an immediate restart of
// PostgreSQL. What broke is started again, and every alert that was answered 2xx must have reached the vendor; at the end
// every one must be in exactly one incident, and all incidents must be closable by their sources.
//   node tests/chaos/chaos.mjs --shape sqlite|postgres [--rounds 5] [--rate 100] [--seconds 3] [--down 8] [--seed N] [--only FAULT]
//                              [--out FILE.jsonl] [--keep]
// --down: the longest that RabbitMQ stays away, in seconds (60 in the published runs). Ends with `N passed, N failed`.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { System } from './lib/system.mjs';
import { Vendor } from './lib/vendor.mjs';
import { Source, incidentsByKey, quantiles } from './lib/source.mjs';
import { organisation } from './lib/organisation.mjs';
import { options, Checks, randomFrom, repeats } from './lib/report.mjs';

const o = options({ shape: 'sqlite', rounds: 5, rate: 100, seconds: 3, down: 8, seed: Date.now() % 1_000_000, only: '', out: '', keep: false });
const random = randomFrom(o.seed);
const pick = (list) => list[Math.floor(random() * list.length)];

// name: what it does between break and repair. `patient`: pages must not wait for the repair.
const FAULTS = {
  'front killed': { shapes: ['postgres'], go: (s) => killAndRestart(pick(s.fronts)) },
  'pager killed': { shapes: ['postgres'], go: (s) => killAndRestart(pick(s.backs)) },
  'RabbitMQ wiped': { shapes: ['postgres'], go: async (s) => { await s.rabbitKill9(); await s.rabbitWipe(); await s.rabbitStart(); } },
  'PostgreSQL crashed': { shapes: ['postgres'], go: (s) => s.postgresRestart() },
  'RabbitMQ down': { shapes: ['postgres'], patient: true, go: async (s) => { await s.rabbitKill9(); await pause(o.down * 1000 * (0.5 + random() / 2)); await s.rabbitStart(); } },
  'RabbitMQ hangs': { shapes: ['postgres'], patient: true, go: async (s) => { await s.rabbitHang(); await pause(o.down * 1000 * (0.5 + random() / 2)); await s.rabbitWake(); } },
  'RabbitMQ killed': { shapes: ['postgres'], go: async (s) => { await s.rabbitKill9(); await s.rabbitStart(); } },
  'process killed': { shapes: ['sqlite'], go: (s) => killAndRestart(s.servers[0]) },
  'killed twice': { shapes: ['sqlite', 'postgres'], go: async (s) => { const server = pick(s.servers); await server.kill9(); server.launch(); await pause(random() * 1500); await server.kill9(); await server.start(); } },
  'process drained': { shapes: ['sqlite', 'postgres'], go: async (s) => { const server = pick(s.servers); await server.drain(); await server.start(); } },
};
async function killAndRestart(server) { await server.kill9(); await pause(random() * 1000); await server.start(); }


/** What a lost page leaves behind, for whoever has to find out why: the data as it is now, and when the round began. */
async function evidence(round, first, missing) {
  if (!o.keep) return;
  const wall = new Date(Date.now() - performance.now() + first.postedAt).toISOString();
  fs.writeFileSync(`${system.dir}/missing-${round + 1}.json`, JSON.stringify({ roundBegan: wall, missing }, null, 1));
  await system.dump(`${system.dir}/missing-${round + 1}.sql`);
}

const kinds = Object.keys(FAULTS).filter((name) => FAULTS[name].shapes.includes(o.shape) && name.includes(o.only));
// Each kind once in their order, then drawn; crashes of server processes most often.
const crashes = kinds.filter((name) => /killed/.test(name) && !/RabbitMQ/.test(name));
const faultOf = (round) => kinds[round] ?? pick([...kinds, ...crashes, ...crashes]);

const checks = new Checks();
const vendor = await new Vendor().start();
const system = new System({ shape: o.shape, settings: { ...vendor.settings(), ...Checks.fastVendor } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const rounds = [];
try {
  await system.start();
  await system.api.configure(organisation());
  await pause(1500);                                        // in force in every process within 1 s of the answer
  const source = new Source(system, o.seed.toString(36));
  console.log(`${o.shape}: ${o.rounds} rounds, ${o.rate}/s for ${o.seconds} s each, seed ${o.seed}`);

  for (let round = 0; round < o.rounds; round++) {
    const fault = faultOf(round);
    const flow = source.flow(o.rate, o.seconds);
    await pause(200 + random() * (o.seconds * 1000 - 400));
    const brokenAt = performance.now();
    const repair = FAULTS[fault].go(system); repair.catch(() => {});
    const alerts = await flow;
    const accepted = alerts.filter((alert) => alert.acceptedAt);
    if (!FAULTS[fault].patient) await repair;
    const missing = await source.paged(vendor, accepted, 60);
    if (missing.length) await evidence(round, alerts[0], missing);
    const late = quantiles(accepted.filter((alert) => vendor.byKey.has(alert.key)).map((alert) => vendor.byKey.get(alert.key)[0].at - alert.acceptedAt));
    await repair;
    rounds.push({ fault, posted: alerts.length, accepted: accepted.length, missing: missing.length, late });
    checks.that(missing.length === 0, `round ${round + 1}, ${fault} ${Math.round(brokenAt - alerts[0].postedAt)} ms after the first post: ${missing.length} of ${accepted.length} accepted alerts were never paged, ${missing.slice(0, 3).map((alert) => alert.key)}`);
    if (FAULTS[fault].patient) checks.that(late.max < 5000, `round ${round + 1}, ${fault}: a page waited ${late.max} ms for the broker`);
    await source.resolve(alerts);
    console.log(`  ${String(round + 1).padStart(3)} ${fault.padEnd(20)} ${accepted.length}/${alerts.length} accepted, ${missing.length} lost, accepted to vendor p50 ${late.p50} p99 ${late.p99} max ${late.max} ms`);
  }

  await Promise.all(system.servers.map((server) => server.ready()));
  let found; const end = performance.now() + 60_000;
  do { await pause(500); found = await incidentsByKey(system.api, source.run); } while ([...found.values()].flat().some((incident) => incident.status !== 'resolved') && performance.now() < end);
  const lost = source.accepted.filter((alert) => !found.has(alert.key));
  const twice = [...found].filter(([, incidents]) => incidents.length > 1);
  const open = [...found.values()].flat().filter((incident) => incident.status !== 'resolved');
  checks.that(lost.length === 0, `${lost.length} accepted alerts are in no incident: ${lost.slice(0, 5).map((alert) => alert.key)}`);
  checks.that(twice.length === 0, `${twice.length} alerts opened more than one incident: ${twice.slice(0, 5).map(([key]) => key)}`);
  checks.that(open.length === 0, `${open.length} incidents are still open after their sources said resolved: ${open.slice(0, 5).map((incident) => `${incident.number} ${incident.status}`)}`);

  const total = {
    shape: o.shape, rounds: o.rounds, rate: o.rate, seed: o.seed, posted: source.sent.size, accepted: source.accepted.length, refused: source.refused,
    lostPages: rounds.reduce((sum, r) => sum + r.missing, 0), lostIncidents: lost.length, incidentsTwice: twice.length, stillOpen: open.length,
    texts: vendor.requests.length, ...repeats(vendor, source), lookups: vendor.lookups,
    faults: Object.fromEntries(kinds.filter((k) => rounds.some((r) => r.fault === k)).map((k) => { const of = rounds.filter((r) => r.fault === k); return [k, { rounds: of.length, accepted: of.reduce((s, r) => s + r.accepted, 0), lost: of.reduce((s, r) => s + r.missing, 0), worstP99: Math.max(...of.map((r) => r.late.p99 ?? 0)), max: Math.max(...of.map((r) => r.late.max ?? 0)) }]; })),
  };
  console.log(`\n| ${o.shape}: fault | rounds | alerts accepted | lost | worst round's p99, accepted to vendor, ms | max ms |\n|---|---|---|---|---|---|`);
  for (const [name, f] of Object.entries(total.faults)) console.log(`| ${name} | ${f.rounds} | ${f.accepted} | ${f.lost} | ${Math.round(f.worstP99)} | ${Math.round(f.max)} |`);
  console.log(`\n${JSON.stringify(total)}`);
  if (o.out) fs.appendFileSync(o.out, `${JSON.stringify({ at: new Date().toISOString(), script: 'chaos', ...total })}\n`);
} catch (error) {
  checks.that(false, error.stack ?? String(error));
} finally {
  await system.stop({ keep: o.keep });
  vendor.stop();
}
checks.finish();
