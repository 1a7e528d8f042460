import { type MimePart, walkParts } from './mime-tree';

const snippetLength = 200;
const searchedBytes = 64 * 1024;

/** The first words of a message as Gmail's lists show them: one line, HTML-escaped, at most 200 characters. */
export function snippetOf(tree: MimePart): string {
  const texts = [...walkParts(tree)].filter(
    (part) => part.mimeType.startsWith('text/') && part.disposition !== 'attachment',
  );
  const plain = texts.find((part) => part.mimeType === 'text/plain' && hasWords(head(part)));
  const html = texts.find((part) => part.mimeType === 'text/html');
  const text = plain ? head(plain) : html ? stripTags(head(html)) : '';
  const words = Array.from(text.replaceAll(/\s+/g, ' ').trim()).slice(0, snippetLength).join('').trimEnd();
  return escapeHtml(words);
}

/** Escapes the five characters that mean something in HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function head(part: MimePart): string {
  return part.content.subarray(0, searchedBytes).toString('utf8');
}

function hasWords(text: string): boolean {
  return text.trim() !== '';
}

function stripTags(html: string): string {
  return html
    .replaceAll(/<(style|script|title)\b[^>]*>[^<]*(?:<(?!\/\1)[^<]*)*<\/\1[^>]*>/gi, ' ')
    .replaceAll(/<!--.*?-->/gs, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
