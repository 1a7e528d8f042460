import { describeCalendar } from './calendar';

const event = (...lines: string[]): string =>
  describeCalendar(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\n'));

describe('a calendar event', () => {
  it.each([
    ['a day', 'DTSTART;VALUE=DATE:20250304', '2025-03-04'],
    ['UTC', 'DTSTART:20250304T100000Z', '2025-03-04 10:00 UTC'],
    ['a floating time', 'DTSTART:20250304T1000', '2025-03-04 10:00'],
    ['a quoted zone', 'DTSTART;TZID="Europe/Kyiv":20250304T100000', '2025-03-04 10:00 Europe/Kyiv'],
    ['a day with a zone', 'DTSTART;TZID=Europe/Kyiv:20250304', '2025-03-04'],
  ])('begins at %s', (_, line, start) => {
    expect(event('SUMMARY:Ferry', line)).toBe(`[Calendar invitation: Ferry; when: ${start}]`);
  });

  it('may lack a title, or a time that can be read', () => {
    expect(event('DTSTART:20250304')).toBe('[Calendar invitation: when: 2025-03-04]');
    expect(event('SUMMARY:Ferry', 'DTSTART:soon')).toBe('[Calendar invitation: Ferry]');
    expect(event('DTSTART:soon', 'LOCATION:Pier')).toBe('');
  });

  it('says where, who and whether it repeats', () => {
    expect(
      event(
        'SUMMARY:Ferry\\nto\\; Oslo',
        'RRULE:FREQ=DAILY',
        'LOCATION:',
        'ORGANIZER:MAILTO:ann@example.org',
      ),
    ).toBe('[Calendar invitation: Ferry to; Oslo; repeats; organiser: ann@example.org]');
  });

  it('is read over folded lines and past what is no property', () => {
    expect(event('SUM', ' MARY:Fer', '\try', 'no property', 'SUMMARY:Other')).toBe(
      '[Calendar invitation: Ferry]',
    );
  });

  it('is not its alarm', () => {
    expect(event('SUMMARY:Ferry', 'BEGIN:VALARM', 'DESCRIPTION:x', 'END:VALARM', 'LOCATION:Pier')).toBe(
      '[Calendar invitation: Ferry; where: Pier]',
    );
  });

  it('is the first one that says anything', () => {
    const calendar = [
      'BEGIN:VEVENT',
      'UID:1',
      'END:VEVENT',
      'BEGIN:VTODO',
      'SUMMARY:Pack',
      'DUE:20250304',
      'END:VTODO',
      'BEGIN:VEVENT',
      'SUMMARY:Late',
      'LOCATION:Pier',
      'END:VEVENT',
    ];
    expect(describeCalendar(calendar.join('\r\n'))).toBe('[Calendar invitation: Pack; when: 2025-03-04]');
  });
});

describe('an answer to an invitation', () => {
  const answer = (attendee: string): string => event('METHOD:reply', 'SUMMARY:Ferry', attendee);

  it('says whose it is and what', () => {
    expect(answer('ATTENDEE;PARTSTAT=tentative:mailto:o@example.org')).toBe(
      '[Answer to a calendar invitation: Ferry; o@example.org tentatively accepted]',
    );
  });

  it.each([
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:o@example.org',
    'ATTENDEE:mailto:o@example.org',
    'COMMENT:x',
  ])('claims nothing that was not said: %s', (attendee) => {
    expect(answer(attendee)).toBe('[Answer to a calendar invitation: Ferry]');
  });
});
