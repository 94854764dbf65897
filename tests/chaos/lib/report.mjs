// Command line, counted checks and figures shared by the fault tests.

/** `--name value` over the defaults, whose type decides; a boolean takes no value. Unknown names end the program. */
export function options(defaults) {
  const given = { ...defaults }; const args = process.argv.slice(2);
  for (let i = 0; i < args.length; i++) {
    const name = args[i].replace(/^--/, '');
    if (!args[i].startsWith('--') || !(name in defaults)) { console.error(`Unknown argument ${args[i]}; known: ${Object.keys(defaults).map((k) => `--${k}`).join(' ')}`); process.exit(2); }
    given[name] = typeof defaults[name] === 'boolean' ? true : typeof defaults[name] === 'number' ? Number(args[++i]) : args[++i];
    if (Number.isNaN(given[name])) { console.error(`--${name} takes a number`); process.exit(2); }
  }
  return given;
}

export class Checks {
  /** Settings that take the vendor's own limit out of the way: the tests are about losing, not about a carrier's rate. */
  static fastVendor = { 'Paging:Twilio:RatePerSecond': '5000', 'Paging:Twilio:Concurrency': '256' };

  passed = 0; failures = [];
  that(ok, otherwise) { if (ok) this.passed++; else { this.failures.push(otherwise); console.log(`FAILED: ${otherwise}`); } return ok; }
  finish() { console.log(`${this.passed} passed, ${this.failures.length} failed`); process.exit(this.failures.length ? 1 : 0); }
}

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export function randomFrom(seed) {
  let a = seed >>> 0;
  return () => { a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296; };
}

/** How often the vendor got more than it should: one attempt several times, and one alert over several attempts to one phone. */
export function repeats(vendor, source) {
  let sameAttempt = 0, otherAttempt = 0;
  for (const list of vendor.byAttempt.values()) sameAttempt += list.length - 1;
  for (const [key, list] of vendor.byKey) {
    if (!source.sent.has(key)) continue;
    const phones = new Map(); for (const text of list) { if (!phones.has(text.to)) phones.set(text.to, new Set()); phones.get(text.to).add(text.attempt); }
    for (const attempts of phones.values()) otherAttempt += attempts.size - 1;
  }
  return { sameAttemptAgain: sameAttempt, anotherAttempt: otherAttempt };
}
