/** What went wrong, in words for the person; its type names it for pages that have words of their own. */
export class Problem extends Error {
  constructor(message, type) {
    super(message);
    this.type = type;
  }
}

/** Calls the API with JSON; a body makes it a POST. */
export async function call(path, { body, headers = {} } = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem("The server cannot be reached. Check your connection, and try again.", "unreachable");
  }
  const json = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) {
    const members = (json.errors ?? []).map((error) => `${error.pointer.slice(1)} ${error.detail}`);
    throw new Problem([json.detail, ...members].join(" "), json.type?.split(":").pop());
  }
  return json;
}

/** A new passkey, in the standard's JSON. */
export async function createPasskey(options) {
  return passkey(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
}

/** An assertion by a passkey that there is, in the standard's JSON. */
export async function getPasskey(options) {
  return passkey(() =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}

async function passkey(ceremony) {
  if (!globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    throw new Problem("This browser does not support passkeys. Use a newer one.");
  }
  try {
    return (await ceremony()).toJSON();
  } catch (error) {
    if (error.name === "InvalidStateError") {
      throw new Problem("This device already has a passkey for you.");
    }
    if (error.name === "NotAllowedError") {
      throw new Problem("The passkey was not used: it was cancelled, or took too long. Try again.", "passkey-cancelled");
    }
    throw new Problem("Your device could not do that. Try another device or browser.");
  }
}

/** Signs in with a passkey; answers who it is, with the token for calls that change something. */
export async function signIn() {
  const started = await call("/api/v1/sessions/start", { body: {} });
  const credential = await getPasskey(started.publicKey);
  return call("/api/v1/sessions", { body: { ceremonyId: started.ceremonyId, credential } });
}
