// An app of Slack's own framework stands at the other end of the simulated workspace: its receiver verifies the signatures and parses commands, buttons,
// dialogs and events, its client calls the Web API. Usage: node bolt.mjs simulator-url port signing-secret token
import assert from 'node:assert/strict';
import bolt from '@slack/bolt';
import { ErrorCode, WebClient } from '@slack/web-api';

const [simulator, port, signingSecret, token] = process.argv.slice(2);
const heard = { commands: [], actions: [], views: [], events: [], retries: [] };
const receiver = new bolt.HTTPReceiver({ signingSecret, port: Number(port), endpoints: ['/slack/commands', '/slack/interactions', '/slack/events'], logLevel: 'error' });
const app = new bolt.App({ receiver, token, logLevel: 'error', clientOptions: { slackApiUrl: `${simulator}/simulator/slack/api/` } });
const seen = what => new Promise((done, failed) => {
  const started = Date.now();
  const look = () => what() ? done(what()) : Date.now() - started > 30000 ? failed(new Error(`not seen: ${what}`)) : setTimeout(look, 10);
  look();
});
const modal = { type: 'modal', callback_id: 'form', title: { type: 'plain_text', text: 'Form' }, submit: { type: 'plain_text', text: 'Send' }, private_metadata: 'kept', blocks: [{ type: 'input', block_id: 'title', label: { type: 'plain_text', text: 'Title' }, element: { type: 'plain_text_input', action_id: 'value' } }] };

app.command('/incident', async ({ command, ack, respond, client }) => {
  heard.commands.push(command);
  await ack({ text: 'at once' });
  await respond({ text: 'later', response_type: 'ephemeral' });
  if (command.text === 'open') await client.views.open({ trigger_id: command.trigger_id, view: modal });
});
app.action('go', async ({ action, body, ack, respond }) => {
  heard.actions.push({ action, body });
  await ack();
  await respond({ text: 'replaced', replace_original: true });
});
app.view('form', async ({ view, body, ack }) => {
  heard.views.push({ view, body });
  await ack(view.state.values.title.value.value === 'good' ? undefined : { response_action: 'errors', errors: { title: 'too bad' } });
});
app.event('reaction_added', async ({ event, body, context }) => {
  heard.events.push({ event, body });
  if (context.retryNum !== undefined) heard.retries.push({ num: context.retryNum, reason: context.retryReason });
});

const pane = async (path, body) => {
  const response = await fetch(`${simulator}/simulator/api/slack/${path}`, body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : undefined);
  assert.equal(response.status, 200, `${path}: ${response.status}`);
  return response.json();
};
const state = () => pane('state?as=U00000ANA');
const room = async name => (await state()).conversations.find(c => c.name === name || c.id === name);

