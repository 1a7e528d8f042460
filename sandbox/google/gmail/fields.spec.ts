import { applyFields, parseFields } from './fields';

const message = {
  id: 'm',
  payload: { headers: [{ name: 'A', value: '1' }], body: { size: 1, data: 'x' } },
  size: 3,
};
const masked = (text: string): unknown => applyFields(message, parseFields(text));

describe('partial responses', () => {
  it.each([
    ['id', { id: 'm' }],
    ['id,size', { id: 'm', size: 3 }],
    ['payload/headers/name', { payload: { headers: [{ name: 'A' }] } }],
    ['payload(headers(value),body/size)', { payload: { headers: [{ value: '1' }], body: { size: 1 } } }],
    ['payload/body/size,payload/body/data', { payload: { body: { size: 1, data: 'x' } } }],
    ['payload/body,payload/body/size', { payload: { body: { size: 1, data: 'x' } } }],
    ['payload/*/size', { payload: { headers: [{}], body: { size: 1 } } }],
    ['*', message],
    ['absent', {}],
  ])('%s', (text, expected) => {
    expect(masked(text)).toEqual(expected);
  });

  it.each(['', 'a,', 'a(b', 'a)b', '/a', 'a//b', 'a(b))'])('refuses %j', (text) => {
    expect(() => parseFields(text)).toThrow('Invalid field selection');
  });
});
