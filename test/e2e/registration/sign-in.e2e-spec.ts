import { until } from '../../../sandbox/demo/journey';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import { Inbrief } from '../../../sdk/src';
import { totpAt, totpStep } from '../../../src/auth/domain/totp';
import { startTestApp, type TestApp } from '../../support/app';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ada = { email: 'ada@example.com', password: 'a fine passphrase' };

/** As an authenticator app reads a secret. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

describe('the ways in and out', () => {
  let product: TestApp;
  let post: MailCatcher;
  let inbrief: Inbrief;
  beforeAll(async () => {
    post = await startMailCatcher();
    product = await startTestApp({ env: { SMTP_URL: post.url } });
    inbrief = new Inbrief({ baseUrl: product.url });
    await inbrief.auth.register({ ...ada, name: 'Ada' });
  });
  afterAll(async () => {
    await product.close();
    await post.close();
  });
  const device = () => new Inbrief({ baseUrl: product.url });

  it('are an address whose mail can be asked for again, a profile and a password that can be changed', async () => {
    await until(() => Promise.resolve(post.to(ada.email).length > 0), 'the first mail');
    await inbrief.auth.requestVerification();
    await until(() => Promise.resolve(post.to(ada.email).length > 1), 'another mail');
    const preferences = { timeZone: 'Europe/London', locale: 'en-GB' };
    expect(await inbrief.users.update({ name: 'Ada L.', preferences })).toMatchObject({
      name: 'Ada L.',
      preferences,
    });
    await inbrief.auth.confirmIdentity({ password: ada.password });
    const newPassword = 'an even finer passphrase';
    await inbrief.auth.changePassword({ currentPassword: ada.password, newPassword });
    await expect(device().auth.login(ada)).rejects.toMatchObject({ status: 401 });
    ada.password = newPassword;
    await inbrief.auth.login(ada);
  });

  it('are a second factor, asked for from then on until it is switched off', async () => {
    const begun = await inbrief.secondFactor.begin();
    const secret = fromBase32(begun.secret);
    const code = (offset: number) => ({ code: totpAt(secret, totpStep() + offset) });
    const { recoveryCodes } = await inbrief.secondFactor.confirm(code(-1));
    expect(recoveryCodes).toHaveLength(10);
    const phone = device();
    await expect(phone.auth.login(ada)).rejects.toMatchObject({ code: 'auth.second-factor-required' });
    await phone.auth.login({ ...ada, ...code(0) });
    const renewed = await phone.secondFactor.renewRecoveryCodes(code(1));
    expect(renewed.recoveryCodes).toHaveLength(10);
    await phone.secondFactor.disable({ password: ada.password, code: renewed.recoveryCodes[0] ?? '' });
    await device().auth.login(ada);
  });

  it("are Google's page, for a new person too", async () => {
    const app = `${product.google.url}/__control`;
    await fetch(`${app}/clients`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ clientId: 'inbrief-sandbox.apps.example.com', clientSecret: 'sandbox-secret' },
        redirectUris: ['http://localhost:3000/console/'],
      }),
    });
    const email = 'new.person@gmail.com';
    await fetch(`${app}/mailboxes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    const visitor = device();
    const { url, state, codeVerifier } = await visitor.auth.startGoogle({});
    const form = new URLSearchParams(new URL(url).searchParams);
    form.set('account', email);
    form.set('decision', 'allow');
    const decided = await fetch(`${product.google.url}/__consent`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const back = new URL(decided.headers.get('location') ?? 'about:blank').searchParams;
    expect(back.get('state')).toBe(state);
    await visitor.auth.finishGoogle({ code: back.get('code') ?? '', codeVerifier });
    expect(await visitor.users.me()).toMatchObject({ email, emailVerified: true });
  });

  it('are keys for programs, that end when they are revoked', async () => {
    const { apiKey, key } = await inbrief.apiKeys.create({ name: 'script', scopes: ['dashboard:read'] });
    const script = new Inbrief({ baseUrl: product.url, apiKey: key });
    expect(await script.dashboard.get()).toMatchObject({ connections: [] });
    expect(await inbrief.apiKeys.list()).toMatchObject([{ id: apiKey.id, name: 'script' }]);
    await inbrief.apiKeys.revoke(apiKey.id);
    await expect(script.dashboard.get()).rejects.toMatchObject({ status: 401 });
  });

  it('end with a sign-out, here or everywhere', async () => {
    const [phone, tablet] = [device(), device()];
    await phone.auth.login(ada);
    await tablet.auth.login(ada);
    await phone.auth.logout();
    expect(await phone.auth.isSignedIn()).toBe(false);
    await expect(phone.users.me()).rejects.toMatchObject({ status: 401 });
    expect(await tablet.users.me()).toMatchObject({ email: ada.email });
    await inbrief.auth.logoutEverywhere();
    for (const each of [inbrief, tablet])
      await expect(each.users.me()).rejects.toMatchObject({ status: 401 });
  });
});