await app.start();
try {
  const client = new WebClient(token, { slackApiUrl: `${simulator}/simulator/slack/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
  const fails = async (call, code) => assert.equal((await call.then(() => null, e => e))?.data?.error, code);

  // The Web API.
  const me = await client.auth.test();
  assert.equal(me.ok, true);
  const button = { type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id: 'go', value: '7', text: { type: 'plain_text', text: 'Go' } }] };
  const posted = await client.chat.postMessage({ channel: 'incidents', text: 'hello', blocks: [button], metadata: { event_type: 'test', event_payload: { id: '42' } } });
  assert.match(posted.ts, /^\d+\.\d{6}$/);
  const history = await client.conversations.history({ channel: posted.channel, oldest: posted.ts, inclusive: true, include_all_metadata: true });
  assert.equal(history.messages[0].metadata.event_payload.id, '42');
  const updated = await client.chat.update({ channel: posted.channel, ts: posted.ts, text: 'changed', blocks: [button] });
  assert.equal(updated.ts, posted.ts);
  assert.equal((await room('incidents')).messages.length, 1);
  const direct = await client.conversations.open({ users: 'U00000ANA' });
  assert.match(direct.channel.id, /^D/);
  assert.equal((await client.users.lookupByEmail({ email: 'ana@example.com' })).user.id, 'U00000ANA');
  const made = await client.conversations.create({ name: 'inc-1' });
  await client.conversations.setTopic({ channel: made.channel.id, topic: 'topic' });
  await client.conversations.invite({ channel: made.channel.id, users: 'U00000ANA' });
  await client.bookmarks.add({ channel_id: made.channel.id, title: 'Console', type: 'link', link: 'http://example.com/1' });
  await fails(client.conversations.create({ name: 'inc-1' }), 'name_taken');
  await fails(client.conversations.invite({ channel: made.channel.id, users: 'U00000ANA' }), 'already_in_channel');
  await client.conversations.archive({ channel: made.channel.id });
  await fails(client.conversations.archive({ channel: made.channel.id }), 'already_archived');
  await fails(client.chat.postMessage({ channel: made.channel.id, text: 'x' }), 'is_archived');
  await fails(client.chat.postMessage({ channel: 'C404', text: 'x' }), 'channel_not_found');
  await fails(client.chat.postMessage({ channel: 'incidents', text: 'x', blocks: [{ type: 'nonsense' }] }), 'invalid_blocks');
  await fails(client.chat.update({ channel: posted.channel, ts: '1.000000', text: 'x' }), 'message_not_found');
  await fails(client.users.lookupByEmail({ email: 'nobody@example.com' }), 'users_not_found');
  await fails(client.views.open({ trigger_id: 'stale', view: modal }), 'invalid_trigger_id');
  await fails(new WebClient('xoxb-wrong', { slackApiUrl: client.slackApiUrl, retryConfig: { retries: 0 } }).auth.test(), 'invalid_auth');
  await pane('faults', { status: 429, retryAfter: 7, times: 1 });
  const limited = await client.chat.postMessage({ channel: 'incidents', text: 'x' }).catch(e => e);
  assert.equal(limited.code, ErrorCode.RateLimitedError);
  assert.equal(limited.retryAfter, 7);

  // Requests to the app: everything below went through the receiver's own check of the signature.
  const as = 'U00000ANA';
  await pane('commands', { as, channel: 'incidents', command: '/incident', text: 'open' });
  await seen(() => heard.commands.length === 1);
  for (const field of ['token', 'team_id', 'team_domain', 'channel_id', 'channel_name', 'user_id', 'user_name', 'command', 'text', 'response_url', 'trigger_id', 'api_app_id']) assert.ok(heard.commands[0][field], field);
  let view;
  await seen(() => { state().then(s => { view = s.view; }); return view; });
  const said = (await room('incidents')).messages.map(m => m.text);
  assert.ok(said.includes('at once') && said.includes('later'), said.join());

  const refused = await pane('views/submit', { as, values: { title: { value: { type: 'plain_text_input', value: 'bad' } } } });
  assert.deepEqual(refused.errors, { title: 'too bad' });
  assert.equal(heard.views[0].view.private_metadata, 'kept');
  await pane('views/submit', { as, values: { title: { value: { type: 'plain_text_input', value: 'good' } } } });
  assert.equal((await state()).view, null);

  await pane('actions', { as, channel: posted.channel, ts: posted.ts, action: { type: 'button', action_id: 'go', block_id: 'b', value: '7', text: { type: 'plain_text', text: 'Go' } } });
  await seen(() => heard.actions.length === 1);
  assert.equal(heard.actions[0].action.value, '7');
  assert.equal(heard.actions[0].body.message.ts, posted.ts);
  let replaced;
  await seen(() => { room('incidents').then(r => { replaced = r.messages.some(m => m.text === 'replaced'); }); return replaced; });

  const envelope = await pane('reactions', { as, channel: posted.channel, ts: posted.ts, name: 'pushpin' });
  await seen(() => heard.events.length === 1);
  assert.deepEqual(heard.events[0].event.item, { type: 'message', channel: posted.channel, ts: posted.ts });
  await pane('deliver', { envelope, retry: 1, reason: 'http_timeout' });
  await seen(() => heard.events.length === 2);
  assert.equal(heard.events[1].body.event_id, heard.events[0].body.event_id);
  assert.deepEqual(heard.retries, [{ num: 1, reason: 'http_timeout' }]);
  console.log(JSON.stringify({ ok: true }));
} finally {
  await app.stop();
}
