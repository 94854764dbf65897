// The few calls of the public API that the fault tests need.
import http from 'node:http';

export class Api {
  constructor(url, token) { this.url = url; this.token = token; this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 }); }

  /** status 0: no answer (refused, reset, timed out). */
  request(method, path, body, headers = {}, timeout = 15_000) {
    return new Promise((done) => {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const call = http.request(this.url + path, {
        method, agent: this.agent, timeout,
        headers: { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }), ...headers },
      }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', () => done({ status: 0, text: 'reset' }));
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString(); let json = null; try { json = JSON.parse(answer); } catch { /* not every answer is JSON */ }
          done({ status: response.statusCode, text: answer, json });
        });
      });
      call.on('timeout', () => call.destroy(new Error('timeout')));
      call.on('error', (error) => done({ status: 0, text: error.code ?? error.message }));
      call.end(text);
    });
  }

  async isReady() { return (await this.request('GET', '/health/ready', undefined, {}, 2_000)).status === 200; }

  /** Repeats while there is no answer or a 503: for calls that are safe to repeat. */
  async sure(method, path, body, headers, seconds = 60) {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const answer = await this.request(method, path, body, headers);
      if (answer.status !== 0 && answer.status !== 503) { if (answer.status < 300) return answer; throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}`); }
      if (performance.now() > end) throw new Error(`${method} ${path}: no good answer within ${seconds} s, last ${answer.status} ${answer.text.slice(0, 200)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** The whole organisation; JSON is YAML too. */
  configure(document) { return this.sure('PUT', '/api/v1/config', JSON.stringify(document), { 'content-type': 'application/yaml' }); }

  async *incidents(query = '') {
    let cursor = null;
    do {
      const { json } = await this.sure('GET', `/api/v1/incidents?limit=200${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      yield* json.items;
      cursor = json.nextCursor;
    } while (cursor);
  }
}
