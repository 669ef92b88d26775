import { call, createPasskey, getPasskey, Problem } from "../people/calls.js";
import { complain, find, handle, show as showStep } from "../people/page.js";
import { language, texts } from "./texts.js";

/** The token is a credential: it must not stay in the history. A reload finds it all the same. */
const given = new URLSearchParams(location.search);
for (const name of ["token", "state"]) {
  if (given.has("token")) {
    sessionStorage.setItem(`challenge-${name}`, given.get(name) ?? "");
  }
}
history.replaceState(null, "", location.pathname);
const token = sessionStorage.getItem("challenge-token") ?? "";
/** What the identity provider added to the address, and wants back. */
const state = sessionStorage.getItem("challenge-state") || undefined;

const challenge = (path, body) =>
  call(`/api/v1/challenge${path}`, { body, headers: { "x-drawbridge-challenge": token } });

let asked;
let method;
let phoneNumber;

start();

async function start() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = texts[place.dataset.text];
  }
  find("qr").alt = texts.qr;
  find("phone").addEventListener("submit", (event) => attempt(event, sendToPhone));
  find("answer").addEventListener("submit", (event) => attempt(event, answer));
  find("again").addEventListener("click", (event) => attempt(event, sendAgain));
  find("back").addEventListener("click", (event) => attempt(event, goBack));
  find("scanned").addEventListener("click", () => askForCode());
  for (const other of document.querySelectorAll(".other")) {
    other.addEventListener("click", () => choose());
  }
  try {
    asked = await challenge("");
    remembering().nextElementSibling.textContent = texts.remember(asked.rememberDeviceDays);
    setInterval(tellTime, 1000);
    tellTime();
    if (asked.isRemembered) {
      await finish(await challenge("/remembered", { state }));
    } else {
      begin();
    }
  } catch (problem) {
    over(texts.overTitle, "");
    tell(problem);
  }
}

const isOpen = () => asked.state === "CHALLENGE_REQUIRED" || (asked.state === "ALLOW" && asked.isEnrolling);

function begin() {
  if (isOpen() && asked.methods.length === 0) {
    over(texts.nothingTitle, (asked.isEnrolling ? texts.nothingToEnrol : texts.nothing)(asked.company));
  } else if (isOpen()) {
    choose();
  } else if (asked.state === "REVIEW_REQUIRED") {
    over(texts.reviewTitle, texts.review);
  } else if (asked.state === "BLOCK") {
    over(texts.blockedTitle, texts.blocked);
  } else if (asked.state === "CHALLENGE_FAILED") {
    over(texts.overTitle, texts.failed);
  } else {
    over(texts.overTitle, texts.closed);
  }
}

/** The time that is left matters only while there is something to do, and so does what is remembered. */
function show(step, title) {
  const isAsking = ["choose", "phone", "app", "code"].includes(step);
  find("time").hidden = !isAsking;
  find("remember").hidden = !isAsking || asked.rememberDeviceDays === 0;
  showStep(step, title);
}

/** Who is not let in can go back all the same: the application has words of its own for that. */
const REFUSED = ["BLOCK", "CHALLENGE_FAILED", "REVIEW_REQUIRED", "REVIEW_FAILED"];

function over(title, text) {
  find("over").textContent = text;
  find("back").hidden = !(asked?.hasWayBack && (isOpen() || REFUSED.includes(asked.state)));
  show("over", title);
}

async function goBack() {
  const { redirectUrl } = await challenge("/back", { state });
  forget();
  if (redirectUrl) {
    location.replace(redirectUrl);
  } else {
    over(texts.overTitle, texts.closed);
  }
}

function forget() {
  sessionStorage.removeItem("challenge-token");
  sessionStorage.removeItem("challenge-state");
}

/** As the page's handler does, in the person's language. */
function attempt(event, action) {
  return handle(event, async (target) => {
    try {
      await action(target);
    } catch (problem) {
      if (problem.type === "challenge-closed" && (await isOver())) {
        return;
      }
      throw translated(problem);
    }
  });
}

/** Looks again where the challenge is over, and shows how it ended; false where even that cannot be seen any more. */
async function isOver() {
  try {
    asked = await challenge("");
  } catch {
    return false;
  }
  begin();
  return true;
}

