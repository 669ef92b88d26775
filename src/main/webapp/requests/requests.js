import { call, getPasskey, signIn } from "../people/calls.js";
import { complain, find, handle, show, tell } from "../people/page.js";
import { isOn, isPossible, turnOff, turnOn } from "./devices.js";

const UNLOCKS = "/api/v1/me/unlock-requests";
const APPROVALS = "/api/v1/approval-requests";
const LOOK_AGAIN_MS = 5000;

const STATES = {
  PENDING: "Waiting for your answer",
  AWAITING_APPROVERS: "Waiting for approvers",
  APPROVED: "Approved",
  DENIED: "Denied: the account stays locked",
  REPORTED: "Reported: all your accounts are locked",
  REJECTED: "Rejected",
  EXPIRED: "Too late: it has expired",
};

/** Older ones are of no use here. */
const SHOWN_MS = 60 * 60 * 1000;

/** Where a login waits that was stopped because the account is locked. */
const waiting = new URLSearchParams(location.search);

let csrfToken;
/** What is shown now, so that nothing is drawn anew under a finger that is about to press it. */
let drawn;

start();

async function start() {
  find("sign-in").addEventListener("click", (event) => handle(event, enter));
  find("device-on").addEventListener("click", (event) => handle(event, () => device(() => turnOn(post), true)));
  find("device-off").addEventListener("click", (event) => handle(event, () => device(turnOff, false)));
  find("device").hidden = !isPossible();
  try {
    const me = await call("/api/v1/me");
    csrfToken = me.csrfToken;
    tell({ name: me.user.full_name || me.user.username });
    await look();
    show("signed-in");
    await offerToContinue();
    await device(() => {}, isPossible() && (await isOn()));
  } catch {
    show("signed-out");
  }
  setInterval(lookAgain, LOOK_AGAIN_MS);
}

async function enter() {
  const session = await signIn();
  csrfToken = session.csrfToken;
  tell({ name: session.name || session.username });
  await look();
  show("signed-in", "Requests");
  await offerToContinue();
}

/** The way back into the login, where the company knows the address: anybody can make a link to this page. */
async function offerToContinue() {
  const address = waiting.get("continue");
  if (!address) {
    return;
  }
  try {
    const known = new URL((await call(`/api/v1/me/continuation?address=${encodeURIComponent(address)}`)).address);
    known.searchParams.set("state", waiting.get("state") ?? "");
    find("continuation").querySelector("a").href = known.href;
    find("continuation").hidden = false;
  } catch (problem) {
    complain(problem);
  }
}

/** Whether this device shows requests by itself. */
async function device(change, isOnAfterwards) {
  await change();
  find("device-state").textContent = isOnAfterwards ? "This device shows you at once whatever is waiting for your answer." : "";
  find("device-on").hidden = isOnAfterwards;
  find("device-off").hidden = !isOnAfterwards;
}

async function lookAgain() {
  if (csrfToken && document.visibilityState === "visible" && !document.querySelector("main button:disabled")) {
    try {
      await look();
    } catch (problem) {
      complain(problem);
    }
  }
}

async function look() {
  const isRecent = (request) => Date.now() - Date.parse(request.openedDate) < SHOWN_MS;
  const unlocks = (await call(UNLOCKS)).filter(isRecent);
  const approvals = (await call(APPROVALS)).filter(isRecent);
  const seen = JSON.stringify([unlocks, approvals]);
  if (seen !== drawn) {
    drawn = seen;
    find("unlocks").replaceChildren(...unlocks.map(unlockCard));
    find("approvals").replaceChildren(...approvals.map(approvalCard));
    find("nothing").hidden = unlocks.length + approvals.length > 0;
  }
}

function unlockCard(request) {
  const card = copy("unlock");
  const attempt = request.latestAttempt;
  put(card, "h2", `${request.userAccountId} · ${request.application}`);
  put(card, ".state", STATES[request.state]);
  put(card, ".why", why(request));
  card.querySelector(".facts").hidden = !attempt;
  if (attempt) {
    put(card, ".when", new Date(attempt.date).toLocaleString());
    put(card, ".where", [attempt.userLocation, attempt.userIP].filter(Boolean).join(", ") || "unknown");
    put(card, ".device", attempt.userDevice || "unknown");
    put(card, ".often", request.attempts === 1 ? "once" : `${request.attempts} times`);
  }
  const isPending = request.state === "PENDING";
  card.querySelector(".answers").hidden = !isPending;
  if (isPending) {
    const numbers = request.numbers.length > 0 ? request.numbers : [undefined];
    card.querySelector(".yes").replaceChildren(...numbers.map((number) => yes(card, request, number)));
    on(card, ".no", () => answer(`${UNLOCKS}/${request.id}/denial`));
    on(card, ".report", () => answer(`${UNLOCKS}/${request.id}/report`));
  }
  return card;
}

function why(request) {
  if (request.state === "AWAITING_APPROVERS") {
    return request.approvals.map((a) => `${a.policyName}: ${a.given} of ${a.required}`).join(", ");
  }
  if (request.state !== "PENDING") {
    return "";
  }
  const login = request.latestAttempt ? "A login was blocked because the account is locked. Was it you?" : "";
  return request.numbers.length > 0 ? `${login} Pick the number that the login page shows.` : login;
}

function yes(card, request, number) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "primary";
  button.textContent = number === undefined ? "Yes, unlock it" : number;
  button.addEventListener("click", (event) =>
    handle(event, async () => {
      const minutes = Number(card.querySelector(".minutes").value) || undefined;
      const path = `${UNLOCKS}/${request.id}/approval`;
      try {
        const started = await post(`${path}/start`, { minutes, number });
        const credential = await getPasskey(started.publicKey);
        await post(path, { ceremonyId: started.ceremonyId, credential });
      } finally {
        await look();
      }
    }));
  return button;
}

function approvalCard(request) {
  const card = copy("approval");
  put(card, "h2", request.title);
  put(card, ".text", request.text);
  put(card, ".why", `${request.approvals} of ${request.requiredApprovals} have approved it.`);
  const mine = request.myVote === "APPROVED" ? "You have approved it" : "You have rejected it";
  put(card, ".state", request.state === "PENDING" && request.myVote ? mine : STATES[request.state]);
  card.querySelector(".answers").hidden = request.state !== "PENDING" || request.myVote !== null;
  if (request.type === "SIGN_AND_APPROVE") {
    put(card, ".approve", "Sign with your passkey and approve");
  }
  on(card, ".approve", () => (request.type === "SIGN_AND_APPROVE" ? sign(request) : answer(approval(request))));
  on(card, ".reject", () => answer(`${APPROVALS}/${request.id}/rejections/me`));
  return card;
}

function approval(request) {
  return `${APPROVALS}/${request.id}/approvals/me`;
}

async function sign(request) {
  const started = await post(`${approval(request)}/start`, {});
  const credential = await getPasskey(started.publicKey);
  await answer(approval(request), { ceremonyId: started.ceremonyId, credential });
}

async function answer(path, body = {}) {
  try {
    await post(path, body);
  } finally {
    await look();
  }
}

function post(path, body) {
  return call(path, { body, headers: { "x-drawbridge-csrf": csrfToken } });
}

function copy(template) {
  return find(template).content.cloneNode(true).querySelector("li");
}

function put(card, place, text) {
  card.querySelector(place).textContent = text;
}

function on(card, button, action) {
  card.querySelector(button).addEventListener("click", (event) => handle(event, action));
}
