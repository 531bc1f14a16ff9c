/** The worker of the key bench: the one place where private keys are open. The page talks to it over one typed surface. */
import { expose } from 'comlink';
import { Desk } from './desk.ts';

/** Between two looks at the page's messages. */
const sliceMilliseconds = 30;

const channel = new MessageChannel();
let last = performance.now();

/** A turn of the event loop, when the last is a while ago. */
async function pause(): Promise<void> {
  if (performance.now() - last < sliceMilliseconds) return;
  await new Promise<void>((resolve) => {
    channel.port1.addEventListener('message', () => resolve(), { once: true });
    channel.port2.postMessage(undefined);
  });
  last = performance.now();
}
channel.port1.start();

expose(new Desk({ random: (size) => crypto.getRandomValues(new Uint8Array(size)), pause }));
