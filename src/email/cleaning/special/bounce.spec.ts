import { describeDelivery, describeFeedback, describeReceipt } from './bounce';

describe('a delivery report', () => {
  it.each([
    [
      'Original-Recipient: rfc822;a@x.example\nFinal-Recipient: rfc822;b@x.example\nAction: Delayed',
      '[Delivery delayed to a@x.example]',
    ],
    ['Final-Recipient: <a@x.example>\nAction: relayed\nStatus: 2.0.0', '[Relayed to a@x.example (2.0.0)]'],
    ['Action: failed\nDiagnostic-Code: smtp;550 no', '[Delivery failed: 550 no]'],
    ['Final-Recipient: rfc822; a@x.example\nAction: vanished', '[Delivery report to a@x.example]'],
    ['Final-Recipient: rfc822; a@x.example', '[Delivery report to a@x.example]'],
    ['Reporting-MTA: dns; x.example\n: nameless\nno field', ''],
  ])('tells what it reports: %j', (source, text) => {
    expect(describeDelivery(source)).toBe(text);
  });

  it('names five recipients at most', () => {
    const groups = [1, 2, 3, 4, 5, 6].map(
      (at) => `Final-Recipient: rfc822;r${at}@x.example\r\nAction: expanded`,
    );
    const lines = describeDelivery(groups.join('\r\n\r\n')).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[4]).toBe('[Delivered to a list to r5@x.example]');
  });
});

describe('a read receipt', () => {
  it.each([
    [
      'Final-Recipient: rfc822;a@x.example\nDisposition: manual-action/MDN-sent-manually; deleted',
      '[Read receipt from a@x.example: deleted]',
    ],
    ['\n\nFinal-Recipient: rfc822;a@x.example', '[Read receipt from a@x.example]'],
    ['Disposition: displayed', '[Read receipt: displayed]'],
    ['', '[Read receipt]'],
  ])('is one line: %j', (source, line) => {
    expect(describeReceipt(source)).toBe(line);
  });
});

describe('a complaint', () => {
  it('is one line', () => {
    expect(describeFeedback('User-Agent: x\nFeedback-Type: not-spam')).toBe('[Feedback report: not-spam]');
    expect(describeFeedback('Version: 1')).toBe('[Feedback report: abuse]');
  });
});
