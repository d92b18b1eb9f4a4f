// Every page that links reach, for a visitor and for each demonstration role, in both languages; and no page is
// left out: every address of `waypost routes` that shows a page was reached by somebody.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { smtp_server } from '../mail/server.mjs';
import { assert, at_end, browser, no_faults, start_demo, test, Walk } from './lib.mjs';
import { context } from './chromium.mjs';
import { crawl, memory, router } from './crawl.mjs';
import { program } from './server.mjs';

// Pages that no link leads to, and why.
const not_linked = {
	'/healthz': 'for machines',
	'/readyz': 'for machines',
	'/metrics': 'for machines',
	'/activities/:activity/conference/mine': 'of a guardian who signs in; the page of the letter is the same and is walked',
	'/activities/reflection/:key': 'of a letter that is sent when what it asks about is over; the page on /me is the same and is walked',
	'/style': 'for those who design pages',
};

// One of many standards, and the only one with a rubric: a sample of them may pass it over.
const rubric = '/standards/practice-rubric';

const routes = () => execFileSync(program, ['routes'], { encoding: 'utf8' }).trim().split('\n')
	.map((line) => line.split('\t')).filter(([method]) => method === 'GET').map(([, path]) => path);
const shared = memory();

// A demonstration of its own, whose letters are read: pages stand behind the links in them.
let running;
async function whole_demo() {
	const { port, letters, stop } = await smtp_server();
	at_end(stop);
	return { ...await start_demo('whole', { options: ['--smtp', `smtp://127.0.0.1:${port}`] }), letters };
}
let times; // a family is written to once
const whole = () => (running ??= whole_demo());

// The path that the letter has which `act` sends.
async function in_letter(site, pattern, act) {
	const before = site.letters.length;
	await act();
	for (const end = Date.now() + 30000; Date.now() < end; await sleep(50)) {
		const found = site.letters.slice(before).map(({ text }) => text.match(pattern)?.[0]).find(Boolean);
		if (found) return new URL(found).pathname;
	}
	throw new Error(`no letter with ${pattern}`);
}

