// The page on which phones ring. State comes whole from the server, phone by phone; this only draws it.
import { Sound } from './sound.js';
import { Handset } from './handset.js';

const base = document.documentElement.dataset.base;
const list = document.getElementById('phones');
const find = document.getElementById('find');
const ringing = document.getElementById('ringing');
const toast = document.getElementById('toast');
const handsets = new Map();
const sound = new Sound(document.getElementById('sound'));
let caller = 'Incidents';
let toastTimer;

async function act(number, verb, body) {
  const request = { method: 'POST' };
  if (body) Object.assign(request, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  try {
    const response = await fetch(`${base}/api/phones/${encodeURIComponent(number)}/${verb}`, request);
    const answer = await response.json();
    if (response.ok) draw(answer);
    else say(answer.detail ?? 'That did not work.');
    return response.ok;
  } catch {
    say('The server did not answer.');
    return false;
  }
}

function say(text) {
  toast.textContent = text;
  toast.classList.add('on');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => toast.classList.remove('on'), 4000);
}

function draw(phone, first) {
  let handset = handsets.get(phone.number);
  if (!handset) {
    handset = new Handset(phone, { act, sound, caller });
    handsets.set(phone.number, handset);
    list.append(handset.element);
  }
  handset.update(phone, first);
  announce();
}

function drawAll({ phones, caller: name }) {
  caller = name;
  const present = new Set(phones.map(p => p.number));
  for (const [number, handset] of handsets) {
    if (present.has(number)) continue;
    handset.element.remove();
    handsets.delete(number);
  }
  phones.forEach(p => draw(p, true));
  document.getElementById('none').hidden = phones.length > 0;
  find.parentElement.hidden = phones.length <= 6;
  filter();
}

function announce() {
  const names = [...handsets.values()].filter(h => h.phone.state === 'ringing').map(h => h.title);
  const text = names.length === 0 ? '' : names.length === 1 ? `The phone of ${names[0]} is ringing` : `${names.length} phones are ringing: ${names.join(', ')}`;
  if (ringing.textContent !== text) ringing.textContent = text;
  document.title = names.length ? `🔔 ${names.length === 1 ? names[0] : `${names.length} phones`} ringing` : 'Phones · Incidents';
  sound.ring(names.length > 0);
}

function filter() {
  const words = find.value.trim().toLowerCase();
  for (const handset of handsets.values()) {
    const busy = handset.phone.state !== 'idle';
    handset.element.hidden = words !== '' && !busy && !handset.search.includes(words);
  }
}

find.addEventListener('input', filter);
setInterval(() => handsets.forEach(h => h.tick()), 1000);

const events = new EventSource(`${base}/api/events`);
const offline = document.getElementById('offline');
events.addEventListener('open', () => { offline.hidden = true; });
events.addEventListener('error', () => { offline.hidden = false; });
events.addEventListener('phones', e => drawAll(JSON.parse(e.data)));
events.addEventListener('phone', e => draw(JSON.parse(e.data)));
