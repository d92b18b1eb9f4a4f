// What the interface says in French, from the same catalogue as the program: a walk is written once, in
// English, and goes the same way in both languages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './server.mjs';

const unquote = (lines) => lines.map((line) => JSON.parse(line)).join('');

function catalogue() {
	const found = new Map();
	for (const entry of readFileSync(join(root, 'locale/fr.po'), 'utf8').split(/\n\s*\n/)) {
		const field = (name) => {
			const match = entry.match(new RegExp(`^${name}\\s+((?:"(?:\\\\.|[^"\\\\])*"\\s*)+)`, 'm'));
			return match && unquote(match[1].match(/"(?:\\.|[^"\\])*"/g));
		};
		const english = field('msgid');
		if (english) found.set(english, field('msgstr') ?? field('msgstr\\[0\\]'));
	}
	return found;
}

let french;
// The text as the interface says it; what is not the interface's stays as it is.
export function say(lang, text) {
	if (lang !== 'fr' || typeof text !== 'string') return text;
	french ??= catalogue();
	return french.get(text) || text;
}
