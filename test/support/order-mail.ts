/** A short mail whose number stands in it, so that no two are alike; an empty one has nothing to summarise. */
export function orderMail(to: string, number: number, isEmpty = false): Buffer {
  const words = [`Order ${number} leaves on Friday. Please confirm the address by Thursday.`, 'Clara'];
  const lines = [
    'From: Clara Works <clara@works.example>',
    `To: ${to}`,
    `Subject: Order ${number} for ${to}`,
    `Message-ID: <${number}.${to}>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...(isEmpty ? [] : words),
  ];
  return Buffer.from(lines.join('\r\n'));
}
