import { decodeEncodedWords } from './encoded-words';

describe('decodeEncodedWords', () => {
  it.each([
    ['plain', 'plain'],
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe_an?= Ann', 'Grüße an Ann'],
    ['=?iso-8859-1?q?caf=E9?=  =?utf-8?B?4pyT?=', 'café✓'],
    ['=?UTF-8?B?5pel?= =?utf-8?B?5pys?=', '日本'],
    // One character, three bytes, in two words.
    ['=?utf-8?B?5pc=?= =?utf-8?B?pQ==?=', '日'],
    ['=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?B?GyRCS1wbKEI=?=', '日本'],
    ['=?utf-8*de?Q?ja?=', 'ja'],
    ['=?x-unknown?Q?a?= b', '=?x-unknown?Q?a?= b'],
    ['=?utf-8?X?a?=', '=?utf-8?X?a?='],
    ['a =?utf-8?Q?b', 'a =?utf-8?Q?b'],
  ])('%s', (encoded, decoded) => {
    expect(decodeEncodedWords(encoded)).toBe(decoded);
  });
});
