const base = document.documentElement.dataset.base;
const $ = id => document.getElementById(id);
const seen = new Set(JSON.parse(sessionStorage.getItem('seen') ?? '[]'));
let mails = [];
let open = null;
let shown = 'html';
let drawn = '';

async function get(path) {
  const answer = await fetch(`${base}/api/mail${path}`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function clock(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString([], today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

function draw() {
  const whose = $('whose').value;
  const visible = mails.filter(mail => !whose || mail.to === whose);
  const state = JSON.stringify([visible.map(mail => mail.id), open?.id, [...seen]]);
  if (state === drawn) return;
  drawn = state;
  const focused = document.activeElement?.dataset?.mail;
  $('list').replaceChildren(...visible.map(mail => {
    const item = element('li');
    const button = element('button', `${seen.has(mail.id) ? '' : 'unread'} ${mail.important ? 'important' : ''}`);
    button.type = 'button';
    button.dataset.mail = mail.id;
    button.setAttribute('aria-current', String(open?.id === mail.id));
    const row = element('span', 'row');
    row.append(element('span', '', mail.to), element('time', '', clock(mail.receivedAt)));
    button.append(row, element('b', '', mail.subject), element('p', 'preview', mail.preview));
    button.addEventListener('click', () => show(mail.id));
    item.append(button);
    return item;
  }));
  if (focused) document.querySelector(`[data-mail="${focused}"]`)?.focus();
  $('none').hidden = visible.length > 0;
  $('choose').hidden = open !== null || visible.length === 0;
  $('main').classList.toggle('open', open !== null);
}

function people() {
  const select = $('whose');
  const known = new Set([...select.options].map(option => option.value));
  for (const address of [...new Set(mails.map(mail => mail.to))].sort())
    if (!known.has(address)) select.append(new Option(address, address));
}

function linked(text) {
  return text.split(/(https?:\/\/\S+)/).map(piece => {
    if (!/^https?:\/\//.test(piece)) return piece;
    const link = element('a', '', piece);
    link.href = piece;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return link;
  });
}

function view() {
  for (const name of ['html', 'text', 'headers']) $(`as-${name}`).setAttribute('aria-pressed', String(shown === name));
  $('html').hidden = shown !== 'html';
  $('text').hidden = shown === 'html';
  if (shown === 'text') $('text').replaceChildren(...linked(open.text ?? 'This message has no text part.'));
  if (shown === 'headers') $('text').textContent = open.headers.map(header => `${header.name}: ${header.value}`).join('\n');
}

async function show(id) {
  open = await get(`/${encodeURIComponent(id)}`);
  seen.add(id);
  sessionStorage.setItem('seen', JSON.stringify([...seen].slice(-1000)));
  const header = name => open.headers.find(field => field.name.toLowerCase() === name)?.value ?? '';
  $('subject').textContent = header('subject');
  $('from').textContent = header('from');
  $('to').textContent = open.to;
  $('at').textContent = clock(open.receivedAt);
  $('html').src = open.html ? `${base}/api/mail/${encodeURIComponent(id)}/html` : 'about:blank';
  if (!open.html && shown === 'html') shown = 'text';
  $('mail').hidden = false;
  view();
  draw();
}

for (const name of ['html', 'text', 'headers']) $(`as-${name}`).addEventListener('click', () => { shown = name; view(); });
$('whose').addEventListener('change', draw);
$('back').addEventListener('click', () => {
  const last = open?.id;
  open = null;
  $('mail').hidden = true;
  draw();
  document.querySelector(`[data-mail="${last}"]`)?.focus();
});

async function look() {
  try {
    mails = (await get('?limit=300')).items;
    $('offline').hidden = true;
    people();
    draw();
  } catch {
    $('offline').hidden = false;
  }
  setTimeout(look, document.hidden ? 5000 : 1500);
}
look();
