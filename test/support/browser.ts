import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const artifacts = join(__dirname, '..', 'artifacts', 'console');
const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's browser; undefined where there is none. */
export const installedBrowser = candidates.find((path) => existsSync(path));

const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export function launchBrowser(): Promise<Browser> {
  if (!installedBrowser) throw new Error('No browser is installed');
  return chromium.launch({ executablePath: installedBrowser, args: quiet });
}

/** How a screen is looked at: every one in light and in dark, at a desk's width and at a phone's. */
const looks = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 900 },
  { name: 'phone-dark', colorScheme: 'dark', width: 390, height: 844 },
] as const;

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/**
 * Collects what the pages under `address` do that they must not: errors that nobody caught, and whatever their console calls an
 * error, refusals by the content security policy among them. Other sites, and calls that the API refused, are not theirs.
 */
export function watchFaults(page: Page, address: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && message.location().url.startsWith(address))
      faults.push(`console: ${message.text()}`);
  });
  return faults;
}

/**
 * Looks at a screen in each way, leaves a picture of it in test/artifacts/console, and answers what is wrong with it: serious and
 * critical findings of axe, and content that is wider than the screen.
 */
export async function inspect(page: Page, name: string): Promise<string[]> {
  mkdirSync(artifacts, { recursive: true });
  const wrong: string[] = [];
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(artifacts, `${name}-${look.name}.png`), fullPage: true });
    const tooWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
    if (tooWide) wrong.push(`${name} ${look.name}: wider than the screen`);
    wrong.push(...(await findingsOf(page)).map((finding) => `${name} ${look.name}: ${finding}`));
  }
  await page.setViewportSize({ width: looks[0].width, height: looks[0].height });
  return wrong;
}

async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`);
  const options = `{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }`;
  const found = await page.evaluate<Finding[]>(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
