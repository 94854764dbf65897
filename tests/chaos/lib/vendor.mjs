// A phone vendor for fault tests: answers as Twilio does, remembers every request with its time of arrival, reports
// deliveries back with a signature. It lives in the process of the test, so no fault that the test causes touches it.
import http from 'node:http';
import { createHmac, randomUUID } from 'node:crypto';

export const ACCOUNT = 'ACchaos000000000000000000000000000';
export const TOKEN = 'chaos-vendor-token';

/** Twilio's signature: the URL, then every parameter's name and value in the order of the names. */
export function sign(url, form) {
  const data = url + [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flat().join('');
  return createHmac('sha1', TOKEN).update(data).digest('base64');
}

export class Vendor {
  /** @param {{ callbacks?: boolean }} options callbacks: report `delivered` to StatusCallback (default), as Twilio does */
  constructor({ callbacks = true } = {}) {
    this.callbacks = callbacks;
    this.requests = [];            // { at, kind: 'sms'|'call', to, body, attempt, key, sid }
    this.byKey = new Map();        // word in the text -> pages; what only tells that it is over is no page
    this.byAttempt = new Map();
    this.bySid = new Map();
    this.lookups = 0;
    this.listeners = new Set();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
    this.server = http.createServer({ keepAliveTimeout: 120_000 }, (request, response) => this.#take(request, response));
  }

  async start() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', 4096, done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() { this.server.close(); this.server.closeAllConnections(); this.agent.destroy(); }

  /** The settings that point a server here. */
  settings() {
    return {
      'Simulator:Enabled': 'false', 'Paging:Twilio:ApiBaseUrl': this.url, 'Paging:Twilio:AccountSid': ACCOUNT,
      'Paging:Twilio:AuthToken': TOKEN, 'Paging:Twilio:From': '+15005550006',
    };
  }

  #take(request, response) {
    const parts = [];
    request.on('error', () => {});
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const at = performance.now();
      const url = new URL(request.url, 'http://vendor');
      const kind = url.pathname.endsWith('/Calls.json') ? 'call' : url.pathname.endsWith('/Messages.json') ? 'sms' : null;
      const one = /\/(?:Calls|Messages)\/(\w+)\.json$/.exec(url.pathname);
      if (one) return this.#known(response, this.bySid.get(one[1]), request.method, new URLSearchParams(Buffer.concat(parts).toString()));
      if (!kind) return answer(response, 404, { code: 20404, message: `Nothing at ${url.pathname}`, status: 404 });
      if (request.method === 'GET') return answer(response, 200, this.#list(kind, url.searchParams));
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      const link = form.get('StatusCallback') ?? form.get('Url') ?? '';
      const made = {
        at, wall: new Date(), kind, to: form.get('To'), from: form.get('From'), body: form.get('Body') ?? '', statusCallback: form.get('StatusCallback'),
        attempt: /[?&]attempt=([^&]+)/.exec(link)?.[1] ?? null, key: /\bck\.[0-9a-z.]+/.exec(form.get('Body') ?? '')?.[0] ?? null,
        sid: (kind === 'call' ? 'CA' : 'SM') + randomUUID().replaceAll('-', ''),
      };
      this.requests.push(made); this.bySid.set(made.sid, made);
      if (kind === 'sms' && /Reply 4/.test(made.body)) push(this.byKey, made.key, made); push(this.byAttempt, made.attempt, made);
      answer(response, 201, this.#resource(made));
      for (const tell of this.listeners) tell(made);
      if (this.callbacks && made.statusCallback && kind === 'sms') { made.status = 'delivered'; this.#report(made, 'delivered'); }
    });
  }

  /** One call or text: asked for, or (a call) ended by its sender. */
  #known(response, made, method, form) {
    this.lookups++;
    if (!made) return answer(response, 404, { code: 20404, message: 'Not found', status: 404 });
    if (method === 'POST' && form.get('Status')) made.status = form.get('Status');
    return answer(response, 200, this.#resource(made));
  }

  #resource(made) {
    const date = made.wall.toUTCString().replace('GMT', '+0000');
    const common = { sid: made.sid, account_sid: ACCOUNT, to: made.to, from: made.from, date_created: date, direction: 'outbound-api' };
    return made.kind === 'call' ? { ...common, status: made.status ?? 'queued', start_time: null } : { ...common, status: made.status ?? 'queued', body: made.body, date_sent: null, num_segments: '1' };
  }

  #list(kind, query) {
    this.lookups++;
    const found = this.requests.filter((made) => made.kind === kind && (!query.get('To') || made.to === query.get('To')) && (!query.get('From') || made.from === query.get('From'))).slice(-Number(query.get('PageSize') ?? 50)).reverse();
    return { [kind === 'call' ? 'calls' : 'messages']: found.map((made) => this.#resource(made)), next_page_uri: null };
  }

  #report(made, status) {
    const form = new URLSearchParams({ MessageSid: made.sid, MessageStatus: status, AccountSid: ACCOUNT, From: made.from ?? '', To: made.to ?? '' });
    const body = form.toString();
    let url; try { url = new URL(made.statusCallback); } catch { return; }
    const call = http.request(url, {
      method: 'POST', agent: this.agent, timeout: 10_000,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), 'x-twilio-signature': sign(made.statusCallback, form) },
    }, (answered) => { answered.resume(); if (answered.statusCode >= 400) this.refusedReports = (this.refusedReports ?? 0) + 1; });
    call.on('error', () => { this.lostReports = (this.lostReports ?? 0) + 1; });      // the process that it was meant for is down
    call.on('timeout', () => call.destroy());
    call.end(body);
  }
}

function push(map, key, value) { if (key == null) return; const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); }
function answer(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }); response.end(text);
}
