// Walks every page that links lead to, as one person in one language, and says what is wrong with any of
// them. A page is known by its shape: its address with every id, code and query value left out. Of each shape
// `per_shape` addresses are fetched; each fetched page's bytes are checked as HTML. A page is opened in the
// browser for WCAG, width and language when its structure has a piece (an element with its class, role and parent)
// that no page before it had.
import { axe_faults_in_both, language_faults, shape_faults } from './faults.mjs';
import { html_faults } from './html.mjs';

const most = 2000;

export function shape_of(address) {
	const url = new URL(address);
	const path = url.pathname.split('/').map((part) =>
		/\d/.test(part) || part.length > 24 ? ':' : part).join('/');
	const keys = [...new Set(url.searchParams.keys())].sort();
	return keys.length ? `${path}?${keys.join('&')}` : path;
}

// Run in the page: what it links to, and its pieces.
const look = () => ({
	links: [...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map((e) => e.href || e.src),
	forms: [...document.forms].filter((f) => f.method === 'get').map((f) => {
		const data = new URLSearchParams(new FormData(f));
		return `${f.action.split('?')[0]}?${data}`;
	}),
	pieces: [...document.querySelectorAll('body, body *')].map((e) => {
		const name = (x) => x && `${x.localName}.${x.getAttribute('class') ?? ''}[${x.getAttribute('role') ?? x.getAttribute('type') ?? ''}]`;
		return `${name(e.parentElement)}>${name(e)}`;
	}),
	title: document.title.trim(),
});

// `seen` (a Set) and `titles` (a Map) may be shared between crawls: what one has judged the next need not.
export async function crawl({ context, base, lang, starts = ['/'], seen = new Set(), page_count = { fetched: 0, opened: 0 },
	per_shape = 3, skip = () => false }) {
	const faults = [];
	const page = await context.newPage();
	const say = (address, fault) => faults.push(`${address.slice(base.length)} (${lang}): ${fault}`);
	page.on('console', (said) => said.type() === 'error' && !/status of 4\d\d/.test(said.text()) &&
		say(page.url(), `console: ${said.text()}`));
	page.on('pageerror', (error) => say(page.url(), `script: ${error.message}`));
	const waiting = starts.map((path) => ({ address: base + path, from: 'the start' }));
	const known = new Set(waiting.map((w) => w.address));
	const shapes = new Map();
	const titles = new Map();
	const later = (address, from) => {
		const plain = address.split('#')[0];
		if (!plain.startsWith(`${base}/`) || known.has(plain) || skip(plain.slice(base.length))) return;
		known.add(plain);
		const shape = shape_of(plain);
		shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
		if (shapes.get(shape) <= per_shape && known.size < most) waiting.push({ address: plain, from });
	};

	async function judge(address, from) {
		const answer = await context.request.get(address, { headers: { Accept: 'text/html,*/*;q=0.8' } });
		page_count.fetched++;
		if (answer.status() >= 400) {
			say(address, `answers ${answer.status()}, linked from ${from.slice(base.length) || from}`);
			return;
		}
		if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) return;
		const here = answer.url();
		const body = await answer.text();
		for (const fault of await html_faults(body)) say(here, fault);
		await page.goto(here);
		const { links, forms, pieces, title } = await page.evaluate(look);
		for (const link of [...links, ...forms]) later(link, here);
		const shape = shape_of(here).split('?')[0];
		if (titles.has(title) && titles.get(title) !== shape)
			say(here, `has the title of ${titles.get(title)}: ${title}`);
		titles.set(title, shape);
		for (const fault of [...await shape_faults(page, lang), ...await language_faults(page)]) say(here, fault);
		const fresh = pieces.filter((piece) => !seen.has(piece));
		if (fresh.length === 0) return;
		page_count.opened++;
		for (const fault of await axe_faults_in_both(page)) say(here, fault);
		for (const piece of fresh) seen.add(piece);
	}

	try {
		for (let next = waiting.shift(); next; next = waiting.shift()) await judge(next.address, next.from);
	} finally {
		await page.close();
	}
	return { faults: [...new Set(faults)], shapes: [...shapes.keys()].sort() };
}
