import { call, createPasskey, signIn } from "../people/calls.js";
import { complain, find, handle, show, tell } from "../people/page.js";

/** What was called for, before it is shown; the address must not stay in the history. */
const token = new URLSearchParams(location.search).get("auth-token") ?? "";
history.replaceState(null, "", location.pathname);

const enrolment = (path, options = {}) =>
  call(`/api/v1/enrolment${path}`, { ...options, headers: { "x-drawbridge-enrolment": token, ...options.headers } });

let person;
let session;

start();

async function start() {
  find("sign-up").addEventListener("submit", (event) => handle(event, signUp));
  find("confirm").addEventListener("submit", (event) => handle(event, confirm));
  find("passkey").addEventListener("click", (event) => handle(event, makePasskey));
  find("sign-in").addEventListener("click", (event) => handle(event, signInAndClaim));
  find("again").addEventListener("click", () => show("sign-up"));
  find("codes").addEventListener("click", (event) => handle(event, makeCodes));
  try {
    const link = await enrolment("");
    tell(link);
    if (link.kind === "ACCOUNT") {
      if (link.userAccountId.includes("@")) {
        find("sign-up").elements.email.value = link.userAccountId;
      }
      show("sign-up", `Protect your account at ${link.application}`);
    } else {
      show("invited", `Your passkey for ${link.company}`);
    }
  } catch (problem) {
    show(null, "This link cannot be used");
    complain(problem);
  }
}

async function signUp(form) {
  person = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  person.username = person.email;
  const started = await enrolment("/start", {
    body: {
      username: person.username,
      credentialNickname: "Passkey",
      authenticatorSelection: { requireResidentKey: true, userVerification: "REQUIRED" },
    },
  });
  const credential = await createPasskey(started.publicKey);
  const finished = await enrolment("/finish", { body: { registrationId: started.registrationId, credential } });
  await enrolment("/signup", { body: { ...person, publicKeyCred: finished.credId } });
  tell(person);
  show("confirm", "Check your mail");
  find("confirm").elements.code.focus();
}

async function confirm(form) {
  const confirmationCode = form.elements.code.value;
  session = await enrolment("/confirmSignup", { body: { username: person.username, confirmationCode } });
  await showAccounts();
}

async function makePasskey() {
  const started = await enrolment("/passkey/start", { body: {} });
  const credential = await createPasskey(started.publicKey);
  session = await enrolment("/passkey", { body: { ceremonyId: started.ceremonyId, credential } });
  await showAccounts();
}

async function signInAndClaim() {
  session = await signIn();
  await enrolment("/claim", { body: {}, headers: csrf() });
  await showAccounts();
}

async function showAccounts() {
  const me = await call("/api/v1/me");
  tell({ name: me.user.full_name || me.user.username });
  find("accounts").replaceChildren(...me.user.accounts.map(card));
  find("no-accounts").hidden = me.user.accounts.length > 0;
  show("done", me.user.accounts.length > 0 ? "Your account is protected" : "You are signed in");
}

function card(account) {
  const item = find("account").content.cloneNode(true).querySelector("li");
  item.querySelector("h2").textContent = `${account.userAccountId} · ${account.application}`;
  item.querySelector("button").addEventListener("click", (event) =>
    handle(event, async () => {
      const change = item.dataset.locked === "true" ? "unlock" : "lock";
      draw(item, await call(`/api/v1/me/accounts/${account.id}/${change}`, { body: {}, headers: csrf() }));
    }));
  draw(item, account);
  return item;
}

function draw(item, account) {
  item.dataset.locked = account.lockStatus;
  item.querySelector(".state").textContent = account.lockStatus ? "Locked" : "Unlocked";
  item.querySelector(".why").textContent = account.lockStatus
    ? "Nobody can log in, not even with the right password."
    : "Anyone with the password can log in. Lock it again once you have logged in.";
  item.querySelector("button").textContent = account.lockStatus ? "Unlock" : "Lock";
}

async function makeCodes() {
  const { codes } = await call("/api/v1/me/recovery-codes", { body: {}, headers: csrf() });
  const list = find("code-list");
  list.replaceChildren(...codes.map((code) => Object.assign(document.createElement("li"), { textContent: code })));
  list.hidden = false;
  find("codes").textContent = "Make new codes (these stop working)";
}

function csrf() {
  return { "x-drawbridge-csrf": session.csrfToken };
}
