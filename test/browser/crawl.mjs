// Walks every page that links lead to, as one person in one language, and says what is wrong with any of
// them. Of each route `per_route` addresses are opened. Every page that is opened is looked at for its width,
// title and language; its bytes go to the HTML checkers and the page to axe when it has a piece (an element with its
// class, role, attributes and parent) that no page before it had. Then one form of each route is sent back wrong: too
// much in every field (422), and made from a state that is no longer there (409); those pages are judged alike.
import { axe_faults_in_both, plain_faults } from './faults.mjs';
import { html_faults } from './html.mjs';

const most = 4000;

// Finds the route of an address: `routes` are patterns such as "/standards/:slug", `prefixes` the paths of
// the organisations. An address that no route has is its own route, ids left out.
export function router(routes, prefixes) {
	const compiled = routes.map((route) => ({
		route,
		pattern: new RegExp(`^${route.replace(/[.+*]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`),
		fixed: route.split('/').filter((part) => part && !part.startsWith(':')).length,
	})).sort((a, b) => b.fixed - a.fixed || a.route.length - b.route.length);
	return (address) => {
		const { pathname } = new URL(address);
		const prefix = prefixes.find((p) => pathname === p || pathname.startsWith(`${p}/`)) ?? '';
		const path = pathname.slice(prefix.length) || '/';
		const found = compiled.find(({ pattern }) => pattern.test(path));
		if (found) return found.route;
		return path.split('/').map((part) => (/\d/.test(part) || part.length > 24 ? ':' : part)).join('/');
	};
}

