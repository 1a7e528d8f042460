import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { focusComesTo, focused, tabTo } from '../../support/keyboard';

const root = join(__dirname, '..', '..', '..');
const ada = { email: 'ada@example.com', password: 'correct-horse-battery-staple', name: 'Ada Lovelace' };

/** Run in the page: keeps each thing that the progress says. */
const noteProgress = `window.seen = [];
new MutationObserver(() => {
  const text = document.querySelector('.progress [role=status]')?.textContent;
  if (text && text !== window.seen.at(-1)) window.seen.push(text);
}).observe(document.body, { subtree: true, childList: true, characterData: true });`;

let product: TestApp;
/** A system of Ada's own that is told what happens. */
const receiver = createServer((_, answer) => answer.writeHead(204).end());
let receiverUrl: string;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'tools', 'build.mjs'), 'console/dist']);
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  product = await startTestApp({ console: true, env: { WEBHOOK_TRUSTED_ORIGINS: receiverUrl } });
}, 60_000);
afterAll(async () => {
  await product.close();
  receiver.close();
});

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
    page = await (
      await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
    ).newPage();
    page.setDefaultTimeout(20_000);
    base = product.url.replace('127.0.0.1', 'localhost');
    faults = watchFaults(page, `${base}/console`);
  });
  afterEach(() => expect(faults.splice(0)).toEqual([]));
  afterAll(() => browser.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const settled = () => page.waitForSelector('.loading', { state: 'detached' });
  const look = async (name: string, kind?: 'state') => {
    await settled();
    expect(await inspect(page, name, kind)).toEqual([]);
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
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByLabel('Name').fill(ada.name);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill(ada.password);
    await look('2-sign-up', 'state');
    await button('Create account').click();
    await heading('Home');
    await look('3-home-empty');
    await open('Summaries');
    await page.getByText('No summaries yet').waitFor();
    await look('3-summaries-empty', 'state');
  });

  it("connects Gmail on Google's page and comes back signed in", async () => {
    await open('Home');
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
  });

  it('reads the mailbox with progress that moves', async () => {
    await open('Home');
    await page.evaluate(noteProgress);
    await button('Look for new mail').click();
    await page.getByText(/^Done: \d+ new summaries/).waitFor({ timeout: 60_000 });
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
    await look('7-search', 'state');
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
    await button('No').click();
    await page.getByLabel('What was wrong?').selectOption('too-long');
    await page.getByLabel('In your words').fill('Twice the mail itself.');
    await look('8-feedback');
    await button('Send').click();
    await page.getByText('Noted, thank you. Too long.').waitFor();
    const [given] =
      await product.sql(`select feedback_useful as useful, feedback_reason as reason, feedback_comment as comment
         from email_summaries where feedback_at is not null`);
    expect(given).toEqual({ useful: false, reason: 'too-long', comment: 'Twice the mail itself.' });
    await button('Star').click();
    await page.getByText('“Star” is on its way to Gmail.').waitFor();
    await until(
      async () =>
        (await product.sql(`select 1 from email_actions where kind = 'star' and status = 'applied'`)).length >
        0,
      'the star',
    );
    await button('Undo').click();
    await page.getByText('“Star” is taken back.').waitFor();
  });

  it('summarises a mail again once its price was seen', async () => {
    await button('Summarise again').click();
    await page.getByRole('dialog').getByText('costs 1 credit').waitFor();
    await look('8-again', 'state');
    await button('Spend 1 credit').click();
    await page.getByText('A new summary is on its way.').waitFor();
    await until(
      async () =>
        (await product.sql('select 1 from email_summaries where superseded_at is not null')).length > 0,
      'the new summary',
    );
  });

  it('tells what was read from what was not', async () => {
    const noted = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await open('Summaries');
    await page.locator('.summaries a').first().click();
    expect((await noted).status()).toBe(204);
    await open('Summaries');
    await page.locator('.summaries .read').first().click();
    await button('Keep as unread').click();
    await page.getByText('It stays unread.').waitFor();
    await open('Summaries');
    await page.getByLabel('Unread').check();
    await page.waitForURL(/unread=yes/);
    await page.locator('.summaries li').first().waitFor();
    await page.waitForSelector('.summaries .read', { state: 'detached' });
  });

  it('shows what was used and every line of the ledger', async () => {
    await open('Credits');
    await page.locator('.chart canvas').waitFor();
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBe(25);
    await look('9-credits');
    await button('Show more').click();
    await page.locator('tbody tr').nth(25).waitFor();
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
    await look('11-key', 'state');
    await button('I have kept it').click();
    await button('Revoke A script of mine').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No keys').waitFor();
    await expect(byKey.summaries.list({ limit: 1 }).all()).rejects.toMatchObject({ status: 401 });
  });

  it('signs another device out', async () => {
    const elsewhere = new Inbrief({ baseUrl: product.url });
    await elsewhere.auth.login({ email: ada.email, password: ada.password });
    await page.reload();
    await button(/^Sign out (?!Chrome)./).click();
    await button('Sign it out').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until(
      async () => (await product.sql('select 1 from user_sessions where revoked_at is not null')).length > 0,
      'the end of the session',
    );
  });

  it('tells a system of its owner what happens, and again when asked', async () => {
    await page.getByRole('link', { name: 'Set up webhooks' }).click();
    await heading('Webhooks');
    await page.getByLabel('Address').fill(`${receiverUrl}/hook`);
    await page.getByLabel('What it is').fill('My ticket system');
    await button('Add the endpoint').click();
    expect(await page.locator('.secret').textContent()).toMatch(/^whsec_/);
    await button('Send a test').click();
    await page.getByText('webhook.test').first().waitFor();
    await look('12-webhooks');
    await button('I have kept it').click();
    await button('Send again: webhook.test').click();
    const delivered = () => product.sql(`select 1 from webhook_deliveries where state = 'delivered'`);
    await until(async () => (await delivered()).length > 0, 'the delivery');
    await button('Remove').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('None yet').waitFor();
  });

  // Mutants: `outline: none` on buttons; a card that puts its button before its content by tabIndex; a dialog that is only drawn above.
  it('is used without a mouse: every stop in order and in sight, and back where one was after a dialog', async () => {
    const press = (key: string) => page.keyboard.press(key);
    const opensDialog = async () => {
      await page.getByRole('dialog').waitFor();
      expect(await page.evaluate("document.activeElement.closest('dialog') !== null")).toBe(true);
    };
    // One that is closed has no role any more, and gives the focus back once more when it is taken out.
    const isGone = () => page.locator('dialog').waitFor({ state: 'detached' });
    await button('Sign out').click();
    await heading('Welcome back');
    await tabTo(page, 'E-mail');
    await page.keyboard.type(ada.email);
    await tabTo(page, 'Password');
    await page.keyboard.type(ada.password);
    await tabTo(page, 'Sign in');
    await press('Space');
    await heading('Home');
    await settled();
    await page.reload();
    await heading('Home');
    await settled();
    await press('Tab');
    expect(await focused(page)).toMatchObject({ name: 'Skip to the content', isVisible: true });
    await press('Enter');
    await focusComesTo(page, { role: 'main' });

    await tabTo(page, `Disconnect ${ada.email}`);
    await press('Enter');
    await opensDialog();
    await press('Escape');
    await isGone();
    await focusComesTo(page, { name: `Disconnect ${ada.email}` });

    await tabTo(page, 'Right away');
    await press('ArrowDown');
    expect((await focused(page)).name).toMatch(/^Overnight/);
    await press('ArrowUp');
    await tabTo(page, 'Look for new mail');
    await press('Enter');
    await page.getByRole('status').getByText('Nothing new.').waitFor();

    await tabTo(page, 'Summaries');
    await press('Enter');
    await heading('Summaries');
    await focusComesTo(page, { role: 'h1' });
    await settled();
    await tabTo(page, 'Search in summaries');
    await page.keyboard.type('invoice');
    await press('Enter');
    await page.locator('.summaries mark').first().waitFor();
    await tabTo(page, 'Urgency');
    await press('ArrowDown');
    await page.waitForURL(/urgency=critical/);
    await press('ArrowUp');
    await page.waitForURL((url) => !url.hash.includes('urgency'));
    await page.locator('.summaries mark').first().waitFor();
    await tabTo(page, 'Search');
    await press('Tab');
    await press('Enter');
    await page.getByRole('heading', { name: 'Was this useful?' }).waitFor();
    await tabTo(page, 'Yes');
    await press('Space');
    await page.locator('button[aria-pressed=true]', { hasText: 'Yes' }).waitFor();
    await tabTo(page, 'Summarise again');
    await press('Enter');
    await opensDialog();
    await press('Escape');
    await isGone();
    await focusComesTo(page, { name: 'Summarise again' });

    await tabTo(page, 'Account');
    await press('Enter');
    await page.getByText('No keys').waitFor();
    // What comes late above would push what has the focus out of sight.
    await settled();
    await tabTo(page, 'What it is for');
    await page.keyboard.type('By keyboard');
    await tabTo(page, 'Read the dashboard');
    await press('Space');
    await press('Enter');
    await page.locator('.secret:focus').waitFor();
    await tabTo(page, 'I have kept it');
    await press('Enter');
    await tabTo(page, 'Revoke By keyboard');
    await press('Enter');
    await opensDialog();
    await tabTo(page, 'Revoke');
    await press('Enter');
    await page.getByText('No keys').waitFor();
    await focusComesTo(page, { name: 'API keys' });

    await tabTo(page, 'Credits');
    await press('Enter');
    await heading('Credits');
    await settled();
    await tabTo(page, 'Buy Starter');
    await press('Enter');
    await page.waitForURL((url) => url.origin === product.stripe.url);
    await page.goto(`${base}/console/#/account`);
  });

  it('enrols an authenticator app, and asks for its code at the next sign-in', async () => {
    await heading('Account');
    await button('Set up an app').click();
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    await look('13-second-factor', 'state');
    const secret = decodeBase32(((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', ''));
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await button('Turn it on').click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill(totpAt(secret, totpStep() - 1));
    await button('Turn it on').click();
    await page.getByText('Recovery codes, each good').waitFor();
    const codes = ((await page.locator('.secret').textContent()) ?? '').split('\n');
    expect(codes).toHaveLength(10);
    await look('13-recovery-codes', 'state');
    await button('I have kept it').click();
    await button('Sign out').click();
    await heading('Welcome back');
    expect(await page.evaluate("sessionStorage.getItem('inbrief.session')")).toBeNull();
    await signIn(ada.password);
    await page.getByRole('textbox', { name: 'Code' }).fill(codes[0] ?? '');
    await look('14-code', 'state');
    await button('Sign in').click();
    await heading('Home');
    await open('Account');
    await button('Turn off').click();
    await page.getByRole('dialog').getByLabel('Password').fill(ada.password);
    await page.getByRole('dialog').getByRole('textbox', { name: 'Code' }).fill(totpAt(secret, totpStep()));
    await button('Turn it off').click();
    await button('Set up an app').waitFor();
  });

  it('asks for consent again where Google wants it', async () => {
    await product.sql(`update gmail_connections set status = 'needs_reauth'`);
    await open('Home');
    await page.getByRole('alert').getByText('is not read any more').waitFor();
    await look('15-reauth', 'state');
    await button('Connect again').click();
    await page.waitForURL((url) => url.origin === product.google.url);
    await page.goto(`${base}/console/#/home`);
    await heading('Home');
  });

  it('shows that it waits, and the number of a request that failed', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const detail = 'Something broke on our side.';
    await page.route('**/api/email/summaries?**', async (route) => {
      await released;
      const problem = {
        type: 'about:blank',
        title: 'Internal',
        status: 500,
        code: 'internal.unexpected',
        detail,
      };
      await route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({ ...problem, requestId: 'req-of-the-failure' }),
      });
    });
    await open('Summaries');
    await page.locator('.loading').first().waitFor();
    expect(await inspect(page, '16-loading', 'state')).toEqual([]);
    release();
    await page.getByRole('alert').getByText('Request req-of-the-failure').waitFor();
    await look('16-problem', 'state');
    await page.unroute('**/api/email/summaries?**');
    await button('Try again').click();
    await page.locator('.summaries li').first().waitFor();
    await open('Home');
  });

  it('says what happened and offers to try again when the server fails', async () => {
    await page.route('**/api/email/summaries?**', (route) => route.abort());
    await open('Summaries');
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor({ timeout: 20_000 });
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
