import { start } from './start';

/** A process that would end here. */
class Exit extends Error {}

describe('starting a process', () => {
  const original = process.env;
  let told: string;
  let exit: jest.SpyInstance;
  beforeEach(() => {
    told = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
    exit = jest.spyOn(process, 'exit').mockImplementation(() => {
      throw new Exit();
    });
    process.env = {
      PUBLIC_URL: 'https://api.example.com',
      DATABASE_URL: 'postgresql://app:secret@localhost/inbrief',
      JWT_KEYS: `k1:${'x'.repeat(32)}`,
      TOKEN_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
      CURSOR_SECRET: 'y'.repeat(32),
      GOOGLE_CLIENT_ID: 'client',
      GOOGLE_CLIENT_SECRET: 'secret',
      ANTHROPIC_API_KEY: 'sk-ant-x',
      ENABLE_STRIPE: 'false',
    };
  });
  afterEach(() => {
    process.env = original;
    jest.restoreAllMocks();
  });

  it('hands the checked environment over', () => {
    const run = jest.fn(() => Promise.resolve());
    start(run);
    expect(run).toHaveBeenCalledWith(expect.objectContaining({ PORT: 3000, ENABLE_STRIPE: false }));
    expect(exit).not.toHaveBeenCalled();
  });

  it('prints every fault of the environment at once, without a stack, and exits 1', () => {
    delete process.env.CURSOR_SECRET;
    process.env.PORT = '70000';
    expect(() => start(() => Promise.resolve())).toThrow(Exit);
    expect(told).toMatch(/2 fault\(s\)/);
    expect(told).toMatch(/CURSOR_SECRET/);
    expect(told).toMatch(/PORT/);
    expect(told).not.toMatch(/ at /);
    expect(exit).toHaveBeenCalledWith(1);
  });

  it.each([
    ['an error with its stack', new Error('no port'), /no port\n\s+at /],
    ['whatever else was thrown', 'nothing but words' as unknown as Error, /^nothing but words\n$/],
  ])('says why it failed later on: %s', async (_what, failure, said) => {
    const ended = new Promise<void>((resolve) => {
      exit.mockImplementation(() => resolve());
    });
    start(() => Promise.reject(failure));
    await ended;
    expect(told).toMatch(said);
    expect(exit).toHaveBeenCalledWith(1);
  });
});
