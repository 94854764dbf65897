// Block Kit as DOM: messages with working buttons and menus, modals with fields.
import { mrkdwn, entity, emojis } from './mrkdwn.js';

export function el(tag, className, ...children) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...children.filter(c => c != null));
  return e;
}

const words = (text, people) => text.type === 'mrkdwn' ? mrkdwn(text.text, people) : emojis(entity(text.text));

/** Blocks of a message or a modal. `use(element, block, value)` is called when somebody uses a button or a menu. */
export function blocks(list, context) {
  return list.map(b => block(b, context)).filter(Boolean);
}

function block(b, context) {
  const { people } = context;
  switch (b.type) {
    case 'header': return el('h3', 'b-header', words(b.text, people));
    case 'divider': return el('hr', 'b-divider');
    case 'section': {
      const body = el('div', 'b-words');
      if (b.text) body.append(el('p', '', words(b.text, people)));
      if (b.fields) body.append(el('div', 'b-fields', ...b.fields.map(f => el('p', '', words(f, people)))));
      return el('div', 'b-section', body, b.accessory ? element(b.accessory, b, context) : null);
    }
    case 'context': return el('p', 'b-context', ...b.elements.map(e => e.type === 'image' ? null : el('span', '', words(e, people))));
    case 'actions': return el('div', 'b-actions', ...b.elements.map(e => element(e, b, context)));
    case 'input': return input(b, context);
    default: return null;
  }
}

function input(b, context) {
  const field = element(b.element, b, context);
  const id = `f-${b.block_id}`;
  (field.matches('select,input,textarea') ? field : field.querySelector('input,select')).id = id;
  const label = el('label', '', entity(b.label.text));
  label.htmlFor = id;
  if (b.optional) label.append(el('small', '', ' (optional)'));
  const error = el('p', 'error');
  error.hidden = true;
  error.setAttribute('role', 'alert');
  const wrap = el('div', 'b-input', label, field, b.hint ? el('p', 'hint', entity(b.hint.text)) : null, error);
  wrap.dataset.block = b.block_id;
  return wrap;
}

function element(e, b, context) {
  const send = value => context.use?.({ type: e.type, action_id: e.action_id, block_id: b.block_id, ...value }, b);
  switch (e.type) {
    case 'button': {
      const button = e.url ? el('a', 'button', entity(e.text.text)) : el('button', 'button', entity(e.text.text));
      if (e.url) Object.assign(button, { href: e.url, target: '_blank', rel: 'noopener noreferrer' });
      else button.type = 'button';
      if (e.style) button.classList.add(e.style);
      button.addEventListener('click', async () => {
        if (e.confirm && !await context.confirm(e.confirm)) return;
        send({ text: e.text, value: e.value });
      });
      return button;
    }
    case 'static_select':
    case 'overflow':
    case 'users_select': {
      const options = e.type === 'users_select'
        ? [...context.people.values()].filter(p => !p.bot).map(p => ({ text: { type: 'plain_text', text: p.name }, value: p.id }))
        : e.options;
      const select = el('select', 'b-select');
      select.setAttribute('aria-label', e.placeholder?.text ?? (e.type === 'overflow' ? 'More' : b.label?.text ?? 'Choose'));
      const first = e.initial_option?.value ?? e.initial_user;
      if (!first || b.type !== 'input') select.append(new Option(e.type === 'overflow' ? 'More…' : e.placeholder?.text ?? 'Choose…', ''));
      for (const o of options) select.append(new Option(entity(o.text.text), o.value, false, o.value === first));
      select.read = () => e.type === 'users_select'
        ? { type: e.type, selected_user: select.value || null }
        : { type: e.type, selected_option: options.find(o => o.value === select.value) ?? null };
      select.dataset.action = e.action_id;
      if (b.type !== 'input') {
        select.addEventListener('change', () => {
          if (select.value) send(select.read());
          select.value = '';
        });
      }
      return select;
    }
    case 'plain_text_input': {
      const text = el(e.multiline ? 'textarea' : 'input', 'b-text');
      text.value = e.initial_value ?? '';
      text.placeholder = e.placeholder?.text ?? '';
      if (e.max_length) text.maxLength = e.max_length;
      text.dataset.action = e.action_id;
      text.read = () => ({ type: e.type, value: text.value || null });
      return text;
    }
    case 'datepicker': case 'timepicker': case 'datetimepicker': {
      const kind = { datepicker: ['date', 'selected_date', e.initial_date], timepicker: ['time', 'selected_time', e.initial_time], datetimepicker: ['datetime-local', 'selected_date_time', e.initial_date_time] }[e.type];
      const pick = el('input', 'b-text');
      pick.type = kind[0];
      pick.value = kind[0] === 'datetime-local' && kind[2] ? local(new Date(kind[2] * 1000)) : kind[2] ?? '';
      pick.dataset.action = e.action_id;
      pick.read = () => ({ type: e.type, [kind[1]]: !pick.value ? null : kind[0] === 'datetime-local' ? Math.floor(new Date(pick.value).getTime() / 1000) : pick.value });
      return pick;
    }
    default: return el('span', '', `(${e.type})`);
  }
}

function local(when) {
  const two = n => String(n).padStart(2, '0');
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}T${two(when.getHours())}:${two(when.getMinutes())}`;
}

/** What a modal's fields hold: block id → action id → value. */
export function values(root) {
  const state = {};
  for (const wrap of root.querySelectorAll('[data-block]')) {
    const field = wrap.querySelector('[data-action]');
    state[wrap.dataset.block] = { [field.dataset.action]: field.read() };
  }
  return state;
}
