// Adds sign-in by passkey to the page; all else on it works without a script.
(() => {
  const button = document.getElementById('passkey');
  const message = document.getElementById('passkey-error');
  if (!button || !window.PublicKeyCredential || !navigator.credentials) return;
  button.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  const send = async (path, body) => {
    const answer = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(content.title || button.dataset.failed);
    return content;
  };

  const ask = async () => {
    const options = await send('/signin/passkey/options', {});
    const found = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: (options.allowCredentials || []).map((c) => ({ ...c, id: bytes(c.id) })),
      },
    });
    const { response } = found;
    const { location } = await send('/signin/passkey', {
      return: button.dataset.return,
      credential: {
        id: found.id,
        rawId: text(found.rawId),
        type: found.type,
        authenticatorAttachment: found.authenticatorAttachment,
        clientExtensionResults: found.getClientExtensionResults(),
        response: {
          clientDataJSON: text(response.clientDataJSON),
          authenticatorData: text(response.authenticatorData),
          signature: text(response.signature),
          userHandle: response.userHandle ? text(response.userHandle) : undefined,
        },
      },
    });
    window.location.assign(location);
  };

  button.addEventListener('click', () => {
    message.hidden = true;
    button.disabled = true;
    ask().catch((error) => {
      button.disabled = false;
      message.hidden = false;
      message.textContent =
        error.name === 'NotAllowedError' ? button.dataset.none
        : error.name === 'SecurityError' ? button.dataset.name
        : error.message;
    });
  });
})();
