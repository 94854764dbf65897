// Starts, kills and restarts whole systems of one shape: server processes, and for `postgres` a PostgreSQL and a RabbitMQ.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { spawn, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Api } from './api.mjs';

const run = promisify(execFile);
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const script = (name) => path.join(root, 'tests/infra', name);
export const ADMIN = 'chaos-bootstrap-token-0123456789abcdef';

/** Must-show split: two processes that take alerts in, two that page. */
export const SPLIT = ['ingest,triage,web', 'ingest,triage,web', 'escalation,paging,scheduling', 'escalation,paging,scheduling'];

/** A free port below the range of outgoing connections, so that it is still free when a killed process comes back. */
export async function freePort(consecutive = 1) {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all(Array.from({ length: consecutive }, (_, i) => new Promise((done) => {
      const probe = net.createServer().once('error', () => done(false));
      probe.listen(first + i, '127.0.0.1', () => probe.close(() => done(true)));
    })));
    if (free.every(Boolean)) return first;
  }
}

export function serverAssembly() {
  if (process.env.INCIDENTS_SERVER_DLL) return process.env.INCIDENTS_SERVER_DLL;
  const candidates = [path.join(root, '.artifacts/run/server/Incidents.Server.dll'), path.join(root, '.artifacts/test/server/Incidents.Server.dll'),
    ...['Release', 'Debug'].map((c) => path.join(root, `src/Incidents.Server/bin/${c}/net10.0/Incidents.Server.dll`))].filter(fs.existsSync);
  if (!candidates.length) throw new Error('Build the server first (./run or dotnet build src/Incidents.Server).');
  return candidates.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0];
}

export class Server {
  constructor(name, settings, dir) {
    Object.assign(this, { name, settings, url: settings.Urls, log: path.join(dir, `${name}.log`), dir, child: null, starts: 0 });
    this.api = new Api(this.url, ADMIN);
  }

  get running() { return this.child !== null && this.child.exitCode === null && this.child.signalCode === null; }

