import { Type } from 'class-transformer';
import { IsArray, IsEmail, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { DomainError } from '../errors/domain-error';
import { maxInputDepth } from './clean-text';
import { PageQueryDto } from './page';
import { RequestValidationPipe } from './validation.pipe';

class ItemDto {
  @IsInt()
  count!: number;
}

class OrderDto {
  @IsEmail()
  email!: string;

  @IsOptional()
  @IsString()
  note?: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ItemDto)
  items?: ItemDto[];
}

const pipe = new RequestValidationPipe();
const body = (value: unknown) => pipe.transform(value, { type: 'body', metatype: OrderDto });

async function refusal(attempt: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error('Nothing was refused');
  return error;
}

describe('RequestValidationPipe', () => {
  it('gives the handler an instance of the DTO', async () => {
    await expect(body({ email: 'ada@example.com' })).resolves.toBeInstanceOf(OrderDto);
  });

  it('names every fault by its JSON pointer', async () => {
    const { code, kind, faults } = await refusal(
      body({ email: 'no', items: [{ count: 1 }, { count: 'x' }] }),
    );
    expect({ code, kind }).toEqual({ code: 'request.invalid', kind: 'invalid' });
    expect(faults?.map(({ path }) => path)).toEqual(['/email', '/items/1/count']);
  });

  // Mutant: `whitelist` without `forbidNonWhitelisted` drops the field in silence.
  it('refuses a field that the DTO does not name', async () => {
    const { faults } = await refusal(
      body({ email: 'ada@example.com', 'cre/dits~': 5, items: [{ count: 1, role: 'admin' }] }),
    );
    expect(faults?.map(({ path }) => path)).toEqual(['/cre~1dits~0', '/items/0/role']);
  });

  it.each([[[]], [[{ email: 'ada@example.com' }]], ['text'], [7], [null], [undefined]])(
    'refuses %j where an object is due',
    async (value) => {
      expect((await refusal(body(value))).code).toBe('request.invalid');
    },
  );

  it.each([
    ['a NUL byte', { email: 'ada@example.com', note: 'a\0b' }],
    ['a lone surrogate', { email: 'ada@example.com', note: 'a\ud800b' }],
    ['a NUL byte in a key', { email: 'ada@example.com', 'no\0te': 'x' }],
    ['a NUL byte deep down', { items: [{ count: { deeper: ['\0'] } }] }],
  ])('refuses %s', async (_name, value) => {
    expect((await refusal(body(value))).code).toBe('request.bad-characters');
  });

  it('refuses bad characters in query and parameters, DTO or not', async () => {
    expect((await refusal(pipe.transform('\0', { type: 'param', metatype: String }))).code).toBe(
      'request.bad-characters',
    );
    expect((await refusal(pipe.transform({ q: '\udc00' }, { type: 'query' }))).code).toBe(
      'request.bad-characters',
    );
  });

  it('accepts paired surrogates, as an emoji is made of', async () => {
    await expect(body({ email: 'ada@example.com', note: '🎉' })).resolves.toMatchObject({ note: '🎉' });
  });

  // Mutant: a recursive walk, which ends in a stack overflow here.
  it('refuses nesting beyond the limit, however deep', async () => {
    let nested: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    expect((await refusal(body({ note: nested }))).code).toBe('request.too-deep');
    let allowed: unknown = 'bottom';
    for (let depth = 0; depth < maxInputDepth - 1; depth++) allowed = [allowed];
    expect((await refusal(body({ email: 'ada@example.com', note: allowed }))).code).toBe('request.invalid');
  });

  it('does not echo kilobytes of an unknown name, nor thousands of faults', async () => {
    const long = await refusal(body({ email: 'ada@example.com', ['x'.repeat(50_000)]: 1 }));
    expect(JSON.stringify(long.faults).length).toBeLessThan(1_000);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 1]));
    expect((await refusal(body(many))).faults).toHaveLength(50);
  });

  it('reads page queries as numbers within their bounds', async () => {
    const query = (value: unknown) => pipe.transform(value, { type: 'query', metatype: PageQueryDto });
    await expect(query({ limit: '10' })).resolves.toEqual({ limit: 10 });
    await expect(query({})).resolves.toEqual({ limit: 50 });
    expect((await refusal(query({ limit: '101' }))).faults?.[0]?.path).toBe('/limit');
  });

  it('leaves what a custom decorator gives alone', async () => {
    await expect(pipe.transform({ note: '\0' }, { type: 'custom' })).resolves.toEqual({ note: '\0' });
  });
});
