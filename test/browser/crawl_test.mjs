// Every page that links reach, for a visitor and for each demonstration role, in both languages.
import { assert, browser, demo, no_faults, test, Walk } from './lib.mjs';
import { context } from './chromium.mjs';
import { crawl } from './crawl.mjs';

const seen = new Set(); // pieces of pages that axe has passed
const page_count = { fetched: 0, opened: 0 };
const found = new Set(); // shapes

async function crawl_as(role, lang, per_shape) {
	const site = await demo();
	const outside = [];
	const made = await context(await browser(), { lang, outside });
	try {
		if (role) {
			const w = new Walk(await made.newPage(), made, { site }, outside);
			await w.sign_in(role);
			await w.speak(lang);
			await w.page.close();
		}
		const { faults, shapes } = await crawl({ context: made, base: site.base, lang, seen, page_count, per_shape });
		for (const shape of shapes) found.add(shape);
		return [...faults, ...outside.map((address) => `asked another host: ${address}`)]
			.map((fault) => `${role ?? 'visitor'}: ${fault}`);
	} finally {
		await made.close();
	}
}

const in_both = async (role, per_shape) =>
	(await Promise.all(['en', 'fr'].map((lang) => crawl_as(role, lang, per_shape)))).flat();

// The names of the roles that the demonstration bar offers.
export async function roles() {
	const made = await context(await browser());
	try {
		const page = await made.newPage();
		const site = await demo();
		await page.goto(`${site.base}${site.prefix}/`);
		return await page.locator('button[name="role"]').evaluateAll((all) => [...new Set(all.map((e) => e.value))].filter((role) => role !== 'visitor'));
	} finally {
		await made.close();
	}
}

test('Every page a visitor reaches is valid, accessible, in one language and asks no other host', async () => {
	no_faults(await in_both(null, 2), 'pages');
	assert.ok(found.size >= 5, `only ${[...found].join(' ')}`);
});

test('Every page a demonstration role reaches is valid, accessible, in one language and asks no other host', async () => {
	const all = await roles();
	assert.ok(all.length >= 3, `roles: ${all.join(' ')}`);
	const faults = [];
	for (const role of all) faults.push(...await in_both(role, 1));
	console.log(`${page_count.fetched} pages of ${found.size} shapes fetched, ${page_count.opened} examined by axe`);
	no_faults(faults, 'pages');
}, 600);
