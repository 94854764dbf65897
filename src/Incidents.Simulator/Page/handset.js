// One phone: its frame is built once, then updated in place, so that focus and half-typed replies survive.
const letters = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ', 0: '+' };
const icons = {
  phone: 'M6.6 3.5h2.6l1.5 4-2 1.6a12 12 0 006.2 6.2l1.6-2 4 1.5v2.6a2.1 2.1 0 01-2.3 2.1A17 17 0 014.5 5.8 2.1 2.1 0 016.6 3.5z',
  send: 'M5 12h13m-5.5-6l6 6-6 6',
  bubble: 'M5 5h14a2 2 0 012 2v8a2 2 0 01-2 2h-7l-5 4v-4H5a2 2 0 01-2-2V7a2 2 0 012-2z',
};
const outcomes = { missed: 'Missed call', declined: 'Declined call', canceled: 'Call withdrawn', answered: 'Call' };
const lingers = 8000;
let turn = -1e6;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function icon(path, box = '0 0 24 24') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', box);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

const bar = () => make('div', { class: 'bar', 'aria-hidden': 'true' }, make('span', { class: 'clock' }),
  icon('M0 8h3v4H0zM4.500 5.500h3V12h-3zM9 3h3v9H9zM13.500 0h3v12h-3zM22 2h18a2 2 0 012 2v4a2 2 0 01-2 2H22a2 2 0 01-2-2V4a2 2 0 012-2z', '0 0 44 12'));

const initials = name => name.split(/\s+/).map(word => word[0]).slice(0, 2).join('').toUpperCase();
const minutes = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Text with its web addresses as links. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, i) => i % 2 ? make('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part);
}

export class Handset {
  #act; #sound; #heardIn; #heard = 0; #startedAt; #settling; #pastIds = new Map();

  constructor(phone, { act, sound, caller }) {
    this.phone = phone;
    this.title = phone.name ?? phone.number;
    this.search = `${phone.name ?? ''} ${phone.login ?? ''} ${phone.number}`.toLowerCase();
    this.#act = (verb, body) => act(phone.number, verb, body);
    this.#sound = sound;
    this.#build(phone, caller);
  }

