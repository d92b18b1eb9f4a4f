// Tests of the tests: each fault that lib.mjs and crawl.mjs look for is planted in a page and must be found.
import http from 'node:http';
import { assert, at_end, browser, each, test, walk } from './lib.mjs';
import { context } from './chromium.mjs';
import { crawl, memory, router } from './crawl.mjs';
import { axe_faults_in_both, plain_faults } from './faults.mjs';
import { html_faults } from './html.mjs';

const page = (body, { lang = 'en', title = 'A page', head = '' } = {}) => `<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/site.css"><link rel="icon" href="data:,">${head}</head><body><main><h1>${title}</h1>
${body}</main></body></html>`;

const pages = {
	'/site.css': ':root { color-scheme: light dark } .dim { color: #767676; background: #fff }' +
		'@media (prefers-color-scheme: dark) { .dim { color: #333; background: #222 } } .hidden-focus:focus { outline: none } .asleep { interactivity: inert }',
	'/': page('<p><a href="/form">The form</a></p>', { title: 'Start' }),
	'/form': page(`<form action="/thanks" method="get"><p><label for="n">Name</label> <input id="n" name="n"></p>
		<p><label for="c">Colour</label> <select id="c" name="c"><option>Green</option><option>Red</option></select></p>
		<p><input type="checkbox" id="t" name="t" value="1"> <label for="t">Agreed</label></p>
		<button type="submit">Send</button></form>`, { title: 'Form' }),
	'/thanks': page('<p>Received.</p>', { title: 'Thanks' }),
	'/wide': page('<p class="wide">wide</p>', { head: '<link rel="stylesheet" href="/wide.css">' }),
	'/wide.css': '.wide { width: 3000px }',
	'/astray': page('<dl class="pairs"><dt>Groups</dt><dd>7A</dd><dd>7B</dd></dl>', { head: '<link rel="stylesheet" href="/astray.css">' }),
	'/astray.css': '.pairs { display: grid; grid-template-columns: 1fr 1fr }',
	'/outside': page('<p><img src="http://example.org/a.png" alt="A"></p>'),
	'/redirected': page('<p><img src="/away" alt="A"></p>'),
	'/loud': page('<p>loud</p>', { head: '<script src="/loud.js"></script>' }),
	'/loud.js': 'console.error("planted")',
	'/throws': page('<p>throws</p>', { head: '<script src="/throws.js"></script>' }),
	'/throws.js': 'throw new Error("planted")',
	'/dim': page('<p class="dim">Hard to read in the dark</p>'),
	'/unlabelled': page('<p><input name="n"></p>'),
	'/invalid': page('<ul><p>not an item</p></ul>'),
	'/untitled': page('<p>x</p>', { title: '' }),
	'/half-french': page('<p>Vous pouvez lire les normes dans cette page.</p><p lang="fr">Vous pouvez lire les normes dans cette page.</p>'),
	'/english-in-french': page('<p>You can read all of the standards on this page.</p>', { lang: 'fr' }),
	'/french-typing': page('<p lang="fr">Quoi?</p><p lang="fr">Voici : rien</p><p lang="fr">«\u00a0Bien\u00a0»\u00a0: à 12:30</p>'),
	'/unseen-focus': page('<p><a class="hidden-focus" href="/">Go</a></p>'),
	'/trap': page('<p><a tabindex="-1" href="/">Never</a></p>'),
	'/asleep': page('<p><a href="/">First</a> <span class="asleep"><a href="/">No</a> <a href="/">No</a></span> <a href="/">Go</a> <a href="/">On</a> <a href="/">Last</a></p>'),
	'/links': page('<p><a href="/gone">Gone</a> <a href="/loud">Loud</a> <a href="/list/1">1</a> <a href="/list/2">2</a> <a href="/draft">Draft</a></p>', { title: 'Links' }),
	'/restless': page('<p><a href="/">Go</a></p>', { title: 'Restless' }),
	'/draft': page('<p>A draft: <a href="/draft/publish">Publish</a></p>', { title: 'Draft' }),
	'/list/1': page('<p>1</p>', { title: 'One' }),
	'/list/2': page('<ul><p>2</p></ul>', { title: 'Two' }),
};

