// Passkeys (WebAuthn): asks the browser to make a key, or to sign with one. Pages work without it.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

async function ask(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const withBytes = (list) => (list ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

async function make(request) {
  const options = await ask(request);
  const key = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  return answerOf(key, {
    attestationObject: toText(key.response.attestationObject),
    transports: key.response.getTransports?.() ?? [],
  });
}

async function sign(request) {
  const options = await ask(request);
  const key = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = key.response;
  return answerOf(key, {
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle ? { userHandle: toText(userHandle) } : {}),
  });
}

function answerOf(key, response) {
  return {
    id: key.id,
    rawId: toText(key.rawId),
    type: key.type,
    clientExtensionResults: {},
    response: { clientDataJSON: toText(key.response.clientDataJSON), ...response },
  };
}

for (const part of document.querySelectorAll('[data-passkey]')) {
  if (!window.PublicKeyCredential) break;
  part.hidden = false;
  const fault = part.querySelector('[data-fault]');
  part.querySelector('button').addEventListener('click', async () => {
    fault.textContent = '';
    try {
      if (part.dataset.passkey === 'create') {
        const name = part.querySelector('input').value;
        await ask(part.dataset.answer, { name, response: await make(part.dataset.request) });
      } else await ask(part.dataset.answer, await sign(part.dataset.request));
      window.location.assign(part.dataset.to);
    } catch {
      fault.textContent = fault.dataset.fault;
    }
  });
}