// The code that an authenticator app shows now (RFC 6238).
function authenticator(secret) {
	const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', key).update(step).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

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

const email = 'second@example.org', password = 'nine kettles for an elder';
let signed_up;
// Somebody with a password and a second factor.
async function sign_up(site) {
	execFileSync(program, ['user', 'add', email, '--org', site.prefix.slice(1), '--db', `sqlite:${site.folder}/waypost.db`], { input: `${password}\n` });
	const made = await context(await browser());
	const { post, text } = by(made, site);
	await post('/sign-in', { form: { email, password } });
	await post('/me/second/begin', { form: {} });
	const secret = (await text('/me/second')).match(/<strong>([A-Z2-7 ]{16,})<\/strong>/)[1];
	await post('/me/second', { form: { code: authenticator(secret) } }, 200);
	await made.close();
}

// What a browser that is signed in, or not, posts and reads without a page.
const by = (made, site) => ({
	post: async (path, data, status = 303) => {
		const answer = await made.request.post(`${site.base}${site.prefix}${path}`, { headers: { Origin: site.base }, maxRedirects: 0, ...data });
		assert.equal(answer.status(), status, `${path}: ${answer.status()}`);
		return status === 303 ? new URL(answer.headers().location, site.base).pathname : answer.text();
	},
	there: async (path) => (await made.request.get(`${site.base}${site.prefix}${path}`)).ok(),
	text: async (path) => (await made.request.get(`${site.base}${site.prefix}${path}`)).text(),
});

// What is there only after somebody did something: posts as `role` and gives the paths it led to.
const prepare = {
	visitor: async ({ post }, site) => {
		await (signed_up ??= sign_up(site));
		return [await in_letter(site, /http\S+\/sign-in\/link\/\S+/, () => post('/sign-in/link', { form: { email } })),
			`${site.prefix}/sign-in/sent`, await post('/sign-in', { form: { email, password } })];
	},
	admin: async ({ post, text }, site) => {
		const first = async (path, pattern) => (await text(path)).match(pattern)?.[1];
		const person = await first('/people', /\/people\/(\d+)"/);
		const minor = await first('/people?words=no%C3%A9', /\/people\/(\d+)"/); // at the school, with guardians
		const activity = await first('/activities', /\/activities\/(\d+)"/);
		const group = await first('/people/groups', /\/people\/groups\/(\d+)[?"]/);
		const mark = Math.random().toString(36).slice(2);
		if (!await first('/erasures', /\/erasures\/(\d+)"/))
			await post('/erasures', { form: { person, asked_how: 'paper', words: 'Please' } });
		if (!await first('/terms', /\/terms\/(\d+)"/))
			await post('/org/terms', { form: { kind: 'conduct', language: 'en', title: 'Conduct', body: 'Be kind.' } });
		const feed = (await post('/activities/feeds', { form: { feed: 'person' } }, 200)).match(/value="(http[^"]*\/activities\/feed\/[^"]*)"/)[1];
		const answer = !activity ? [] : [await in_letter(site, /http\S+\/activities\/answer\/\S+/,
			() => post(`/activities/${activity}/ask/person`, { form: { name: 'Guest', email: `${mark}@example.org`, speaks: 'en', role: 'participant' } }))];
		const name = (await text('/me')).match(/<h1>([^<]*)</)[1];
		const self = await first(`/people?words=${encodeURIComponent(name)}`, /\/people\/(\d+)"/);
		if (activity) await post(`/activities/${activity}/ask/people`, { form: { people: self, role: 'participant' } }); // waits on /me
		const consents = !group ? [] : [await in_letter(site, /http\S+\/people\/answer\/\S+/,
			() => post(`/people/groups/${group}/consents`, { form: { purposes: 'cpd', answer_by: new Date(Date.now() + 9e8).toISOString().slice(0, 10) } }))];
		const evening = await first('/activities?kind=conference', /\/activities\/(\d+)">Conference</);
		if (evening)
			times ??= await in_letter(site, /http\S+\/activities\/conference\/\S+/, () => post(`/activities/${evening}/conference/letters`, { form: {} }));
		const past = new Date(Date.now() - 2 * 864e5).toISOString().slice(0, 10); // wherever the organisation is
		const held = (await post('/activities/new', { form: { title: `Begun ${mark}`, kind: 'session', mode: 'in_person', minutes: '60', visibility: 'private', date: past, time: '09:00', suggested: 'surprise', asked_after: 'end' } })).replace(site.prefix, '');
		if (self) await post(`${held}/attendance`, { form: { came: self, minutes: '60' } }); // and a question waits on /me
		return [
			...[`${held}/code`, `${held}/here`, `${held}/reflections`, ...self ? [`${held}/reflection`] : [], ...evening ? [`/activities/${evening}/conference`] : []].map((path) => site.prefix + path),
			...evening ? [times, `${times}/stop`] : [], ...consents, ...['/erasures', `/people/${minor ?? person}/guardians`, '/org/letters/people.invitation/en', '/me/prove'].map((path) => site.prefix + path),
			new URL(feed).pathname, ...answer.flatMap((path) => [path, `${path}/stop`, `${path}/here`]),
			await in_letter(site, /http\S+\/invitation\/\S+/, () => post('/people/invitations', { form: { email: `guest-${mark}@example.org`, name: 'Guest', language: 'en' } })),
			await in_letter(site, /http\S+\/me\/confirm\/\S+/, () => post('/me/access', { form: { email: `me-${mark}@example.org` } })),
		];
	},
	standards_editor: async ({ post, text, there }, site) => {
		const file = { name: 'doors.md', mimeType: 'text/markdown', buffer: Buffer.from('# Doors\n\n## At the door\n\n- Greets everybody\n- Offers a chair\n') };
		const sent = { ...file, name: 'doors.json', buffer: Buffer.from(JSON.stringify({ CFDocument: { title: 'Doors', language: 'en' }, CFItems: [{ fullStatement: 'Greets everybody' }] })) };
		if (!await there('/standards/guiding-adults/draft'))
			await post('/standards/guiding-adults/draft', { form: {} });
		const from = await post('/standards/imports/new', { multipart: { layout: 'case', file: sent } });
		const job = await post(`${from.replace(site.prefix, '')}/save`, { form: { title: 'Doors' } });
		for (const end = Date.now() + 60000; (await text(job.replace(site.prefix, ''))).includes('<progress') && Date.now() < end;)
			await sleep(50); // the page of a job that is not done loads itself again, also while it is looked at
		const draft = (await post('/standards/new', { form: { title: 'Doors open', summary: 'One', source_lang: 'en', publisher: 'Us' } })).replace(site.prefix, '');
		await post(`${draft}/add`, { form: { kind: 'area', code: 'A', title: 'At the door' } });
		const rev = (await text(`${draft}/publish`)).match(/name="rev" value="(\d+)"/)[1];
		const shown = await post(`${draft}/publish`, { form: { rev, label: '2026', note: 'First' } });
		return [await post('/standards/imports/new', { multipart: { layout: 'markdown', file } }), job, shown, `${site.prefix}/standards/guiding-adults/draft/drop`];
	},
};
const prepared = async (made, site, role) => prepare[role ?? 'visitor']?.(by(made, site), site) ?? [];

async function crawl_as(role, lang, per_route, prefix) {
	const site = { ...await whole(), ...prefix ? { prefix } : {} };
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
	const all = await roles(await whole());
	assert.ok(all.length >= 3, `roles: ${all.join(' ')}`);
	const of_school = () => in_both('admin', 2, '/lakeside'); // it has pupils, places and plans
	no_faults(await side_by_side([of_school, ...all.map((role, i) => () => in_both(role, i === 0 ? 4 : 1))]), 'pages');
}, 600);

test('Links lead somebody to every page there is', () => {
	console.log(`${shared.opened} pages opened, ${shared.examined} examined closely, ${shared.sent.size} forms sent wrong, ${shared.reached.size} routes`);
	// /ims/ is for programs: test/case asks each address of it
	no_faults(routes().filter((route) => !shared.reached.has(route) && !(route in not_linked) && !route.startsWith('/ims/')),
		'never reached');
	no_faults(Object.keys(not_linked).filter((route) => !routes().includes(route)), 'excused, but not there');
});
