import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
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

/**
 * How a screen is looked at. Dark and a phone's width show the same elements in other colours and sizes: there, the rules that depend
 * on those are asked, and one look asks all of them. What comes over a screen that was looked at already (`state`) is asked for
 * everything once, at a phone's width in the dark, where it fares worst, and for its colours in the light.
 */
const styled = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const every = { type: 'tag', values: tags };
const ofStyle = { type: 'rule', values: styled };

interface Look {
  name: string;
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
  /** What axe runs. */
  rules: { type: string; values: string[] };
  isPictured: boolean;
}

const light: Look = {
  name: 'light',
  colorScheme: 'light',
  width: 1280,
  height: 900,
  rules: every,
  isPictured: true,
};
const dark: Look = { ...light, name: 'dark', colorScheme: 'dark', rules: ofStyle };
const phone: Look = { ...light, name: 'phone', width: 390, height: 844, rules: ofStyle };
const looks: Record<'screen' | 'state', Look[]> = {
  screen: [light, dark, phone],
  state: [
    { ...phone, name: 'phone-dark', colorScheme: 'dark', rules: every },
    { ...light, rules: { type: 'rule', values: ['color-contrast'] }, isPictured: false },
  ],
};

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

/** Run in the page; from its beginning. */
const sizeOfPage = `(() => {
  scrollTo(0, 0);
  const { scrollWidth, scrollHeight } = document.documentElement;
  return { width: scrollWidth, height: Math.max(scrollHeight, innerHeight) };
})()`;

/**
 * Looks at a screen in each way, leaves a picture of it in test/artifacts/console, and answers what is wrong with it: serious and
 * critical findings of axe, and content that is wider than the screen.
 */
export async function inspect(
  page: Page,
  name: string,
  kind: 'screen' | 'state' = 'screen',
): Promise<string[]> {
  mkdirSync(artifacts, { recursive: true });
  const wrong: string[] = [];
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  const devtools = await page.context().newCDPSession(page);
  for (const { colorScheme, width, height, rules, ...look } of looks[kind]) {
    const at = `${name} ${look.name}`;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const whole = await page.evaluate<{ width: number; height: number }>(sizeOfPage);
    if (whole.width > width) wrong.push(`${at}: wider than the screen`);
    if (look.isPictured) {
      // As high as the page: what is fixed to the screen's edges would stand in the midst of it.
      if (whole.height > height) await page.setViewportSize({ width, height: whole.height });
      const { data } = await devtools.send('Page.captureScreenshot', { optimizeForSpeed: true });
      writeFileSync(join(artifacts, `${name}-${look.name}.png`), Buffer.from(data, 'base64'));
    }
    wrong.push(...(await findingsOf(page, rules)).map((finding) => `${at}: ${finding}`));
  }
  await devtools.detach();
  await page.emulateMedia({ colorScheme: light.colorScheme });
  await page.setViewportSize({ width: light.width, height: light.height });
  return wrong;
}

async function findingsOf(page: Page, runOnly: object): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'], elementRef: false });
  const found = await page.evaluate<Finding[]>(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
