import type { AuditLog } from '../../kernel/audit/audit-log';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { EmailRule, RulesRepository } from '../rules.repository';
import {
  CreateRule,
  CreateRuleHandler,
  DeleteRule,
  DeleteRuleHandler,
  EnableRule,
  EnableRuleHandler,
  ListRules,
  ListRulesHandler,
} from './manage-rules.handler';
import type { CreateRuleDto } from './rule.dto';

const uow = {
  asUser: <T>(_userId: string, work: () => T) => work(),
  readAsUser: <T>(_userId: string, work: () => T) => work(),
} as unknown as UnitOfWork;
const record = jest.fn().mockResolvedValue(undefined);
const audit = { record } as unknown as AuditLog;
const nothing = { categories: [], urgencies: [], senders: [], lists: [] };
const body = {
  ...nothing,
  name: 'News',
  kind: 'archive',
  lists: ['news.example.org'],
} satisfies CreateRuleDto;

function arrange(count = 0) {
  const repository = {
    count: jest.fn().mockResolvedValue(count),
    add: jest.fn((rule: EmailRule) => Promise.resolve(rule)),
  };
  const handler = new CreateRuleHandler(uow, repository as unknown as RulesRepository, audit);
  return { repository, create: async (rule: CreateRuleDto) => handler.execute(new CreateRule('u', rule)) };
}

describe('a new rule', () => {
  it.each([
    ['label', 'Label_1', 'Label_1'],
    ['unlabel', 'Label_1', 'Label_1'],
    ['archive', 'Label_1', null],
    ['label', undefined, null],
  ] as const)('that does %s with %s keeps the label %s, and tells no owner', async (kind, labelId, kept) => {
    const rule = await arrange().create({ ...body, kind, labelId });
    expect(rule).toMatchObject({ name: 'News', enabled: true, kind, labelId: kept, lists: body.lists });
    expect(rule).not.toHaveProperty('userId');
    expect(new Date(rule.createdAt).toISOString()).toBe(rule.createdAt);
  });

  // Mutant: a rule that hits every mail of a mailbox.
  it('has a condition, of any one kind', async () => {
    const { create, repository } = arrange();
    await expect(create({ ...body, ...nothing })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'gmail.rule-without-condition',
    });
    expect(repository.add).not.toHaveBeenCalled();
    for (const kind of ['categories', 'urgencies', 'senders', 'lists'] as const)
      await expect(create({ ...body, ...nothing, [kind]: ['x'] })).resolves.toMatchObject({ [kind]: ['x'] });
  });

  it('is the hundredth at most', async () => {
    await expect(arrange(99).create(body)).resolves.toBeDefined();
    const { create, repository } = arrange(100);
    await expect(create(body)).rejects.toMatchObject({ kind: 'conflict', code: 'gmail.too-many-rules' });
    expect(repository.add).not.toHaveBeenCalled();
  });
});

describe('a known rule', () => {
  const repository = (found: boolean) =>
    ({
      lock: jest.fn().mockResolvedValue(found ? { enabled: true } : null),
      enable: jest.fn().mockResolvedValue(undefined),
      remove: jest.fn().mockResolvedValue(found),
    }) as unknown as RulesRepository;

  it('is turned on or off, and forgotten, by its owner', async () => {
    const known = repository(true);
    await new EnableRuleHandler(uow, known, audit).execute(new EnableRule('u', 'r', false));
    await new DeleteRuleHandler(uow, known, audit).execute(new DeleteRule('u', 'r'));
    expect(jest.mocked(known).enable).toHaveBeenCalledWith('u', 'r', false);
    expect(jest.mocked(known).remove).toHaveBeenCalledWith('u', 'r');
  });

  it('is told from one that is not there', async () => {
    const unknown = { kind: 'not-found', code: 'gmail.rule-unknown' };
    const enable = new EnableRuleHandler(uow, repository(false), audit).execute(
      new EnableRule('u', 'r', true),
    );
    await expect(enable).rejects.toMatchObject(unknown);
    const remove = new DeleteRuleHandler(uow, repository(false), audit).execute(new DeleteRule('u', 'r'));
    await expect(remove).rejects.toMatchObject(unknown);
  });

  it('is listed without its owner', async () => {
    const row = { id: 'r', userId: 'u', createdAt: new Date(0) } as EmailRule;
    const list = { list: () => Promise.resolve([row]) } as unknown as RulesRepository;
    expect(await new ListRulesHandler(uow, list).execute(new ListRules('u'))).toEqual([
      { id: 'r', createdAt: '1970-01-01T00:00:00.000Z' },
    ]);
  });
});
