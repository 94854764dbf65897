// Asks Twilio's own package whether what we send, answer and sign is as it would be: `node check.mjs FILE` prints the faults as a JSON list.
// FILE: { token, signed: [{ url, signature, form }], documents: [TwiML], calls: [form], messages: [form] }, each form a list of [name, value].
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { DOMParser } from '@xmldom/xmldom';
import twilio from 'twilio';

const require = createRequire(import.meta.url);
const input = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const faults = [];
const object = form => form.reduce((all, [name, value]) => ({ ...all, [name]: name in all ? [all[name], value].flat() : value }), {});

for (const { url, signature, form } of input.signed ?? []) {
  if (!twilio.validateRequest(input.token, signature, url, object(form))) faults.push(`The signature of ${url} does not hold.`);
  if (twilio.validateRequest(input.token + 'x', signature, url, object(form))) faults.push(`Another token signs ${url} alike.`);
}

// ---- TwiML: rebuilt verb by verb through the package's own classes, it must come out the same.
const types = name => readFileSync(require.resolve('twilio').replace(/index\.js$/, `twiml/${name}.d.ts`), 'utf8');
const voiceTypes = types('VoiceResponse');
const known = (attributes, name) => new RegExp(`interface ${attributes}Attributes \\{[^}]*\\b${name}\\?`).test(voiceTypes);
const listed = (type, value) => new RegExp(`type ${type} = [^;]*"${value}"`).test(voiceTypes);
const parse = text => new DOMParser({ errorHandler: (level, message) => { throw new Error(`${level}: ${message}`); } }).parseFromString(text, 'text/xml').documentElement;
const attributesOf = node => Object.fromEntries([...Array(node.attributes.length).keys()].map(i => [node.attributes.item(i).name, node.attributes.item(i).value]));
const children = node => [...Array(node.childNodes.length).keys()].map(i => node.childNodes.item(i));
const tree = node => node.nodeType === 3 ? node.data : { verb: node.tagName, attributes: Object.fromEntries(Object.entries(attributesOf(node)).sort()), inside: children(node).map(tree) };

function rebuild(target, node) {
  const verb = node.tagName[0].toLowerCase() + node.tagName.slice(1);
  if (typeof target[verb] !== 'function') return faults.push(`<${node.tagName}> has no place in ${target.constructor.name}.`);
  const attributes = attributesOf(node), text = children(node).filter(c => c.nodeType === 3).map(c => c.data).join('');
  for (const [name, value] of Object.entries(attributes)) {
    if (!known(node.tagName, name)) faults.push(`<${node.tagName}> knows no ${name}.`);
    if (node.tagName === 'Say' && name === 'language' && !listed('SayLanguage', value)) faults.push(`<Say> speaks no ${value}.`);
    if (node.tagName === 'Say' && name === 'voice' && !listed('SayVoice', value)) faults.push(`<Say> has no voice ${value}.`);
  }
  const made = ['say', 'redirect', 'message'].includes(verb) ? target[verb](attributes, text) : target[verb](attributes);
  children(node).filter(c => c.nodeType === 1).forEach(c => rebuild(made, c));
}

for (const text of input.documents ?? []) {
  const ours = parse(text);
  if (ours.tagName !== 'Response') { faults.push(`The root is <${ours.tagName}>.`); continue; }
  const verbs = children(ours);
  const response = verbs.some(v => v.tagName === 'Message') ? new twilio.twiml.MessagingResponse() : new twilio.twiml.VoiceResponse();
  verbs.forEach(v => rebuild(response, v));
  const theirs = parse(response.toString());
  if (!isDeepStrictEqual(tree(theirs), tree(ours))) faults.push(`Theirs: ${response.toString()} Ours: ${text}`);
}

// ---- Requests: the package's client, given the same options, must post the same form to the same place.
async function posted(resource, form) {
  let request;
  const httpClient = { lastResponse: null, request: async r => { request = r; return { statusCode: 201, body: { sid: 'X' }, headers: {} }; } };
  const options = Object.fromEntries(Object.entries(object(form)).map(([name, value]) => [name[0].toLowerCase() + name.slice(1), value]));
  await twilio('AC0123456789abcdef0123456789abcdef', input.token, { httpClient })[resource].create(options);
  return { path: new URL(request.uri).pathname, data: request.data };
}
for (const [resource, page] of [['calls', 'Calls'], ['messages', 'Messages']]) {
  for (const form of input[resource] ?? []) {
    const theirs = await posted(resource, form);
    if (!theirs.path.endsWith(`/${page}.json`)) faults.push(`${page}: ${theirs.path}`);
    const clean = Object.fromEntries(Object.entries(theirs.data).filter(([, value]) => value !== undefined));
    if (!isDeepStrictEqual(clean, object(form))) faults.push(`${page}: theirs ${JSON.stringify(clean)}, ours ${JSON.stringify(object(form))}`);
  }
}
console.log(JSON.stringify(faults));