let restless = 2; // how often it still loads itself again
const server = http.createServer((question, answer) => {
	const { pathname } = new URL(question.url, 'http://x');
	if (pathname === '/away') {
		answer.writeHead(302, { Location: 'http://example.org/b.png' });
		return answer.end();
	}
	if (pathname === '/restless' && --restless >= 0) {
		answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', Refresh: '0' });
		return answer.end(page(`<p>${'<a href="/">No</a> '.repeat(40)}<a href="/">Go</a></p>`, { title: 'Restless' }));
	}
	if (pathname === '/draft/publish') // somebody else was quicker
		pages['/draft'] = page('<p>Published.</p>', { title: 'Draft' });
	const body = pages[pathname];
	const kind = pathname.endsWith('.css') ? 'text/css' : pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
	answer.writeHead(body === undefined ? 404 : 200, { 'Content-Type': `${kind}; charset=utf-8` });
	return answer.end(body ?? page('<p>Nothing is here.</p>', { title: 'Not found' }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
at_end(() => new Promise((resolve) => {
	server.close(resolve);
	server.closeAllConnections();
}));
const site = { base: `http://127.0.0.1:${server.address().port}` };

const opened = async (path, look, how = {}) => {
	const made = await context(await browser(), how);
	try {
		const tab = await made.newPage();
		await tab.goto(site.base + path);
		return await look(tab);
	} finally {
		await made.close();
	}
};
const refused = (how, steps, why) => assert.rejects(walk({ site, keep: false, ...how }, steps), why);

test('The test library walks a form by keyboard at each size, in each scheme, with and without scripts', async () => {
	for (const how of each({ size: [360, 1280], scheme: ['light', 'dark'], scripts: [true, false] }))
		await walk({ site, ...how }, async (w) => {
			await w.go('/');
			await w.follow('link', 'The form');
			await w.fill('Name', 'Zoé');
			await w.choose('Colour', 'Red');
			await w.tick('checkbox', 'Agreed');
			await w.press('Send');
			await w.see('Received.');
			assert.equal(new URL(w.page.url()).search, '?n=Zo%C3%A9&c=Red&t=1');
			await w.good();
		});
});

test('The test library finds a page that scrolls sideways', () =>
	refused({}, (w) => w.go('/wide'), /sideways/));
test('The test library finds a request to another host', () =>
	refused({}, (w) => w.go('/outside'), /example\.org|console/));
test('The test library finds a redirect to another host', () =>
	refused({}, (w) => w.go('/redirected'), /example\.org|console/));
test('The test library finds an error on the console', () =>
	refused({}, (w) => w.go('/loud'), /planted/));
test('The test library finds a script that fails', () =>
	refused({}, (w) => w.go('/throws'), /planted/));
test('The test library finds a wrong status', () =>
	refused({}, (w) => w.go('/nowhere'), /404/));
test('The test library finds a focus that does not show', () =>
	refused({}, async (w) => {
		await w.go('/unseen-focus');
		await w.tab_to('link', 'Go');
	}, /does not show/));
test('The test library finds a thing that the keyboard does not reach', () =>
	refused({}, async (w) => {
		await w.go('/trap');
		await w.tab_to('link', 'Never');
	}, /does not reach/));

test('The test library comes back to a thing that it passed over, since others looked like stops of the keyboard', () =>
	walk({ site, keep: false }, async (w) => {
		await w.go('/asleep');
		await w.tab_to('link', 'First');
		await w.tab_to('link', 'Go');
		assert.equal(await w.page.evaluate(() => document.activeElement.textContent), 'Go');
	}));

test('The test library begins anew on a page that loads itself again', () =>
	walk({ site, keep: false }, async (w) => {
		await w.go('/restless');
		await w.tab_to('link', 'Go');
	}));

test('The test library finds contrast that fails in the dark only', async () => {
	const faults = await opened('/dim', axe_faults_in_both);
	assert.equal(faults.length, 1);
	assert.match(faults[0], /^dark: color-contrast/);
});
test('The test library finds an input without a label', async () =>
	assert.match((await opened('/unlabelled', axe_faults_in_both)).join(), /label/));
test('The test library finds invalid HTML and passes valid HTML', async () => {
	assert.notDeepEqual(await html_faults(pages['/invalid']), []);
	assert.deepEqual(await html_faults(pages['/form']), []);
});
test('The test library finds a page without a title, or in another language than asked', async () => {
	assert.match((await opened('/untitled', (tab) => plain_faults(tab, 'en'))).join(), /no title/);
	assert.match((await opened('/', (tab) => plain_faults(tab, 'fr'))).join(), /page in fr/);
	assert.deepEqual(await opened('/', (tab) => plain_faults(tab, 'en')), []);
});
test('The test library finds one of several values that stands where names do', async () =>
	assert.match((await opened('/astray', (tab) => plain_faults(tab, 'en'))).join(), /not below what it belongs to: 7B/));
test('The test library finds a sentence whose language is not declared', async () => {
	assert.equal((await opened('/half-french', (tab) => plain_faults(tab))).length, 1);
	assert.equal((await opened('/english-in-french', (tab) => plain_faults(tab))).length, 1);
	assert.equal((await opened('/french-typing', (tab) => plain_faults(tab))).length, 2);
	assert.deepEqual(await opened('/form', (tab) => plain_faults(tab)), []);
});

test('The crawler goes wherever links lead and finds dead links that are still there, loud scripts and bad HTML', async () => {
	const made = await context(await browser());
	const known = memory();
	const route_of = router(['/links', '/list/:item'], []);
	const faults = await crawl({ context: made, base: site.base, lang: 'en', starts: ['/links'], known, route_of });
	await made.close();
	assert.ok(faults.some((f) => f.startsWith('/gone') && f.includes('404, linked from /links')), faults.join('\n'));
	assert.ok(!faults.some((f) => f.startsWith('/draft')), faults.join('\n'));
	assert.ok(faults.some((f) => f.startsWith('/loud') && f.includes('planted')), faults.join('\n'));
	assert.ok(faults.some((f) => f.startsWith('/list/2')), faults.join('\n'));
	assert.ok(!faults.some((f) => f.startsWith('/list/1')), faults.join('\n'));
	assert.ok(known.reached.has('/list/:item'), [...known.reached].join());
});

test('An address is known by its route, whatever organisation it is in', () => {
	const route_of = router(['/', '/standards/:slug', '/standards/search', '/standards/:slug/items/:uuid'], ['/one']);
	assert.equal(route_of('http://x/one/'), '/');
	assert.equal(route_of('http://x/one/standards/search?q=a'), '/standards/search');
	assert.equal(route_of('http://x/standards/a'), '/standards/:slug');
	assert.equal(route_of('http://x/one/standards/a/items/b'), '/standards/:slug/items/:uuid');
	assert.equal(route_of('http://x/one/other/12'), '/other/:');
});
