const PAGE_SIZE = 20;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;
const CHANNELS = { MAIL: "Mail", SMS: "SMS", PUSH: "Push to the devices of", WEBHOOK: "Webhook" };

const form = document.getElementById("sign-in");
const state = document.getElementById("state");
const list = document.getElementById("messages");
const pages = document.getElementById("pages");
const newer = document.getElementById("newer");
const older = document.getElementById("older");

/** In this variable alone: no storage outlives the page. */
let token = "";
let page = 0;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  token = document.getElementById("token").value.trim();
  show(0);
});
newer.addEventListener("click", () => show(page - 1));
older.addEventListener("click", () => show(page + 1));

async function show(wanted) {
  state.textContent = "Loading…";
  try {
    const answer = await fetch(`../api/v1/outbox?page=${wanted}&pageSize=${PAGE_SIZE}`, {
      headers: { Authorization: `Bearer ${token}` },
      cache: "no-store",
    });
    const body = await answer.json();
    if (!answer.ok) {
      clear(body.detail);
      return;
    }
    page = body.currentPage;
    list.replaceChildren(...body.items.map(element));
    pages.hidden = body.totalPages < 2;
    newer.disabled = body.first;
    older.disabled = body.last;
    state.textContent = body.totalItems === 0 ? "There are no messages yet." : `Page ${page + 1} of ${body.totalPages}`;
  } catch {
    clear("The server does not answer.");
  }
}

function clear(why) {
  list.replaceChildren();
  pages.hidden = true;
  state.textContent = why;
}

function element(message) {
  const item = document.createElement("li");
  item.append(
    text("h2", message.subject ?? message.kind),
    text("p", about(message), "about"),
    text("p", progress(message), "about"),
  );
  if (message.lastError !== null) {
    item.append(text("p", message.lastError, "about failed"));
  }
  if (message.body !== null) {
    item.append(withLinks(message.body));
  }
  if (message.status === "FAILED" && message.body !== null) {
    item.append(tryAgain(message));
  }
  return item;
}

function about({ channel, recipient }) {
  return `${CHANNELS[channel]} ${channel === "MAIL" || channel === "SMS" ? "to " : ""}${recipient}`;
}

function tryAgain(message) {
  const button = text("button", "Try again");
  button.type = "button";
  button.addEventListener("click", async () => {
    button.disabled = true;
    await fetch(`../api/v1/outbox/${message.id}/retry`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
    }).catch(() => undefined);
    await show(page);
  });
  return button;
}

function progress({ status, createdDate, sentDate, tries }) {
  const queued = `queued ${time(createdDate)}`;
  switch (status) {
    case "STANDBY":
      return `Sent only if the message before it fails; ${queued}`;
    case "SENT":
      return tries === 0 ? `Stays here, ${queued}` : `Sent ${time(sentDate)}, ${queued}`;
    case "FAILED":
      return `Given up after ${tries} tries, ${queued}`;
    default:
      return `Waiting, tries so far: ${tries}, ${queued}`;
  }
}

function time(instant) {
  return new Date(instant).toLocaleString();
}

function text(name, content, className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  made.className = className;
  return made;
}

/** The body as text; what looks like an address becomes a link. */
function withLinks(body) {
  const shown = text("p", "", "body");
  let end = 0;
  for (const { 0: address, index } of body.matchAll(LINK)) {
    const link = text("a", address);
    link.href = address;
    shown.append(body.slice(end, index), link);
    end = index + address.length;
  }
  shown.append(body.slice(end));
  return shown;
}
