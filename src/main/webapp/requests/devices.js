import { call, Problem } from "../people/calls.js";

const SUBSCRIPTIONS = "/api/v1/me/push-subscriptions";

/** Whether this browser can show what the server pushes. */
export const isPossible = () =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

export async function isOn() {
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(await registration?.pushManager.getSubscription());
}

/** Has this browser show requests; asks the person whether it may. */
export async function turnOn(post) {
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Problem("Your browser does not allow notifications from this page. Allow them in the browser's settings.");
  }
  const { publicKey } = await call(`${SUBSCRIPTIONS}/key`);
  await navigator.serviceWorker.register("worker.js");
  const registration = await navigator.serviceWorker.ready;
  let subscription;
  try {
    subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  } catch {
    throw new Problem("Your browser cannot reach its push service. Try again later.");
  }
  const { endpoint, keys } = subscription.toJSON();
  await post(SUBSCRIPTIONS, { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
}

/** The server learns of it from the push service, and writes mail again. */
export async function turnOff() {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
