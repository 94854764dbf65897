// The chat as one member sees it. State comes whole from the server, conversation by conversation; this only draws it.
import { mrkdwn, glyph } from './mrkdwn.js';
import { el, blocks, values } from './blocks.js';

const base = document.documentElement.dataset.base;
const $ = id => document.getElementById(id);
const people = new Map();
const rooms = new Map();
const seen = new Map();
const commands = [
  ['/incident', 'help', 'what there is'], ['/incident', 'declare', 'open an incident'], ['/incident', 'list', 'what is open'], ['/incident', 'show 1', 'one incident'],
  ['/incident', 'ack 1', 'take it'], ['/incident', 'resolve 1', 'it is over'], ['/incident', 'escalate 1', 'page the next level'], ['/incident', 'page LOGIN 1', 'ask somebody to join'],
  ['/incident', 'note 1 TEXT', 'write into the timeline'], ['/incident', 'severity 1 SEV2', 'change the severity'],
  ['/oncall', 'now', 'who is on call'], ['/oncall', 'next', 'who comes next'], ['/oncall', 'me', 'my shifts'], ['/oncall', 'schedule NAME', 'the coming week'], ['/oncall', 'override', 'somebody takes a shift'], ['/oncall', 'swap', 'offer a shift of mine'],
];
let me = sessionStorage.getItem('chat-as') ?? '';
let room = sessionStorage.getItem('chat-room') ?? '';
let bot = { id: '', name: 'Incidents' };
let stream;
let toastTimer;
let openView = null;

