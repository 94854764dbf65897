// Alert sources: an open loop at a fixed rate, and the check of what became of each accepted alert.
import { setTimeout as pause } from 'node:timers/promises';
import { GENERIC, ALERTMANAGER, serviceOf } from './organisation.mjs';

const startsAt = () => new Date().toISOString();
const generic = (key, n, status) => ({ summary: `${key} fault test fires`, dedupKey: key, status, severity: 'critical', service: serviceOf(n), details: { key } });
const webhook = (alerts, status) => ({
  version: '4', groupKey: '{}:{alertname="Chaos"}', truncatedAlerts: 0, status, receiver: 'incidents', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://alertmanager.example',
  alerts: alerts.map(({ key, n, from }) => ({
    status, labels: { alertname: 'Chaos', key, service: serviceOf(n), severity: 'critical' }, annotations: { summary: `${key} fault test fires` }, startsAt: from ?? startsAt(),
    endsAt: status === 'resolved' ? startsAt() : '0001-01-01T00:00:00Z', generatorURL: 'http://prometheus.example/graph', fingerprint: fingerprint(key),
  })),
});
function fingerprint(key) { let a = 0xcbf29ce484222325n; for (const c of key) a = BigInt.asUintN(64, (a ^ BigInt(c.charCodeAt(0))) * 0x100000001b3n); return a.toString(16).padStart(16, '0'); }

export class Source {
  /**
   * @param {import('./system.mjs').System} system
   * @param {string} run word that tells this run's keys apart: ck.RUN.N
   * @param {{ tries?: number }} options posts of one alert until a 2xx, each to the next process in turn, as behind a balancer
   */
  constructor(system, run, { tries = 1 } = {}) { Object.assign(this, { system, run, tries, next: 0, sent: new Map(), refused: {} }); }

  /** Posts one alert to one of the processes that take them in. An answer other than 2xx is no promise. */
  async post() {
    const n = this.next++; const key = `ck.${this.run}.${n}`; const { fronts } = this.system;
    const alert = { key, n, from: startsAt(), useWebhook: n % 2 === 1, postedAt: performance.now(), acceptedAt: 0 };
    this.sent.set(key, alert);
    for (let i = 0; i < this.tries && !alert.acceptedAt; i++) {
      if (i > 0) await pause(50 * i);
      const { api } = fronts[(n + (n >> 1) + i) % fronts.length];
      const answer = alert.useWebhook
        ? await api.request('POST', `/integrations/${ALERTMANAGER}/alertmanager`, webhook([alert], 'firing'))
        : await api.request('POST', `/integrations/${GENERIC}/generic`, generic(key, n, 'firing'));
      if (answer.status >= 200 && answer.status < 300) alert.acceptedAt = performance.now();
      else { const why = answer.status || answer.text; this.refused[why] = (this.refused[why] ?? 0) + 1; alert.why = `${answer.status} ${answer.text}`.slice(0, 300); }
    }
    return alert;
  }

  /** Posts `rate` a second for `seconds`, whatever the answers; resolves when the last answer is in. */
  async flow(rate, seconds) {
    const from = performance.now(), all = [];
    for (let i = 0; i < rate * seconds; i++) {
      const wait = from + (i * 1000) / rate - performance.now();
      if (wait > 1) await pause(wait);
      all.push(this.post());
    }
    return Promise.all(all);
  }

  /** Posts `count` distinct alerts as fast as they are accepted, 100 to a webhook body, four at a time. */
  async burst(count) {
    const alerts = Array.from({ length: count }, () => { const n = this.next++; const key = `ck.${this.run}.${n}`; return { key, n, from: startsAt(), useWebhook: true, postedAt: 0, acceptedAt: 0 }; });
    for (const alert of alerts) this.sent.set(alert.key, alert);
    let next = 0;
    await Promise.all([0, 1, 2, 3].map(async () => {
      while (next < count) {
        const part = alerts.slice(next, next += 100); for (const alert of part) alert.postedAt = performance.now();
        await this.system.api.sure('POST', `/integrations/${ALERTMANAGER}/alertmanager`, webhook(part, 'firing'));
        for (const alert of part) alert.acceptedAt = performance.now();
      }
    }));
    return alerts;
  }

  get accepted() { return [...this.sent.values()].filter((alert) => alert.acceptedAt); }

  /** Waits until the vendor has heard of every accepted alert. Returns those it never heard of within `seconds`. */
  async paged(vendor, alerts, seconds) {
    const end = performance.now() + seconds * 1000; let missing = alerts;
    do { missing = missing.filter((alert) => !vendor.byKey.has(alert.key)); if (!missing.length) return []; await pause(50); } while (performance.now() < end);
    return missing;
  }

  /** Ends the alerts of earlier posts, also those that were never answered. */
  async resolve(alerts) {
    const api = this.system.api;
    const hooked = alerts.filter((alert) => alert.useWebhook);
    for (let i = 0; i < hooked.length; i += 100) await api.sure('POST', `/integrations/${ALERTMANAGER}/alertmanager`, webhook(hooked.slice(i, i + 100), 'resolved'));
    const direct = alerts.filter((alert) => !alert.useWebhook);
    for (let i = 0; i < direct.length; i += 32) await Promise.all(direct.slice(i, i + 32).map((alert) => api.sure('POST', `/integrations/${GENERIC}/generic`, generic(alert.key, alert.n, 'resolved'))));
  }
}

/** Incidents by the key in their title. */
export async function incidentsByKey(api, run) {
  const found = new Map();
  for await (const incident of api.incidents()) {
    const key = /\bck\.[0-9a-z.]+/.exec(incident.title)?.[0];
    if (!key?.startsWith(`ck.${run}.`)) continue;
    if (found.has(key)) found.get(key).push(incident); else found.set(key, [incident]);
  }
  return found;
}

export function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p) => (sorted.length ? Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] * 10) / 10 : null);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
