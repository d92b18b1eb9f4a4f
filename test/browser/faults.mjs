// What can be wrong with a page that is open in the browser. Each function gives a list of sentences, empty
// when all is well, and works with scripts off unless it says otherwise.
import axe from 'axe-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What axe finds, in the colour scheme of the moment. It is in the page already; only what fails is told, since to
// describe what passes takes as long again.
async function axe_run(page, only) {
	const violations = await page.evaluate(async (runOnly) =>
		(await window.axe.run(document, { runOnly, resultTypes: ['violations'] })).violations, only);
	return violations.flatMap((v) => v.nodes.map((node) =>
		`${v.id}: ${node.target.join(' ')}: ${(node.failureSummary ?? v.help).replace(/\s+/g, ' ')}`));
}

// WCAG 2.2 AA, in both colour schemes; what differs between them is contrast only. Not with scripts off: axe would never
// end; block the script files instead.
export async function axe_faults_in_both(page) {
	await page.evaluate(axe.source);
	await page.emulateMedia({ colorScheme: 'light' });
	const light = await axe_run(page, { type: 'tag', values: standards });
	await page.emulateMedia({ colorScheme: 'dark' });
	const dark = await axe_run(page, { type: 'rule', values: ['color-contrast'] });
	await page.emulateMedia({ colorScheme: 'light' });
	return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

// Run in the page: all that the functions below judge, in one look.
const see = () => {
	const blocks = [];
	for (const e of document.querySelectorAll('p, li, h1, h2, h3, h4, dt, dd, th, td, label, legend, a, button, span, summary, option, caption')) {
		const own = [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(' ').trim();
		if (own && !e.closest('[translate="no"]')) blocks.push([e.closest('[lang]')?.lang ?? '', own]);
	}
	// A title has one language: what the page is comes first, names of things follow in their own.
	blocks.push([document.querySelector('title')?.closest('[lang]')?.lang ?? '', document.title.split(' – ')[0]]);
	return {
		lang: document.documentElement.lang,
		title: document.title.trim(),
		headings: document.querySelectorAll('h1').length,
		wide: document.documentElement.scrollWidth - innerWidth,
		ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
		tags: [...document.querySelectorAll('[lang]')].map((e) => e.lang),
		astray: [...document.querySelectorAll('dl > dd + dd')].filter((e) =>
			e.getBoundingClientRect().left !== e.previousElementSibling.getBoundingClientRect().left).map((e) => e.textContent.trim()),
		blocks,
	};
};

function shape_faults(seen, lang) {
	const faults = [];
	if (lang && seen.lang.split('-')[0] !== lang) faults.push(`<html lang="${seen.lang}"> on a page in ${lang}`);
	if (!seen.title) faults.push('no title');
	if (seen.headings !== 1) faults.push(`${seen.headings} h1`);
	if (seen.wide > 0) faults.push(`scrolls sideways by ${seen.wide} px`);
	for (const text of seen.astray) faults.push(`not below what it belongs to: ${text}`);
	const twice = seen.ids.filter((id, i) => seen.ids.indexOf(id) !== i);
	if (twice.length) faults.push(`ids twice: ${[...new Set(twice)].join(' ')}`);
	for (const tag of seen.tags)
		if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) faults.push(`lang="${tag}"`);
	return faults;
}

// Small words that the other language does not have. Two in one block say that a sentence was left
// untranslated, or that a part in another language does not say so.
const small_words = {
	en: ['the', 'and', 'of', 'with', 'is', 'are', 'this', 'your', 'you', 'was', 'were', 'which', 'they', 'has', 'have', 'been'],
	fr: ['les', 'des', 'une', 'est', 'dans', 'avec', 'vous', 'votre', 'cette', 'aux', 'sont', 'qui', 'leur', 'leurs', 'pour'],
};

function language_faults({ blocks }) {
	const faults = [];
	for (const [lang, text] of blocks) {
		const here = lang.split('-')[0];
		// French has a no-break space before these, and «\u00a0…\u00a0»
		if (here === 'fr' && /[^\s\u00a0\u202f\d][:;!?](?=\s|$)| [:;!?](?=\s|$)|«(?![\u00a0\u202f])|[^\u00a0\u202f]»/.test(text))
			faults.push(`not typed as French is: ${text.slice(0, 120)}`);
		const words = new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
		for (const [other, small] of Object.entries(small_words))
			if (small_words[here] && other !== here && small.filter((word) => words.has(word)).length > 1)
				faults.push(`lang="${lang}" but ${other}: ${text.slice(0, 120)}`);
	}
	return faults;
}

// Width, title, headings, ids, and the language of each of its texts. `lang`: the one that the page must be in, if any.
export async function plain_faults(page, lang) {
	const seen = await page.evaluate(see);
	return [...shape_faults(seen, lang), ...language_faults(seen)];
}

// The focused element must show that it is.
export const focus_is_visible = (page) => page.evaluate(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return true;
	const style = getComputedStyle(e);
	const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
	return drawn || style.boxShadow !== 'none';
});
