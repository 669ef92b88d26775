const SHOWN_FOR_MS = 2000;
const WORDS = {
  database: "the database cannot be reached",
  migration: "the database's schema is not up to date",
};

/** The commands are written for the address that `mvn` starts at; this page knows the real one. */
for (const code of document.querySelectorAll("pre code")) {
  code.textContent = code.textContent.replaceAll("http://localhost:8080", location.origin);
  makeCopyable(code);
}

function makeCopyable(code) {
  const pre = code.parentElement;
  const title = pre.closest("li").querySelector("h3").textContent;
  // A wide command scrolls, and must do so by keyboard, too.
  pre.tabIndex = 0;
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", `Commands: ${title}`);
  const command = document.createElement("div");
  command.className = "command";
  pre.replaceWith(command);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${title}`);
  button.addEventListener("click", () => copy(code, button));
  command.append(pre, button);
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(`${code.textContent}\n`);
    button.textContent = "Copied";
  } catch {
    // Without HTTPS there is no clipboard; the text is selected instead.
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
  setTimeout(() => (button.textContent = "Copy"), SHOWN_FOR_MS);
}

async function health() {
  try {
    const { status, checks } = await (await fetch("health/ready")).json();
    if (status === "UP") {
      return { state: "up", text: "Ready: the database answers, and its schema is up to date." };
    }
    const down = checks.filter((check) => check.status !== "UP").map((check) => WORDS[check.name] ?? check.name);
    return { state: "down", text: `Not ready: ${down.join(", and ")}.` };
  } catch {
    return { state: "down", text: "The server does not answer." };
  }
}

async function showHealth() {
  const { state, text } = await health();
  const shown = document.getElementById("health");
  shown.dataset.state = state;
  shown.textContent = text;
}

async function showVersion() {
  const { name, version } = await (await fetch("api/v1/version")).json();
  document.getElementById("version").textContent = `${name} ${version}`;
}

showHealth();
showVersion().catch(() => {});
