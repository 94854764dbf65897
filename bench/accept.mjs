// How many alerts a second are accepted, one alert a POST, 2xx after commit; in turn with a peer that starts as fresh as we do.
// The load generator and the peers' adapters are those of the peer benchmark, whose folder is BENCH.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { organisation, ALERTMANAGER } from '../tests/chaos/lib/organisation.mjs';
import { cpuMs, mark } from '../tests/chaos/lib/proc.mjs';

const SINK = 18080;
const folder = () => {
  if (!process.env.BENCH) throw new Error('BENCH must name the folder of the peer benchmark (bench.mjs, peers/).');
  return process.env.BENCH;
};
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** One run: `count` alerts over `connections`, and what each process spent on an alert. */
async function measure(load, target, processes, o) {
  const before = processes.map(([, pid]) => cpuMs([pid])); const speed = mark();
  const r = await load({ ...target, concurrency: o.connections, batch: o.batch, count: o.count || 60_000, duration: 60 });
  const us = Object.fromEntries(processes.map(([name, pid], i) => [name, Math.round((cpuMs([pid]) - before[i]) * 1000 / Math.max(1, r.alerts_ok))]));
  return { perSecond: r.alerts_per_s, p50Ms: r.accept_ms?.p50, p99Ms: r.accept_ms?.p99, cpuUsAnAlert: us, notAccepted: r.requests - (r.codes[200] ?? 0), mark: speed };
}

/** A peer of the benchmark by its name, started on fresh state. */
async function peerRun(name, load, req, o) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'incidents-peer-')); fs.chmodSync(dir, 0o755); const children = new Set();
  const daemon = (command, args, { log, cwd, env, uid, gid } = {}) => {
    const out = log ? fs.openSync(log, 'a') : 'ignore'; const child = spawn(command, args, { stdio: ['ignore', out, out], cwd, uid, gid, env: { ...process.env, ...env } });
    const one = { pid: child.pid, dead: false, kill: (signal) => child.kill(signal), killTree: (signal) => child.kill(signal) };
    one.gone = new Promise((done) => child.once('exit', () => { one.dead = true; children.delete(child); done(); })); children.add(child); return one;
  };
  const stop = () => { for (const child of children) child.kill('SIGKILL'); }; process.once('exit', stop);
  try {
    const peer = (await import(pathToFileURL(path.join(folder(), 'peers', `${name}.mjs`)))).default({ dir, here: folder(), sinkPort: SINK, daemon, req, sleep: pause });
    await peer.start(peer.modes.A);
    const result = await measure(load, peer.load, peer.pids().peer.map((pid, i) => [`process${i + 1}`, pid]), o);
    await peer.stop(); if (peer.close) await peer.close();
    return result;
  } finally { stop(); process.off('exit', stop); fs.rmSync(dir, { recursive: true, force: true }); }
}

async function ownRun(make, load, o) {
  const system = make('all');
  try {
    // Configured by a process with all roles: one that only takes alerts in has no API.
    await system.start(); await system.api.configure(organisation({ held: true })); await pause(1000);
    const server = system.servers[0];
    if (o.roles !== 'all') { await server.drain(); server.settings.Roles = o.roles; await server.start(); await pause(500); }
    const [postgres, rabbitmq] = system.storePids();
    const processes = [['server', server.child.pid], ...(postgres ? [['postgres', postgres], ['rabbitmq', rabbitmq]] : [])];
    return await measure(load, { url: `${server.url}/integrations/${ALERTMANAGER}/alertmanager`, body: 'amwebhook' }, processes, o);
  } finally { await system.stop(); }
}

/** @param {(roles: string) => import('../tests/chaos/lib/system.mjs').System} make a fresh system @param {object} o options of the command line */
export async function accept(make, o) {
  const { load, req } = await import(pathToFileURL(path.join(folder(), 'bench.mjs'))); const rounds = [];
  for (let i = 0; i < o.rounds; i++) {
    const peer = o.peer ? await peerRun(o.peer, load, req, o) : undefined, own = await ownRun(make, load, o);
    rounds.push({ own, ...(peer ? { [o.peer]: peer, ratio: Math.round(own.perSecond / peer.perSecond * 100) / 100 } : {}) }); console.error(JSON.stringify(rounds.at(-1)));
  }
  return { connections: o.connections, batch: o.batch, perSecond: median(rounds.map((r) => r.own.perSecond)), p99Ms: median(rounds.map((r) => r.own.p99Ms)), ...(o.peer ? { ratio: median(rounds.map((r) => r.ratio)) } : {}), rounds };
}

/** SLOWSYNC_US: every flush of the database takes so much longer. PostgreSQL is preloaded by its script; SQLite is in the server itself. */
export function slowFlushes(shape, compile) {
  if (!Number(process.env.SLOWSYNC_US)) return;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'incidents-slowsync-')); fs.chmodSync(dir, 0o755);
  const library = path.join(dir, 'slowsync.so'); process.once('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
  compile('cc', ['-O2', '-shared', '-fPIC', '-o', library, path.join(folder(), 'peers/slowsync.c'), '-ldl']);
  process.env[shape === 'sqlite' ? 'LD_PRELOAD' : 'PRELOAD'] = library;
}