function translated(problem) {
  const known = problem instanceof Problem && texts.problems[problem.type];
  return known ? new Problem(known, problem.type) : problem;
}

function tell(problem) {
  complain(translated(problem));
}

function choose() {
  find("problem").hidden = true;
  find("why").textContent =
    (asked.isEnrolling ? texts.whyEnrolling : texts.why)(asked.company);
  find("methods").replaceChildren(...asked.methods.map(item));
  show("choose", asked.isEnrolling ? texts.enrolling : texts.challenge);
}

function item(offered) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.method = offered.method;
  button.append(texts[offered.method]);
  if (offered.hint) {
    button.append(Object.assign(document.createElement("small"), { textContent: offered.hint }));
  }
  button.addEventListener("click", (event) => attempt(event, () => use(offered)));
  const place = document.createElement("li");
  place.append(button);
  return place;
}

async function use(offered) {
  method = offered;
  phoneNumber = undefined;
  if (method.method === "PASSKEY" && asked.isEnrolling) {
    const started = await challenge("/passkey/enrol/start", {});
    const credential = await createPasskey(started.publicKey);
    await finish(await challenge("/passkey/enrol", { ceremonyId: started.ceremonyId, credential, ...goingOn() }));
  } else if (method.method === "PASSKEY") {
    const started = await challenge("/passkey/start", {});
    const credential = await getPasskey(started.publicKey);
    await finish(await challenge("/passkey", { ceremonyId: started.ceremonyId, credential, ...goingOn() }));
  } else if (method.method === "AUTHENTICATOR_APP" && asked.isEnrolling) {
    const app = await challenge("/app", {});
    find("qr").src = app.qrCode;
    find("key").textContent = app.secret.replace(/(.{4})/g, "$1 ").trim();
    find("uri").href = app.uri;
    show("app", texts.AUTHENTICATOR_APP);
  } else if (method.method === "SMS" && asked.isEnrolling && !method.hint) {
    show("phone", texts.SMS);
  } else {
    await sendAndAsk();
  }
}

const remembering = () => find("remember").querySelector("input");

const goingOn = () => ({ state, rememberDevice: remembering().checked });

const isSent = () => ["EMAIL_OTP", "SMS"].includes(method.method);

const send = () => challenge("/codes", { method: method.method, phoneNumber });

async function sendToPhone(form) {
  phoneNumber = form.elements.phone.value;
  await sendAndAsk();
}

/** Where enough codes were sent, one that came can be typed all the same. */
async function sendAndAsk() {
  let enough;
  try {
    if (isSent()) {
      await send();
    }
  } catch (problem) {
    if (problem.type !== "too-many-codes") {
      throw problem;
    }
    enough = problem;
  }
  askForCode();
  if (enough) {
    throw enough;
  }
}

async function sendAgain() {
  await send();
  find("resent").textContent = texts.resent;
}

function askForCode() {
  const input = find("answer").elements.code;
  input.value = "";
  input.inputMode = method.method === "RECOVERY_CODE" ? "text" : "numeric";
  find("sent").textContent = texts.sent[method.method](phoneNumber ?? method.hint);
  find("again").hidden = !isSent();
  find("resent").textContent = "";
  show("code", texts[method.method]);
  input.focus();
}

async function answer(form) {
  await finish(await challenge("/answer", { method: method.method, code: form.elements.code.value, ...goingOn() }));
}

async function finish(answered) {
  forget();
  const goOn = () => {
    if (answered.redirectUrl) {
      location.replace(answered.redirectUrl);
    } else {
      over(texts.doneTitle, texts.done);
    }
  };
  if (answered.recoveryCodes.length === 0) {
    goOn();
    return;
  }
  find("codes").setAttribute("aria-label", texts.keepTitle);
  find("codes").replaceChildren(
    ...answered.recoveryCodes.map((code) => Object.assign(document.createElement("li"), { textContent: code })));
  find("kept").addEventListener("click", goOn);
  show("keep", texts.keepTitle);
}

function tellTime() {
  const seconds = Math.max(0, Math.round((Date.parse(asked.expiry) - Date.now()) / 1000));
  find("left").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
