/** Shows what the server pushes, whether or not a page is open; see PushCalls.java for what it says. */
self.addEventListener("push", (event) => {
  const { title, body, language, id, page } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, { body, lang: language, tag: id, requireInteraction: true, data: page }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

async function open(page) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((window) => window.url === page);
  return there ? there.focus() : self.clients.openWindow(page);
}
