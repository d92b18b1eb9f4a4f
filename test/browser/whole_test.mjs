// Every page that links reach, for a visitor and for each demonstration role, in both languages; and no page is
// left out: every address of `waypost routes` that shows a page was reached by somebody.
import { execFileSync } from 'node:child_process';
import { assert, browser, demo, no_faults, test, Walk } from './lib.mjs';
import { context } from './chromium.mjs';
import { crawl, memory, router } from './crawl.mjs';
import { program } from './server.mjs';

// Pages that no link leads to, and why.
const not_linked = {
	'/healthz': 'for machines',
	'/readyz': 'for machines',
	'/metrics': 'for machines',
	'/sign-in/second': 'after a password, for people with a second factor',
	'/sign-in/link/:token': 'from a letter',
	'/invitation/:token': 'from a letter',
	'/me/confirm/:token': 'from a letter',
	'/standards/:slug/v/:number/items/:uuid/translate': 'from a version with a language still open; the demonstration has none',
	'/terms/:terms': 'when an organisation has terms; the demonstration has none',
	'/activities/feed/:token': 'a secret address, for calendar programs',
	'/activities/answer/:key': 'from a letter or a printed notice',
	'/activities/answer/:key/stop': 'from a letter',
	'/style': 'for those who design pages',
	'/jobs/:job': 'while long work is under way',
	'/me/prove': 'before a sensitive change, when the proof is old',
};

// One of many standards, and the only one with a rubric: a sample of them may pass it over.
const rubric = '/standards/practice-rubric';

const routes = () => execFileSync(program, ['routes'], { encoding: 'utf8' }).trim().split('\n')
	.map((line) => line.split('\t')).filter(([method]) => method === 'GET').map(([, path]) => path);
const shared = memory();

async function prefixes(site) {
	const made = await context(await browser());
	const page = await made.newPage();
	await page.goto(`${site.base}/`);
	const all = await page.locator('main a').evaluateAll((links) => links.map((a) => new URL(a.href).pathname.replace(/\/$/, '')));
	await made.close();
	return all.filter((path) => /^\/[\w-]+$/.test(path));
}

// The roles that the demonstration bar of an organisation offers.
async function roles(site) {
	const made = await context(await browser());
	const page = await made.newPage();
	await page.goto(`${site.base}${site.prefix}/`);
	const all = await page.locator('button[name="role"]').evaluateAll((buttons) => buttons.map((e) => e.value));
	await made.close();
	return [...new Set(all)].filter((role) => role !== 'visitor');
}

// What is there only after somebody did something: posts as `role` and gives the paths it led to.
async function prepared(made, site, role) {
	const post = async (path, data) => {
		const answer = await made.request.post(`${site.base}${site.prefix}${path}`, { headers: { Origin: site.base }, maxRedirects: 0, ...data });
		assert.equal(answer.status(), 303, `${path}: ${answer.status()}`);
		return new URL(answer.headers().location, site.base).pathname;
	};
	if (!role) return [await post('/sign-in/link', { form: { email: 'nobody@example.org' } })];
	const first = async (path, pattern) => (await (await made.request.get(`${site.base}${site.prefix}${path}`)).text()).match(pattern)?.[1];
	if (role === 'admin') {
		const person = await first('/people', /\/people\/(\d+)"/);
		const minor = await first('/people?words=no%C3%A9', /\/people\/(\d+)"/); // at the school, with guardians
		if (!await first('/erasures', /\/erasures\/(\d+)"/))
			await post('/erasures', { form: { person, asked_how: 'paper', words: 'Please' } });
		return ['/erasures', `/people/${minor ?? person}/guardians`, '/org/letters/people.invitation/en'].map((path) => site.prefix + path);
	}
	if (role !== 'standards_editor') return [];
	const file = { name: 'doors.md', mimeType: 'text/markdown', buffer: Buffer.from('# Doors\n\n## At the door\n\n- Greets everybody\n- Offers a chair\n') };
	if ((await made.request.get(`${site.base}${site.prefix}/standards/guiding-adults/draft`)).status() === 404)
		await post('/standards/guiding-adults/draft', { form: {} });
	return [await post('/standards/imports/new', { multipart: { layout: 'markdown', file } }), `${site.prefix}/standards/guiding-adults/draft/drop`];
}

async function crawl_as(role, lang, per_route, prefix) {
	const site = { ...await demo(), ...prefix ? { prefix } : {} };
	const outside = [];
	const made = await context(await browser(), { lang, outside });
	try {
		if (role) {
			const w = new Walk(await made.newPage(), made, { site }, outside);
			await w.sign_in(role);
			await w.speak(lang);
			await w.page.close();
		}
		const faults = await crawl({ context: made, base: site.base, lang, known: shared, per_route,
			starts: [...role ? [`${site.prefix}/`] : ['/', `${site.prefix}/style`, `${site.prefix}/activities/answer`, `${site.prefix}${rubric}`], ...await prepared(made, site, role)], route_of: router(routes(), await prefixes(site)) });
		return [...faults, ...outside.map((address) => `asked another host: ${address}`)]
			.map((fault) => `${role ?? 'visitor'}: ${fault}`);
	} catch (error) {
		return [`${role} (${lang}): ${error.message}`];
	} finally {
		await made.close();
	}
}

// A person's language is their own wherever they are signed in: one after the other.
async function in_both(role, per_route, prefix) {
	return [...await crawl_as(role, 'en', per_route, prefix), ...await crawl_as(role, 'fr', per_route, prefix)];
}

// Two at a time, as there are two processors at least.
async function side_by_side(jobs) {
	const faults = [];
	const waiting = [...jobs];
	const lane = async () => {
		for (let job = waiting.shift(); job; job = waiting.shift()) faults.push(...await job());
	};
	await Promise.all([lane(), lane()]);
	return faults;
}

test('Every page a visitor reaches is valid, accessible, in one language and asks no other host', async () => {
	no_faults(await side_by_side(['en', 'fr'].map((lang) => () => crawl_as(null, lang, 3))), 'pages');
}, 600);

test('Every page a demonstration role reaches is valid, accessible, in one language and asks no other host', async () => {
	const all = await roles(await demo());
	assert.ok(all.length >= 3, `roles: ${all.join(' ')}`);
	const of_school = () => in_both('admin', 3, '/lakeside'); // it has pupils, places and plans
	no_faults(await side_by_side([of_school, ...all.map((role, i) => () => in_both(role, i === 0 ? 5 : 1))]), 'pages');
}, 600);

test('Links lead somebody to every page there is', () => {
	console.log(`${shared.opened} pages opened, ${shared.examined} examined closely, ${shared.sent.size} forms sent wrong, ${shared.reached.size} routes`);
	// /ims/ is for programs: test/case asks each address of it
	no_faults(routes().filter((route) => !shared.reached.has(route) && !(route in not_linked) && !route.startsWith('/ims/')),
		'never reached');
	no_faults(Object.keys(not_linked).filter((route) => !routes().includes(route)), 'excused, but not there');
});