  #build(phone, caller) {
    const face = [...phone.number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % 6;
    this.missed = make('span', { class: 'missed' });
    this.dial = make('button', { type: 'button', class: 'dial', 'aria-label': `Call ${caller} from the phone of ${this.title}`, on: { click: () => this.#act('call') } }, icon(icons.phone));
    this.past = make('ol', { class: 'past', 'aria-label': `Calls and texts of ${this.title}`, tabindex: '0' });
    this.input = make('input', { type: 'text', maxlength: '1600', placeholder: 'Text message', autocomplete: 'off', 'aria-label': `Text from ${this.title}`, on: { input: () => { this.send.disabled = !this.input.value.trim(); } } });
    this.send = make('button', { type: 'submit', 'aria-label': `Send text from ${this.title}`, disabled: '' }, icon(icons.send));
    const reply = make('form', { class: 'reply', on: { submit: e => this.#text(e) } }, this.input, this.send);
    this.home = make('div', { class: 'home-screen' }, make('div', { class: 'who' },
      make('span', { class: `face face-${face}`, 'aria-hidden': 'true' }, phone.name ? initials(phone.name) : '#'),
      make('div', {}, make('h2', { class: 'name' }, this.title), make('p', { class: 'number' }, phone.name ? phone.number : 'Nobody’s phone')),
      this.missed, this.dial), this.past, reply);

    this.from = make('span');
    this.waiting = make('em');
    const choice = (name, verb, label) => make('button', { type: 'button', class: name, 'aria-label': `${label} the call to ${this.title}`, on: { click: () => this.#act(verb) } }, make('i', {}, icon(icons.phone)), label);
    this.answer = choice('answer', 'answer', 'Answer');
    this.ring = make('div', { class: 'cover' }, bar(), make('div', { class: 'caller' },
      make('div', { class: 'pulse' }, icon(icons.phone)), make('strong', {}, caller), this.from, make('em', {}, `Calling ${this.title}`), this.waiting),
      make('div', { class: 'choose' }, choice('decline', 'decline', 'Decline'), this.answer));

    this.whom = make('span', {}, `to ${this.title}`);
    this.time = make('time', { 'aria-label': 'Length of the call' });
    this.heard = make('ol', { class: 'heard', 'aria-live': 'polite', 'aria-label': 'What was said', tabindex: '0' });
    this.keyed = make('p', { class: 'keyed', 'aria-label': 'Keys pressed' });
    const pad = make('div', { class: 'pad', role: 'group', 'aria-label': 'Keypad' }, ...[...'123456789*0#'].map(key =>
      make('button', { type: 'button', 'aria-label': { '*': 'Star', '#': 'Hash' }[key] ?? key, on: { click: () => this.#press(key) } }, key, make('small', { 'aria-hidden': 'true' }, letters[key] ?? ''))));
    this.talk = make('div', { class: 'cover talk', on: { keydown: e => this.#typed(e) } }, bar(),
      make('div', { class: 'talk-head' }, make('div', {}, make('strong', {}, caller), this.whom), this.time), this.heard, this.keyed, pad,
      make('button', { type: 'button', class: 'end', 'aria-label': `Hang up the phone of ${this.title}`, on: { click: () => this.#act('hangup') } }, icon(icons.phone)));

    this.element = make('li', { class: 'phone' }, make('article', { class: 'frame', 'aria-label': `Phone of ${this.title}` },
      make('div', { class: 'screen' }, bar(), this.home, this.ring, this.talk)));
    this.element.addEventListener('pointerdown', () => this.#look());
    this.element.addEventListener('focusin', () => this.#look());
    this.tick();
  }

  /** Draws a state. At first sight nothing is spoken that was said before. */
  update(phone, first) {
    if (phone.revision < this.phone.revision && !first) return; // an answer that an event overtook
    const before = this.phone.state;
    this.phone = phone;
    const focused = this.element.contains(document.activeElement);
    this.element.className = `phone ${phone.state}${phone.past.length ? '' : ' untouched'}`;
    this.ring.hidden = phone.state !== 'ringing';
    this.talk.hidden = phone.state !== 'talking';
    this.home.inert = phone.state !== 'idle';
    this.missed.hidden = phone.missed === 0;
    this.missed.textContent = `${phone.missed} missed`;
    this.waiting.hidden = phone.waiting === 0;
    this.waiting.textContent = `${phone.waiting} more waiting`;
    if (phone.call) this.#drawCall(phone.call, first);
    else if (this.#heardIn) {
      this.#sound.hush();
      this.#heardIn = undefined;
    }
    this.#drawPast(phone.past);
    this.#place(phone.state);
    if (focused && before !== phone.state) this.#keepFocus(phone.state);
  }

  /** Phones in use come first, in the order in which they began, so that none moves away under a finger. */
  #place(state) {
    const { style } = this.element;
    if (state !== 'idle') {
      clearTimeout(this.#settling);
      this.#settling = undefined;
      style.order ||= String(turn++);
    } else if (style.order && !this.#settling) {
      const settle = () => {
        const busy = this.element.matches(':hover, :focus-within');
        this.#settling = busy ? setTimeout(settle, lingers) : undefined;
        if (!busy) style.order = '';
      };
      this.#settling = setTimeout(settle, lingers);
    }
  }

  tick() {
    this.element.querySelectorAll('.clock').forEach(c => { c.textContent = clock.format(new Date()); });
    if (this.phone.state === 'talking' && this.#startedAt) this.time.textContent = minutes(Math.max(0, Math.floor((Date.now() - this.#startedAt) / 1000)));
  }

  #drawCall(call, first) {
    this.from.textContent = call.from;
    this.whom.textContent = `${call.mine ? 'from' : 'to'} ${this.title}`;
    if (call.sid !== this.#heardIn) {
      this.#heardIn = call.sid;
      this.#heard = 0;
      this.heard.replaceChildren();
    }
    if (call.answeredAt) this.#startedAt = Date.now() - (Date.parse(call.now) - Date.parse(call.answeredAt));
    for (const line of call.said.slice(this.#heard)) {
      this.heard.append(make('li', { class: line.kind, ...(line.language && { lang: line.language }) }, line.kind === 'play' ? `♪ ${line.text}` : line.text));
      if (!first && line.kind !== 'play') this.#sound.speak(line.text, line.language);
    }
    if (call.said.length > this.#heard) this.heard.scrollTop = this.heard.scrollHeight;
    this.#heard = call.said.length;
    this.keyed.textContent = call.keys;
    this.keyed.classList.toggle('wait', call.listening && call.keys === '');
    this.tick();
  }

  #drawPast(past) {
    if (past.length === 0) {
      this.past.replaceChildren(make('li', { class: 'quiet' }, icon(icons.bubble), 'No calls or texts yet'));
      return;
    }
    this.past.querySelector('.quiet')?.remove();
    const kept = new Set(past.map(item => item.id));
    for (const [id, element] of this.#pastIds) {
      if (kept.has(id)) continue;
      element.remove();
      this.#pastIds.delete(id);
    }
    let added = false;
    for (const item of past) {
      const known = this.#pastIds.get(item.id);
      if (known) {
        known.classList.toggle('failed', Boolean(item.failed));
        continue;
      }
      const element = item.kind === 'call' ? this.#callItem(item) : this.#textItem(item);
      this.#pastIds.set(item.id, element);
      this.past.append(element);
      added = true;
    }
    if (added) this.past.scrollTop = this.past.scrollHeight;
  }

  #callItem(item) {
    const answered = item.outcome === 'answered';
    const title = make('b', {}, answered ? `${item.mine ? 'Own call' : 'Call'}, ${minutes(item.seconds)}${item.keys ? ` · pressed ${item.keys}` : ''}` : outcomes[item.outcome]);
    return make('li', { class: `call${item.outcome === 'missed' ? ' missed-call' : ''}` }, icon(icons.phone),
      make('div', {}, title, ...(item.said ? [make('p', {}, item.said)] : [])), this.#at(item));
  }

  #textItem(item) {
    return make('li', { class: `text${item.mine ? ' mine' : ''}${item.failed ? ' failed' : ''}` }, make('p', {}, ...linked(item.text)), this.#at(item));
  }

  #at(item) {
    return make('time', { datetime: item.at }, clock.format(new Date(item.at)));
  }

  #press(key) {
    this.#sound.hush();
    this.#sound.key(key);
    this.#act('press', { digit: key });
  }

  #typed(event) {
    if (!/^[0-9*#]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#press(event.key);
  }

  async #text(event) {
    event.preventDefault();
    const body = this.input.value.trim();
    if (!body) return;
    this.input.value = '';
    this.send.disabled = true;
    if (!await this.#act('sms', { body }) && !this.input.value) {
      this.input.value = body;
      this.send.disabled = false;
    }
  }

  #look() {
    if (this.phone.missed > 0 && this.phone.state === 'idle') this.#act('seen');
  }

  /** Keyboard users stay on the phone when its screen changes under them. */
  #keepFocus(state) {
    const next = state === 'ringing' ? this.answer : state === 'talking' ? this.talk.querySelector('.pad button') : this.past;
    next.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'nearest' });
  }
}
