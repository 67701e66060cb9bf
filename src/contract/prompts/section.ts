// A person's text can't close its own section and speak as an instruction.
function neutralize(text: string): string {
  return text.replaceAll(/<(\/?)section/gi, '<$1\u200Bsection');
}

/** A text as data of a prompt: inside a tag that it can't close. */
export function sectionText(name: string, text: string): string {
  return `<section name="${name}">\n${neutralize(text)}\n</section>`;
}