// Run in the page: what it links to, and its pieces.
const look = () => {
	const name = (e) => e && `${e.localName}.${e.getAttribute('class') ?? ''}[${e.getAttribute('role') ?? ''} ${e.getAttributeNames().sort()}]`;
	return {
		links: [...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map((e) => e.href || e.src),
		forms: [...document.forms].filter((f) => f.method === 'get')
			.map((f) => `${f.action.split('?')[0]}?${new URLSearchParams(new FormData(f))}`),
		pieces: [...document.querySelectorAll('body, body *')].map((e) => `${name(e.parentElement)}>${name(e)}`),
		title: document.title.trim(),
		choice: document.querySelector('form[action$="/language"]') !== null,
		to_fill: [...document.querySelectorAll('main form[method=post]')].some((f) => f.querySelector('input[type=text], input[type=email], textarea')),
		has_rev: document.querySelector('main form[method=post] input[name=rev]') !== null,
	};
};

// Run in the page: sends its first form back wrong, past what the browser itself would refuse.
const send = (what) => {
	const fields = { too_much: 'input[type=text], input[type=email], textarea', stale: 'input[name=rev]' }[what];
	const form = [...document.querySelectorAll('main form[method=post]')].find((f) => f.querySelector(fields));
	for (const e of form.querySelectorAll(fields)) {
		e.removeAttribute('maxlength');
		e.value = what === 'stale' ? '999999' : 'x'.repeat(70000);
	}
	form.noValidate = true;
	form.requestSubmit(form.querySelector('button:not([name=pick])'));
};
const wrong_status = { too_much: [422], stale: [409, 422] }; // an import says it as an error

// What the crawls of several people share: what one has judged the next need not.
export const memory = () => ({ pieces: new Set(), reached: new Set(), sent: new Map(), opened: 0, examined: 0 });

export async function crawl({ context, base, lang, route_of, starts = ['/'], known: shared = memory(), per_route = 3 }) {
	const faults = new Set();
	const page = await context.newPage();
	const say = (address, fault) => faults.add(`${address.replace(base, '')} (${lang}): ${fault}`);
	// The browser has a page of its own around a picture; what that says is not ours.
	let spoken = [];
	page.on('console', (said) => said.type() === 'error' && !/status of 4\d\d/.test(said.text()) &&
		spoken.push(said.text()));
	const hear = (here, ours) => {
		for (const text of ours ? spoken : []) say(here, `console: ${text}`);
		spoken = [];
	};
	page.on('pageerror', (error) => say(page.url(), `script: ${error.message}`));
	const waiting = [];
	const known = new Set();
	const count = new Map();
	const titles = new Map();
	const wrongs = new Map(); // by route, kind and language: one of each is enough for all who crawl
	const later = (address, from) => {
		const plain = address.split('#')[0];
		if (!plain.startsWith(`${base}/`) || known.has(plain) || known.size >= most) return;
		known.add(plain);
		// a list with other columns or another page of it counts apart from the bare one
		const kind = `${route_of(plain)}?${[...new Set(new URL(plain).searchParams.keys())].sort()}`;
		count.set(kind, (count.get(kind) ?? 0) + 1);
		if (count.get(kind) <= per_route) waiting.push({ address: plain, from });
	};

	// The answer to a plain navigation; a download is fetched instead.
	async function open(address) {
		try {
			return await page.goto(address);
		} catch (error) {
			if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
			return context.request.get(address);
		}
	}

	// Others work meanwhile: a link that its page has taken back since is not dead.
	const still_linked = async (address, from) => {
		if (!from.startsWith(base)) return true;
		const text = await (await context.request.get(from)).text();
		return [...text.matchAll(/ (?:href|src|action)="([^"]*)"/g)]
			.some(([, to]) => new URL(to.replaceAll('&amp;', '&'), from).pathname === new URL(address).pathname);
	};

	async function judge(address, from) {
		const answer = await open(address);
		shared.opened++;
		if (answer.status() >= 400) {
			if (await still_linked(address, from))
				say(address, `answers ${answer.status()}, linked from ${from.replace(base, '')}`);
			return;
		}
		const here = answer.url();
		shared.reached.add(route_of(here));
		const is_page = (answer.headers()['content-type'] ?? '').startsWith('text/html');
		hear(here, is_page);
		if (!is_page) return;
		const looked = await page.evaluate(look);
		const { links, forms, title, to_fill, has_rev } = looked;
		if (to_fill) wrongs.set(`${route_of(here)} too_much ${lang}`, { here, what: 'too_much' });
		if (has_rev) wrongs.set(`${route_of(here)} stale ${lang}`, { here, what: 'stale' });
		for (const link of [...links, ...forms]) later(link, here);
		const route = route_of(here);
		if (titles.has(title) && titles.get(title) !== route)
			say(here, `has the title of a page of ${titles.get(title)}: ${title}`);
		titles.set(title, route);
		await examine(here, looked, answer);
		hear(here, true);
	}

	async function examine(here, { pieces, choice }, answer) {
		// an organisation of one language offers no choice: it is shown in its own, whatever its reader would like
		for (const fault of await plain_faults(page, choice ? lang : null)) say(here, fault);
		const fresh = pieces.filter((piece) => !shared.pieces.has(piece));
		if (fresh.length === 0) return;
		for (const piece of fresh) shared.pieces.add(piece);
		shared.examined++;
		for (const fault of await html_faults(await answer.text())) say(here, fault);
		for (const fault of await axe_faults_in_both(page)) say(here, fault);
	}

	async function judge_wrong({ here, what }) {
		await page.goto(here);
		const answered = page.waitForResponse((r) => r.request().isNavigationRequest() && r.request().method() === 'POST');
		const loaded = page.waitForEvent('load');
		await page.evaluate(send, what);
		const answer = await answered;
		await loaded;
		if (!wrong_status[what].includes(answer.status()))
			say(here, `${what}: answers ${answer.status()}`);
		else
			await examine(`${here} ${what}`, await page.evaluate(look), answer);
		hear(here, true);
	}

	for (const path of starts) later(base + path, 'the start');
	try {
		for (let next = waiting.shift(); next; next = waiting.shift()) await judge(next.address, next.from);
		for (const [name, wrong] of wrongs) {
			if (shared.sent.has(name)) continue;
			shared.sent.set(name, wrong);
			await judge_wrong(wrong);
		}
	} finally {
		await page.close();
	}
	return [...faults];
}
