// A real OpenID provider on a free port of loopback: prints its port, reads the client's redirect address, then serves until its input ends.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
createInterface({ input: process.stdin })
  .once('line', (redirect) => {
    const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
      clients: [{ client_id: 'incidents', client_secret: 'provider secret: 7+7', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: id !== 'bruno', name: id }) }),
      pkce: { required: () => true },
      cookies: { keys: ['only for tests'] },
    });
    server.on('request', provider.callback());
    console.log('ready');
  })
  .once('close', () => process.exit(0));
