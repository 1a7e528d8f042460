import { type Fault, FaultScript } from './fault-script';

const script = (...faults: Fault[]): FaultScript => {
  const made = new FaultScript();
  for (const fault of faults) made.add(fault);
  return made;
};

const plays = (faults: FaultScript, times: number): boolean[] =>
  Array.from({ length: times }, () => faults.next('GET', '/v1/things') !== undefined);

describe('FaultScript', () => {
  it('plays a fault once when nothing else is said', () => {
    expect(plays(script({ action: 'drop' }), 3)).toEqual([true, false, false]);
  });

  it('lets `skip` requests pass, then hits `times` of them', () => {
    expect(plays(script({ action: 'drop', skip: 1, times: 2 }), 5)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('hits for ever with times 0, until cleared', () => {
    const faults = script({ action: 'drop', times: 0 });
    expect(plays(faults, 4)).toEqual([true, true, true, true]);
    faults.clear();
    expect(plays(faults, 1)).toEqual([false]);
    expect(faults.list()).toEqual([]);
  });

  it('looks at method and path', () => {
    const faults = script({ action: 'drop', method: 'POST', path: '^/v1/refunds$', times: 0 });
    expect(faults.next('GET', '/v1/refunds')).toBeUndefined();
    expect(faults.next('POST', '/v1/refunds/re_1')).toBeUndefined();
    expect(faults.next('POST', '/v1/refunds')?.action).toBe('drop');
  });

  it('plays the same chances again for the same seed', () => {
    const chances = (seed: number) =>
      plays(script({ action: 'drop', times: 0, probability: 0.5, seed }), 64)
        .map(Number)
        .join('');
    expect(chances(7)).toBe(chances(7));
    expect(chances(7)).not.toBe(chances(8));
    expect(chances(7)).toMatch(/01/);
  });

  it('keeps the order in which faults were added', () => {
    const faults = script({ action: 'respond', status: 500 }, { action: 'respond', status: 503 });
    expect([faults.next('GET', '/')?.status, faults.next('GET', '/')?.status]).toEqual([500, 503]);
  });

  it('refuses an unknown action and an unreadable pattern', () => {
    expect(() => script({ action: 'explode' as Fault['action'] })).toThrow(TypeError);
    expect(() => script({ action: 'drop', path: '(' })).toThrow(TypeError);
  });
});
