import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { fillMailbox, mailsOf } from '../../../sandbox/demo/mailbox';
import { until } from '../../../sandbox/demo/journey';
import { Inbrief } from '../../../sdk/src';
import { totpAt, totpStep } from '../../../src/auth/domain/totp';
import { startTestApp, type TestApp } from '../../support/app';
import { inspect, installedBrowser, launchBrowser, watchFaults } from '../../support/browser';

const root = join(__dirname, '..', '..', '..');
const ada = { email: 'ada@example.com', password: 'correct-horse-battery-staple', name: 'Ada Lovelace' };

/** Run in the page: keeps each thing that the progress says. */
const noteProgress = `window.seen = [];
new MutationObserver(() => {
  const text = document.querySelector('.progress [role=status]')?.textContent;
  if (text && text !== window.seen.at(-1)) window.seen.push(text);
}).observe(document.body, { subtree: true, childList: true, characterData: true });`;

let product: TestApp;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'tools', 'build.mjs'), 'console/dist']);
  product = await startTestApp({ console: true });
}, 60_000);
afterAll(() => product.close());

describe('the console as it is served', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${product.url}${path}`, { redirect: 'manual', headers });
  const scripts = () =>
    readdirSync(join(root, 'console', 'dist', 'assets')).filter((name) => name.endsWith('.js'));

  it('asks for its page anew each time, keeps hashed files for ever, and sends them compressed', async () => {
    const page = await get('/console/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = await get(`/console/assets/${scripts()[0]}`, { 'accept-encoding': 'br' });
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-encoding')).toBe('br');
    expect(script.headers.get('content-type')).toContain('javascript');
  });

  // Mutant: the documentation page's policy, which allows inline styles.
  it('lets nothing inline run, and holds nothing inline', async () => {
    const page = await get('/console/');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });

  it('takes along what a redirect brought', async () => {
    const answer = await get('/console?checkout=success');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/console/?checkout=success');
  });

  it.each(['/console/nothing.js', '/console/../package.json', '/console/%2e%2e/package.json'])(
    'answers %s with a problem',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('is less than 80 KB of script', () => {
    const sizes = scripts().map(
      (name) => gzipSync(readFileSync(join(root, 'console', 'dist', 'assets', name))).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80_000);
  });
});

if (!installedBrowser) process.stdout.write('No Chromium here: the console is not driven in a browser.\n');

(installedBrowser ? describe : describe.skip)('the console in a browser', () => {
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let base: string;
  beforeAll(async () => {
    await fillMailbox(product.google.url, ada.email, mailsOf(join(root, 'sandbox', 'inbox')));
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' })).newPage();
    page.setDefaultTimeout(10_000);
    base = product.url.replace('127.0.0.1', 'localhost');
    faults = watchFaults(page, `${base}/console`);
  });
  afterEach(() => expect(faults.splice(0)).toEqual([]));
  afterAll(() => browser.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const settled = () => page.waitForSelector('.loading', { state: 'detached' });
  const look = async (name: string) => {
    await settled();
    expect(await inspect(page, name)).toEqual([]);
  };
  const open = async (name: string) => {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await heading(name);
  };
  const signIn = async (password: string) => {
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill(password);
    await button('Sign in').click();
  };

  it('signs somebody up, and says what is wrong with what they typed', async () => {
    await page.goto(`${base}/console`);
    await heading('Welcome back');
    await look('1-sign-in');
    await signIn('not the password');
    await page.getByRole('alert').getByText('do not belong together').waitFor();
    await button('Create an account').click();
    await page.getByLabel('Name').fill(ada.name);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill(ada.password);
    await look('2-sign-up');
    await button('Create account').click();
    await heading('Home');
    await look('3-home-empty');
  });

  it('is used by keyboard: the first stop skips to the content', async () => {
    await page.reload();
    await heading('Home');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await skip.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
  });

  it("connects Gmail on Google's page and comes back signed in", async () => {
    await button('Connect Gmail').click();
    await page.waitForURL((url) => url.origin === product.google.url);
    await button('Allow').click();
    await page.getByRole('link', { name: 'Connect the mailbox' }).click();
    await page.getByText('Your mailbox is connected').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.getByText(ada.email).first().waitFor();
  });

  it("buys credits on Stripe's page and sees them arrive", async () => {
    await open('Credits');
    await button('Buy Starter').click();
    await page.waitForURL((url) => url.origin === product.stripe.url);
    await button('Pay').click();
    await page.getByText('Thank you: 100 credits arrived.').waitFor();
    await look('4-credits-bought');
  });

  it('reads the mailbox with progress that moves', async () => {
    await open('Home');
    await page.evaluate(noteProgress);
    await button('Look for new mail').click();
    await page.getByText(/^Done: \d+ new summaries/).waitFor({ timeout: 30_000 });
    const seen = await page.evaluate<string[]>('window.seen');
    expect(seen.filter((text) => / of \d+ mails read$/.test(text)).length).toBeGreaterThan(0);
    await page.locator('.summaries li').first().waitFor();
    await look('5-home');
  });

  it('finds summaries by word, category and urgency', async () => {
    await open('Summaries');
    await page.locator('.summaries li').nth(5).waitFor();
    const all = await page.locator('.summaries li').count();
    await look('6-summaries');
    await page.getByRole('searchbox').fill('invoice');
    await page.keyboard.press('Enter');
    await page.locator('.summaries mark').first().waitFor();
    expect(await page.locator('.summaries li').count()).toBeLessThan(all);
    await look('7-search');
    await page.getByRole('searchbox').fill('zzzzzz');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing fits').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.keyboard.press('Enter');
    await page.getByLabel('Urgency').selectOption('normal');
    await page.waitForSelector('.summaries .urgency:not(.normal)', { state: 'detached' });
    expect(page.url()).toContain('urgency=normal');
  });

  it('shows a summary, takes feedback on it, and acts on its mail', async () => {
    await page.locator('.summaries a').first().click();
    await page.getByRole('heading', { name: 'Was this useful?' }).waitFor();
    await button('Yes').click();
    await page.getByText('Noted, thank you.').waitFor();
    expect(await button('Yes').getAttribute('aria-pressed')).toBe('true');
    await button('Star').click();
    await page.getByText('“Star” is on its way to Gmail.').waitFor();
    await look('8-summary');
    await until(
      async () =>
        (await product.sql(`select 1 from email_actions where kind = 'star' and status = 'applied'`)).length >
        0,
      'the star',
    );
    await button('Undo').click();
    await page.getByText('“Star” is taken back.').waitFor();
  });

  it('shows what was used and every line of the ledger', async () => {
    await open('Credits');
    await page.locator('.chart canvas').waitFor();
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(20);
    await look('9-credits');
  });

  it('makes an API key that works, shows it once, and revokes it', async () => {
    await open('Account');
    await look('10-account');
    await page.getByLabel('What it is for').fill('A script of mine');
    await button('Make the key').click();
    const key = (await page.locator('.secret').textContent()) ?? '';
    const byKey = new Inbrief({ baseUrl: product.url, apiKey: key });
    expect((await byKey.summaries.list({ limit: 1 })).data).toHaveLength(1);
    await page.getByText('A script of mine').waitFor();
    await look('11-key');
    await button('Revoke A script of mine').click();
    await page.getByText('No keys').waitFor();
    await expect(byKey.summaries.list({ limit: 1 }).all()).rejects.toMatchObject({ status: 401 });
  });

  it('signs out, and in again with a code of the authenticator app', async () => {
    const inbrief = new Inbrief({ baseUrl: product.url });
    await inbrief.auth.login({ email: ada.email, password: ada.password });
    const { uri } = await inbrief.secondFactor.begin();
    const secret = decodeBase32(new URL(uri).searchParams.get('secret') ?? '');
    await inbrief.secondFactor.confirm({ code: totpAt(secret, totpStep() - 1) });
    await button('Sign out').click();
    await heading('Welcome back');
    expect(await page.evaluate("sessionStorage.getItem('inbrief.session')")).toBeNull();
    await signIn(ada.password);
    await page.getByLabel('Code').fill(totpAt(secret, totpStep()));
    await look('12-code');
    await button('Sign in').click();
    await heading('Home');
  });

  it('says what happened and offers to try again when the server fails', async () => {
    await page.route('**/api/email/summaries?**', (route) => route.abort());
    await open('Summaries');
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor({ timeout: 20_000 });
    await look('13-failure');
    await page.unroute('**/api/email/summaries?**');
    await button('Try again').click();
    await page.locator('.summaries li').first().waitFor();
  });
});

function decodeBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
