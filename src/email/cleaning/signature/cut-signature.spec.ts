import { joinLines } from '../text/line';
import { plainLines } from '../text/plain-lines';
import { cutSignature } from './cut-signature';

const cut = (text: string): string => joinLines(cutSignature(plainLines(text)));

describe('below the text', () => {
  it.each([
    '-- \nAnn Lee\nHarbour Office\n+44 20 7946 0000',
    '--\nAnn',
    '—\nAnn Lee\nann@example.org',
    'Sent from my iPhone',
    'Sent from my Verizon Wireless BlackBerry',
    'Sent from Outlook Mobile<https://aka.ms/x>',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Sent from Mail for Windows',
    'Sent from Yahoo Mail on Android',
    'Von meinem iPhone gesendet',
    'Gesendet mit der Telekom Mail App',
    'Envoyé de mon iPhone',
    'Envoyé à partir de Outlook pour Android',
    'Enviado desde mi iPhone',
    'Enviado do meu smartphone Samsung Galaxy.',
    'Inviato da iPhone',
    'Verstuurd vanaf mijn iPhone',
    'Sendt fra min iPad',
    'Skickat från min iPhone',
    'Lähetetty iPhonesta',
    'Wysłane z iPhone’a',
    'Отправлено с iPhone',
    'iPhoneから送信',
    '나의 iPhone에서 보냄',
    '发自我的 iPhone',
    '***\n====\n------',
    '_____\nAnn Lee\nHarbour Office',
    '_______________________________________________\nharbour mailing list\nharbour@example.org\nhttps://example.org/list',
    'You received this message because you are subscribed to the group "harbour".\nTo unsubscribe from this group, send a mail.',
    'This message is confidential and intended only for the addressee. If you received this in error, delete it and notify the sender. Any disclosure is prohibited.',
    'Diese Nachricht ist vertraulich. Wenn Sie nicht der richtige Empfänger sind, vernichten Sie sie bitte; die Weitergabe ist unzulässig.',
    'Le informazioni sono riservate e per uso esclusivo del destinatario. Se ricevete questo messaggio per errore vi preghiamo di cancellarlo.',
  ])('goes: %s', (tail) => {
    expect(cut(`The ferry leaves at nine.\n\n${tail}\n`)).toBe('The ferry leaves at nine.');
  });

  it.each([
    'Best regards,\n\nAnn',
    '//Ann',
    'Sent from my desk, is much easier then my phone.',
    'Sent the parcel from my office yesterday, it should arrive soon.',
    'I will be in Kyiv -- not in Lviv.',
    '- bread\n- milk',
    'Heading\n-------\nA paragraph below it.',
    'Please keep this confidential.',
    'Outlook for the harbour: rain.',
  ])('stays: %s', (tail) => {
    const text = `The ferry leaves at nine.\n\n${tail}`;
    expect(cut(text)).toBe(text);
  });
});
