import { isPublicAddress } from './public-address';
import { targetFault } from './target-url';

const trusted = ['http://127.0.0.1:9000'];

describe('a public address', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::8a'])(
    '%s is one',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  // Mutants: a list of what is refused (private, loopback, link-local, unique local) instead of what is let through; no bound of
  // 2000::/3, which lets in what nobody has been given yet.
  it.each([
    ['this host', ['0.0.0.0', '0.1.2.3', '::']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
    ['link-local and cloud metadata', ['169.254.0.1', '169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
    ['unique local', ['fc00::1', 'fd00:ec2::254']],
    ['carrier-grade NAT', ['100.64.0.1', '100.127.255.255']],
    ['IPv4 inside IPv6', ['::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1', '::127.0.0.1']],
    ['NAT64', ['64:ff9b::a00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1']],
    ['6to4 and Teredo', ['2002:7f00:1::', '2001:0:53aa:64c::1']],
    ['multicast and broadcast', ['224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255']],
    ['reserved', ['240.0.0.1', '192.0.0.8', '198.18.0.1', '192.88.99.1', 'fec0::1', '100::1', '5f00::1']],
    ['documentation', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    ['unassigned', ['1::1', '4000::1', 'e000::1']],
    ['none at all', ['', 'example.com', '1.2.3.4.5', 'localhost']],
  ])('is none that is %s', (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

describe('the URL of a receiver', () => {
  it.each([
    'https://example.com/hook?tenant=7',
    'https://example.com:443/',
    'https://example.com:8443/',
    'https://example.com./',
    'https://93.184.216.34/',
    'https://[2606:4700::1111]/',
    'http://127.0.0.1:9000/hook',
  ])('%s is good', (url) => {
    expect(targetFault(url, trusted)).toBeUndefined();
  });

  it.each([
    ['not-a-url', ['', 'example.com', 'https://', 'https://exa mple.com/', 'https://[fe80::1%25eth0]/']],
    ['not-https', ['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'http://127.0.0.1/']],
    ['has-credentials', ['https://user@example.com/', 'https://u:p@example.com/', 'https://:p@example.com/']],
    ['has-fragment', ['https://example.com/#part']],
    ['port-not-allowed', ['https://example.com:22/', 'https://example.com:6379/', 'https://example.com:80/']],
  ])('is refused as %s', (fault, urls) => {
    expect(urls.map((url) => targetFault(url, trusted))).toEqual(urls.map(() => fault));
  });

  // Mutant: judging the address as it was typed, by a pattern of dotted decimals.
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:0a00:0001]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://[fd00:ec2::254]/',
    'https://0/',
    'https://localhost/',
    'https://localhost./',
    'https://api.localhost:8443/',
    'https://LOCALHOST/',
  ])('%s leads into a private network', (url) => {
    expect(targetFault(url, trusted)).toBe('private-address');
  });

  // Mutant: trusting the host, so that every port of it is open.
  it.each(['http://127.0.0.1:9001/', 'https://127.0.0.1:9000/', 'http://127.0.0.1:9000@example.com/'])(
    '%s is not the trusted origin',
    (url) => {
      expect(targetFault(url, trusted)).toBeDefined();
    },
  );
});
