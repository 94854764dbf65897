// Incidents as a peer of the benchmark (its cases A to E): node $BENCH/peers.mjs bench/incidents.mjs ABCDE
//   INCIDENTS_SHAPE=postgres|sqlite   PostgreSQL and RabbitMQ (default), or one process on SQLite
//   INCIDENTS_ROLES=all|split|LIST    one process (default); the four of the split shape; or role sets, `;` between processes.
//                                     `ingest` alone measures the accept by itself
//   SLOWSYNC_US=1000                  every flush of the database that much slower (the benchmark's slowsync.c)
// Modes: accept (pages held back by the person's own rule), notify (texted at once), escalate (a second person after 20 s).
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serverAssembly, SPLIT, ADMIN } from '../tests/chaos/lib/system.mjs';

const infra = path.join(path.dirname(fileURLToPath(import.meta.url)), '../tests/infra');
const KEY = 'bench-alertmanager-key-0123456789', FIRST = '+15550100001', SECOND = '+15550100002';
const PORT = 19180, PG = 15979, MQ = 15990, RELAY = 19179, ESCALATE = 20;

function organisation(mode) {
  const person = (login, address) => ({
    login, name: login, email: `${login}@example.com`, zone: 'Etc/UTC', calendar: 'always', site: 'here', role: 'responder',
    contacts: [{ name: 'text', kind: 'sms', address }], notify: { high: [{ contact: 'text', ...(mode === 'accept' ? { after: '12h' } : {}) }] },
  });
  const timeout = mode === 'escalate' ? `${ESCALATE}s` : '12h';
  return {
    version: 1,
    calendars: [{ name: 'always', zone: 'Etc/UTC', businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }, night: { from: '22:00', to: '06:00' }, holidays: [] }],
    people: [person('first', FIRST), person('second', SECOND)],
    teams: [{ name: 'crew', lead: 'first', calendar: 'always', members: ['first', 'second'] }],
    pools: [{ name: 'A', rank: 1, mtta: '12h', levelTimeout: '12h', slo: 99.9, coverage: 'always', policy: 'default', firstLineDeadline: '2m' }],
    schedules: [{ name: 'crew', team: 'crew', pool: 'A', zone: 'Etc/UTC', layers: [{ name: 'weekly', position: 'primary', start: '2026-01-05T00:00', turn: '1w', slots: [['first']] }] }],
    policies: [{ name: 'default', repeat: 0, levels: [{ page: [{ schedule: 'own', position: 'primary' }], timeout }, { page: [{ person: 'second' }], timeout: '12h' }], lastResort: { page: [{ person: 'second' }], every: '12h' } }],
    services: [{ name: 'checkout-api', team: 'crew', pool: 'A', schedule: 'crew' }],
    integrations: [{ name: 'bench', kind: 'alertmanager', key: KEY, service: { label: 'service', default: 'checkout-api' } }],
  };
}