  launch() {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INCIDENTS_')));
    for (const [key, value] of Object.entries(this.settings)) env['INCIDENTS__' + key.replaceAll(':', '__')] = value;
    const log = fs.openSync(this.log, 'a');
    this.child = spawn('dotnet', ['exec', serverAssembly(), '--empty'], { env: { ...env, DOTNET_gcServer: '0' }, cwd: this.dir, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    this.gone = new Promise((done) => this.child.once('exit', done));
    this.starts++;
  }

  async ready(seconds = 60) {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      if (!this.running) throw new Error(`${this.name} ended; the end of its log:\n${tail(this.log)}`);
      if (await this.api.isReady()) return;
      await pause(20);
    }
    throw new Error(`${this.name} was not ready after ${seconds} s; the end of its log:\n${tail(this.log)}`);
  }

  async start() { this.launch(); await this.ready(); }
  async kill9() { if (this.running) { this.child.kill('SIGKILL'); await this.gone; } }

  /** SIGTERM: finishes what it has, then ends. Returns the milliseconds that this took. */
  async drain(seconds = 60) {
    const from = performance.now();
    this.child.kill('SIGTERM');
    await Promise.race([this.gone, pause(seconds * 1000, undefined, { ref: false })]);
    if (this.running) { await this.kill9(); throw new Error(`${this.name} had not ended ${seconds} s after SIGTERM`); }
    return performance.now() - from;
  }
}

export class System {
  /** @param {{ shape: 'sqlite'|'postgres', roles?: string[], settings?: object }} options roles: one entry a process */
  constructor({ shape, roles, settings = {} }) {
    this.shape = shape;
    this.roles = roles ?? (shape === 'sqlite' ? ['all'] : SPLIT);
    this.settings = settings;
    this.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'incidents-chaos-'));
    fs.chmodSync(this.dir, 0o755);
    this.servers = [];
    process.once('exit', () => { for (const server of this.servers) if (server.running) server.child.kill('SIGKILL'); });
  }

  async start() {
    const shared = { 'Access:BootstrapToken': ADMIN, 'Links:SigningKey': 'chaos-link-signing-key-0123456789abcdef', ...this.settings };
    if (this.shape === 'postgres') {
      const [pg, mq] = [await freePort(), await freePort(3)];
      this.rabbitPort = mq; this.postgresPort = pg;
      const [connection, uri] = await Promise.all([this.#infra('postgres.sh', 'start', 'postgres', pg), this.#infra('rabbitmq.sh', 'start', 'rabbitmq', mq)]);
      Object.assign(shared, { 'Storage:Provider': 'Postgres', 'Storage:ConnectionString': connection, 'Bus:Transport': 'RabbitMq', 'Bus:Uri': uri });
    } else Object.assign(shared, { 'Storage:Provider': 'Sqlite', 'Bus:Transport': 'InMemory' });

    const ports = []; for (const _ of this.roles) { let port; do { port = await freePort(); } while (ports.includes(port)); ports.push(port); }
    const publicUrl = `http://127.0.0.1:${ports[0]}`;
    this.servers = this.roles.map((roles, i) => {
      const data = path.join(this.dir, `data${this.shape === 'sqlite' ? '' : i}`); fs.mkdirSync(data, { recursive: true });
      return new Server(`server${i + 1}`, { ...shared, Urls: `http://127.0.0.1:${ports[i]}`, PublicUrl: publicUrl, Roles: roles, DataDirectory: data }, this.dir);
    });
    // All at once: migrations under their lock are part of what is tested.
    for (const server of this.servers) server.launch();
    await Promise.all(this.servers.map((server) => server.ready()));
    return this;
  }

  /** Processes that take alerts in and answer the API. */
  get fronts() { return this.servers.filter((server) => /all|ingest/.test(server.settings.Roles)); }
  get backs() { return this.servers.filter((server) => /all|escalation/.test(server.settings.Roles)); }
  get api() { return (this.fronts.find((server) => server.running) ?? this.fronts[0]).api; }

  async #infra(name, command, folder, ...more) {
    const { stdout } = await run(script(name), [command, path.join(this.dir, folder), ...more.map(String)], { env: { ...process.env, ...(command === 'start' && more.length ? { OWNER_PID: String(process.pid) } : {}) } });
    return stdout.trim();
  }

  rabbitKill9() { return this.#infra('rabbitmq.sh', 'kill9', 'rabbitmq'); }
  rabbitHang() { return this.#infra('rabbitmq.sh', 'hang', 'rabbitmq'); }
  rabbitWake() { return this.#infra('rabbitmq.sh', 'wake', 'rabbitmq'); }
  rabbitWipe() { return this.#infra('rabbitmq.sh', 'wipe', 'rabbitmq'); }
  rabbitStart() { return this.#infra('rabbitmq.sh', 'start', 'rabbitmq', this.rabbitPort); }
  /** Process ids of PostgreSQL and RabbitMQ. */
  storePids() {
    if (this.shape === 'sqlite') return [];
    return ['postgres/data/postmaster.pid', 'rabbitmq/pid'].map((file) => Number(fs.readFileSync(path.join(this.dir, file), 'utf8').split('\n')[0]));
  }

  /** Rows of one query, fields as text. For what the API does not show; PostgreSQL only. */
  async sql(query) {
    const { stdout } = await run('psql', ['-qAt', '-F', '\t', '-h', '127.0.0.1', '-p', String(this.postgresPort), '-U', 'incidents', 'postgres', '-c', query], { maxBuffer: 1 << 28 });
    return stdout.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }

  /** All rows as they are now, in a file of SQL; nothing on SQLite, whose file is kept anyway. */
  async dump(file) {
    if (this.shape === 'postgres') await run('pg_dump', ['-h', '127.0.0.1', '-p', String(this.postgresPort), '-U', 'incidents', '--data-only', '-f', file, 'postgres']);
  }

  postgresRestart() { return this.#infra('postgres.sh', 'restart-immediate', 'postgres'); }

  async stop({ keep = false } = {}) {
    await Promise.all(this.servers.map((server) => server.kill9()));
    if (this.shape === 'postgres') await Promise.all([this.#infra('postgres.sh', 'stop', 'postgres'), this.#infra('rabbitmq.sh', 'stop', 'rabbitmq')]);
    if (keep) for (const folder of ['postgres', 'rabbitmq']) if (fs.existsSync(path.join(this.dir, folder))) fs.writeFileSync(path.join(this.dir, folder, 'keep'), '');
    if (keep) console.log(`Logs and data are in ${this.dir}`); else fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

export function tail(file, lines = 15) { try { return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'); } catch { return '(no log)'; } }
