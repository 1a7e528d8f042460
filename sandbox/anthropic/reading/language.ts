const scripts: [RegExp, string][] = [
  [/[\uac00-\ud7af]/g, 'ko'],
  [/[\u3040-\u30ff]/g, 'ja'],
  [/[\u4e00-\u9fff]/g, 'zh'],
  [/[\u0590-\u05ff]/g, 'he'],
  [/[\u0600-\u06ff]/g, 'ar'],
  [/[\u0370-\u03ff]/g, 'el'],
  [/[\u0e00-\u0e7f]/g, 'th'],
  [/[\u0900-\u097f]/g, 'hi'],
  [/[\u0400-\u04ff]/g, 'ru'],
];

/** Short words that one language uses in nearly every sentence and the others seldom. */
const frequentWords: Record<string, string> = {
  en: 'the and you for with this that your have are please from will not is to of',
  de: 'der die das und ist nicht mit für sie ich wir auf ein eine zu bitte den von',
  fr: 'le la les des est pas vous nous pour avec une dans votre et du que sur merci',
  es: 'el los las una por para con que está usted su del nuestra gracias se en y',
  it: 'il che gli per una con non sono della questo grazie di e la alla nel più',
  pt: 'os uma não para com que você seu obrigado em da do mais é ao são pela',
  nl: 'het een van ik niet voor met zijn dat u wij op te deze naar bij aan',
  sv: 'och att det som en är för inte med på vi du till av har ett den',
  da: 'og det er til en at på for ikke med jeg vi den af har som et',
  pl: 'nie się jest że na do to dla jak proszę oraz od po przez czy w z',
  tr: 've bir bu için ile çok da de ne olarak sizin daha en kadar var',
};

const vocabularies = Object.entries(frequentWords).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

/** ISO 639-1 code of the language that a text is most likely in; English when nothing tells. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, 4_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, language] of scripts) {
    // Japanese and Korean mix in Han characters, so a fifth is enough and the order above matters.
    if ((sample.match(script)?.length ?? 0) * 5 > letters && letters > 0) return language;
  }
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best = { language: 'en', hits: 0 };
  for (const [language, vocabulary] of vocabularies) {
    const hits = words.filter((word) => vocabulary.has(word)).length;
    if (hits > best.hits) best = { language, hits };
  }
  return best.language;
}
