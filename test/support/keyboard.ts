import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Where the keyboard is, as the page sees it. */
interface Stop {
  name: string;
  role: string;
  isVisible: boolean;
  /** Whether it stands after the stop before, or the round began anew. */
  isForward: boolean;
}

/** Run in the page. */
const look = `(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { top, bottom, left, right } = at.getBoundingClientRect();
  const last = window.lastStop;
  window.lastStop = at;
  const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
  return {
    name: name.trim(),
    role: at.type ?? at.tagName.toLowerCase(),
    isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    isForward: !last?.isConnected || last === document.body || at === last || Boolean(last.compareDocumentPosition(at) & 4),
  };
})()`;

const rounds = 2;

/** The control that has the focus. */
export const focused = (page: Page): Promise<Stop> => page.evaluate<Stop>(look);

/** Resolves when the focus is on the control of that name or role: a page moves it a moment after it has drawn. */
export async function focusComesTo(page: Page, wanted: Partial<Pick<Stop, 'name' | 'role'>>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const stop = await focused(page);
    if (stop.name === (wanted.name ?? stop.name) && stop.role === (wanted.role ?? stop.role)) return;
    if (Date.now() > deadline) throw new Error(`The focus stays on “${stop.name}” (${stop.role})`);
    await sleep(20);
  }
}

/**
 * Presses Tab until the focus is on the control of that name, as somebody without a mouse does.
 * @throws Error when it is not reached, when the focus cannot be seen on the way, or when it goes back in the page.
 */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  await page.evaluate('window.lastStop = document.activeElement');
  for (let ends = 0; ends < rounds;) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop.role === 'body') {
      ends += 1;
      continue;
    }
    passed.push(stop.name.slice(0, 40));
    if (!stop.isVisible) throw new Error(`The focus on “${stop.name}” (${stop.role}) cannot be seen`);
    if (!stop.isForward && stop.name !== 'Skip to the content')
      throw new Error(`The focus goes back: ${passed.join(' › ')}`);
    if (stop.name === name || stop.name.startsWith(`${name} `)) return;
    if (passed.length > 200) break;
  }
  throw new Error(`“${name}” is not reached: ${passed.join(' › ')}`);
}