async function post(path, body) {
  try {
    const response = await fetch(`${base}/api/slack/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ as: me, ...body }) });
    const answer = await response.json();
    if (!response.ok) say(answer.detail ?? 'That did not work.');
    else if (answer.status !== undefined && (answer.status < 200 || answer.status > 299)) say(answer.status === 0 ? 'The app did not answer within three seconds.' : `The app refused it (${answer.status}).`);
    return response.ok ? answer : null;
  } catch {
    say('The server did not answer.');
    return null;
  }
}

function say(text) {
  $('toast').textContent = text;
  $('toast').classList.add('on');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $('toast').classList.remove('on'), 4000);
}

const context = {
  people,
  confirm: ask => new Promise(done => {
    const dialog = el('dialog', 'modal small');
    const yes = el('button', `button ${ask.style ?? 'primary'}`, ask.confirm.text);
    const no = el('button', 'button', ask.deny.text);
    dialog.append(el('div', 'modal-body', el('h2', '', ask.title.text), el('p', '', ask.text.text)), el('div', 'modal-foot', no, yes));
    yes.onclick = () => { dialog.close('yes'); };
    no.onclick = () => dialog.close('no');
    dialog.onclose = () => { dialog.remove(); done(dialog.returnValue === 'yes'); };
    document.body.append(dialog);
    dialog.showModal();
  }),
};

function face(id) {
  const who = people.get(id);
  const name = id === bot.id ? bot.name : who?.name ?? id;
  const initials = id === bot.id ? '⚡' : name.split(/\s+/).map(w => w[0]).slice(0, 2).join('');
  const mark = el('span', `face ${id === bot.id ? 'face-bot' : `face-${[...id].reduce((a, c) => a + c.charCodeAt(0), 0) % 6}`}`, initials);
  mark.setAttribute('aria-hidden', 'true');
  return { name, mark };
}

function draw(message, before) {
  const { name, mark } = face(message.user);
  const when = new Date(Number(message.ts) * 1000);
  const joined = before && before.user === message.user && !message.onlyYou && !before.onlyYou && Number(message.ts) - Number(before.ts) < 300 && message.user !== bot.id;
  const time = el('time', '', when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  time.dateTime = when.toISOString();
  const head = el('p', 'from', el('b', '', name), message.user === bot.id ? el('small', 'badge', 'APP') : null, time, message.edited && message.user !== bot.id ? el('small', '', '(edited)') : null);
  const body = el('div', 'body', joined ? null : head);
  if (message.onlyYou) body.append(el('p', 'only', 'Only visible to you'));
  if (message.blocks?.length) {
    body.append(el('div', 'kit', ...blocks(message.blocks, { ...context, use: action => post('actions', { channel: room, ts: message.ts, action }) })));
  } else {
    body.append(el('p', 'plain', mrkdwn(message.text, people)));
  }
  if (message.reactions.length) body.append(el('div', 'reactions', ...message.reactions.map(r => reaction(message, r.name, r.users))));
  const item = el('li', `message${joined ? ' joined' : ''}${message.onlyYou ? ' quiet' : ''}`, joined ? el('span', 'face none') : mark, body);
  item.dataset.ts = message.ts;
  if (!message.onlyYou) item.append(el('div', 'tools', ...['pushpin', 'eyes', 'white_check_mark', '+1'].map(name => reaction(message, name))));
  return item;
}

function reaction(message, name, users) {
  const button = el('button', users ? `chip${users.includes(me) ? ' mine' : ''}` : 'tool', glyph(name), users ? ` ${users.length}` : null);
  button.type = 'button';
  button.title = users ? users.map(u => people.get(u)?.name ?? u).join(', ') : `:${name}:`;
  button.setAttribute('aria-label', `React with ${name.replaceAll('_', ' ')}`);
  button.onclick = () => post('reactions', { channel: room, ts: message.ts, name });
  return button;
}

function drawRoom() {
  const shown = rooms.get(room);
  if (!shown) return;
  const list = $('messages');
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 80 || list.dataset.room !== room;
  $('room-name').textContent = shown.direct ? bot.name : `# ${shown.name}`;
  $('room-topic').textContent = shown.archived ? 'Archived' : shown.direct ? 'Direct messages' : shown.topic;
  $('bookmarks').replaceChildren(...shown.bookmarks.map(b => Object.assign(el('a', 'bookmark', `🔖 ${b.title}`), { href: b.link, target: '_blank', rel: 'noopener noreferrer' })));
  const items = shown.messages.map((m, i) => draw(m, shown.messages[i - 1]));
  list.replaceChildren(...(items.length ? items : [el('li', 'empty', shown.direct ? `${bot.name} writes here when you are paged.` : 'Nothing here yet. Try /incident help')]));
  list.dataset.room = room;
  $('say').placeholder = shown.direct ? `Message ${bot.name}` : `Message #${shown.name}, or / for commands`;
  $('composer').hidden = shown.archived;
  seen.set(room, shown.messages.at(-1)?.ts ?? '0');
  if (low) list.scrollTop = list.scrollHeight;
}

function drawSide() {
  const button = r => {
    const fresh = r.messages.filter(m => Number(m.ts) > Number(seen.get(r.id) ?? '0')).length;
    const b = el('button', '', el('span', '', r.direct ? `⚡ ${bot.name}` : `# ${r.name}`), fresh && r.id !== room ? el('small', 'unread', String(fresh)) : null);
    b.type = 'button';
    if (r.id === room) b.setAttribute('aria-current', 'page');
    b.onclick = () => enter(r.id);
    return el('li', fresh && r.id !== room ? 'fresh' : '', b);
  };
  const all = [...rooms.values()];
  $('channels').replaceChildren(...all.filter(r => !r.direct && !r.archived).map(button));
  $('directs').replaceChildren(...all.filter(r => r.direct).map(button));
  $('old').replaceChildren(...all.filter(r => r.archived).map(button));
  $('old-title').hidden = !all.some(r => r.archived);
  const fresh = all.filter(r => r.id !== room && r.messages.some(m => Number(m.ts) > Number(seen.get(r.id) ?? '0'))).length;
  document.title = fresh ? `(${fresh}) Chat · Incidents` : 'Chat · Incidents';
}

function enter(id) {
  room = id;
  sessionStorage.setItem('chat-room', room);
  $('app').dataset.pane = 'room';
  drawRoom();
  drawSide();
}

function drawView(view) {
  const modal = $('modal');
  if (!view) {
    openView = null;
    if (modal.open) modal.close();
    return;
  }
  if (openView === JSON.stringify(view)) return;
  openView = JSON.stringify(view);
  const form = el('form', '');
  form.noValidate = true;
  const title = el('h2', '', view.title.text);
  title.id = 'modal-title';
  const shut = el('button', 'button', view.close?.text ?? 'Close');
  shut.type = 'button';
  shut.onclick = () => post('views/close', {});
  const send = view.submit ? el('button', 'button primary', view.submit.text) : null;
  form.append(el('div', 'modal-head', title), el('div', 'modal-body', ...blocks(view.blocks, context)), el('div', 'modal-foot', shut, send));
  form.onsubmit = async e => {
    e.preventDefault();
    send.disabled = true;
    const answer = await post('views/submit', { values: values(form) });
    send.disabled = false;
    form.querySelectorAll('.error').forEach(p => { p.hidden = true; });
    for (const [block, text] of Object.entries(answer?.errors ?? {})) {
      const p = form.querySelector(`[data-block="${CSS.escape(block)}"] .error`);
      if (p) Object.assign(p, { textContent: text, hidden: false });
    }
    form.querySelector('.error:not([hidden])')?.scrollIntoView({ block: 'nearest' });
  };
  modal.replaceChildren(form);
  if (!modal.open) modal.showModal();
  modal.querySelector('input,textarea,select')?.focus();
}

function hints() {
  const text = $('say').value;
  const found = text.startsWith('/') ? commands.filter(([c, rest]) => `${c} ${rest}`.startsWith(text.trimEnd())) : [];
  $('hints').hidden = found.length === 0;
  $('hints').replaceChildren(...found.map(([c, rest, what]) => {
    const item = el('li', '', el('b', '', `${c} ${rest}`), el('span', '', what));
    item.setAttribute('role', 'option');
    item.onclick = () => {
      $('say').value = `${c} ${rest}`;
      $('hints').hidden = true;
      $('say').focus();
    };
    return item;
  }));
}

async function send() {
  const text = $('say').value.trim();
  if (!text) return;
  $('say').value = '';
  hints();
  if (text.startsWith('/')) {
    const [command, ...rest] = text.split(' ');
    await post('commands', { channel: room, command, text: rest.join(' ') });
  } else {
    await post('messages', { channel: room, text });
  }
}

function connect() {
  stream?.close();
  stream = new EventSource(`${base}/api/slack/events?as=${encodeURIComponent(me)}`);
  stream.addEventListener('open', () => { $('offline').hidden = true; });
  stream.addEventListener('error', () => { $('offline').hidden = false; });
  stream.addEventListener('state', e => {
    const state = JSON.parse(e.data);
    bot = state.bot;
    people.clear();
    state.members.forEach(m => people.set(m.id, m));
    people.set(bot.id, { ...bot, bot: true });
    if (!people.has(me) || me === bot.id) {
      me = state.members[0]?.id ?? '';
      if (me) return start();
    }
    $('as').replaceChildren(...state.members.map(m => new Option(m.name, m.id, false, m.id === me)));
    rooms.clear();
    state.conversations.forEach(c => rooms.set(c.id, c));
    if (seen.size === 0) state.conversations.forEach(c => seen.set(c.id, c.messages.at(-1)?.ts ?? '0'));
    if (!rooms.has(room)) room = state.conversations[0]?.id ?? '';
    drawRoom();
    drawSide();
    drawView(state.view);
  });
  stream.addEventListener('conversation', e => {
    const changed = JSON.parse(e.data);
    rooms.set(changed.id, changed);
    if (changed.id === room) drawRoom();
    drawSide();
  });
  stream.addEventListener('view', e => drawView(JSON.parse(e.data).view));
}

function start() {
  sessionStorage.setItem('chat-as', me);
  seen.clear();
  connect();
}

$('as').addEventListener('change', e => { me = e.target.value; room = rooms.get(room)?.direct ? '' : room; start(); });
$('back').addEventListener('click', () => { $('app').dataset.pane = 'side'; });
$('say').addEventListener('input', hints);
$('say').addEventListener('keydown', e => {
  if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); send(); }
  if (e.key === 'Escape') $('hints').hidden = true;
});
$('composer').addEventListener('submit', e => { e.preventDefault(); send(); });
$('modal').addEventListener('cancel', e => { e.preventDefault(); post('views/close', {}); });
start();
