// A mail server that is not ours: takes mail as the options say, reads it with mailparser, and prints a line of JSON for each message.
//   node server.mjs '{"key": "file", "cert": "file", "secure": false, "hideStartTls": false, "user": "", "password": "", "methods": ["PLAIN", "LOGIN"]}'
// Recipients by the first part of their name: missing- and full- are refused for good, grey- is put off once, blocked- is refused by policy,
// lost- loses the connection once after the message was taken. It ends with its standard input.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const options = JSON.parse(process.argv[2]);
const put = new Map();
const once = address => {
  const before = put.get(address) ?? 0;
  put.set(address, before + 1);
  return before === 0;
};
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });
const say = value => process.stdout.write(`${JSON.stringify(value)}\n`);

const server = new SMTPServer({
  secure: options.secure,
  key: readFileSync(options.key),
  cert: readFileSync(options.cert),
  hideSTARTTLS: options.hideStartTls,
  authOptional: !options.user,
  authMethods: options.methods ?? ['PLAIN', 'LOGIN'],
  disableReverseLookup: true,
  logger: false,
  onAuth(auth, session, callback) {
    say({ auth: auth.method, secure: session.secure });
    if (auth.username === options.user && auth.password === options.password) callback(null, { user: auth.username });
    else callback(refusal(535, '5.7.8 Authentication failed'));
  },
  onRcptTo(address, session, callback) {
    const name = address.address;
    say({ recipient: name });
    if (name.startsWith('missing-')) callback(refusal(550, '5.1.1 No such user here'));
    else if (name.startsWith('full-')) callback(refusal(552, '5.2.2 Mailbox full'));
    else if (name.startsWith('blocked-')) callback(refusal(550, '5.7.1 Policy'));
    else if (name.startsWith('grey-') && once(name)) callback(refusal(451, '4.7.1 Greylisted, try again later'));
    else callback();
  },
  onData(stream, session, callback) {
    const pieces = [];
    stream.on('data', piece => pieces.push(piece));
    stream.on('end', async () => {
      const raw = Buffer.concat(pieces);
      const mail = await simpleParser(raw);
      const to = session.envelope.rcptTo.map(recipient => recipient.address);
      say({
        mail: {
          raw: raw.toString('base64'),
          secure: session.secure,
          user: session.user ?? null,
          hello: session.hostNameAppearsAs,
          envelopeFrom: session.envelope.mailFrom.address,
          envelopeTo: to,
          from: mail.from.value,
          to: mail.to.value,
          subject: mail.subject,
          date: mail.date?.toISOString(),
          messageId: mail.messageId,
          inReplyTo: mail.inReplyTo,
          references: mail.references,
          text: mail.text,
          html: mail.html,
          attachments: mail.attachments.length,
          headers: mail.headerLines.map(({ key, line }) => ({ key, line })),
        },
      });
      if (to.some(address => address.startsWith('lost-') && once(address))) {
        for (const connection of server.connections) if (connection.session.id === session.id) connection._socket.destroy();
        return;
      }
      callback();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
