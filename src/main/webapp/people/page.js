import { Problem } from "./calls.js";

export const find = (id) => document.getElementById(id);

/** Runs what a button or form is for, once at a time, and tells what goes wrong. */
export async function handle(event, action) {
  event.preventDefault();
  const button = event.submitter ?? event.currentTarget;
  button.disabled = true;
  find("problem").hidden = true;
  try {
    await action(event.target);
  } catch (problem) {
    complain(problem);
  } finally {
    button.disabled = false;
  }
}

/** Puts facts where the page says so; as text, never as markup. */
export function tell(facts) {
  for (const place of document.querySelectorAll("[data-fact]")) {
    const fact = facts[place.dataset.fact];
    if (fact !== undefined) {
      place.textContent = fact;
    }
  }
}

/** Shows one step of the page, and no other. */
export function show(step, title) {
  for (const section of document.querySelectorAll("[data-step]")) {
    section.hidden = section.dataset.step !== step;
  }
  if (title) {
    find("title").textContent = title;
    document.title = `${title} – Drawbridge`;
    find("title").focus();
  }
}

/** Says what went wrong. */
export function complain(problem) {
  const message = find("problem");
  message.textContent = problem instanceof Problem ? problem.message : "Something went wrong. Try again.";
  message.hidden = false;
}
