// The vendor's mark-up as DOM nodes; nothing of a message ever becomes HTML.
const emoji = {
  rotating_light: '🚨', white_check_mark: '✅', eyes: '👀', pushpin: '📌', zzz: '💤', bell: '🔔', red_circle: '🔴', large_yellow_circle: '🟡', large_green_circle: '🟢',
  large_blue_circle: '🔵', white_circle: '⚪', warning: '⚠️', mag: '🔍', arrow_up: '⬆️', speech_balloon: '💬', '+1': '👍', heart: '❤️', tada: '🎉', thumbsup: '👍', fire: '🔥',
  calendar: '📅', telephone_receiver: '📞', busts_in_silhouette: '👥', hourglass_flowing_sand: '⏳', lock: '🔒', memo: '📝', x: '❌', large_orange_circle: '🟠',
};
const token = /<([^>]+)>|`([^`\n]+)`|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])|:([a-z0-9_+-]+):/g;

export const glyph = name => emoji[name] ?? `:${name}:`;

/** Names of emojis between colons as pictures. */
export const emojis = text => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => emoji[name] ?? all);

export function entity(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function mrkdwn(text, people) {
  const out = document.createDocumentFragment();
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    const quoted = line.startsWith('&gt;') || line.startsWith('> ');
    const target = quoted ? out.appendChild(document.createElement('blockquote')) : out;
    inline(quoted ? line.replace(/^(&gt;|>) ?/, '') : line, target, people);
    if (i < lines.length - 1 && !quoted) out.append(document.createElement('br'));
  });
  return out;
}

function inline(text, target, people) {
  let at = 0;
  for (const m of text.matchAll(token)) {
    target.append(entity(text.slice(at, m.index)));
    at = m.index + m[0].length;
    const [, angle, code, bold, italic, strike, name] = m;
    if (angle !== undefined) target.append(link(angle, people));
    else if (code !== undefined) target.append(wrap('code', code));
    else if (bold !== undefined) target.append(nested('b', bold, people));
    else if (italic !== undefined) target.append(nested('i', italic, people));
    else if (strike !== undefined) target.append(nested('s', strike, people));
    else target.append(emoji[name] ?? m[0]);
  }
  target.append(entity(text.slice(at)));
}

function wrap(tag, text) {
  const e = document.createElement(tag);
  e.textContent = entity(text);
  return e;
}

function nested(tag, text, people) {
  const e = document.createElement(tag);
  inline(text, e, people);
  return e;
}

function link(inside, people) {
  const [target, label] = inside.split('|');
  if (target.startsWith('@')) {
    const who = people.get(target.slice(1));
    const e = wrap('span', '@' + (who?.name ?? label ?? target.slice(1)));
    e.className = 'mention';
    return e;
  }
  if (target.startsWith('#')) return wrap('span', '#' + (label ?? target.slice(1)));
  if (target.startsWith('!date^')) {
    const [, seconds, format] = target.split('^');
    const e = wrap('time', label ?? '');
    const when = new Date(Number(seconds) * 1000);
    if (!Number.isNaN(when.getTime()) && format) e.textContent = date(when, format);
    e.title = when.toString();
    return e;
  }
  if (target.startsWith('!')) return wrap('span', '@' + target.slice(1));
  if (!/^https?:/.test(target)) return wrap('span', label ?? target);
  const a = wrap('a', label ?? target);
  a.href = entity(target);
  a.target = '_blank';
  a.rel = 'noopener noreferrer';
  return a;
}

function date(when, format) {
  const day = { year: 'numeric', month: 'short', day: 'numeric' };
  return format.replace(/\{(\w+)\}/g, (_, part) => ({
    time: when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
    time_secs: when.toLocaleTimeString(),
    date_num: when.toLocaleDateString('sv'),
    date_short: when.toLocaleDateString([], day),
    date_short_pretty: when.toLocaleDateString([], day),
    date: when.toLocaleDateString([], { ...day, month: 'long' }),
    date_long: when.toLocaleDateString([], { ...day, month: 'long', weekday: 'long' }),
  })[part] ?? part);
}