export default function ({ dir, here, sinkPort, daemon, req, sleep }) {
  const shape = process.env.INCIDENTS_SHAPE ?? 'postgres', wanted = process.env.INCIDENTS_ROLES ?? 'all';
  const roles = wanted === 'split' ? SPLIT : wanted.split(';');
  if (shape === 'sqlite' && (roles.length > 1 || roles[0] !== 'all')) throw new Error('On SQLite there is one process with all roles.');
  const home = path.join(dir, `incidents-${shape}`), slow = Number(process.env.SLOWSYNC_US ?? 0);
  let processes = [], settings = {}, generation = 0, relay = null, preload = '';

  const script = (name, ...args) => execFileSync(path.join(infra, name), args.map(String), { env: { ...process.env, OWNER_PID: String(process.pid), ...(preload ? { PRELOAD: preload } : {}) } }).toString().trim();
  const stores = () => {
    fs.mkdirSync(home, { recursive: true }); fs.chmodSync(home, 0o755);
    if (slow && !preload) { preload = path.join(home, 'slowsync.so'); execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', preload, path.join(here, 'peers/slowsync.c'), '-ldl']); }
    const data = path.join(home, `data${++generation}`); fs.rmSync(data, { recursive: true, force: true }); fs.mkdirSync(data);
    if (shape === 'sqlite') return { 'Storage:Provider': 'Sqlite', 'Bus:Transport': 'InMemory', DataDirectory: data };
    const connection = script('postgres.sh', 'start', path.join(home, 'postgres'), PG), uri = script('rabbitmq.sh', 'start', path.join(home, 'rabbitmq'), MQ);
    const name = `bench_${process.pid}_${generation}`;
    execFileSync('psql', ['-q', '-h', '127.0.0.1', '-p', String(PG), '-U', 'incidents', 'postgres', '-c', `create database ${name}`]);
    script('rabbitmq.sh', 'ctl', path.join(home, 'rabbitmq'), 'eval', `rabbit_vhost:add(<<"${name}">>, <<"bench">>), rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"${name}">>, <<".*">>, <<".*">>, <<".*">>, <<"bench">>).`);
    return { 'Storage:Provider': 'Postgres', 'Storage:ConnectionString': connection.replace('Database=postgres', `Database=${name}`), 'Bus:Transport': 'RabbitMq', 'Bus:Uri': uri + name, DataDirectory: data };
  };
  const launch = (one, i) => {
    const given = { ...settings, Urls: `http://127.0.0.1:${PORT + i}`, Roles: one };
    if (shape === 'postgres') { given.DataDirectory = path.join(settings.DataDirectory, String(i)); fs.mkdirSync(given.DataDirectory, { recursive: true }); }
    const env = Object.fromEntries(Object.entries(given).map(([key, value]) => ['INCIDENTS__' + key.replaceAll(':', '__'), value]));
    if (preload && shape === 'sqlite') Object.assign(env, { LD_PRELOAD: preload, SLOWSYNC_US: String(slow) });
    return daemon('dotnet', ['exec', serverAssembly(), '--empty'], { log: path.join(home, `server${i}.log`), cwd: home, env: { ...env, DOTNET_gcServer: '0' } });
  };
  const ready = async (i) => {
    for (let n = 0; n < 1200; n++) {
      if (processes[i].dead) throw new Error(`process ${i} ended, see ${home}/server${i}.log`);
      try { if ((await req(`http://127.0.0.1:${PORT + i}/health/ready`)).status === 200) return; } catch { /* not listening yet */ }
      await sleep(50);
    }
    throw new Error(`process ${i} is not ready, see ${home}/server${i}.log`);
  };
  const up = async (list) => { processes = list.map(launch); await Promise.all(list.map((_, i) => ready(i))); };
  const down = async (signal) => {
    for (const p of processes) p.kill(signal);
    await Promise.all(processes.map((p) => Promise.race([p.gone, sleep(60_000)])));
    if (processes.some((p) => !p.dead)) throw new Error('a process did not end on ' + signal);
  };
  // The benchmark tells the two steps apart by ?tag=; a phone vendor's address has none, so a relay adds it from the number.
  const startRelay = () => new Promise((done) => {
    relay = http.createServer((request, response) => {
      const parts = []; request.on('data', (part) => parts.push(part)); request.on('end', async () => {
        const body = Buffer.concat(parts).toString(); const tag = new URLSearchParams(body).get('To') === SECOND ? 2 : 1;
        const answer = await req(`http://127.0.0.1:${sinkPort}${request.url}${request.url.includes('?') ? '&' : '?'}tag=${tag}`, request.method, body || null, { 'content-type': request.headers['content-type'] ?? 'text/plain' });
        response.writeHead(answer.status, { 'content-type': 'application/json' }); response.end(answer.text);
      });
    }).listen(RELAY, '127.0.0.1', done);
  });

  return {
    name: `incidents ${shape}${wanted === 'all' ? '' : ` ${wanted}`}${slow ? ` +${slow / 1000} ms a flush` : ''}`,
    durable: 'yes: committed before the 2xx',
    load: { url: `http://127.0.0.1:${PORT}/integrations/${KEY}/alertmanager`, body: 'amwebhook' },
    aCount: 60_000, batchCount: 64_000, max: 1e6, settle: 10, crashSettle: 30, escStep: ESCALATE,
    modes: { A: 'accept', B: 'notify', C: 'notify', D: 'notify', ...(roles.includes('ingest') ? {} : { E: 'escalate' }) },
    async start(mode) {
      if (mode === 'escalate' && !relay) await startRelay();
      settings = {
        ...stores(), PublicUrl: `http://127.0.0.1:${PORT}`, 'Access:BootstrapToken': ADMIN, 'Links:SigningKey': 'bench-link-signing-key-0123456789abcdef', 'Simulator:Enabled': 'false',
        'Paging:Twilio:ApiBaseUrl': `http://127.0.0.1:${mode === 'escalate' ? RELAY : sinkPort}`, 'Paging:Twilio:AccountSid': 'ACbench0000000000000000000000000000', 'Paging:Twilio:AuthToken': 'bench-token',
        'Paging:Twilio:From': '+15005550006', 'Paging:Twilio:RatePerSecond': '100000', 'Paging:Twilio:Concurrency': '256',
      };
      // Configured by a process with all roles: one that only takes alerts in has no API.
      await up(['all']);
      const put = await req(`http://127.0.0.1:${PORT}/api/v1/config`, 'PUT', JSON.stringify(organisation(mode)), { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/yaml' });
      if (put.status !== 200) throw new Error(`PUT /config: ${put.status} ${put.text}`);
      if (roles.length > 1 || roles[0] !== 'all') { await down('SIGTERM'); await up(roles); }
      await sleep(500);
    },
    pids() {
      const stored = shape === 'sqlite' ? [] : [+fs.readFileSync(path.join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0], +fs.readFileSync(path.join(home, 'rabbitmq/pid'), 'utf8')];
      return { peer: [...processes.filter((p) => !p.dead).map((p) => p.pid), ...stored], other: [] };
    },
    kill9: () => down('SIGKILL'), term: () => down('SIGTERM'), restart: () => up(roles),
    async stop() { if (processes.length) await down('SIGKILL'); processes = []; },
    async close() {
      if (relay) relay.close();
      if (shape === 'postgres') { script('postgres.sh', 'stop', path.join(home, 'postgres')); script('rabbitmq.sh', 'stop', path.join(home, 'rabbitmq')); }
    },
  };
}
